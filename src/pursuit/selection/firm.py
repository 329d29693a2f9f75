"""A choice being tried out: its loading in every scenario kept at least cost while options come and go."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pursuit.selection.bound import balance
from pursuit.selection.compiled import FIRST, LAST, Compiled
from pursuit.selection.dual import find_prices
from pursuit.selection.exact import Going, Known, always, carry_out, hours_of
from pursuit.selection.loading import cost_all, exchange, fill_spare, split_all
from pursuit.selection.marginal import bundle_savings, hour_prices, promises
from pursuit.selection.problem import TAIL, Bools, Floats, Ints
from pursuit.selection.shelves import Shelves
from pursuit.selection.threads import spread
from pursuit.selection.worth import Worth, before_loading, blend, bundles_on, regular_hours, within_rows

NEVER, ALWAYS = -2, -1
"""When a bundle comes, beside the option whose winning scenarios decide."""

Swap = tuple[Sequence[int], Sequence[int]]
"""Options given up, and options taken instead."""

NOTHING: Swap = ((), ())

STEPS = 60
"""Times a single choice is priced to load it by."""


def prices_of(c: Compiled, choice: Ints) -> Floats:
    """(S, R, T) prices of hours where only one choice is possible, to load it by."""
    allowed = np.zeros(c.problem.options, dtype=bool)
    allowed[choice] = True
    alone = replace(c, problem=replace(c.problem, allowed=allowed))
    return find_prices(alone, STEPS, -np.inf, lambda step, bound: True).prices.hour


class Firm:
    """The loading of one choice in all scenarios, changed option by option.

    Parameters
    ----------
    compiled
        The problem.
    choice
        (I,) option taken by each item.
    hint
        (S, R, T) prices of hours from the dual, by which chains are split.
    going
        May stop the first loading half way; the rest then only goes into spare hours.

    Attributes
    ----------
    used
        (S, R, T) hours taken.
    regular
        (R, T) regular hours, those that chosen investments add included.
    costs
        (S, R) money that carrying the work out costs beyond regular hours.
    """

    def __init__(
        self, compiled: Compiled, choice: Ints, hint: Floats | None = None, going: Going = always
    ) -> None:
        self.c = compiled
        p = compiled.problem
        S, (R, T) = p.scenarios, p.capacity.shape
        self.choice = np.array(choice, dtype=np.int64)
        self.item_of = p.item_of
        self.regular = regular_hours(compiled, self.choice)
        self.shelves = Shelves(compiled, prices_of(compiled, self.choice) if hint is None else hint)
        self.on = bundles_on(compiled, self.choice)
        self.used = np.zeros((S, R, T))
        self.costs = np.zeros((S, R))
        for bundle in np.unique(np.concatenate([p.sure[self.choice], p.if_won[self.choice]])):
            if bundle >= 0:
                self.shelves.add(int(bundle))
        self._least: Floats | None = None
        self._links()
        self.reload(going)
        self._count()

    def _links(self) -> None:
        """Where each option stands in rows and needs."""
        p = self.c.problem
        order = np.argsort(p.rows.option, kind="stable")
        self._row_at = np.searchsorted(p.rows.option[order], np.arange(p.options + 1))
        self._row_of, self._row_by = p.rows.row_of[order], p.rows.coefficient[order]
        self._needs: dict[int, list[int]] = {}
        self._serves: dict[int, list[int]] = {}
        for k in range(len(p.need_option)):
            self._needs.setdefault(int(p.need_option[k]), []).append(k)
            for provider in p.need_provider[p.need_start[k] : p.need_start[k + 1]]:
                self._serves.setdefault(int(provider), []).append(k)

    def reload(self, going: Going = always) -> None:
        """Load the choice anew at least cost, the weeks set at which chains are split."""
        c, w, rows, book = self.c, self.c.work, self.shelves.rows, self.shelves.book()
        bundles = np.array(sorted(self.shelves.there), dtype=np.int64)
        spread(
            c.problem.scenarios,
            lambda low, high: split_all(low, high, bundles, self.on, c.base_start, c.base_package, book, w),
        )
        rows[:] = 0.0
        self.used[:] = 0.0
        shares = carry_out(c, self.on, self.regular, self.shelves.window, going=going)
        s, package, week = shares.scenario, shares.package, shares.week
        n = w.when[package, LAST] - w.when[package, FIRST] + 1
        place = np.where(week >= 0, week - w.when[package, FIRST], n - 1 - week)
        rows[s, self.shelves.offset[package] + place] = shares.share
        worked = week >= 0
        s, package, week, share = s[worked], package[worked], week[worked], shares.share[worked]
        entry, resource, hours = hours_of(c, s, package)
        np.add.at(self.used, (s[entry], resource, week[entry]), hours * share[entry])
        loaded = self.shelves.loaded()
        spread(  # where the loading was stopped half way, the rest at least goes where nothing stands
            c.problem.scenarios,
            lambda low, high: fill_spare(
                low,
                high,
                loaded,
                self.on,
                c.base_start,
                c.base_package,
                rows,
                self.used,
                self.regular,
                book,
                w,
            ),
        )
        spread(
            c.problem.scenarios,
            lambda low, high: cost_all(
                low, high, rows, self.used, self.on, self.costs, self.regular, book, w
            ),
        )

    def loading_cost(self) -> Floats:
        """(S,) what carrying the choice out costs beyond regular hours."""
        if not self.c.small:
            return np.asarray(self.costs.sum(axis=1))
        if self._least is None:
            self._least = self._least_cost(self.choice)
        return self._least

    def _least_cost(self, choice: Ints) -> Floats:
        return carry_out(self.c, bundles_on(self.c, choice), regular_hours(self.c, choice)).cost

    def known(self) -> Known:
        """The loading as it stands, for ``exact`` to begin with."""
        return self.shelves.rows, self.shelves.offset

    def _count(self) -> None:
        """Sums over the choice, kept up to date from now on."""
        p = self.c.problem
        self.before = p.base_value + p.value[self.choice].sum(axis=0)
        self.balance = balance(self.c, self.choice)
        self.row_use = p.rows.use(self.choice, p.options)
        self.taken = np.zeros(p.options, dtype=bool)
        self.taken[self.choice] = True

    def bundles_moved(self, swap: Swap) -> tuple[Ints, Ints, Ints]:
        """Bundles that an exchange concerns, when each came before, and when it comes after it."""
        w = self.c.work
        was: dict[int, int] = {}
        becomes: dict[int, int] = {}
        for options, when in ((swap[0], was), (swap[1], becomes)):
            for option in options:
                if w.sure[option] >= 0:
                    when[int(w.sure[option])] = ALWAYS
                if w.if_won[option] >= 0:
                    when[int(w.if_won[option])] = int(option)
        bundles = sorted({*was, *becomes})
        return (
            np.array(bundles, dtype=np.int64),
            np.array([was.get(b, NEVER) for b in bundles], dtype=np.int64),
            np.array([becomes.get(b, NEVER) for b in bundles], dtype=np.int64),
        )

    def loading_change(self, swap: Swap, *, commit: bool = False, which: Ints | None = None) -> Floats:
        """(S,) change of the loading cost when options are exchanged, in the scenarios ``which`` or all."""
        c, p = self.c, self.c.problem
        if c.small and not commit:
            return self._least_cost(self.swapped(*swap)) - self.loading_cost()
        bundles, was, becomes = self.bundles_moved(swap)
        mark = self.shelves.mark()
        new = [int(b) for b, before in zip(bundles, was, strict=True) if before == NEVER]
        for bundle in new:
            self.shelves.add(bundle, scratch=not commit)
        before = self.regular
        gains = [
            (sign, c.gain[o]) for sign, group in ((-1, swap[0]), (1, swap[1])) for o in group if o in c.gain
        ]
        moved = np.zeros(len(before), dtype=np.bool_)
        if gains:
            self.regular = np.maximum(before + sum(sign * gain for sign, gain in gains), 0.0)
            moved = np.any(self.regular != before, axis=1)
        scenarios: Ints = np.arange(p.scenarios) if which is None else which
        out = self._exchange(commit, scenarios, (bundles, was, becomes), moved)
        if commit:
            for bundle, after in zip(bundles, becomes, strict=True):
                if after == NEVER:
                    self.shelves.remove(int(bundle))
        else:
            self.regular = before
            self.shelves.back_to(mark, new)
        return out

    def _exchange(self, commit: bool, which: Ints, bundles: tuple[Ints, Ints, Ints], moved: Bools) -> Floats:
        """(S,) change of the loading cost, from the kernel; ``bundles`` as :meth:`bundles_moved` has them."""
        p, w = self.c.problem, self.c.work
        rows, length, book, out = (
            self.shelves.rows,
            self.shelves.length,
            self.shelves.book(),
            np.zeros(p.scenarios),
        )
        spread(
            len(which),
            lambda low, high: exchange(
                low, high, commit, which, *bundles, p.won, rows, length, self.used, self.on, self.costs, self.regular,
                moved, book, w, out,
            ),
        )  # fmt: skip
        return out

    def worth(self, swap: Swap = NOTHING) -> Worth:
        """What the choice is worth, or would be after dropping and adding the options of ``swap``."""
        loading = self.loading_cost()
        if swap[0] or swap[1]:
            loading = loading + self.loading_change(swap)
        before, row_cost = self.before_loading(swap)
        values = before - loading
        objective = blend(values, self.c.problem.risk_aversion) - row_cost
        return Worth(values, objective, row_cost, self.allowed(swap))

    def touched(self, swap: Swap) -> Ints:
        """Scenarios in which an exchange brings or takes away work or hours."""
        p = self.c.problem
        if any(o in self.c.gain for group in swap for o in group):
            return np.arange(p.scenarios)
        _, was, becomes = self.bundles_moved(swap)
        differ = np.zeros(p.scenarios, dtype=bool)
        for before, after in zip(was, becomes, strict=True):
            differ |= self._comes(int(before)) != self._comes(int(after))
        return np.flatnonzero(differ)

    def _comes(self, when: int) -> Bools:
        """(S,) where a bundle comes that a winning option brings, or ``ALWAYS``, or ``NEVER``."""
        p = self.c.problem
        return p.won[when] if when >= 0 else np.full(p.scenarios, when == ALWAYS)

    def before_loading(self, swap: Swap) -> tuple[Floats, float]:
        """(S,) worth before work is carried out, cash under the floor paid for; and what soft rows cost."""
        p = self.c.problem
        values, cash, rows = self.before, self.balance, self.row_use
        if swap[0] or swap[1]:
            values = values + p.value[list(swap[1])].sum(axis=0) - p.value[list(swap[0])].sum(axis=0)
            cash, rows = self._cash_after(swap), self._rows_after(swap)
        return before_loading(self.c, values, cash, rows)

    def _cash_after(self, swap: Swap) -> Floats:
        p, cash = self.c.problem, self.balance
        for sign, options in ((-1.0, swap[0]), (1.0, swap[1])):
            for o in options:
                cash = cash + sign * (p.cash.fixed[o] + p.won[o][:, None] * p.cash.won[o])
                for e in np.flatnonzero(p.cash.exact_option == o):
                    cash = cash + sign * p.cash.exact[e].T
        return cash

    def _rows_after(self, swap: Swap) -> Floats:
        rows = self.row_use.copy()
        for sign, options in ((-1.0, swap[0]), (1.0, swap[1])):
            for o in options:
                span = slice(self._row_at[o], self._row_at[o + 1])
                np.add.at(rows, self._row_of[span], sign * self._row_by[span])
        return rows

    def allowed(self, swap: Swap = NOTHING) -> bool:
        """Whether the choice after an exchange keeps every hard row and every need."""
        return self.within_rows(swap) and self.needs_met(swap)

    def within_rows(self, swap: Swap = NOTHING) -> bool:
        """Whether the choice after an exchange keeps every hard row."""
        return within_rows(self.c, self._rows_after(swap))

    def needs_met(self, swap: Swap = NOTHING) -> bool:
        """Whether every option taken after an exchange finds what it needs."""
        return not self.unmet(swap)

    def unmet(self, swap: Swap = NOTHING) -> list[int]:
        """Needs that the choice after an exchange leaves open."""
        p, gone, new = self.c.problem, set(swap[0]), set(swap[1])

        def there(o: int) -> bool:
            return o in new or (bool(self.taken[o]) and o not in gone)

        if not gone and not new:
            asked = {k for k in range(len(p.need_option)) if there(int(p.need_option[k]))}
        else:
            asked = {k for o in new for k in self._needs.get(o, ())}
            asked |= {k for o in gone for k in self._serves.get(o, ())}
        return [
            k
            for k in sorted(asked)
            if there(int(p.need_option[k]))
            and not any(there(int(q)) for q in p.need_provider[p.need_start[k] : p.need_start[k + 1]])
        ]

    def needs(self, option: int) -> bool:
        """Whether an option needs another one."""
        return option in self._needs

    def served_by(self, option: int) -> list[int]:
        """Options that need this one, or one of several with it among them."""
        return sorted({int(self.c.problem.need_option[k]) for k in self._serves.get(option, ())})

    def excluded(self, swap: Swap, keep: set[int]) -> int | None:
        """A taken option of an item outside ``keep`` whose going mends a hard row that an exchange breaks most."""
        p = self.c.problem
        rows = self._rows_after(swap)
        excess = np.where(np.isfinite(p.rows.penalty), -np.inf, rows - p.rows.limit)
        excess = excess - 1e-9 * np.maximum(np.abs(p.rows.limit), 1.0)
        if not len(excess) or excess.max() <= 0:
            return None
        c = int(np.argmax(excess))
        span = slice(p.rows.start[c], p.rows.start[c + 1])
        gone = set(swap[0])
        mine = [
            (float(by), int(o))
            for o, by in zip(p.rows.option[span], p.rows.coefficient[span], strict=True)
            if by > 0 and self.taken[o] and int(o) not in gone and int(self.item_of[o]) not in keep
        ]
        enough = [(by, o) for by, o in mine if by >= excess[c]]
        return min(enough)[1] if enough else max(mine)[1] if mine else None

    def swapped(self, drops: Sequence[int], adds: Sequence[int]) -> Ints:
        """The choice after an exchange of options."""
        choice = self.choice.copy()
        for option in adds:
            choice[self.item_of[option]] = option
        return choice

    def take(self, drops: Sequence[int], adds: Sequence[int]) -> None:
        """Carry an exchange of options out."""
        swap = (drops, adds)
        p = self.c.problem
        self.before = self.before + p.value[list(adds)].sum(axis=0) - p.value[list(drops)].sum(axis=0)
        self.balance, self.row_use = self._cash_after(swap), self._rows_after(swap)
        self.loading_change(swap, commit=True)
        self.taken[list(drops)] = False
        self.taken[list(adds)] = True
        self.choice = self.swapped(drops, adds)
        self._least = None

    def copied(self) -> Firm:
        """Another one like it, to be changed while this one stays as it is."""
        return copy.deepcopy(self, {id(self.c): self.c})

    def go_to(self, choice: Ints) -> None:
        """Carry out all exchanges that lead to another choice, at once."""
        moved = np.flatnonzero(choice != self.choice)
        if len(moved):
            self.take([int(o) for o in self.choice[moved]], [int(o) for o in choice[moved]])

    def slopes(self) -> Floats:
        """(S,) change of the objective per unit of worth in each scenario: the worst tenth weighs more."""
        values, risk, S = self.worth().values, self.c.problem.risk_aversion, self.c.problem.scenarios
        weight = np.full(S, (1 - risk) / S)
        left = TAIL * S
        for s in np.argsort(values, kind="stable"):
            if left <= 0:
                break
            weight[s] += risk * min(left, 1.0) / (TAIL * S)
            left -= 1.0
        return weight

    def promises(self, weight: Floats) -> Floats:
        """(O,) what going over to each option promises at most, the rest staying as it is (see ``marginal``)."""
        p, w = self.c.problem, self.c.work
        R, T = p.capacity.shape
        push, pull = np.empty((R, T, p.scenarios)), np.empty((R, T, p.scenarios))
        book = self.shelves.book()
        rows = self.shelves.rows
        spread(
            p.scenarios,
            lambda low, high: hour_prices(
                low, high, rows, self.used, self.on, self.regular, book, w, push, pull
            ),
        )
        bundles = np.array(sorted(self.shelves.there), dtype=np.int64)
        savings = np.empty((len(bundles), p.scenarios))
        bundle_savings(bundles, self.shelves.rows, self.on, pull, book, w, savings)
        slot = np.full(p.packages.bundles, -1, dtype=np.int64)
        slot[bundles] = np.arange(len(bundles))
        short: Floats = np.where(self.balance < p.cash.floor, p.cash.penalty, 0.0)
        over = np.where(
            np.isfinite(p.rows.penalty) & (self.row_use > p.rows.limit - 1e-9), p.rows.penalty, 0.0
        )
        adjust = -np.bincount(
            p.rows.option, weights=over[p.rows.row_of] * p.rows.coefficient, minlength=p.options
        )
        extra_of, extra = self._extras(push, pull, short)
        out = np.empty(p.options)
        promises(
            push, weight, short if np.any(short) else np.zeros((p.scenarios, 0)), adjust, extra_of, extra, p.allowed,
            p.item_start, self.choice, p.value, p.won, p.cash.fixed, p.cash.won, slot, savings, w, out,
        )  # fmt: skip
        return out

    def _extras(self, push: Floats, pull: Floats, short: Floats) -> tuple[Ints, Floats]:
        """(O,) row of (X, S): what hours that options add save at most, and their exact cash where money is short."""
        p = self.c.problem
        options = sorted({*self.c.gain, *(int(o) for o in p.cash.exact_option)})
        extra_of = np.full(p.options, -1, dtype=np.int64)
        extra_of[options] = np.arange(len(options))
        extra = np.zeros((len(options), p.scenarios))
        for option, gain in self.c.gain.items():
            price = push if self.taken[option] else pull
            extra[extra_of[option]] += np.einsum("rts,rt->s", np.minimum(price, 1e12), gain)
        if len(p.cash.exact_option):
            np.add.at(extra, extra_of[p.cash.exact_option], np.einsum("ems,sm->es", p.cash.exact, short))
        return extra_of, extra

    def hour_worth(self, weeks: int) -> Floats:
        """(R,) mean money that one more regular hour in each of the first ``weeks`` weeks saves on every resource."""
        p = self.c.problem
        saved = np.zeros(len(p.capacity))
        none = np.zeros(0, dtype=np.int64)
        before = self.regular
        for r in range(len(saved)):
            only: Bools = np.arange(len(saved)) == r
            self.regular = before.copy()
            self.regular[r, :weeks] += 1.0
            out = self._exchange(False, np.arange(p.scenarios), (none, none, none), only)
            saved[r] = -float(out.mean())
        self.regular = before
        return np.maximum(saved, 0.0)
