"""How people choose today: rules that fill the capacity one deal after the other, without prices of hours.

They see what Pursuit sees: every option with its mean value and mean hours, the limits, what an investment unlocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from pursuit.selection.problem import Floats, Ints, SelectionProblem

FILLS = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.4, 1.6)
"""Shares of the regular hours that the tuned rule tries to fill in the mean."""
PAYBACKS = (1.0, 2.0, 4.0, 8.0, np.inf)
"""How many times over an investment must pay that the tuned rule makes."""
EVER = 1e18
"""Fill of a rule that does not look at hours."""


@dataclass(frozen=True)
class Rule:
    """One way to fill the hours.

    Attributes
    ----------
    by_hour
        Rank deals by value per share of the hours they strain most, else by value.
    effort
        Options of a deal considered: "normal" (the first after declining), "most" (of largest mean value), "any".
    fill
        Share of the regular hours that may be filled.
    payback
        How many times over an investment must bring back its cost on a sheet of paper: a technology by the mean value
        of the deals that need it, hours by what an hour of all deals brings.
    grow
        Of what is neither deal nor investment take the option of largest mean value, not the one that stands.
    profitable
        Leave out what loses money in the mean.
    """

    by_hour: bool
    effort: str
    fill: float
    payback: float
    grow: bool = False
    profitable: bool = True


def sort(p: SelectionProblem) -> Ints:
    """Largest amount times probability first, at normal effort, while the mean hours fit."""
    return filled(p, Rule(by_hour=False, effort="normal", fill=1.0, payback=4.0))


def everything(p: SelectionProblem) -> Ints:
    """Every deal at normal effort, in the order they came, as far as hard limits allow."""
    return filled(p, Rule(by_hour=False, effort="normal", fill=EVER, payback=4.0, profitable=False))


def greedy(p: SelectionProblem) -> Ints:
    """Value per bottleneck hour, its fill, efforts and investments tuned on the very futures it is judged on."""
    compiled = compile_problem(p)
    seen: dict[Rule, tuple[float, Ints]] = {}

    def worth(rule: Rule) -> float:
        if rule not in seen:
            choice = filled(p, rule)
            seen[rule] = (Firm(compiled, choice).worth().objective, choice)
        return seen[rule][0]

    best = Rule(by_hour=True, effort="any", fill=1.0, payback=2.0, grow=True)
    for _ in range(2):
        best = max((replace(best, fill=fill) for fill in FILLS), key=worth)
        best = max((replace(best, effort=effort) for effort in ("any", "most", "normal")), key=worth)
        best = max((replace(best, payback=payback) for payback in PAYBACKS), key=worth)
        best = max((replace(best, grow=grow) for grow in (False, True)), key=worth)
    return seen[best][1]


RULES: dict[str, Callable[[SelectionProblem], Ints]] = {"sort": sort, "greedy": greedy, "all": everything}


def filled(p: SelectionProblem, rule: Rule) -> Ints:
    """(I,) choice of a rule. What is no deal stays as it is, but for the investments the rule makes."""
    firm = _Filling(p, rule)
    for option in firm.ranked():
        firm.consider(option)
    return firm.choice


class _Filling:
    """A choice that grows deal by deal."""

    def __init__(self, p: SelectionProblem, rule: Rule) -> None:
        self.p, self.rule = p, rule
        self.amount = p.value.mean(axis=1)
        self.load = mean_hours(p)
        self.choice = p.item_start[:-1].copy()
        self.item_of = p.item_of
        self.rows = _by_option(p)
        self.needs: dict[int, list[Ints]] = {}
        for k, option in enumerate(p.need_option.tolist()):
            self.needs.setdefault(option, []).append(p.need_provider[p.need_start[k] : p.need_start[k + 1]])
        self.deal = np.zeros(p.items, bool)
        self.deal[self.item_of[p.if_won >= 0]] = True
        self.hard = ~np.isfinite(p.rows.penalty)
        if rule.grow:
            self._grow()
        self.used = p.rows.use(self.choice, p.options)
        self.room = rule.fill * p.capacity.sum(axis=1) - self._committed()
        self.strain = _strain(
            self.load, np.maximum(self.room if rule.fill < EVER else p.capacity.sum(axis=1), 1e-9)
        )
        self._invest()

    def _grow(self) -> None:
        """Of items that are neither deals nor investments, the allowed option of largest mean value."""
        p = self.p
        bought = np.zeros(p.items, bool)
        bought[self.item_of[np.concatenate([p.need_provider, p.gain_option])]] = True
        worth = np.where(p.allowed, self.amount, -np.inf)
        for item in np.flatnonzero(~self.deal & ~bought).tolist():
            options = p.options_of(item)
            self.choice[item] = options.start + int(np.argmax(worth[options.start : options.stop]))

    def _committed(self) -> Floats:
        """(R,) mean hours of what comes whatever is chosen, and of the options that stand already."""
        p = self.p
        always = np.bincount(
            p.base_bundle,
            weights=np.where(p.base_scenario < 0, 1.0, 1.0 / p.scenarios),
            minlength=p.packages.bundles,
        )
        hours = always @ bundle_hours(p) * p.hours_factor.mean(axis=1)
        return np.asarray(hours + self.load[self.choice].sum(axis=0)).ravel()

    def _invest(self) -> None:
        """Make the investments that pay back often enough."""
        p, first = self.p, self._first_offers()
        worth = self.amount[first].sum() / max(float(self.load[first].sum()), 1e-9)
        brings = self._unlocked()
        gains = {int(o): hours.sum(axis=1) for o, hours in zip(p.gain_option, p.capacity_gain, strict=True)}
        brings |= {option: worth * float(hours.sum()) for option, hours in gains.items()}
        for option, money in brings.items():
            item = self.item_of[option]
            before = int(self.choice[item])
            cost = self.amount[before] - self.amount[option]
            if (
                before == p.item_start[item]
                and p.allowed[option]
                and money > self.rule.payback * max(cost, 0.0)
            ):
                self._take(option)
                if self.rule.fill < EVER:
                    self.room = self.room + gains.get(option, 0.0)

    def _unlocked(self) -> dict[int, float]:
        """By the first investment that serves a need, the largest mean values of the deals that have it."""
        best: dict[int, dict[int, float]] = {}
        for option, needs in self.needs.items():
            for providers in needs:
                if not self.deal[self.item_of[providers[0]]] and self.p.allowed[option]:
                    of = best.setdefault(int(providers[0]), {})
                    item = int(self.item_of[option])
                    of[item] = max(of.get(item, 0.0), float(self.amount[option]))
        return {provider: sum(of.values()) for provider, of in best.items()}

    def _first_offers(self) -> Ints:
        """First option after the standing one of every deal."""
        return self.p.item_start[:-1][self.deal] + 1

    def ranked(self) -> Iterator[int]:
        """Options of deals in the order they are considered."""
        p = self.p
        open_ = self._candidates()
        rank = self.amount[open_]
        if self.rule.by_hour:
            rank = rank / np.maximum(self.strain[open_], 1e-9)
        if not self.rule.profitable:
            rank = np.zeros(len(open_))
        order = np.argsort(-rank, kind="stable")
        yield from (int(o) for o in open_[order] if p.allowed[o])

    def _candidates(self) -> Ints:
        p = self.p
        first = p.item_start[:-1]
        if self.rule.effort == "normal":
            return self._first_offers()
        after = np.ones(p.options, bool)
        after[first] = False
        after &= self.deal[self.item_of]
        if self.rule.effort == "any":
            return np.flatnonzero(after)
        best = np.maximum.reduceat(np.where(after, self.amount, -np.inf), first)
        mine = np.flatnonzero(after & (self.amount >= best[self.item_of]))
        return mine[np.unique(self.item_of[mine], return_index=True)[1]]

    def consider(self, option: int) -> None:
        """Take an option, and what it needs, if its item is open and everything fits."""
        taken: list[int] = []
        if self._wish(option, taken) and self._fits(taken):
            for o in taken:
                self._take(o)

    def _wish(self, option: int, taken: list[int]) -> bool:
        """Whether the option can be had; ``taken`` grows by what must be taken with it."""
        item = self.item_of[option]
        if self.choice[item] != self.p.item_start[item] or not self.p.allowed[option]:
            return False
        if self.rule.profitable and self.amount[option] <= self.amount[self.choice[item]]:
            return False
        taken.append(option)
        for providers in self.needs.get(option, []):
            if np.any(self.choice[self.item_of[providers]] == providers) or set(taken) & set(
                providers.tolist()
            ):
                continue
            partner = [int(o) for o in providers if self.deal[self.item_of[o]]]
            if not partner or len(taken) > 1 or not self._wish(partner[0], taken):
                return False
        return True

    def _fits(self, taken: list[int]) -> bool:
        more = sum((self._change(o) for o in taken), np.zeros(len(self.used)))
        over = (self.used + more > self.p.rows.limit + 1e-9) & self.hard & (more > 0)
        if np.any(over):
            return False
        load = self.load[taken].sum(axis=0)
        return bool(np.all((load <= self.room + 1e-9) | (load <= 1e-12)))

    def _change(self, option: int) -> Floats:
        """(C,) by how much rows rise when an option replaces what stands."""
        change = np.zeros(len(self.used))
        for o, sign in ((option, 1.0), (int(self.choice[self.item_of[option]]), -1.0)):
            at = slice(self.rows.indptr[o], self.rows.indptr[o + 1])
            change[self.rows.indices[at]] += sign * self.rows.data[at]
        return change

    def _take(self, option: int) -> None:
        self.used = self.used + self._change(option)
        self.room = self.room - self.load[option]
        self.choice[self.item_of[option]] = option


def bundle_hours(p: SelectionProblem) -> csr_array:
    """(B, R) planned hours of each bundle."""
    k = p.packages
    package = np.repeat(np.arange(len(k)), np.diff(k.use_start))
    bundle = np.repeat(np.arange(k.bundles), np.diff(k.bundle_start))
    return csr_array((k.use_hours, (bundle[package], k.use_resource)), shape=(k.bundles, len(p.capacity)))


def mean_hours(p: SelectionProblem) -> Floats:
    """(O, R) mean hours of each option over the futures."""
    hours = bundle_hours(p)
    load = np.zeros((p.options, len(p.capacity)), dtype=np.float32)
    for bundle, times in ((p.sure, np.ones(p.options)), (p.if_won, p.won.mean(axis=1))):
        has = np.flatnonzero(bundle >= 0)
        load[has] += (hours[bundle[has]].toarray() * times[has, None]).astype(np.float32)
    return load * p.hours_factor.mean(axis=1).astype(np.float32)


def _strain(load: Floats, room: Floats) -> Floats:
    """(O,) largest share of a resource's hours that an option takes."""
    return np.max(load / room, axis=1)


def _by_option(p: SelectionProblem) -> csr_array:
    """(O, C) coefficients."""
    rows = p.rows
    return csr_array((rows.coefficient, (rows.option, rows.row_of)), shape=(p.options, len(rows)))
