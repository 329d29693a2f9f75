"""Ways to spoil an answer; each is wrong whatever else holds, and gives None where it does not apply."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pursuit.selection.loaded import OUTSIDE, UNDONE, Loading
from pursuit.selection.problem import SelectionProblem
from tests.selection.exact import Exact

MUCH = 0.02
"""Share of a package that is no rounding."""


def _entry(a: Exact, rng, fits=None) -> int | None:
    """An entry of some weight, among those that fit."""
    there = np.flatnonzero(a.loading.share > MUCH)
    if fits is not None:
        there = there[[bool(fits(n)) for n in there]]
    return int(rng.choice(there)) if len(there) else None


def _scenario_of(loading: Loading, n: int) -> int:
    return int(np.searchsorted(loading.scenario_start, n, side="right")) - 1


def _with(a: Exact, **columns) -> Exact:
    return replace(a, loading=replace(a.loading, **columns))


def _put(array, n, what):
    array = np.array(array)
    array[n] = what
    return array


def _added(a: Exact, n: int, week: int, share: float) -> Exact:
    """One more entry beside entry ``n``, of its package."""
    at, loading = n + 1, a.loading
    start = loading.scenario_start + (np.arange(len(loading.scenario_start)) > _scenario_of(loading, n))
    return _with(
        a,
        scenario_start=start,
        package=np.insert(loading.package, at, loading.package[n]),
        week=np.insert(loading.week, at, week),
        share=np.insert(loading.share, at, share),
    )


def larger_share(p, a, rng):
    n = _entry(a, rng)
    return None if n is None else _with(a, share=_put(a.loading.share, n, 1.2 * a.loading.share[n]))


def entry_lost(p, a, rng):
    n = _entry(a, rng)
    return None if n is None else _with(a, share=_put(a.loading.share, n, 0.0))


def entry_twice(p, a, rng):
    n = _entry(a, rng)
    return None if n is None else _added(a, n, int(a.loading.week[n]), float(a.loading.share[n]))


def another_package(p, a, rng):
    n = _entry(a, rng)
    if n is None or len(p.packages) < 2:
        return None
    others = np.delete(np.arange(len(p.packages)), a.loading.package[n])
    return _with(a, package=_put(a.loading.package, n, rng.choice(others)))


def out_of_window(p, a, rng):
    k, T = p.packages, p.capacity.shape[1]
    n = _entry(a, rng, lambda n: a.loading.week[n] >= 0)
    if n is None:
        return None
    package = a.loading.package[n]
    weeks = [t for t in range(T) if not k.first[package] <= t <= k.last[package]]
    return _with(a, week=_put(a.loading.week, n, rng.choice(weeks))) if weeks else None


def not_done_after_all(p, a, rng):
    k = p.packages
    n = _entry(a, rng, lambda n: a.loading.week[n] >= 0)
    if n is None or k.breach_cost[a.loading.package[n]] * a.loading.share[n] < 1e-2 * np.abs(p.value).max():
        return None
    return _with(a, week=_put(a.loading.week, n, UNDONE))


def outside_although_it_cannot_be(p, a, rng):
    k = p.packages
    n = _entry(
        a, rng, lambda n: a.loading.week[n] >= 0 and not np.isfinite(k.subcontract_cost[a.loading.package[n]])
    )
    return None if n is None else _with(a, week=_put(a.loading.week, n, OUTSIDE))


def more_outside_than_may_be(p, a, rng):
    k, loading = p.packages, a.loading
    most = np.where(np.isfinite(k.subcontract_cost), k.subcontract_share, 0.0)
    n = _entry(
        a, rng, lambda n: loading.week[n] != OUTSIDE and loading.share[n] > most[loading.package[n]] + MUCH
    )
    return None if n is None else _with(a, week=_put(loading.week, n, OUTSIDE))


def of_another_scenario(p, a, rng):
    start = a.loading.scenario_start
    s = int(rng.integers(1, p.scenarios))
    if start[s] == start[s + 1] or a.loading.share[start[s]] < MUCH:
        return None
    return _with(a, scenario_start=_put(start, s, start[s] + 1))


def another_option(p, a, rng):
    i = int(rng.integers(p.items))
    others = [o for o in p.options_of(i) if o != a.choice[i]]
    return replace(a, choice=_put(a.choice, i, rng.choice(others))) if others else None


def faster_than_its_rate(p, a, rng):
    """All of a package that is worked over several weeks, in one of them."""
    loading, k = a.loading, p.packages
    for n in rng.permutation(np.flatnonzero((loading.share > MUCH) & (loading.week >= 0))):
        s = _scenario_of(loading, n)
        here = np.arange(loading.scenario_start[s], loading.scenario_start[s + 1])
        same = here[(loading.package[here] == loading.package[n]) & (loading.week[here] >= 0)]
        if loading.share[same].sum() > k.rate[loading.package[n]] + MUCH:
            return _with(a, week=_put(loading.week, same, loading.week[n]))
    return None


def more_hours_than_there_are(p, a, rng):
    """Work moved into a week that has no room for it."""
    loading, k = a.loading, p.packages
    most = p.capacity + p.overtime + p.capacity_gain[np.isin(p.gain_option, a.choice)].sum(axis=0)
    used = np.zeros((p.scenarios, *p.capacity.shape))
    scenario = np.repeat(np.arange(p.scenarios), np.diff(loading.scenario_start))
    for n in np.flatnonzero(loading.week >= 0):
        for u in range(k.use_start[loading.package[n]], k.use_start[loading.package[n] + 1]):
            r = k.use_resource[u]
            used[scenario[n], r, loading.week[n]] += (
                loading.share[n] * k.use_hours[u] * p.hours_factor[r, scenario[n]]
            )
    for n in rng.permutation(np.flatnonzero(loading.share > MUCH)):
        package, s = loading.package[n], scenario[n]
        u = k.use_start[package]
        r = k.use_resource[u]
        hours = loading.share[n] * k.use_hours[u] * p.hours_factor[r, s]
        for t in range(k.first[package], k.last[package] + 1):
            if t != loading.week[n] and used[s, r, t] + hours > most[r, t] + 0.01 * (1 + most[r, t]):
                return _with(a, week=_put(loading.week, n, t))
    return None


def ahead_of_the_one_before(p, a, rng):
    """Work of a package moved to a week in which the one before has not come as far."""
    loading, k = a.loading, p.packages
    for n in rng.permutation(np.flatnonzero((loading.share > MUCH) & (loading.week >= 0))):
        package, s = loading.package[n], _scenario_of(loading, n)
        if k.before[package] < 0:
            continue
        here = slice(loading.scenario_start[s], loading.scenario_start[s + 1])
        earlier = loading.package[here] == k.before[package]
        for t in range(k.first[package], loading.week[n]):
            if loading.share[here][earlier & (loading.week[here] < t)].sum() < loading.share[n] - MUCH:
                return _with(a, week=_put(loading.week, n, t))
    return None


def less_than_nothing(p, a, rng):
    n = _entry(a, rng, lambda n: a.loading.week[n] >= 0)
    if n is None:
        return None
    more = _added(a, n, int(a.loading.week[n]), 0.1)
    return _added(more, n, UNDONE, -0.1)


def no_number(p, a, rng):
    n = _entry(a, rng)
    return None if n is None else _with(a, share=_put(a.loading.share, n, np.nan))


def no_such_package(p, a, rng):
    n = _entry(a, rng)
    return None if n is None else _with(a, package=_put(a.loading.package, n, len(p.packages)))


def _scale(p: SelectionProblem, a: Exact) -> float:
    return float((np.abs(p.value[a.choice]).sum(axis=0) + np.abs(p.base_value)).max())


def value_too_good(p, a, rng):
    return replace(a, value=a.value + 1e-3 * max(_scale(p, a), abs(a.value)), bound=np.inf)


def one_scenario_too_good(p, a, rng):
    s = int(rng.integers(p.scenarios))
    return replace(a, values=_put(a.values, s, a.values[s] + 1e-3 * max(_scale(p, a), abs(a.values[s]))))


def bound_too_low(p, a, rng):
    return replace(a, bound=a.value - 1e-3 * max(_scale(p, a), abs(a.value)))


def bound_no_number(p, a, rng):
    return replace(a, bound=np.nan)


def limits_for_nothing(p, a, rng):
    return replace(a, row_cost=0.5 * a.row_cost) if a.row_cost > 0 else replace(a, row_cost=1.0)


MUTATIONS = (
    larger_share, entry_lost, entry_twice, another_package, out_of_window, not_done_after_all,
    outside_although_it_cannot_be, more_outside_than_may_be, of_another_scenario, another_option, faster_than_its_rate,
    more_hours_than_there_are, ahead_of_the_one_before, less_than_nothing, no_number, no_such_package, value_too_good,
    one_scenario_too_good, bound_too_low, bound_no_number, limits_for_nothing,
)  # fmt: skip


def spoilt(p: SelectionProblem, a: Exact, rng) -> tuple[str, Exact]:
    """The answer spoilt in one way that applies, and the way's name."""
    while True:
        way = MUTATIONS[int(rng.integers(len(MUTATIONS)))]
        found = way(p, a, rng)
        if found is not None:
            return way.__name__, found
