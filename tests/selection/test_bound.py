"""No choice beats the bound, and the value is that of a choice: against enumeration and HiGHS."""

import numpy as np
import pytest

from benchmarks.highs import extensive
from pursuit.selection.bound import Prices, admissible, find_prices, first_prices, relax
from pursuit.selection.compiled import compile_problem
from pursuit.selection.solve import solve
from tests.selection.problems import best_by_enumeration, random_problem


def never(step, bound):
    return True


def random_prices(p, rng, scale):
    """Prices of any size, cut to what the problem allows."""
    first = first_prices(compile_problem(p))
    arrays = (first.hour, first.weight, first.row, first.need, first.cash)
    raw = Prices(*(rng.exponential(scale, a.shape) * (rng.random(a.shape) < 0.6) for a in arrays))
    return admissible(compile_problem(p), raw)


@pytest.mark.parametrize("seed", range(12))
def test_enumerated_optimum_lies_between_value_and_bound(seed):
    """Every choice of a tiny problem is valued; risk aversion from 0 to 1."""
    p = random_problem(
        seed,
        opportunities=4,
        tightness=1.2 + 0.3 * (seed % 5),
        risk_aversion=(seed % 4) / 3,
        scenarios=4 + seed,
    )
    best, _ = best_by_enumeration(p)
    solution = solve(p, work_limit=300)
    slack = 1e-7 * abs(best)
    assert solution.objective <= best + slack
    assert relax(compile_problem(p), solution.prices).bound >= best - slack


@pytest.mark.parametrize("seed", range(8))
def test_any_prices_prove_a_bound(seed):
    """The bound at prices drawn at random is never under the optimum: it holds whatever the search does."""
    p = random_problem(seed, opportunities=4, tightness=2.0, risk_aversion=0.5)
    best, _ = best_by_enumeration(p)
    rng = np.random.default_rng(seed)
    for scale in (0.1, 1.0, 5.0, 50.0):
        assert relax(compile_problem(p), random_prices(p, rng, scale)).bound >= best - 1e-7 * abs(best)


@pytest.mark.parametrize("seed", range(5))
def test_mixed_integer_optimum_lies_between_value_and_bound(seed):
    """The same against HiGHS on the extensive form, which shares no code with the solver."""
    p = random_problem(20 + seed, opportunities=7, tightness=2.0)
    mip = extensive(p)
    solution = solve(p, work_limit=300)
    assert solution.objective <= mip.bound + 1e-6 * abs(mip.bound)
    assert relax(compile_problem(p), solution.prices).bound >= mip.value - 1e-6 * abs(mip.value)


def test_values_come_close_to_the_optimum():
    """Exchanges can get stuck when there are few deals, each of them lumpy; on average they lose less than 4 %."""
    lost = []
    for seed in range(6):
        p = random_problem(seed, opportunities=7, tightness=2.0)
        best = extensive(p).value
        lost.append((best - solve(p).objective) / abs(best))
    assert np.mean(lost) < 0.04
    assert np.median(lost) < 0.01


def test_enumeration_and_highs_agree():
    """The two judges name the same optimum, so both read the model the same way."""
    for seed in range(3):
        p = random_problem(seed, opportunities=4, tightness=2.0)
        assert best_by_enumeration(p)[0] == pytest.approx(extensive(p).value, rel=1e-6)


@pytest.mark.parametrize("seed", range(4))
def test_bound_comes_close_to_the_linear_relaxation(seed):
    """Prices searched long enough prove a bound within 1 % of what the best prices could prove."""
    p = random_problem(seed, opportunities=15, resources=2, weeks=6, scenarios=8, tightness=2.0)
    limit = extensive(p, relax=True).bound
    floor = solve(p, work_limit=200).objective
    dual = find_prices(compile_problem(p), 400, floor, never)
    assert dual.bound <= limit + 0.01 * abs(limit)


def test_prices_of_another_risk_aversion_still_prove_a_bound():
    """Weights tuned to the worst futures would lie for someone who minds the mean alone; they are cut to fit."""
    careful = random_problem(1, opportunities=4, risk_aversion=1.0, scenarios=20)
    bold = random_problem(1, opportunities=4, risk_aversion=0.0, scenarios=20)
    prices = solve(careful).prices
    best, _ = best_by_enumeration(bold)
    solution = solve(bold, prices=prices, work_limit=10)
    assert relax(compile_problem(bold), solution.prices).bound >= best
    assert admissible(compile_problem(bold), prices).weight == pytest.approx(np.full(20, 0.05))


def test_prices_of_another_shape_are_dropped():
    """Prices of a problem with other futures are of no use and do no harm."""
    p = random_problem(1)
    other = solve(random_problem(1, scenarios=12), work_limit=20).prices
    assert not admissible(compile_problem(p), other).hour.any()


def test_search_goes_on_where_all_values_are_negative():
    """A firm that can only lose still gets its prices searched, not one step and out."""
    p = random_problem(4)
    object.__setattr__(p, "base_value", p.base_value - 1e5)
    solution = solve(p, work_limit=300)
    assert solution.bound < 0
    assert relax(compile_problem(p), first_prices(compile_problem(p))).bound > solution.bound + 1.0
