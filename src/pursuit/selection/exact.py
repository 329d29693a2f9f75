"""The second stage of a choice at least cost to the last bit: one linear programme a scenario.

The loading that the search keeps up to date (``firm``) is at least cost where every package needs one resource;
packages on several at once, in chains and with least shares could often be placed a little better. This closes that.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import highspy
import numpy as np
from scipy.sparse import coo_array, csc_array

from pursuit.errors import SolveError
from pursuit.selection.compiled import (
    BEFORE,
    BIG,
    BREACH,
    CAP,
    DUE,
    FIRST,
    LAST,
    LATE,
    LEAST,
    MOST_OUTSIDE,
    RATE,
    SPARE_SHARE,
    Compiled,
)
from pursuit.selection.compiled import OUTSIDE as OUTSIDE_COST
from pursuit.selection.loaded import OUTSIDE, UNDONE
from pursuit.selection.problem import Bools, Floats, Ints
from pursuit.selection.threads import spread

ROOM = 1e-6
"""Hours or shares by which a limit must be missed to count as open."""

STANDS = tuple(getattr(highspy.HighsBasisStatus, name) for name in ("kLower", "kBasic", "kUpper"))

UNIT = 1e3
"""What the dearest share costs in the programme: HiGHS is at its best with numbers of moderate size."""

LITTLE = 1e-9
"""Share that is nothing."""

ENOUGH = 1000
"""Columns that make a programme large enough not to be joined to another one."""

NO_LOADING = (
    "The work of a choice could not be placed: the linear solver says {status!r}. Check hours and rates."
)


Going = Callable[[int], bool]
"""Whether to go on, asked with the number of steps in all."""


def always(steps: int) -> bool:
    """To the end."""
    return True


Known = tuple[Floats, Ints]
"""Shares by scenario, and where each package's stand in them."""


@dataclass
class _Programme:
    """Least ``cost @ x`` with ``0 <= x <= most`` and rows ``low <= a x <= high``, put together block by block."""

    scenario: list[Ints] = field(default_factory=list)
    cost: list[Floats] = field(default_factory=list)
    most: list[Floats] = field(default_factory=list)
    low: list[Floats] = field(default_factory=list)
    high: list[Floats] = field(default_factory=list)
    entries: list[tuple[Ints, Ints, Floats]] = field(default_factory=list)
    columns: int = 0
    rows: int = 0

    def amounts(self, scenario: Ints, cost: Floats, most: Floats) -> Ints:
        """Columns."""
        self.scenario.append(scenario)
        self.cost.append(cost)
        self.most.append(most)
        self.columns += len(cost)
        return np.arange(self.columns - len(cost), self.columns)

    def limits(self, low: Floats, high: Floats) -> Ints:
        """Rows."""
        self.low.append(low)
        self.high.append(high)
        self.rows += len(low)
        return np.arange(self.rows - len(low), self.rows)

    def add(self, row: Ints, column: Ints, number: Floats | float) -> None:
        """Entries of the matrix."""
        self.entries.append((row, column, np.broadcast_to(np.asarray(number, dtype=float), row.shape)))

    def solve(self, start: Floats | None = None) -> Floats:
        """(columns,) the solution; ``start`` is one close to it, not a number where unknown."""
        row, column, number = (np.concatenate(part) for part in zip(*self.entries, strict=True))
        matrix = coo_array((number, (row, column)), shape=(self.rows, self.columns)).tocsc()
        cost = np.concatenate(self.cost)
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = self.columns, self.rows
        lp.col_cost_ = cost * (UNIT / max(float(cost.max()), 1e-300))
        lp.col_lower_, lp.col_upper_ = np.zeros(self.columns), np.concatenate(self.most)
        lp.row_lower_, lp.row_upper_ = np.concatenate(self.low), np.concatenate(self.high)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = matrix.indptr, matrix.indices
        lp.a_matrix_.value_ = matrix.data
        highs = highspy.Highs()
        highs.setOptionValue("output_flag", False)
        highs.setOptionValue("threads", 1)
        # presolve takes longer than it saves, and it calls limits that are met to the last bit impossible
        highs.setOptionValue("presolve", "off")
        highs.passModel(lp)
        if start is not None:
            highs.setBasis(_basis(self, matrix, start))
        highs.run()
        if highs.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise SolveError(NO_LOADING.format(status=highs.modelStatusToString(highs.getModelStatus())))
        solution: Floats = np.maximum(np.asarray(highs.getSolution().col_value), 0.0)
        return solution

    def paid(self, solution: Floats, scenarios: int) -> Floats:
        """(S,) what a solution costs by scenario."""
        money = np.concatenate(self.cost) * solution
        paid = np.bincount(np.concatenate(self.scenario), weights=money, minlength=scenarios)
        return paid.astype(np.float64)


def _basis(p: _Programme, matrix: csc_array, start: Floats) -> highspy.HighsBasis:
    """What lies between its limits at ``start``, or is unknown there; HiGHS mends what that has too many or too few."""
    x = np.nan_to_num(start)
    between = np.isnan(start) | ((x > LITTLE) & (x < np.concatenate(p.most) - LITTLE))
    filled = matrix @ x
    loose = (filled < np.concatenate(p.high) - ROOM) & (filled > np.concatenate(p.low) + ROOM)
    basis = highspy.HighsBasis()
    basis.col_status = [STANDS[n] for n in np.where(between, 1, np.where(x > LITTLE, 2, 0)).tolist()]
    basis.row_status = [STANDS[n] for n in np.where(loose, 1, 2).tolist()]
    basis.valid = basis.alien = True
    return basis


@dataclass(frozen=True)
class Shares:
    """How packages are carried out at least cost.

    Attributes
    ----------
    cost
        (S,) money that carrying them out costs beyond regular hours; 0 in scenarios that nothing was asked of.
    scenario, package, week, share
        (M,) each: all that is not 0 (see ``loaded``), scenario by scenario.
    """

    cost: Floats
    scenario: Ints
    package: Ints
    week: Ints
    share: Floats


def carry_out(
    c: Compiled,
    on: Bools,
    regular: Floats,
    window: Ints | None = None,
    known: Known | None = None,
    going: Going = always,
) -> Shares:
    """Carry out what comes at least cost, overtime included, within the hours there are.

    Parameters
    ----------
    on
        (S, B) whether a bundle comes, beside those that always do.
    regular
        (R, T) regular hours, those of chosen investments included.
    window
        (S, C, 2) weeks to which packages in chains keep (see ``chains``); without, they wait for those before them.
    known
        A loading close to the best one, to begin with: (S, F) shares, and (P,) where each package's stand (see
        ``tables``).
    going
        Asked before each programme, with how many there are; once it says False, the rest is carried out as ``known``
        has it, or not at all.

    Raises
    ------
    SolveError
        When the linear solver gives up.
    """
    coming = _groups(c, on, window)
    done = spread(
        len(coming),
        lambda low, high: [_solved(c, each, regular, known, going(len(coming))) for each in coming[low:high]],
    )
    found = [shares for portion in done for shares in portion] if coming else []
    none = np.zeros(0, dtype=np.int64)
    return Shares(
        cost=sum((each.cost for each in found), start=np.zeros(len(on))),
        scenario=np.concatenate([none, *(each.scenario for each in found)]),
        package=np.concatenate([none, *(each.package for each in found)]),
        week=np.concatenate([none, *(each.week for each in found)]),
        share=np.concatenate([np.zeros(0), *(each.share for each in found)]),
    )


@dataclass(frozen=True)
class _Coming:
    """Packages that come, scenario by scenario, with the windows they shall keep to.

    Attributes
    ----------
    scenario, package
        (N,), (N,) packages of one bundle next to each other, in their order.
    first, last
        (N,) weeks.
    ordered
        Whether packages wait for those before them; else the windows see to that.
    """

    scenario: Ints
    package: Ints
    first: Ints
    last: Ints
    ordered: bool


def _groups(c: Compiled, on: Bools, window: Ints | None) -> list[_Coming]:
    """What comes, in groups of scenarios that make up a programme of some size."""
    when, found = c.work.when, []
    loaded = np.flatnonzero(np.any(on, axis=0)[c.work.bundle_of])
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    size = 0
    for s in range(len(on)):
        base = c.base_package[c.base_start[s] : c.base_start[s + 1]]
        package = np.concatenate([base, loaded[on[s, c.work.bundle_of[loaded]]]])
        first, last = when[package, FIRST], when[package, LAST]
        if window is not None:
            chained = np.flatnonzero(c.chain[package] >= 0)
            first[chained], last[chained] = window[s, c.chain[package[chained]]].T
        if len(package):
            parts.append((np.full(len(package), s), package, first, last))
        size += int((last - first).sum()) + 3 * len(package)
        if parts and (size >= ENOUGH or s == len(on) - 1):
            scenario, package, first, last = (np.concatenate(part) for part in zip(*parts, strict=True))
            found.append(_Coming(scenario, package, first, last, window is None))
            parts, size = [], 0
    return found


def _solved(c: Compiled, coming: _Coming, regular: Floats, known: Known | None, best: bool) -> Shares:
    """One group of scenarios carried out at least cost, or as it is known, or not at all."""
    every, scenario = np.arange(len(coming.package)), coming.scenario
    p = _Programme()
    when, terms = c.work.when[coming.package], c.work.terms[coming.package]
    weeks = np.maximum(coming.last - coming.first + 1, 0)
    of, week = np.repeat(every, weeks), _runs(coming.first, weeks)
    late = np.minimum(terms[of, LATE] * np.maximum(week - when[of, DUE], 0), terms[of, CAP])
    worked = p.amounts(scenario[of], late, terms[of, RATE])
    can = np.flatnonzero((terms[:, OUTSIDE_COST] < BIG) & (terms[:, MOST_OUTSIDE] > 0))
    outside = p.amounts(scenario[can], terms[can, OUTSIDE_COST], terms[can, MOST_OUTSIDE])
    undone = p.amounts(scenario, terms[:, BREACH], np.full(len(every), np.inf))
    whole = p.limits(np.ones(len(every)), np.ones(len(every)))
    for rows, columns in ((of, worked), (can, outside), (every, undone)):
        p.add(whole[rows], columns, 1.0)
    start = None if known is None else _begin(when, coming, known, of, week, can)
    extra = _hours(p, c, coming, regular, of, week, worked, start)
    _least(p, coming, when, terms, of, week, worked)
    if coming.ordered:
        _order(p, coming, when, of, worked, can, outside, undone)
    if start is not None:
        start = np.concatenate([start, extra, np.full(p.columns - len(start) - len(extra), np.nan)])
    if best:
        solution = p.solve(start)
    elif start is not None:
        solution = np.nan_to_num(start)
    else:
        solution = np.zeros(p.columns)
        solution[undone] = 1.0
    place = np.concatenate([of, can, every])
    week = np.concatenate([week, np.full(len(can), OUTSIDE), np.full(len(every), UNDONE)])
    order = np.lexsort((week, place, scenario[place]))
    order = order[solution[order] > LITTLE]
    place = place[order]
    cost = p.paid(solution, c.problem.scenarios)
    return Shares(cost, scenario[place], coming.package[place], week[order], solution[order])


def _begin(when: Ints, coming: _Coming, known: Known, of: Ints, week: Ints, can: Ints) -> Floats:
    """Known shares, in the order of the columns: worked, outside, not done."""
    rows, offset = known
    place, s = offset[coming.package], coming.scenario
    n = when[:, LAST] - when[:, FIRST] + 1
    worked = rows[s[of], place[of] + week - when[of, FIRST]]
    return np.concatenate([worked, rows[s[can], (place + n)[can]], rows[s, place + n + 1]])


def hours_of(c: Compiled, scenario: Ints, package: Ints) -> tuple[Ints, Ints, Floats]:
    """Of whole ``package`` (N,) in ``scenario`` (N,): place among them, resource, and hours, use by use."""
    w = c.work
    count = w.use_start[package + 1] - w.use_start[package]
    use, entry = _runs(w.use_start[package], count), np.repeat(np.arange(len(package)), count)
    resource = w.use_resource[use]
    return entry, resource, w.use_hours[use] * w.factor[resource, scenario[entry]]


def _runs(start: Ints, count: Ints) -> Ints:
    """``start[0], start[0]+1, ...`` (``count[0]`` of them), ``start[1], ...`` in one row."""
    end = np.cumsum(count)
    return np.arange(int(end[-1]) if len(end) else 0) - np.repeat(end - count - start, count)


def _hours(
    p: _Programme,
    c: Compiled,
    coming: _Coming,
    regular: Floats,
    of: Ints,
    week: Ints,
    worked: Ints,
    start: Floats | None,
) -> Floats:
    """Hours within what there is, overtime paid for; how much of it there is at ``start`` (nothing without one)."""
    R, T = regular.shape
    entry, resource, hours = hours_of(c, coming.scenario[of], coming.package[of])
    place = (coming.scenario[of[entry]] * R + resource) * T + week[entry]
    asked, slot = np.unique(place, return_inverse=True)
    asked_in, asked = np.divmod(asked, R * T)
    rows = p.limits(np.full(len(asked), -np.inf), regular.ravel()[asked])
    p.add(rows[slot], worked[entry], hours)
    overtime = c.problem.overtime.ravel()[asked]
    some = np.flatnonzero(overtime > 0)
    extra = p.amounts(asked_in[some], c.problem.overtime_cost[asked[some] // T], overtime[some])
    p.add(rows[some], extra, -1.0)
    taken = (
        np.zeros(len(asked)) if start is None else np.bincount(slot, hours * start[worked[entry]], len(asked))
    )
    over: Floats = np.clip(taken - regular.ravel()[asked], 0.0, overtime)[some]
    return over


def _least(
    p: _Programme, coming: _Coming, when: Ints, terms: Floats, of: Ints, week: Ints, worked: Ints
) -> None:
    """What is worked above the least share of its week is no more than the least shares leave free."""
    stiff = np.flatnonzero(terms[:, LEAST] > 0)
    row = np.full(len(when), -1)
    row[stiff] = p.limits(np.full(len(stiff), -np.inf), terms[stiff, SPARE_SHARE])
    mine = np.flatnonzero(row[of] >= 0)
    p.add(row[of[mine]], worked[mine], 1.0)
    timely = mine[week[mine] <= when[of[mine], DUE]]
    least = p.amounts(coming.scenario[of[timely]], np.zeros(len(timely)), terms[of[timely], LEAST])
    p.add(row[of[timely]], least, -1.0)
    within = p.limits(np.full(len(timely), -np.inf), np.zeros(len(timely)))
    p.add(within, least, 1.0)
    p.add(within, worked[timely], -1.0)


def _order(
    p: _Programme, coming: _Coming, when: Ints, of: Ints, worked: Ints, can: Ints, outside: Ints, undone: Ints
) -> None:
    """By the end of a week no more of a package than of the one before it a week earlier: a lead, never negative."""
    n = len(when)
    out = np.full(n, -1)
    out[can] = outside
    begin = np.searchsorted(of, np.arange(n))
    for later in np.flatnonzero(when[:, BEFORE] >= 0):
        earlier = int(later - (coming.package[later] - when[later, BEFORE]))
        first, last = int(when[later, FIRST]), int(min(when[later, LAST], when[earlier, LAST]))
        if last < first:
            continue  # the earlier one is over before the later one begins
        # after the earlier one's last week all of it is done, given outside or left
        asked = last - first + 1
        lead = p.amounts(np.full(asked, coming.scenario[later]), np.zeros(asked), np.full(asked, np.inf))
        rows = p.limits(np.zeros(asked), np.zeros(asked))
        p.add(rows, lead, 1.0)
        p.add(rows[1:], lead[:-1], -1.0)
        p.add(rows, worked[begin[later] + np.arange(asked)], 1.0)
        start = int(when[earlier, FIRST])
        for t in range(start, last):
            p.add(rows[[max(t + 1 - first, 0)]], worked[[begin[earlier] + t - start]], -1.0)
        p.add(rows[:1], undone[[earlier]], -1.0)
        if out[earlier] >= 0:
            p.add(rows[:1], out[[earlier]], -1.0)
