"""A problem that means nothing is refused at the door; bare but meaningful ones are solved."""

from dataclasses import replace

import numpy as np
import pytest

from pursuit.errors import SolveError
from pursuit.selection.problem import Rows
from pursuit.selection.solve import solve
from tests.selection.problems import kept_packages, random_problem, roomier


def spoilt(array, value, at=0):
    copy = np.array(array)
    copy.flat[at] = value
    return copy


PACKAGE_FAULTS = [
    ("option", 99), ("scenario", 99), ("resource", 9), ("hours", -1.0), ("hours", np.nan), ("first", -1),
    ("last", 99), ("rate", 0.0), ("late_cost", -1.0), ("late_cost", np.nan), ("late_cap", -1.0),
    ("subcontract_cost", -1.0), ("subcontract_share", 1.5), ("breach_cost", -1.0), ("breach_cost", np.inf),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), PACKAGE_FAULTS)
def test_unsound_packages_are_refused(name, value):
    """Each column of the packages has values that cannot be."""
    p = random_problem(0)
    k = replace(p.packages, **{name: spoilt(getattr(p.packages, name), value, -1)})
    with pytest.raises(SolveError, match="not sound"):
        replace(p, packages=k)


FAULTS = [
    ("capacity", -1.0), ("overtime", -1.0), ("overtime_cost", np.inf), ("value", np.nan), ("base_value", np.inf),
    ("hours_factor", -1.0), ("capacity_gain", -1e9), ("need_option", 999), ("need_provider", -1), ("need_start", 1),
    ("gain_option", -3), ("item_start", 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "value"), FAULTS)
def test_unsound_arrays_are_refused(name, value):
    """So have the arrays of the problem itself."""
    p = random_problem(0)
    with pytest.raises(SolveError, match="not sound"):
        replace(p, **{name: spoilt(getattr(p, name), value)})


@pytest.mark.parametrize("risk", [-0.1, 1.1, np.nan])
def test_risk_aversion_is_a_share(risk):
    """Between nothing and everything."""
    with pytest.raises(SolveError, match="risk_aversion"):
        replace(random_problem(0), risk_aversion=risk)


def test_rows_and_cash_must_be_numbers():
    """A limit that is no number, a penalty that pays, a balance that is no number."""
    p = random_problem(0)
    for rows in (
        Rows(p.rows.coefficients, spoilt(p.rows.limit, np.nan), p.rows.penalty),
        Rows(p.rows.coefficients, p.rows.limit, spoilt(p.rows.penalty, -1.0)),
    ):
        with pytest.raises(SolveError, match="row"):
            replace(p, rows=rows)
    with pytest.raises(SolveError, match="cash"):
        replace(p, cash=replace(p.cash, base=spoilt(p.cash.base, np.nan)))


def test_every_fault_is_told_at_once():
    """Three things wrong give three complaints."""
    p = random_problem(0)
    with pytest.raises(SolveError) as told:
        replace(p, capacity=-p.capacity, risk_aversion=2.0, value=spoilt(p.value, np.nan))
    assert str(told.value).count(";") >= 2


def test_item_without_allowed_option_is_refused():
    """Pins that leave nothing open."""
    p = random_problem(0)
    with pytest.raises(SolveError, match="no allowed option"):
        replace(p, allowed=np.zeros(p.options, bool))


@pytest.mark.parametrize(
    "bare",
    [
        lambda p: random_problem(0, rows=False, cash=False, investments=0, arrivals=0.0),
        lambda p: random_problem(0, scenarios=1),
        lambda p: random_problem(0, opportunities=1, efforts=1, resources=1, weeks=1),
        lambda p: kept_packages(p, np.zeros(len(p.packages), bool)),
        lambda p: roomier(p, 0.0),
        lambda p: replace(p, value=0 * p.value),
        lambda p: replace(p, allowed=np.isin(np.arange(p.options), p.item_start)),
        lambda p: replace(p, need_start=np.array([0, 0]), need_provider=np.zeros(0, np.int64)),
    ],
    ids=["bare", "one future", "one deal", "no work", "no hours", "no worth", "all decided", "unmet need"],
)
def test_bare_problems_are_solved(bare):
    """Nothing of a kind is no reason to fail."""
    p = bare(random_problem(0))
    solution = solve(p, work_limit=60)
    assert np.isfinite(solution.objective)
    assert np.isfinite(solution.bound)
    assert solution.objective <= solution.bound
    assert not set(solution.choice) & set(p.need_option) or len(p.need_provider)
