"""A problem that means nothing is refused at the door, every fault at once; bare but meaningful ones are solved."""

from dataclasses import replace

import numpy as np
import pytest

from pursuit.errors import SolveError
from pursuit.selection.problem import Rows, SelectionProblem
from pursuit.selection.solve import solve
from tests.selection.exact import Exact, extensive
from tests.selection.problems import (
    no_cash,
    no_rows,
    pinned,
    random_problem,
    roomier,
    rows_of,
    without_work,
)


def whole(seed=0) -> SelectionProblem:
    """A problem that has something of everything."""
    return random_problem(
        seed, opportunities=5, investments=2, projects=1, resources=2, weeks=6, scenarios=4, arrivals=2.0
    )


def spoilt(array, value, at=0):
    copy = np.array(array)
    copy.flat[at] = value
    return copy


PACKAGE_FAULTS = [
    ("first", -1), ("first", 99), ("last", 99), ("rate", 0.0), ("rate", np.inf), ("least", -0.1), ("least", 0.99),
    ("least", np.nan), ("before", 10_000), ("before", -2), ("late_cost", -1.0), ("late_cost", np.nan),
    ("late_cap", -1.0), ("subcontract_cost", -1.0), ("subcontract_share", 1.5), ("subcontract_share", np.nan),
    ("breach_cost", -1.0), ("breach_cost", np.inf), ("use_resource", 9), ("use_resource", -1), ("use_hours", -1.0),
    ("use_hours", 0.0),
    ("use_hours", np.nan), ("use_start", 3), ("bundle_start", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), PACKAGE_FAULTS)
def test_unsound_packages_are_refused(name, value):
    """Each column of the packages has values that cannot be."""
    p = whole()
    k = replace(p.packages, rate=np.minimum(p.packages.rate, 0.5), least=0 * p.packages.least)
    with pytest.raises(SolveError, match="not sound"):
        replace(p, packages=replace(k, **{name: spoilt(getattr(k, name), value)}))


FAULTS = [
    ("capacity", -1.0), ("overtime", -1.0), ("overtime_cost", np.inf), ("value", np.nan), ("base_value", np.inf),
    ("hours_factor", -1.0), ("capacity_gain", -1e9), ("need_option", 999), ("need_provider", -1), ("need_start", 1),
    ("gain_option", -3), ("item_start", 1), ("sure", 999), ("sure", -2), ("if_won", 999), ("base_bundle", -1),
    ("base_bundle", 999), ("base_scenario", 99), ("base_scenario", -2),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), FAULTS)
def test_unsound_arrays_are_refused(name, value):
    """So have the arrays of the problem itself."""
    p = whole()
    with pytest.raises(SolveError, match="not sound"):
        replace(p, **{name: spoilt(getattr(p, name), value)})


@pytest.mark.parametrize(
    "name", ["allowed", "won", "base_value", "sure", "overtime", "hours_factor", "capacity_gain"]
)
def test_arrays_of_another_length_are_refused(name):
    """What does not fit the rest is told with both shapes."""
    p = whole()
    with pytest.raises(SolveError, match=f"{name} has shape"):
        replace(p, **{name: getattr(p, name)[:-1]})


def test_a_bundle_belongs_to_one_item():
    """Two options of one item may share a bundle, two items may not; nor may one option bring it twice."""
    p = whole()
    one, other = int(p.item_start[0]) + 1, int(p.item_start[1]) + 1
    with pytest.raises(SolveError, match="two items"):
        replace(p, if_won=spoilt(p.if_won, p.if_won[one], other))
    with pytest.raises(SolveError, match="two items, or comes twice"):
        replace(p, base_bundle=spoilt(p.base_bundle, p.if_won[one]))
    with pytest.raises(SolveError, match="same bundle twice"):
        replace(p, sure=spoilt(p.sure, p.if_won[one], one))


def test_what_comes_before_stands_in_the_same_bundle_and_asks_for_no_least_share():
    """A chain within its bundle only; a package cannot both follow and have a least share."""
    p = next(q for q in map(whole, range(9)) if (q.packages.before >= 0).any())
    k, after = p.packages, int(np.flatnonzero(p.packages.before >= 0)[0])
    bundle = int(np.searchsorted(k.bundle_start, after, side="right"))
    with pytest.raises(SolveError, match="another bundle"):
        replace(p, packages=replace(k, before=spoilt(k.before, after, int(k.bundle_start[bundle]))))
    with pytest.raises(SolveError, match="both follow"):
        replace(p, packages=replace(k, least=spoilt(k.least, 1e-3, after)))


def test_options_cannot_take_away_more_hours_than_there_are():
    """Each item its greediest, all together."""
    p = whole()
    half = -0.6 * np.repeat(p.capacity[None], len(p.gain_option), axis=0)
    with pytest.raises(SolveError, match="more hours away"):
        replace(p, capacity_gain=half)


@pytest.mark.parametrize("risk", [-0.1, 1.1, np.nan])
def test_risk_aversion_is_a_share(risk):
    """Between nothing and everything."""
    with pytest.raises(SolveError, match="risk_aversion"):
        replace(whole(), risk_aversion=risk)


def test_rows_and_cash_must_be_numbers():
    """A limit that is no number, a penalty that pays, an option that is none, a balance that is no number."""
    p = whole()
    for name, value in (
        ("limit", np.nan),
        ("penalty", -1.0),
        ("coefficient", np.inf),
        ("option", 999),
        ("start", 1),
    ):
        with pytest.raises(SolveError, match="row"):
            replace(p, rows=replace(p.rows, **{name: spoilt(getattr(p.rows, name), value)}))
    for name, value in (("base", np.nan), ("won", np.inf), ("exact", np.nan), ("exact_option", 999)):
        with pytest.raises(SolveError, match="cash"):
            replace(p, cash=replace(p.cash, **{name: spoilt(getattr(p.cash, name), value)}))
    with pytest.raises(SolveError, match="cash"):
        replace(p, cash=replace(p.cash, penalty=-1.0))


def test_every_fault_is_told_at_once():
    """Three things wrong give three complaints."""
    p = whole()
    with pytest.raises(SolveError) as told:
        replace(p, capacity=-p.capacity, risk_aversion=2.0, value=spoilt(p.value, np.nan))
    assert str(told.value).count(";") >= 2


def test_item_without_allowed_option_is_refused():
    """Pins that leave nothing open."""
    p = whole()
    with pytest.raises(SolveError, match="no allowed option"):
        replace(p, allowed=np.zeros(p.options, bool))


def test_rows_sum_what_is_taken():
    """Left-hand sides of sparse rows, an option twice in one of them included."""
    rows: Rows = rows_of(
        [([0, 2], [1.0, -2.0], 0.0, 1.0, "a"), ([], [], 0.0, 1.0, "b"), ([2, 2], [1.0, 0.5], 0.0, 1.0, "c")]
    )
    assert rows.use(np.array([2]), 3).tolist() == [-2.0, 0.0, 1.5]
    assert rows.row_of.tolist() == [0, 0, 2, 2]


def money_mixed(p: SelectionProblem) -> SelectionProblem:
    """The first deal's amounts are 1e12, all others stay at some hundred."""
    k = p.packages
    own = np.flatnonzero(p.item_of == 0)
    large = np.zeros(len(k), bool)
    for b in {int(b) for o in own for b in (p.sure[o], p.if_won[o]) if b >= 0}:
        large[list(k.of(b))] = True
    names = ("late_cost", "late_cap", "subcontract_cost", "breach_cost")
    scaled = {name: getattr(k, name) * np.where(large, 1e10, 1.0) for name in names}
    value = p.value * np.where(p.item_of == 0, 1e10, 1.0)[:, None]
    return replace(p, value=value, packages=replace(k, **scaled), cash=no_cash(p.options, p.scenarios))


def enormous(p: SelectionProblem) -> SelectionProblem:
    """The first deal asks for a thousand times the hours of all others."""
    k = p.packages
    hours = k.use_hours.copy()
    for b in {int(p.if_won[o]) for o in p.options_of(0) if p.if_won[o] >= 0}:
        ends = k.use_start[k.bundle_start[b]], k.use_start[k.bundle_start[b + 1]]
        hours[slice(*ends)] *= 1000.0
    return replace(p, packages=replace(k, use_hours=hours))


BARE = {
    "no limits, no cash, no investments, no arrivals": lambda p: random_problem(
        0, rows=False, cash=False, investments=0, projects=0, arrivals=0.0
    ),
    "one scenario": lambda p: random_problem(0, scenarios=1),
    "one deal, one resource, one week": lambda p: random_problem(
        0, opportunities=1, investments=0, projects=0, resources=1, weeks=1
    ),
    "no work": without_work,
    "zero capacity": lambda p: roomier(p, 0.0),
    "no overtime": lambda p: replace(p, overtime=0 * p.overtime),
    "no worth": lambda p: replace(p, value=0 * p.value, base_value=0 * p.base_value),
    "nothing open": lambda p: pinned(p, *p.item_start[:-1]),
    "all certain": lambda p: replace(p, won=np.ones_like(p.won)),
    "all impossible": lambda p: replace(p, won=np.zeros_like(p.won), value=np.minimum(p.value, 0.0)),
    "one enormous deal": enormous,
    "won beside dollars": money_mixed,
    "a need nobody meets": lambda p: replace(
        p, need_option=np.array([1]), need_start=np.array([0, 0]), need_provider=np.zeros(0, np.int64)
    ),
    "no limits": lambda p: replace(p, rows=no_rows()),
}


@pytest.mark.parametrize("name", BARE)
def test_bare_and_extreme_problems_are_solved(name):
    """Nothing of a kind, or far too much of it, is no reason to fail: a sound answer that HiGHS cannot contradict."""
    p = BARE[name](replace(whole(), risk_aversion=0.3))
    solution = solve(p, work_limit=100)
    found = Exact(
        solution.choice,
        solution.loading,
        solution.values,
        solution.objective,
        solution.row_cost,
        solution.bound,
    )
    assert found.faults(p) == []
    truth = extensive(p)
    slack = 1e-6 * max(np.abs(p.value).max(), np.abs(p.base_value).max(), 1.0)
    assert solution.objective <= truth.bound + slack
    assert solution.bound >= truth.value - slack
