"""The second stage costs what a linear programme says it costs, however the choice came about."""

from dataclasses import replace

import numpy as np
import pytest

from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from pursuit.selection.pricing import fill
from tests.selection.linear import loading_cost
from tests.selection.problems import kept_packages, random_choice, random_problem


def firm_after_moves(p, rng, moves=6):
    """A firm whose choice has been changed this many times, two items at a time."""
    firm = Firm(compile_problem(p), random_choice(p, rng))
    for _ in range(moves):
        items = rng.choice(p.items, size=2, replace=False)
        firm.take([int(firm.choice[i]) for i in items], [int(rng.choice(p.options_of(i))) for i in items])
    return firm


def assert_exact(p, firm):
    for s in range(p.scenarios):
        assert firm.costs[s].sum() == pytest.approx(loading_cost(p, firm.choice, s), rel=1e-6, abs=1e-3)


@pytest.mark.parametrize("seed", range(20))
def test_loading_equals_linear_programme_after_random_moves(seed):
    """160 futures: after options came and went, the loading costs what HiGHS says is least."""
    p = random_problem(seed, tightness=1.0 + seed % 5, investments=seed % 3, resources=1 + seed % 3)
    assert_exact(p, firm_after_moves(p, np.random.default_rng(seed)))


@pytest.mark.parametrize("seed", range(6))
def test_trial_of_an_exchange_is_what_taking_it_gives(seed):
    """``worth(swap)`` leaves the firm alone and equals the worth after ``take(swap)``."""
    p = random_problem(seed, tightness=3.0)
    rng = np.random.default_rng(seed)
    firm = firm_after_moves(p, rng)
    before = firm.worth()
    i = int(rng.integers(p.items))
    swap = [int(firm.choice[i])], [int(p.options_of(i)[-1])]
    tried = firm.worth(swap)
    assert firm.worth().objective == before.objective
    firm.take(*swap)
    assert firm.worth().values == pytest.approx(tried.values, rel=1e-9)


def test_there_and_back_is_where_it_was():
    """Investments and work taken up and given back leave capacity and cost as they were."""
    p = random_problem(3, investments=2, tightness=2.5)
    firm = Firm(compile_problem(p), p.item_start[:-1])
    values, regular = firm.worth().values, firm.regular.copy()
    swap = [int(o) for o in p.item_start[:-1]], [int(o) - 1 for o in p.item_start[1:]]
    firm.take(*swap)
    firm.take(swap[1], swap[0])
    assert firm.worth().values == pytest.approx(values, rel=1e-9)
    assert firm.regular == pytest.approx(regular, rel=1e-12)


@pytest.mark.parametrize("change", ["no capacity", "no overtime", "no hours", "no work", "one week"])
def test_bare_edges(change):
    """No capacity, no overtime, packages without hours, no packages, a horizon of one week: still exact."""
    p = random_problem(5, weeks=1 if change == "one week" else 5)
    if change == "no capacity":
        p = replace(p, capacity=0 * p.capacity, overtime=0 * p.overtime)
    elif change == "no overtime":
        p = replace(p, overtime=0 * p.overtime)
    elif change == "no hours":
        p = replace(p, packages=replace(p.packages, hours=0 * p.packages.hours))
    elif change == "no work":
        p = kept_packages(p, np.zeros(len(p.packages), bool))
    assert_exact(p, firm_after_moves(p, np.random.default_rng(5)))


def test_hours_taken_away_come_back():
    """An option that costs capacity (a disruption) is exact, and undone without a trace."""
    p = random_problem(2, tightness=1.2)
    p = replace(p, capacity_gain=-0.6 * np.repeat(p.capacity[None], len(p.gain_option), axis=0))
    firm = Firm(compile_problem(p), p.item_start[:-1])
    before = firm.worth().objective
    swap = [int(p.gain_option[0]) - 1], [int(p.gain_option[0])]
    firm.take(*swap)
    assert_exact(p, firm)
    firm.take(swap[1], swap[0])
    assert firm.worth().objective == pytest.approx(before, rel=1e-12)


def test_pricing_fills_cheapest_weeks_beyond_the_64th():
    """A package under prices takes its cheapest weeks in order, however many weeks there are."""
    T, rng = 130, np.random.default_rng(0)
    price = rng.uniform(0, 9, T).round()
    pk = np.array([[0, T - 1, T - 1]])
    pf = np.array([[2.0, 0.0, 0.0, 1e300, 0.0, 100.0]])
    use = np.zeros(T)
    money = fill(0, 2.0 * 90, price, pk, pf, use, True)
    assert money == pytest.approx(2.0 * np.sort(price)[:90].sum())
    assert use.max() == 2.0
    assert use.sum() == pytest.approx(180.0)
