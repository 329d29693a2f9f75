"""The choice in its compiled form: plain arrays, validated once, that any solver can take.

One item is one thing the firm could commit to (an opportunity, an account, a project, an investment); exactly one of
its options is taken, the first one being what happens when nothing is decided. Weeks are counted from 0; the last one
is a bucket for everything after the horizon.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pursuit.errors import SolveError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

TAIL = 0.1
"""Share of futures that 'the worst tenth' means."""


@dataclass(frozen=True)
class Packages:
    """Work, one row per package: hours on one resource inside a window, at a rate that may vary by week.

    Attributes
    ----------
    option
        (P,) option that brings the work, ascending; -1 for work that comes whatever is chosen.
    scenario
        (P,) the one scenario it belongs to, or -1 for all.
    if_won
        (P,) True when it comes only in scenarios in which its option is won.
    resource, hours
        (P,) where, and planned hours before the scenario's overrun.
    first, last, due
        (P,) first and last week it may be worked in, and the last one without lateness.
    rate
        (P,) most hours in one week.
    late_cost, late_cap
        (P,) money per hour and week of lateness, and the most per hour.
    subcontract_cost, subcontract_share
        (P,) extra money per hour given outside (inf: not possible), and the largest share of hours.
    breach_cost
        (P,) money lost per hour not carried out at all.
    """

    option: Ints
    scenario: Ints
    if_won: Bools
    resource: Ints
    hours: Floats
    first: Ints
    last: Ints
    due: Ints
    rate: Floats
    late_cost: Floats
    late_cap: Floats
    subcontract_cost: Floats
    subcontract_share: Floats
    breach_cost: Floats

    def __len__(self) -> int:
        return len(self.option)


@dataclass(frozen=True)
class Rows:
    """Linear limits on the choice: ``coefficients @ x <= limit``, broken at ``penalty`` per unit (inf: never)."""

    coefficients: Floats  # (C, O)
    limit: Floats  # (C,)
    penalty: Floats  # (C,)


@dataclass(frozen=True)
class Cash:
    """The firm's balance: ``base + sum of flow[option]`` by month, and what each won under the floor costs.

    ``base`` is (S, M), ``flow`` (O, M, S) cumulative, ``floor`` (M,), ``penalty`` money per money short and month.
    """

    base: Floats
    flow: Floats
    floor: Floats
    penalty: float


@dataclass(frozen=True)
class SelectionProblem:
    """Everything the choice depends on. Money in minor units as floats, hours as floats.

    Attributes
    ----------
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
        Work of all options, and of none.
    hours_factor
        (R, S) overrun of planned hours.
    capacity, overtime
        (R, T) regular and overtime hours.
    overtime_cost
        (R,) extra money per overtime hour.
    capacity_gain
        (O, R, T) hours an option adds, kept only for options in ``gain_option`` (G,): shape (G, R, T).
    need_option, need_start, need_provider
        Need k of option ``need_option[k]`` is met if any option in
        ``need_provider[need_start[k]:need_start[k+1]]`` is taken.
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
        faults = list(_faults(self))
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
        """Number of futures."""
        return int(self.value.shape[1])

    @property
    def item_of(self) -> Ints:
        """(O,) item of each option."""
        return np.repeat(np.arange(self.items), np.diff(self.item_start))

    def options_of(self, item: int) -> range:
        """Options of one item."""
        return range(int(self.item_start[item]), int(self.item_start[item + 1]))


def _faults(p: SelectionProblem) -> list[str]:
    if p.value.ndim != 2 or p.capacity.ndim != 2:
        return ["value and capacity must have two axes"]
    O, S = p.value.shape
    R, T = p.capacity.shape
    shapes = {
        "item_start": (p.item_start.shape, (p.items + 1,)),
        "option_ids": ((len(p.option_ids),), (O,)),
        "allowed": (p.allowed.shape, (O,)),
        "won": (p.won.shape, (O, S)),
        "base_value": (p.base_value.shape, (S,)),
        "hours_factor": (p.hours_factor.shape, (R, S)),
        "overtime": (p.overtime.shape, (R, T)),
        "overtime_cost": (p.overtime_cost.shape, (R,)),
        "capacity_gain": (p.capacity_gain.shape, (len(p.gain_option), R, T)),
        "need_start": (p.need_start.shape, (len(p.need_option) + 1,)),
        "rows.coefficients": (p.rows.coefficients.shape, (len(p.rows.limit), O)),
        "rows.penalty": (p.rows.penalty.shape, p.rows.limit.shape),
        "cash.base": (p.cash.base.shape, (S, len(p.cash.floor))),
        "cash.flow": (p.cash.flow.shape, (O, len(p.cash.floor), S)),
    }
    faults = [
        f"{name} has shape {is_}, expected {should}"
        for name, (is_, should) in shapes.items()
        if is_ != should
    ]
    if faults:
        return faults
    if p.item_start[0] != 0 or p.item_start[-1] != O or np.any(np.diff(p.item_start) < 1):
        return ["item_start must rise from 0 to the number of options"]
    if S < 1 or p.items < 1:
        return ["there is nothing to decide on, or no future to judge it in"]
    if not np.all(np.add.reduceat(p.allowed.astype(np.int64), p.item_start[:-1]) > 0):
        faults.append("an item has no allowed option")
    for name in (
        "value",
        "base_value",
        "capacity",
        "overtime",
        "overtime_cost",
        "hours_factor",
        "capacity_gain",
    ):
        if not np.all(np.isfinite(getattr(p, name))):
            faults.append(f"{name} holds a number that is not finite")
    return faults + _package_faults(p) + _link_faults(p) + _range_faults(p)


def _package_faults(p: SelectionProblem) -> list[str]:
    faults = []
    k, O, S = p.packages, p.options, p.scenarios
    R, T = p.capacity.shape
    if len(k):
        if np.any(k.option < -1) or np.any(k.option >= O) or np.any(np.diff(k.option) < 0):
            faults.append("packages.option must ascend within -1 .. options-1")
        if np.any(k.resource < 0) or np.any(k.resource >= R) or np.any(k.first < 0) or np.any(k.last >= T):
            faults.append("a package lies outside the resources or weeks")
        if np.any(k.scenario < -1) or np.any(k.scenario >= S):
            faults.append("a package lies outside the scenarios")
        if np.any(k.first > k.last) or not (_sound(k.hours) and np.all(k.rate > 0)):
            faults.append("a package has an empty window, negative or endless hours, or no rate")
        if not (_sound(k.late_cost) and np.all(k.late_cap >= 0) and _sound(k.breach_cost)):
            faults.append("a package has a negative late cost, or a breach cost that is negative or endless")
        if not (
            np.all(k.subcontract_cost >= 0)
            and np.all((k.subcontract_share >= 0) & (k.subcontract_share <= 1))
        ):
            faults.append("a package has a negative subcontract cost, or a share outside 0 to 1")
    return faults


def _link_faults(p: SelectionProblem) -> list[str]:
    """Indices that point from one option to another."""
    faults = []
    for name in ("gain_option", "need_option", "need_provider"):
        index = getattr(p, name)
        if np.any(index < 0) or np.any(index >= p.options):
            faults.append(f"{name} points at an option that does not exist")
    if len(set(p.gain_option.tolist())) < len(p.gain_option):
        faults.append("gain_option names an option twice")
    if p.need_start[0] != 0 or p.need_start[-1] != len(p.need_provider) or np.any(np.diff(p.need_start) < 0):
        faults.append("need_start must rise from 0 to the number of providers")
    return faults


def _range_faults(p: SelectionProblem) -> list[str]:
    """Quantities out of the range in which the model means something."""
    faults = []
    if np.any(p.capacity < 0) or np.any(p.overtime < 0) or np.any(p.overtime_cost < 0):
        faults.append("capacity, overtime and their cost cannot be negative")
    if np.any(p.hours_factor < 0):
        faults.append("hours_factor cannot be negative")
    least = p.capacity.copy()  # each item may take away as many hours as its greediest option does
    item_of = p.item_of
    taken: dict[int, Floats] = {}
    for g, option in enumerate(p.gain_option):
        i = int(item_of[option]) if 0 <= option < p.options else -1
        taken[i] = np.minimum(taken.get(i, np.zeros(1)), p.capacity_gain[g])
    if np.any(sum(taken.values(), start=least) < -1e-9):
        faults.append("options could together take more hours away than there are")
    if not (np.all(np.isfinite(p.rows.coefficients)) and np.all(np.isfinite(p.rows.limit))):
        faults.append("a row holds a number that is not finite")
    if not np.all(p.rows.penalty >= 0):
        faults.append("the penalty of a row cannot be negative")
    if len(p.cash.floor):
        numbers = (p.cash.base, p.cash.flow, p.cash.floor)
        if not all(np.all(np.isfinite(array)) for array in numbers) or not _sound(np.array([p.cash.penalty])):
            faults.append("cash holds a number that is not finite, or a negative penalty")
    if not 0 <= p.risk_aversion <= 1:
        faults.append("risk_aversion lies between 0 and 1")
    return faults


def _sound(numbers: Floats) -> bool:
    """Whether all are finite and none is negative."""
    return bool(np.all(np.isfinite(numbers)) and np.all(numbers >= 0))
