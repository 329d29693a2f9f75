"""The choice in its compiled form: plain arrays, validated once, that any solver can take and any file can hold.

One *item* is one thing the firm could commit to (an opportunity, an account, a project, an investment); exactly one of
its *options* is taken, the first one being what happens when nothing is decided. Work comes in *bundles* of packages:
an option brings one bundle for sure and another one in the scenarios in which it is won. Weeks are counted from 0; the
last one is a bucket for everything after the horizon. The mathematics stand in docs/selection-problem.md.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pursuit.errors import SolveError
from pursuit.selection.faults import faults_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TAIL = 0.1
"""Share of scenarios that 'the worst tenth' means."""


@dataclass(frozen=True)
class Packages:
    """Work packages, one row each, in bundles. All money is for the whole package, all rates are shares of it.

    Attributes
    ----------
    bundle_start
        (B+1,) packages of bundle b are ``bundle_start[b] .. bundle_start[b+1]-1``.
    first, last, due
        (P,) first and last week it may be worked in, and the last one without lateness.
    rate
        (P,) largest share in one week, above 0.
    least
        (P,) share asked for in each week from ``first`` to ``due``; what a week's least share does not get done in
        that week counts as given outside or not done. 0 for none.
    before
        (P,) package of the same bundle, standing earlier, that must come first, or -1: by the end of a week no larger
        share of this package may have been worked than the earlier one had done by the end of the week before, the
        shares of the earlier one given outside or not done counting as done from the start.
    late_cost, late_cap
        (P,) money per share and week after ``due``, and the most per share.
    subcontract_cost, subcontract_share
        (P,) money per share given outside (inf: not possible), and the largest share that can be.
    breach_cost
        (P,) money per share not carried out at all.
    use_start, use_resource, use_hours
        Resources a package needs at once, in proportion to its progress: uses of package p are
        ``use_start[p] .. use_start[p+1]-1`` (at least one), each a resource and planned hours for the whole package,
        before the scenario's overrun.
    """

    bundle_start: Ints
    first: Ints
    last: Ints
    due: Ints
    rate: Floats
    least: Floats
    before: Ints
    late_cost: Floats
    late_cap: Floats
    subcontract_cost: Floats
    subcontract_share: Floats
    breach_cost: Floats
    use_start: Ints
    use_resource: Ints
    use_hours: Floats

    def __len__(self) -> int:
        return len(self.first)

    @property
    def bundles(self) -> int:
        """Number of bundles."""
        return len(self.bundle_start) - 1

    def of(self, bundle: int) -> range:
        """Packages of one bundle; none for -1."""
        return (
            range(int(self.bundle_start[bundle]), int(self.bundle_start[bundle + 1]))
            if bundle >= 0
            else range(0)
        )


@dataclass(frozen=True)
class Rows:
    """Linear limits on the choice: ``sum of coefficient * x <= limit``, broken at ``penalty`` per unit (inf: never).

    Entries of row c are ``start[c] .. start[c+1]-1``. Options of which at most one may be taken are a row of ones
    with limit 1; a goal is a row of negative coefficients with a finite penalty.
    """

    start: Ints  # (C+1,)
    option: Ints  # (N,)
    coefficient: Floats  # (N,)
    limit: Floats  # (C,)
    penalty: Floats  # (C,)
    names: tuple[str, ...]  # (C,), what a message calls the row

    def __len__(self) -> int:
        return len(self.limit)

    @property
    def row_of(self) -> Ints:
        """(N,) row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def use(self, choice: Ints, options: int) -> Floats:
        """(C,) left-hand sides at a choice (I,) among ``options``."""
        taken = np.zeros(options)
        taken[choice] = 1.0
        used = np.bincount(self.row_of, weights=self.coefficient * taken[self.option], minlength=len(self))
        return used.astype(np.float64)


@dataclass(frozen=True)
class Cash:
    """The firm's balance by month, all flows cumulated: base + fixed + won (where it is) of the chosen options.

    Attributes
    ----------
    base
        (S, M) balance whatever is chosen.
    fixed, won
        (O, M) flow of an option for sure, and on top of it in the scenarios in which it is won.
    exact_option, exact
        (E,) options whose flow (E, M, S) is given scenario by scenario, on top of the above.
    floor, penalty
        (M,) least balance; money per unit and month under it.
    """

    base: Floats
    fixed: Floats
    won: Floats
    exact_option: Ints
    exact: Floats
    floor: Floats
    penalty: float

    @property
    def months(self) -> int:
        """Number of months."""
        return len(self.floor)


@dataclass(frozen=True)
class SelectionProblem:
    """Everything the choice depends on. Money in minor units as floats, hours as floats.

    Attributes
    ----------
    item_ids, option_ids
        Names, for messages and results.
    item_start
        (I+1,) options of item i are ``item_start[i] .. item_start[i+1]-1``.
    allowed
        (O,) options that pins leave open; at least one per item.
    value
        (O, S) worth of the option in each scenario, apart from how its work is carried out.
    won
        (O, S) whether the option's conditional work comes.
    base_value
        (S,) worth of what comes whatever is chosen, before its work is carried out.
    packages
        All work, in bundles.
    sure, if_won
        (O,) bundle that comes with the option in every scenario, and in those in which it is won; -1 for none. Options
        of one item may share a bundle, options of different items may not.
    base_bundle, base_scenario
        (N,) bundles that come whatever is chosen, and the one scenario each belongs to (-1: all).
    hours_factor
        (R, S) overrun of planned hours.
    capacity, overtime
        (R, T) regular and overtime hours.
    overtime_cost
        (R,) extra money per overtime hour.
    gain_option, capacity_gain
        (G,) options that add hours (or take them away), (G, R, T) how many.
    need_option, need_start, need_provider
        Need k of option ``need_option[k]`` is met if any option in
        ``need_provider[need_start[k]:need_start[k+1]]`` is taken. Two options that need each other are linked.
    rows, cash
        Limits, goals and the firm's own money.
    risk_aversion
        Weight of the mean of the worst tenth in the objective, 0 to 1.
    """

    item_ids: tuple[str, ...]
    option_ids: tuple[str, ...]
    item_start: Ints
    allowed: Bools
    value: Floats
    won: Bools
    base_value: Floats
    packages: Packages
    sure: Ints
    if_won: Ints
    base_bundle: Ints
    base_scenario: Ints
    hours_factor: Floats
    capacity: Floats
    overtime: Floats
    overtime_cost: Floats
    gain_option: Ints
    capacity_gain: Floats
    need_option: Ints
    need_start: Ints
    need_provider: Ints
    rows: Rows
    cash: Cash
    risk_aversion: float

    def __post_init__(self) -> None:
        faults = faults_of(self)
        if faults:
            raise SolveError("The selection problem is not sound: " + "; ".join(faults))

    @property
    def items(self) -> int:
        """Number of things to decide on."""
        return len(self.item_ids)

    @property
    def options(self) -> int:
        """Number of options of all items."""
        return len(self.option_ids)

    @property
    def scenarios(self) -> int:
        """Number of scenarios."""
        return int(self.value.shape[1])

    @property
    def item_of(self) -> Ints:
        """(O,) item of each option."""
        return np.repeat(np.arange(self.items), np.diff(self.item_start))

    def options_of(self, item: int) -> range:
        """Options of one item."""
        return range(int(self.item_start[item]), int(self.item_start[item + 1]))
