"""The second stage costs what a linear programme says it costs, however the choice came about."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.generator import SIZES, make_vendor
from pursuit.selection.bound import first_prices, relax
from pursuit.selection.checker import check
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from pursuit.selection.proof import most_hours, package_cost
from pursuit.selection.worth import carried_out as at_least_cost
from tests.selection.exact import carried_out, sizes
from tests.selection.problems import no_cash, no_rows, random_choice, random_problem, roomier, without_work
from tests.selection.state import loading_of


def firm_after_moves(p, rng, moves=6):
    """A firm whose choice has been changed this many times, two items at a time."""
    firm = Firm(replace(compile_problem(p), small=False), random_choice(p, rng))
    for _ in range(moves):
        items = rng.choice(p.items, size=min(2, p.items), replace=False)
        firm.take([int(firm.choice[i]) for i in items], [int(rng.choice(p.options_of(i))) for i in items])
    return firm


def loading_faults(p, firm):
    """What the checker says of the loading and its money; random choices may break limits."""
    worth = firm.worth()
    found = check(
        p, firm.choice, loading_of(firm), value=worth.objective, values=worth.values, row_cost=worth.row_cost
    )
    return [fault for fault in found if not fault.startswith("limit ") and "taken without" not in fault]


def excess(p, firm):
    """(S,) what the firm pays beyond the least cost, over the money that moves in the scenario."""
    return (firm.costs.sum(axis=1) - carried_out(p, firm.choice)[0]) / sizes(p, firm.choice)


@pytest.mark.parametrize("seed", range(20))
def test_loading_equals_linear_programme_after_random_moves(seed):
    """Where work flows freely: after options came and went, the loading costs what HiGHS says is least."""
    p = random_problem(seed, stiff=False)
    firm = firm_after_moves(p, np.random.default_rng(seed))
    assert np.abs(excess(p, firm)).max() < 1e-6
    assert loading_faults(p, firm) == []


@pytest.mark.parametrize("seed", range(40))
def test_loading_of_work_that_hangs_together_can_be_carried_out(seed):
    """Several resources, chains, least shares: never under the least cost, and the checker finds nothing."""
    p = random_problem(seed)
    firm = firm_after_moves(p, np.random.default_rng(seed))
    assert excess(p, firm).min() > -1e-6
    assert loading_faults(p, firm) == []


TINY = (
    *((seed, 1 + seed % 3) for seed in range(45)),
    *((seed, 1 + seed % 2) for seed in (84, 670, 676, 758, 1118, 1191, 1396, 1423, 1916, 2543, 2842)),
    *((seed, 1 + seed % 3) for seed in (423, 619, 1629, 2286, 2839, 5156, 5610)),
)
"""Seed and number of deals; those after the first line once had a share counted twice, a week too full, a cost kept."""


def test_few_deals_up_and_down():
    """Everything loaded at once, taken up, and given back: each time the checker finds nothing."""
    found = {}
    for seed, deals in TINY:
        p = random_problem(
            seed, opportunities=deals, investments=seed % 3 // 2, projects=0, scenarios=1, weeks=4 + seed % 2,
            rows=False, cash=False, money=1.0, arrivals=0.5, risk_aversion=0.0,
        )  # fmt: skip
        p = replace(p, won=np.ones_like(p.won))
        none, every = [int(o) for o in p.item_start[:-1]], [int(o) - 1 for o in p.item_start[1:]]
        at_once, moved = (
            Firm(replace(compile_problem(p), small=False), np.array(choice)) for choice in (every, none)
        )
        found[seed, "at once"] = loading_faults(p, at_once)
        moved.take(none, every)
        found[seed, "taken up"] = loading_faults(p, moved)
        moved.take(every, none)
        found[seed, "given back"] = loading_faults(p, moved)
    assert {case: faults for case, faults in found.items() if faults} == {}


@pytest.mark.parametrize("seed", range(1, 4))
def test_second_stage_of_a_vendor_agrees_with_the_linear_programme(seed):
    """A made-up vendor's work, half of the deals declined: nothing to add at the end, little while options change."""
    p, rng = make_vendor(SIZES["XS"], seed, 2.0).draw(seed), np.random.default_rng(seed)
    choice = np.where(rng.random(p.items) < 0.5, p.item_start[:-1], random_choice(p, rng))
    firm = Firm(replace(compile_problem(p), small=False), choice)
    off = excess(p, firm)
    assert off.min() > -1e-6
    assert off.mean() < 5e-3  # each chain is split at one week
    worth, loading = at_least_cost(firm.c, firm.choice, firm.known())
    gained = off * sizes(p, firm.choice)
    assert worth.values - firm.worth().values == pytest.approx(gained, abs=1e-6 * sizes(p, choice).max())
    assert [
        f for f in check(p, choice, loading, values=worth.values) if "limit" not in f and "without" not in f
    ] == []
    assert loading_faults(p, firm) == []


@pytest.mark.parametrize("seed", range(6))
def test_trial_of_an_exchange_is_what_taking_it_gives(seed):
    """``worth(swap)`` leaves the firm alone and equals the worth after ``take(swap)``."""
    p = random_problem(seed, tightness=4.0)
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
    p = random_problem(3, investments=2, tightness=2.0, stiff=False)
    firm = Firm(replace(compile_problem(p), small=False), p.item_start[:-1])
    values, regular = firm.worth().values, firm.regular.copy()
    swap = [int(o) for o in p.item_start[:-1]], [int(o) - 1 for o in p.item_start[1:]]
    firm.take(*swap)
    firm.take(swap[1], swap[0])
    assert firm.worth().values == pytest.approx(values, rel=1e-9)
    assert firm.regular == pytest.approx(regular, rel=1e-12)


@pytest.mark.parametrize("change", ["no capacity", "no overtime", "no work", "one week"])
def test_bare_edges(change):
    """No capacity, no overtime, no packages, a horizon of one week: still sound."""
    p = random_problem(5, weeks=1 if change == "one week" else 5, stiff=False)
    if change == "no capacity":
        p = roomier(replace(p, overtime=0 * p.overtime), 0.0)
    elif change == "no overtime":
        p = replace(p, overtime=0 * p.overtime)
    elif change == "no work":
        p = without_work(p)
    firm = firm_after_moves(p, np.random.default_rng(5))
    assert np.abs(excess(p, firm)).max() < 1e-6
    assert loading_faults(p, firm) == []


def test_hours_taken_away_come_back():
    """An option that costs capacity (a disruption) is exact, and undone without a trace."""
    p = random_problem(2, tightness=1.2, investments=1, stiff=False)
    p = replace(p, capacity_gain=-0.6 * np.repeat(p.capacity[None], len(p.gain_option), axis=0))
    firm = Firm(replace(compile_problem(p), small=False), p.item_start[:-1])
    before = firm.worth().objective
    swap = [int(p.gain_option[0]) - 1], [int(p.gain_option[0])]
    firm.take(*swap)
    assert np.abs(excess(p, firm)).max() < 1e-6
    firm.take(swap[1], swap[0])
    assert firm.worth().objective == pytest.approx(before, rel=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_an_hour_more_is_worth_what_it_saves(seed):
    """One more regular hour in the first weeks, against the linear programme with that hour."""
    p = random_problem(seed, tightness=4.0, stiff=False)
    choice = p.item_start[1:] - 1
    firm = Firm(replace(compile_problem(p), small=False), choice)
    worth, before = firm.hour_worth(3), carried_out(p, choice)[0].mean()
    for r in range(len(p.capacity)):
        more = p.capacity.copy()
        more[r, :3] += 1.0
        saved = before - carried_out(replace(p, capacity=more), choice)[0].mean()
        assert worth[r] == pytest.approx(saved, rel=1e-6, abs=1e-6 * np.abs(p.value).max())


def test_hours_used_are_those_of_the_loading():
    """``used`` and ``regular`` are what the shares and the chosen investments come to."""
    p = random_problem(11, investments=2, resources=3)
    firm = firm_after_moves(p, np.random.default_rng(11))
    loading, k = loading_of(firm), p.packages
    used = np.zeros_like(firm.used)
    for s in range(p.scenarios):
        for n in range(loading.scenario_start[s], loading.scenario_start[s + 1]):
            if loading.week[n] >= 0:
                for u in range(k.use_start[loading.package[n]], k.use_start[loading.package[n] + 1]):
                    r = k.use_resource[u]
                    used[s, r, loading.week[n]] += loading.share[n] * k.use_hours[u] * p.hours_factor[r, s]
    assert firm.used == pytest.approx(used, abs=1e-6)
    gains = p.capacity_gain[np.isin(p.gain_option, firm.choice)].sum(axis=0)
    assert firm.regular == pytest.approx(np.maximum(p.capacity + gains, 0.0), abs=1e-9)


def test_pricing_fills_cheapest_weeks_beyond_the_64th():
    """A package under prices takes its cheapest weeks in order, however many weeks there are."""
    p = random_problem(
        0, opportunities=1, projects=0, investments=0, resources=1, weeks=130, scenarios=1, stiff=False
    )
    k, rng = p.packages, np.random.default_rng(0)
    free = {"first": 0, "last": 129, "due": 129, "rate": 1 / 90, "subcontract_share": 0.0, "breach_cost": 1e9}
    p = replace(
        p,
        packages=replace(
            k, **{name: np.full_like(getattr(k, name), number) for name, number in free.items()}
        ),
        capacity=np.full_like(p.capacity, 1e6),
    )
    hour = rng.uniform(0, 9, (1, 1, 130)).round()
    hours = float(k.use_hours[0] * p.hours_factor[0, 0])
    least = np.sort(hour[0, 0])[:90].mean() * hours
    assert package_cost(p, 0, np.array([0]), hour, most_hours(p))[0] == pytest.approx(least)
    p = replace(p, won=np.ones_like(p.won), allowed=np.arange(p.options) == 1, rows=no_rows())
    c = compile_problem(replace(p, cash=no_cash(p.options, 1)))
    bound = relax(c, replace(first_prices(c), hour=hour)).bound
    rest = p.value[1, 0] + p.base_value[0] + (hour[0] * p.capacity).sum()
    rest += (np.maximum(hour[0] - p.overtime_cost[:, None], 0.0) * p.overtime).sum()
    assert rest - bound == pytest.approx(least, rel=1e-3)
