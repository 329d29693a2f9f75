"""No choice beats the bound, and the value is that of a choice: by HiGHS, by enumeration, by the bound proved again."""

from dataclasses import replace

import numpy as np
import pytest

from pursuit.errors import SolveError
from pursuit.selection.bound import Prices, admissible, first_prices, relax
from pursuit.selection.compiled import compile_problem
from pursuit.selection.dual import find_prices
from pursuit.selection.proof import price_faults, proven_bound
from pursuit.selection.solve import solve
from tests.selection.exact import Exact, best_by_programmes, exact, extensive, sizes
from tests.selection.problems import best_by_enumeration, pinned, random_choice, random_problem
from tests.selection.test_checker import tiny


def never(step, bound):
    return True


def scale_of(p):
    """Money against which a difference is rounding."""
    return max(np.abs(p.value).max(), np.abs(p.base_value).max())


def proved(p, prices):
    """The bound at these prices by arithmetic that shares no code with the solver."""
    parts = [getattr(prices, name) for name in ("hour", "weight", "row", "need", "cash")]
    assert price_faults(p, *parts) == []
    return proven_bound(p, *parts)


def random_prices(p, rng, scale):
    """Prices of any size, cut to what the problem allows."""
    first = first_prices(compile_problem(p))
    arrays = (first.hour, first.weight, first.row, first.need, first.cash)
    raw = Prices(*(rng.exponential(scale, a.shape) * (rng.random(a.shape) < 0.6) for a in arrays))
    return admissible(compile_problem(p), raw)


@pytest.mark.parametrize("block", range(26))
def test_optimum_lies_between_value_and_bound(block):
    """520 random problems: HiGHS's optimum is never under the value, nor over the bound, nor is the answer unsound."""
    for seed in range(20 * block, 20 * block + 20):
        small = {} if seed < 120 else {"opportunities": 2 + seed % 3, "scenarios": 2 + seed % 4}
        p = random_problem(seed, **small)
        truth, slack = extensive(p), 1e-6 * scale_of(p)
        if truth.value is None:
            with pytest.raises(SolveError):
                solve(p, work_limit=40)
            continue
        found = solve(p, work_limit=40)
        answer = Exact(
            found.choice, found.loading, found.values, found.objective, found.row_cost, found.bound
        )
        assert answer.faults(p) == [], seed
        assert found.objective <= truth.bound + slack, seed
        assert found.bound >= truth.value - slack, seed


@pytest.mark.parametrize("seed", range(10))
def test_enumerated_optimum_lies_between_value_and_bound(seed):
    """Every choice of a tiny problem is carried out by linear programme; risk aversion from 0 to 1."""
    p = random_problem(
        1000 + seed, opportunities=3, projects=0, investments=1, scenarios=3, risk_aversion=seed / 9
    )
    best, _ = best_by_programmes(p)
    found = solve(p, work_limit=60)
    assert found.objective <= best + 1e-6 * scale_of(p)
    assert found.bound >= best - 1e-6 * scale_of(p)


@pytest.mark.parametrize("seed", range(12))
def test_any_prices_prove_a_bound(seed):
    """At prices drawn at random the bound is the one proved again, and never under the optimum."""
    p = random_problem(seed, investments=2, rows=seed % 2 == 0)
    best, rng, c = extensive(p).value, np.random.default_rng(seed), compile_problem(p)
    for scale in (0.001, 0.01, 0.1, 1.0):
        prices = random_prices(p, rng, scale * scale_of(p))
        bound = relax(c, prices).bound
        assert bound >= best - 1e-6 * scale_of(p)
        assert bound == pytest.approx(proved(p, prices), rel=1e-8, abs=1e-8 * scale_of(p))


@pytest.mark.parametrize("seed", range(12))
def test_bound_follows_from_the_prices_handed_back(seed):
    """Anyone can prove the bound from the prices of the answer, at most what a stopped search lost higher."""
    p = random_problem(300 + seed, opportunities=8, scenarios=10)
    found = solve(p, work_limit=80)
    assert found.bound >= proved(p, found.prices) - 1e-8 * scale_of(p)


def test_prices_that_prove_nothing_are_told():
    """Negative prices, weights that risk aversion does not allow, penalties exceeded, wrong shapes."""
    p = random_problem(0, risk_aversion=0.3)
    first = first_prices(compile_problem(p))
    good = {name: getattr(first, name) for name in ("hour", "weight", "row", "need", "cash")}
    assert price_faults(p, **good) == []
    uneven = good["weight"] + np.linspace(-0.9, 0.9, p.scenarios) / p.scenarios
    for name, bad in (
        ("hour", good["hour"] - 1.0), ("hour", good["hour"][:-1]), ("weight", 2 * good["weight"]), ("weight", uneven),
        ("row", np.full(len(p.rows), 2 * p.rows.penalty[1])), ("need", good["need"] - 1.0),
        ("cash", good["cash"] + 1.0), ("hour", good["hour"] + np.nan),
    ):  # fmt: skip
        assert price_faults(p, **{**good, name: bad}), name


def outside_first(**changed):
    """One deal of two packages, the second after the first, both due in week 1; the first is cheap outside."""
    p = tiny(
        subcontract_cost=[1.0, np.inf], subcontract_share=[1.0, 0.0], rate=[1.0, 1.0], first=[1, 1], due=[1, 1],
        **changed,
    )  # fmt: skip
    return pinned(replace(p, overtime=0 * p.overtime, risk_aversion=0.0), 1)


def test_what_is_given_outside_does_not_hold_up_what_follows():
    """The first package is done from the start where it is given outside, so the second may be worked in its week.

    Waiting a week longer would cost three: a bound that takes the wait for granted lies under the optimum.
    """
    p = outside_first()
    best = exact(p, [1]).value
    assert best == pytest.approx(((107.0 - 1.0) + 3.0) / 2)
    found = find_prices(compile_problem(p), 400, -1e9, never)
    assert found.bound >= best - 1e-6
    assert solve(p, work_limit=50).objective <= best + 1e-6


def test_values_come_close_to_the_optimum():
    """Few lumpy deals are hard for exchanges; all but one choice at most are the best there is."""
    lost, by_choice = [], []
    for seed in range(14):
        p = random_problem(seed, opportunities=7, tightness=2.0, scenarios=6)
        best, found = extensive(p), solve(p, work_limit=300)
        size = sizes(p, best.choice).mean()
        lost.append((best.value - found.objective) / size)
        by_choice.append((best.value - exact(p, found.choice).value) / size)
    assert np.mean(lost) < 0.005
    assert np.sum(np.array(by_choice) > 1e-6) <= 1


@pytest.mark.parametrize("seed", range(3))
def test_enumeration_by_the_firm_and_highs_agree(seed):
    """Where work flows freely the firm's loading is exact, so the two judges name the same optimum."""
    p = random_problem(seed, opportunities=4, investments=1, projects=0, stiff=False)
    assert best_by_enumeration(p)[0] == pytest.approx(extensive(p).value, rel=1e-6, abs=1e-6 * scale_of(p))


@pytest.mark.parametrize("seed", range(4))
def test_bound_comes_close_to_the_linear_relaxation(seed):
    """Prices searched long enough prove a bound within 1 % of what the best prices could prove."""
    p = random_problem(seed, opportunities=15, resources=2, weeks=6, scenarios=8, tightness=2.0, stiff=False)
    limit = extensive(p, relax=True).bound
    floor = solve(p, work_limit=100).objective
    dual = find_prices(compile_problem(p), 400, floor, never)
    assert limit - 1e-6 * abs(limit) <= dual.bound <= limit + 0.01 * abs(limit)


def test_prices_of_another_risk_aversion_still_prove_a_bound():
    """Weights tuned to the worst scenarios would lie for someone who minds the mean alone; they are cut to fit."""
    careful = random_problem(1, risk_aversion=1.0, scenarios=20)
    bold = replace(careful, risk_aversion=0.0)
    prices = solve(careful, work_limit=60).prices
    found = solve(bold, prices=prices, work_limit=10)
    assert found.bound >= extensive(bold).value - 1e-6 * scale_of(bold)
    assert admissible(compile_problem(bold), prices).weight == pytest.approx(np.full(20, 0.05))


def test_prices_of_another_shape_are_dropped():
    """Prices of a problem with other scenarios are of no use and do no harm."""
    p = random_problem(1, scenarios=8)
    other = solve(random_problem(1, scenarios=12), work_limit=20).prices
    assert not admissible(compile_problem(p), other).hour.any()
    assert solve(p, prices=other, work_limit=20).bound >= extensive(p).value - 1e-6 * scale_of(p)


def test_search_goes_on_where_all_values_are_negative():
    """A firm that can only lose still gets its prices searched, not one step and out."""
    p = random_problem(4, money=1.0)
    p = replace(p, base_value=p.base_value - 1e5)
    found = solve(p, work_limit=100)
    assert found.bound < 0
    assert relax(compile_problem(p), first_prices(compile_problem(p))).bound > found.bound + 1.0


def test_more_hours_never_lower_the_bound_at_the_same_prices():
    """An hour more is never a loss."""
    p = random_problem(6)
    prices = solve(p, work_limit=40).prices
    more = replace(p, capacity=p.capacity * 1.5)
    assert proved(more, prices) >= proved(p, prices) - 1e-9 * scale_of(p)
    assert relax(compile_problem(more), prices).bound >= relax(
        compile_problem(p), prices
    ).bound - 1e-9 * scale_of(p)


def test_a_choice_given_is_a_floor():
    """Started from a choice that can be carried out, the answer is no worse than it."""
    for seed in range(4):
        p = random_problem(seed, opportunities=8)
        rng = np.random.default_rng(seed)
        start = next(
            c
            for c in (random_choice(p, rng) for _ in range(500))
            if extensive(pinned(p, *c)).value is not None
        )
        floor = solve(pinned(p, *start), work_limit=20).objective
        assert solve(p, work_limit=40, start=start).objective >= floor - 1e-6 * scale_of(p)
