"""Work as columns and rows of a linear programme: what may come, its shares by week, the hours it takes."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from benchmarks.sparse import Program, ranges
from pursuit.selection.problem import Floats, Ints, SelectionProblem


@dataclass
class Coming:
    """Packages that may come, one row (A,) per package and scenario; ``tie_*`` name the options a row hangs on."""

    scenario: Ints
    package: Ints
    always: NDArray[np.bool_]
    tie_row: Ints
    tie_option: Ints


@dataclass
class Money:
    """Columns that cost money in a scenario."""

    scenario: list[Ints] = field(default_factory=list)
    column: list[Ints] = field(default_factory=list)
    amount: list[Floats] = field(default_factory=list)

    def add(self, scenario: Ints, column: Ints, amount: Floats) -> None:
        self.scenario.append(scenario)
        self.column.append(column)
        self.amount.append(amount)


@dataclass
class Shares:
    """Where the shares of work stand among the columns: worked (Y,), outside (Z,), not done (A,)."""

    row: Ints
    week: Ints
    worked: Ints
    outside_row: Ints
    outside: Ints
    undone: Ints


def packages_coming(p: SelectionProblem, options: NDArray[np.bool_], which: Ints, *, fixed: bool) -> Coming:
    """Packages that the ``options`` (O,) can bring in the scenarios ``which``; ``fixed``: they all do."""
    everywhere = np.zeros((p.options, p.scenarios), dtype=bool)
    everywhere[:, which] = options[:, None]
    bundle, scenario, option = [], [], []
    for bundles, where in ((p.sure, everywhere), (p.if_won, everywhere & p.won)):
        o, s = np.nonzero(where & (bundles >= 0)[:, None])
        bundle.append(bundles[o])
        scenario.append(s)
        option.append(o)
    for b, own in zip(p.base_bundle, p.base_scenario, strict=True):
        s = which if own < 0 else which[which == own]
        bundle.append(np.full(len(s), b))
        scenario.append(s)
        option.append(np.full(len(s), -1))
    of = np.concatenate(option)
    keys = np.concatenate(scenario) * p.packages.bundles + np.concatenate(bundle)
    pairs, pair = np.unique(keys, return_inverse=True)
    start, size = p.packages.bundle_start[:-1], np.diff(p.packages.bundle_start)
    s, b = np.divmod(pairs, max(p.packages.bundles, 1))
    first = np.concatenate([[0], np.cumsum(size[b])])
    always = np.zeros(len(pairs), dtype=bool)
    always[pair[of < 0]] = True
    tied = np.zeros(0, np.int64) if fixed else np.flatnonzero(of >= 0)
    return Coming(
        scenario=np.repeat(s, size[b]),
        package=ranges(start[b], size[b]),
        always=np.ones(first[-1], dtype=bool) if fixed else np.repeat(always, size[b]),
        tie_row=ranges(first[pair[tied]], size[b[pair[tied]]]),
        tie_option=np.repeat(of[tied], size[b[pair[tied]]]),
    )


def carry_out(program: Program, p: SelectionProblem, c: Coming, money: Money) -> Shares:
    """Shares by week, outside and not done, which sum to what comes; lateness, least shares, what goes before."""
    k, A = p.packages, c.package
    first, weeks = k.first[A], (k.last - k.first + 1)[A]
    row = np.repeat(np.arange(len(A)), weeks)
    week = ranges(first, weeks)
    most = np.minimum(k.rate[A][row], _fits(p, c, row, week))
    worked = program.columns(len(row), 0.0, np.where(c.always[row], most, np.inf))
    late = np.minimum(
        k.late_cost[A][row] * np.maximum(week - k.due[A][row], 0),
        np.minimum(k.late_cap[A][row], 1e300),
    )
    money.add(c.scenario[row], worked, late)
    can = np.flatnonzero(np.isfinite(k.subcontract_cost[A]) & (k.subcontract_share[A] > 0))
    share = k.subcontract_share[A][can]
    outside = program.columns(len(can), 0.0, np.where(c.always[can], share, np.inf))
    money.add(c.scenario[can], outside, k.subcontract_cost[A][can])
    undone = program.columns(len(A), 0.0, np.inf)
    money.add(c.scenario, undone, k.breach_cost[A])
    whole = program.rows(c.always.astype(float), c.always.astype(float))
    for rows, columns in ((row, worked), (can, outside), (np.arange(len(A)), undone)):
        program.add(whole[rows], columns, 1.0)
    program.add(whole[c.tie_row], c.tie_option, -1.0)
    _at_most(program, c, row, worked, most)
    _at_most(program, c, can, outside, share)
    shares = Shares(row, week, worked, can, outside, undone)
    _least(program, p, c, shares)
    _before(program, p, c, shares)
    return shares


def _at_most(program: Program, c: Coming, row: Ints, column: Ints, most: Floats) -> None:
    """``column <= most * (options that bring the package)`` where it does not always come."""
    tied = np.flatnonzero(~c.always[row] & (most < 1))
    limits = program.rows(np.full(len(tied), -np.inf), 0.0)
    program.add(limits, column[tied], 1.0)
    _tie(program, c, row[tied], limits, -most[tied])


def _tie(program: Program, c: Coming, row: Ints, limits: Ints, amount: Floats) -> None:
    """Add ``amount * (options that bring the package of row)`` to the ``limits``."""
    order = np.argsort(c.tie_row, kind="stable")
    start = np.searchsorted(c.tie_row[order], row)
    count = np.searchsorted(c.tie_row[order], row, side="right") - start
    entry = order[ranges(start, count)]
    program.add(np.repeat(limits, count), c.tie_option[entry], np.repeat(amount, count))


def _fits(p: SelectionProblem, c: Coming, row: Ints, week: Ints) -> Floats:
    """(Y,) share that a package's scarcest resource could give in a week at most, every investment made."""
    owners, owner = np.unique(p.item_of[p.gain_option], return_inverse=True)
    best = np.zeros((len(owners), *p.capacity.shape))
    np.maximum.at(best, owner, p.capacity_gain)
    most = p.capacity + p.overtime + best.sum(axis=0)
    entry, resource, hours = _uses(p, c, row)
    there = most[resource, week[entry]]
    share = np.divide(there, hours, out=np.full(len(hours), np.inf), where=hours > 0)
    out = np.full(len(row), np.inf)
    np.minimum.at(out, entry, share)
    return out


def _uses(p: SelectionProblem, c: Coming, row: Ints) -> tuple[Ints, Ints, Floats]:
    """Uses behind each worked share: its place in ``row``, resource, hours for the whole package."""
    k = p.packages
    package = c.package[row]
    count = np.diff(k.use_start)[package]
    use = ranges(k.use_start[package], count)
    entry = np.repeat(np.arange(len(row)), count)
    resource = k.use_resource[use]
    return entry, resource, k.use_hours[use] * p.hours_factor[resource, c.scenario[row][entry]]


def _least(program: Program, p: SelectionProblem, c: Coming, shares: Shares) -> None:
    """What is worked above the least share of its week is no more than the least shares leave free."""
    k = p.packages
    asked = k.least[c.package]
    planned = np.maximum(np.minimum(k.due, k.last) - k.first + 1, 0)[c.package]
    free = np.maximum(1.0 - asked * planned, 0.0)
    rows = np.flatnonzero((asked > 0) & (planned > 0))
    place = np.full(len(c.package), -1)
    place[rows] = np.arange(len(rows))
    part = np.flatnonzero(place[shares.row] >= 0)
    row = shares.row[part]
    above = program.rows(np.full(len(rows), -np.inf), np.where(c.always[rows], free[rows], 0.0))
    program.add(above[place[row]], shares.worked[part], 1.0)
    tied = np.flatnonzero(~c.always[rows])
    _tie(program, c, rows[tied], above[tied], -free[rows][tied])
    timely = np.flatnonzero(shares.week[part] <= k.due[c.package[row]])
    row = row[timely]
    least = program.columns(len(row), 0.0, np.where(c.always[row], asked[row], np.inf))
    program.add(above[place[row]], least, -1.0)
    within = program.rows(np.full(len(row), -np.inf), 0.0)
    program.add(within, least, 1.0)
    program.add(within, shares.worked[part[timely]], -1.0)
    _at_most(program, c, row, least, asked[row])


def _before(program: Program, p: SelectionProblem, c: Coming, shares: Shares) -> None:
    """A lead of the earlier package over the later one, week by week, that is never negative.

    Rows of one bundle and scenario stand together, so the earlier package's row is as far away as the package itself.
    """
    k = p.packages
    later = np.flatnonzero(k.before[c.package] >= 0)
    earlier = later - (c.package[later] - k.before[c.package[later]])
    start = np.searchsorted(shares.row, np.arange(len(c.package)))  # first worked share of each row
    outside = np.full(len(c.package), -1)
    outside[shares.outside_row] = shares.outside
    first, last = k.first[c.package], k.last[c.package]
    weeks = (last - first + 1)[later]
    lead = program.columns(int(weeks.sum()), 0.0, np.inf)
    rows = program.rows(np.zeros(len(lead)), 0.0)
    begin = np.concatenate([[0], np.cumsum(weeks)])[:-1].astype(np.int64)
    of = np.repeat(np.arange(len(later)), weeks)
    week = ranges(first[later], weeks)
    program.add(rows, lead, 1.0)
    program.add(rows, shares.worked[ranges(start[later], weeks)], 1.0)
    follows = np.ones(len(lead), dtype=bool)
    follows[begin] = False
    program.add(rows[follows], lead[np.flatnonzero(follows) - 1], -1.0)
    then = np.flatnonzero(follows & (week > first[earlier[of]]) & (week <= last[earlier[of]] + 1))
    program.add(rows[then], shares.worked[(start - first)[earlier[of[then]]] + week[then] - 1], -1.0)
    program.add(rows[begin], shares.undone[earlier], -1.0)
    given = np.flatnonzero(outside[earlier] >= 0)
    program.add(rows[begin[given]], outside[earlier[given]], -1.0)
    done = np.clip(first[later] - first[earlier], 0, (last - first + 1)[earlier])
    program.add(np.repeat(rows[begin], done), shares.worked[ranges(start[earlier], done)], -1.0)


def keep_room(
    program: Program,
    p: SelectionProblem,
    c: Coming,
    shares: Shares,
    money: Money,
    regular: Floats,
    x: Ints | None,
) -> None:
    """Hours of a resource, week and scenario within regular hours, the gains of ``x`` and overtime."""
    R, T = p.capacity.shape
    entry, resource, hours = _uses(p, c, shares.row)
    keys = (c.scenario[shares.row][entry] * R + resource) * T + shares.week[entry]
    places, place = np.unique(keys, return_inverse=True)
    s, r, t = places // (R * T), places // T % R, places % T
    over = program.columns(len(places), 0.0, p.overtime[r, t])
    money.add(s, over, p.overtime_cost[r])
    rows = program.rows(np.full(len(places), -np.inf), regular[r, t])
    program.add(rows[place], shares.worked[entry], hours)
    program.add(rows, over, -1.0)
    if x is not None:
        for g, option in enumerate(p.gain_option):
            gain = p.capacity_gain[g][r, t]
            there = np.flatnonzero(gain)
            program.add(rows[there], np.full(len(there), x[option]), -gain[there])
