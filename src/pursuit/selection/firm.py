"""A choice being tried out: its loading in every future kept exact while options come and go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pursuit.selection.compiled import Compiled
from pursuit.selection.loading import change
from pursuit.selection.problem import TAIL, Bools, Floats, Ints


def worst_tenth_mean(values: Floats) -> float:
    """Mean of the worst tenth of equally likely values (CVaR at 10 %; Rockafellar & Uryasev 2000, eq. 3).

    The tenth is met exactly: where it is no whole number of futures, the last one counts in part.
    """
    ordered = np.sort(values)
    mass = TAIL * len(ordered)
    whole = int(np.floor(mass + 1e-9))
    total = float(ordered[:whole].sum())
    rest = mass - whole
    if rest > 1e-9:
        total += rest * float(ordered[whole])
    return total / mass


def blend(values: Floats, risk_aversion: float) -> float:
    """``(1 - risk_aversion) * mean + risk_aversion * mean of the worst tenth``."""
    return (1 - risk_aversion) * float(values.mean()) + risk_aversion * worst_tenth_mean(values)


GLANCE = 4
"""A first look at an exchange is taken in every so manieth future."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What a choice is worth: by future, and in one number."""

    values: Floats
    objective: float
    row_cost: float
    feasible: bool


class Firm:
    """The loading of one choice in all futures, changed option by option and always optimal.

    Parameters
    ----------
    compiled
        The problem.
    choice
        (I,) option taken by each item.
    """

    def __init__(self, compiled: Compiled, choice: Ints) -> None:
        self.c = compiled
        p = compiled.problem
        S, (R, T) = p.scenarios, p.capacity.shape
        self.choice = np.array(choice, dtype=np.int64)
        self.regular = p.capacity.copy()
        size = self._most_packages()
        self.count = np.zeros((S, R), np.int64)
        self.ids = np.zeros((S, R, size), np.int64)
        self.flow = np.zeros((S, R, T, size))
        self.outside = np.zeros((S, R, size))
        self.broken = np.zeros((S, R, size))
        self.hours = np.zeros((S, R, size))
        self.used = np.zeros((S, R, T))
        self.costs = np.zeros((S, R))
        self._load_all()

    def _most_packages(self) -> int:
        """Slots needed on any resource: the most that could be chosen at once, and what always comes."""
        c, p = self.c, self.c.problem
        O, R = p.options, p.capacity.shape[0]
        per_option = np.zeros((O, R), np.int64)
        owner = np.repeat(np.arange(O), np.diff(c.opt_start))
        np.add.at(per_option, (owner, c.pkg_resource[c.always :]), 1)
        per_item = np.maximum.reduceat(per_option, p.item_start[:-1], axis=0).sum(axis=0)
        always = np.zeros((R, p.scenarios), np.int64)
        np.add.at(always, c.pkg_resource[: c.always], (c.active_hours[: c.always] > 0).astype(np.int64))
        return int((per_item + always.max(axis=1, initial=0)).max(initial=0)) + 1

    def _load_all(self) -> None:
        """Put in the work of the choice and what always comes, the most pressing first.

        In that order most work still finds spare hours when its turn comes and nothing has to be moved.
        """
        c = self.c
        chosen = [np.arange(c.opt_start[o], c.opt_start[o + 1]) for o in self.choice]
        packages = np.concatenate([np.arange(c.always), *chosen]).astype(np.int64)
        order = np.lexsort((packages, c.pk[packages, 1], c.pk[packages, 2]))
        for package in packages[order]:
            r = int(c.pkg_resource[package])
            there = np.flatnonzero(c.active_hours[package] > 0)
            slot = self.count[there, r]
            self.ids[there, r, slot] = package
            self.hours[there, r, slot] = self.broken[there, r, slot] = c.active_hours[package, there]
            self.count[there, r] += 1
        for option in self.choice:
            if int(option) in c.gain:
                self.regular = self.regular + c.gain[int(option)]
        self.regular = np.maximum(self.regular, 0.0)
        everything = np.ones(c.problem.capacity.shape[0], dtype=np.bool_)
        self._run([], [], everything, everything, commit=True)

    def _run(
        self,
        drops: Sequence[int],
        adds: Sequence[int],
        touched: Bools,
        refill: Bools,
        commit: bool,
        which: Ints | None = None,
    ) -> Floats:
        c = self.c
        which = np.arange(c.problem.scenarios) if which is None else which
        out = np.zeros(c.problem.scenarios)
        change(
            commit, np.array(drops, dtype=np.int64), np.array(adds, dtype=np.int64), refill, self.count, self.ids,
            self.flow, self.outside, self.broken, self.hours, self.used, self.regular, c.problem.overtime,
            c.problem.overtime_cost, c.tol, c.pk, c.pf, c.pkg_resource, c.active_hours, c.opt_start, touched,
            self.costs, which, out,
        )  # fmt: skip
        return out

    def _apply(
        self, drops: Sequence[int], adds: Sequence[int], commit: bool, which: Ints | None = None
    ) -> Floats:
        """Change of the loading cost (S,) when options are exchanged, in the futures ``which`` or all."""
        c = self.c
        touched = np.zeros(c.problem.capacity.shape[0], dtype=np.bool_)
        for option in (*drops, *adds):
            touched |= c.uses[option]
        refill = np.zeros_like(touched)
        before = self.regular
        gains = [(sign, c.gain[o]) for sign, group in ((-1, drops), (1, adds)) for o in group if o in c.gain]
        if gains:
            self.regular = np.maximum(before + sum(sign * gain for sign, gain in gains), 0.0)
            refill = np.any(self.regular != before, axis=1)
            touched |= refill
        out = self._run(drops, adds, touched, refill, commit, which)
        if not commit:
            self.regular = before
        return out

    def worth(self, swap: tuple[Sequence[int], Sequence[int]] = ((), ())) -> Worth:
        """What the choice is worth, or would be after dropping and adding the options of ``swap``."""
        drops, adds = swap
        loading = self.costs.sum(axis=1)
        if drops or adds:
            loading = loading + self._apply(drops, adds, commit=False)
        return assess(self.c, self.swapped(drops, adds), loading)

    def hour_worth(self, weeks: int) -> Floats:
        """(R,) mean money that one more regular hour in each of the first ``weeks`` weeks saves on every resource."""
        p = self.c.problem
        saved = np.zeros(len(p.capacity))
        before = self.regular
        for r in range(len(saved)):
            only = np.arange(len(saved)) == r
            self.regular = before.copy()
            self.regular[r, :weeks] += 1.0
            saved[r] = -float(self._run([], [], only, only, commit=False).mean())
        self.regular = before
        return np.maximum(saved, 0.0)

    def glance(self, drops: Sequence[int], adds: Sequence[int], weight: Floats) -> float:
        """Most that an exchange could plausibly gain, from every fourth future.

        ``weight`` (S,) are the futures' weights behind the bound, under which the objective is nearly linear. Two
        standard errors above the mean: what falls short of zero is not worth a full trial.
        """
        some = np.arange(0, self.c.problem.scenarios, GLANCE)
        now, cost_now = before_loading(self.c, self.choice)
        then, cost_then = before_loading(self.c, self.swapped(drops, adds))
        gain = (then - now)[some] - self._apply(drops, adds, commit=False, which=some)[some]
        scaled = weight[some] / max(float(weight[some].mean()), 1e-12) * gain
        return float(scaled.mean() + 2 * scaled.std() / np.sqrt(len(some))) + cost_now - cost_then

    def swapped(self, drops: Sequence[int], adds: Sequence[int]) -> Ints:
        """The choice after an exchange of options."""
        choice = self.choice.copy()
        item_of = self.c.problem.item_of
        for option in adds:
            choice[item_of[option]] = option
        return choice

    def take(self, drops: Sequence[int], adds: Sequence[int]) -> None:
        """Carry an exchange of options out."""
        self._apply(drops, adds, commit=True)
        self.choice = self.swapped(drops, adds)


def assess(c: Compiled, choice: Ints, loading: Floats) -> Worth:
    """Worth of a choice given what its loading costs in each future."""
    p = c.problem
    before, row_cost = before_loading(c, choice)
    values = before - loading
    hard = ~np.isfinite(p.rows.penalty)
    excess = p.rows.coefficients[hard][:, choice].sum(axis=1) - p.rows.limit[hard]
    feasible = bool(np.all(excess <= 1e-9 * np.maximum(np.abs(p.rows.limit[hard]), 1.0))) and needs_met(
        c, choice
    )
    return Worth(values, blend(values, p.risk_aversion) - row_cost, row_cost, feasible)


def before_loading(c: Compiled, choice: Ints) -> tuple[Floats, float]:
    """(S,) worth of a choice before its work is carried out, cash under the floor paid for; and what soft rows cost."""
    p = c.problem
    values = p.base_value + p.value[choice].sum(axis=0)
    if len(p.cash.floor):
        balance = p.cash.base + p.cash.flow[choice].sum(axis=0).T
        values = values - p.cash.penalty * np.maximum(p.cash.floor - balance, 0.0).sum(axis=1)
    soft = np.isfinite(p.rows.penalty)
    excess = np.maximum(p.rows.coefficients[soft][:, choice].sum(axis=1) - p.rows.limit[soft], 0.0)
    return values, float((excess * p.rows.penalty[soft]).sum())


def needs_met(c: Compiled, choice: Ints) -> bool:
    """Whether every chosen option that needs another one finds it chosen."""
    p = c.problem
    taken = np.zeros(p.options, dtype=bool)
    taken[choice] = True
    for k in np.flatnonzero(taken[p.need_option]):
        if not taken[p.need_provider[p.need_start[k] : p.need_start[k + 1]]].any():
            return False
    return True
