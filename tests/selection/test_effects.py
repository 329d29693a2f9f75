"""Effects: the parts make the whole, the sign is that of a plan made again, and asking changes nothing."""

from functools import cache

import numpy as np
import pytest

from pursuit.selection.dual import find_prices
from pursuit.selection.effects import find_effects
from pursuit.selection.solve import solve
from tests.selection.problems import pinned, random_problem, without


@cache
def medium(seed):
    p = random_problem(
        seed,
        opportunities=38,
        resources=3,
        weeks=10,
        scenarios=16,
        investments=2,
        tightness=2.0,
        arrivals=4.0,
    )
    return p, solve(p, work_limit=300)


def effects_of(solution, items, detailed, flipped):
    return find_effects(solution, items, detailed=detailed, flipped=flipped, report=lambda done, total: True)


@pytest.mark.parametrize("basis", ["resolved", "flipped", "priced"])
def test_parts_sum_to_the_value(basis):
    """Own, capacity, others, goals and risk make the value, whatever it was computed from."""
    p, solution = medium(1)
    counts = {"resolved": (p.items, 0), "flipped": (0, p.items), "priced": (0, 0)}[basis]
    effects = effects_of(solution, range(p.items), *counts)
    assert set(effects) == set(range(p.items))
    for e in effects.values():
        assert e.basis == basis
        parts = e.own + e.capacity + e.others + e.goals + e.risk
        assert parts == pytest.approx(e.value, rel=1e-9, abs=1e-6)


def test_each_basis_where_it_was_asked_for():
    """The largest stakes are resolved, the next flipped, the rest priced."""
    p, solution = medium(1)
    bases = [e.basis for e in effects_of(solution, range(p.items), 5, 7).values()]
    assert [bases.count(b) for b in ("resolved", "flipped", "priced")] == [5, 7, p.items - 12]


def test_asking_leaves_the_firm_as_it_was():
    """After all effects are found, the plan is worth what it was and chooses what it chose."""
    p, solution = medium(2)
    before, choice = solution.firm.worth(), solution.firm.choice.copy()
    effects_of(solution, range(p.items), p.items, 0)
    after = solution.firm.worth()
    assert (solution.firm.choice == choice).all()
    assert after.values == pytest.approx(before.values, rel=1e-9)


def test_flipped_effect_is_the_difference_of_two_firms():
    """An exact flip is what the firm is worth less what it is worth with only this item undone."""
    p, solution = medium(1)
    base = solution.firm.worth().objective
    effects = effects_of(solution, range(p.items), 0, p.items)
    free = [i for i in range(p.items - 2) if solution.choice[i] != p.item_start[i]]
    assert free
    for i in free:
        undone = solution.firm.worth(([int(solution.choice[i])], [int(p.item_start[i])])).objective
        assert effects[i].value == pytest.approx(base - undone, rel=1e-9, abs=1e-6)


def truth(p, solution, item):
    """Best plan found with the item less the best found without it: both made again from the plan at hand."""
    decline = int(p.item_start[item])
    both = [
        solve(q, work_limit=60, start=solution.choice, prices=solution.prices).objective
        for q in (without(p, decline), pinned(p, decline))
    ]
    both[int(solution.choice[item] == decline)] = max(
        both[int(solution.choice[item] == decline)], solution.objective
    )
    return both[0] - both[1]


def test_signs_agree_with_plans_made_again(record_property):
    """Of 18 opportunities, those whose true effect exceeds 1 % of the objective: at least 85 % get the right sign."""
    right = close = 0
    for seed in (1, 2):
        p, solution = medium(seed)
        asked = np.random.default_rng(seed).choice(p.items - 2, 9, replace=False)
        effects = effects_of(solution, asked.tolist(), 20, 0)
        for i in asked.tolist():
            true = truth(p, solution, i)
            if abs(true) > 0.01 * abs(solution.objective):
                close += 1
                right += np.sign(true) == np.sign(effects[i].value)
    record_property("sign agreement", f"{right} of {close}")
    print(f"sign agreement: {right} of {close}")
    assert close >= 5
    assert right >= 0.85 * close


def test_displaced_are_named():
    """On a crowded floor some taken items push others out or delay them, by a positive amount, never themselves."""
    p, solution = medium(2)
    effects = effects_of(solution, range(p.items), p.items, 0)
    assert any(e.displaces for e in effects.values())
    for i, e in effects.items():
        assert all(d.item != i and d.value > 0 and d.how in ("pushed_out", "delayed") for d in e.displaces)


def test_told_to_stop_the_rest_is_priced():
    """Stopping early leaves an effect for every item asked about."""
    p, solution = medium(1)
    effects = find_effects(
        solution, range(p.items), detailed=p.items, flipped=0, report=lambda done, total: done < 3
    )
    assert [e.basis for e in effects.values()].count("resolved") == 3
    assert len(effects) == p.items


def test_prices_come_from_the_same_search():
    """The scores effects are priced with belong to the bound of the solution."""
    solution = medium(1)[1]
    dual = find_prices(solution.firm.c, 1, solution.objective, lambda s, b: True, solution.prices)
    assert dual.bound == pytest.approx(solution.bound, rel=1e-9)
    assert np.allclose(dual.scores, solution.scores)
