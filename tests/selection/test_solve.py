"""Promises of ``solve``: it repeats, respects what is decided, stops when told, and more room never hurts."""

import os
import subprocess
import sys
from dataclasses import replace

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.errors import SolveError
from pursuit.selection import solve as solving
from pursuit.selection.bound import relax
from pursuit.selection.checker import check
from pursuit.selection.compiled import compile_problem
from pursuit.selection.dual import find_prices
from pursuit.selection.firm import Firm
from pursuit.selection.problem import Rows
from pursuit.selection.search import Climb
from pursuit.selection.solve import solve
from tests.selection.problems import best_by_enumeration, pinned, random_problem, roomier, without

few = settings(max_examples=12, deadline=None, derandomize=True)
seeds = st.integers(0, 10_000)
tightness = st.sampled_from([0.8, 1.5, 2.5, 5.0])


@few
@given(
    seed=seeds, tight=tightness, risk=st.sampled_from([0.0, 0.3, 1.0]), rows=st.booleans(), cash=st.booleans()
)
def test_any_problem_gives_a_sound_answer(seed, tight, risk, rows, cash):
    """Value at most bound, needs met, hard rows kept, and the checker finds the value in the loading handed back."""
    p = random_problem(
        seed,
        tightness=tight,
        risk_aversion=risk,
        rows=rows,
        cash=cash,
        investments=seed % 3,
        arrivals=seed % 2,
    )
    solution = solve(p, work_limit=100)
    c = compile_problem(p)
    assert solution.objective <= relax(c, solution.prices).bound + 1e-7 * abs(solution.objective)
    assert p.allowed[solution.choice].all()
    loading = solution.loading
    assert check(p, solution.choice, loading, value=solution.objective, values=solution.values) == []


@few
@given(seed=seeds, factor=st.sampled_from([1.05, 1.5, 3.0]))
def test_more_capacity_never_lowers_bound_or_optimum(seed, factor):
    """At the same prices the bound grows with capacity; so does the best of all choices."""
    p = random_problem(seed, opportunities=3, tightness=2.5)
    prices = solve(p, work_limit=60).prices
    more = roomier(p, factor)
    assert relax(compile_problem(more), prices).bound >= relax(compile_problem(p), prices).bound
    assert best_by_enumeration(more)[0] >= best_by_enumeration(p)[0] - 1e-3


@few
@given(seed=seeds, data=st.data())
def test_forbidding_an_option_never_helps(seed, data):
    """The optimum without an option is no better than with it."""
    p = random_problem(seed, opportunities=3, tightness=2.0)
    option = data.draw(st.integers(1, p.options - 1).filter(lambda o: o not in p.item_start))
    best = best_by_enumeration(p)[0]
    assert best_by_enumeration(without(p, option))[0] <= best + 1e-6 * abs(best)


@few
@given(seed=seeds, data=st.data())
def test_pins_are_kept(seed, data):
    """What is decided stays decided, with what it needs; the price of the pin shows in the value."""
    p = random_problem(seed, tightness=2.0, rows=False)
    option = data.draw(st.integers(0, p.options - 1))
    solution = solve(pinned(p, option), work_limit=80)
    assert option in solution.choice
    assert solution.firm.needs_met()
    assert solution.objective <= solve(p, work_limit=80).bound


def test_same_problem_same_answer_bit_for_bit():
    """Twice in a row, and on two threads: the same choice, values, bound and scores to the last bit."""
    p = random_problem(7, opportunities=25, resources=3, weeks=8, scenarios=33, tightness=2.0)
    one = solve(p, work_limit=150)
    again = solve(p, work_limit=150)
    numba.set_num_threads(min(2, numba.config.NUMBA_NUM_THREADS))
    two = solve(p, work_limit=150)
    for other in (again, two):
        assert (one.choice == other.choice).all()
        assert (one.values == other.values).all()
        assert (one.scores == other.scores).all()
        assert (one.objective, one.bound, one.status, one.work) == (
            other.objective, other.bound, other.status, other.work,
        )  # fmt: skip


def test_threads_of_the_process_do_not_change_the_answer():
    """Processes with one and with two threads everywhere (kernels and BLAS) print the same digest."""
    code = (
        "from tests.selection.problems import random_problem as r; from pursuit.selection.solve import solve; "
        "import hashlib as h; s = solve(r(3, opportunities=120, resources=4, weeks=9, scenarios=64), work_limit=40); "
        "print(h.sha256(s.scores.tobytes() + s.values.tobytes() + s.choice.tobytes()).hexdigest(), s.bound)"
    )
    seen = set()
    for threads in "12":
        names = ("NUMBA_NUM_THREADS", "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")
        env = {**os.environ, **dict.fromkeys(names, threads), "OMP_WAIT_POLICY": "PASSIVE"}
        run = subprocess.run(
            [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
        )
        seen.add(run.stdout)
    assert len(seen) == 1


def test_two_pins_that_need_two_investments_are_carried_out():
    """Pinned deals that each need an investment not chosen yet: both are bought, not called impossible."""
    p = random_problem(1, opportunities=30, investments=2, tightness=3.0, rows=False)
    needs = {}  # an investment, and a deal that needs it and nothing else
    for k, option in enumerate(p.need_option):
        if p.need_start[k + 1] - p.need_start[k] == 1:
            provider = int(p.need_provider[p.need_start[k]])
            needs.setdefault(int(p.item_of[provider]), (int(option), provider))
    assert len(needs) >= 2
    deals, investments = zip(*needs.values(), strict=True)
    solution = solve(pinned(p, *deals), work_limit=60)
    assert {*deals, *investments} <= set(solution.choice)


def test_hard_floor_is_met():
    """A hard row with 'at least' (negative coefficients) is met although every step towards it loses money."""
    p = random_problem(1, opportunities=8, tightness=6.0)
    pursuing = np.setdiff1d(np.arange(p.options), p.item_start[:-1])
    rows = Rows(
        np.array([0, len(pursuing)]), pursuing, -np.ones(len(pursuing)), np.array([-float(p.items)]),
        np.array([np.inf]), ("all of them",),
    )  # fmt: skip
    seen = []
    solution = solve(
        replace(p, rows=rows), work_limit=60, report=lambda progress: seen.append(progress) is None
    )
    assert (solution.choice != p.item_start[:-1]).all()
    told = [progress.value for progress in seen if progress.value is not None]
    assert max(told, default=-np.inf) <= solution.objective + 1e-9 * abs(solution.objective)


def test_a_choice_that_breaks_a_limit_is_never_told_as_the_best():
    """Doing nothing is worth most here but is forbidden: while the search is still there, no value is reported."""
    p = random_problem(1, opportunities=8, tightness=6.0)
    pursuing = np.setdiff1d(np.arange(p.options), p.item_start[:-1])
    floor = Rows(
        np.array([0, len(pursuing)]), pursuing, -np.ones(len(pursuing)), np.array([-float(p.items)]),
        np.array([np.inf]), ("all of them",),
    )  # fmt: skip
    c = compile_problem(replace(p, rows=floor))
    seen = []
    run = solving._Run(c, lambda progress: seen.append(progress.value) is None, None, 60)
    firm = Firm(c, p.item_start[:-1])
    worth = solving._exchange(run, firm, firm.worth(), find_prices(c, 10, -np.inf, lambda step, bound: True))
    assert seen
    assert all(value is None for value in seen) or (
        worth.feasible and max(filter(None, seen)) <= worth.objective
    )


def test_contradicting_pins_say_so():
    """A pinned deal whose technology is pinned out cannot be; the message says what to do."""
    p = random_problem(1)
    needed = int(p.need_provider[0])
    with pytest.raises(SolveError, match=r"The pin of deal0.*the need of option1 cannot hold together"):
        solve(pinned(p, int(p.need_option[0]), needed - 1), work_limit=50)


def test_a_start_that_breaks_a_pin_is_mended():
    """The choice to begin with may stem from before the pin."""
    p = random_problem(2, rows=False)
    start = solve(p, work_limit=60).choice
    option = next(o for o in p.options_of(0) if o != start[0])
    solution = solve(pinned(p, option), work_limit=6, start=start)
    assert solution.choice[0] == option


def test_cancelled_hands_back_the_best_so_far():
    """Told to stop at any report, it stops at once and returns a sound choice."""
    p = random_problem(3, opportunities=12, tightness=2.0)
    for stop in (1, 5, 40, 70):
        seen = []

        def going(progress, seen=seen, stop=stop):
            seen.append(progress)
            return len(seen) < stop

        solution = solve(p, report=going, work_limit=400)
        assert solution.status == "cancelled"
        assert len(seen) <= stop + 2
        assert Firm(solution.firm.c, solution.choice).worth().feasible
        assert solution.objective <= solution.bound


def test_clock_is_a_second_fence():
    """No seconds left: the best so far, and the status says that the clock decided."""
    assert solve(random_problem(3), seconds=0.0).status == "clock"


def test_work_limit_is_kept_and_told():
    """A limit too small to finish is reported, hardly exceeded, and more work never gives a worse value."""
    p = random_problem(3, opportunities=30, resources=3, weeks=8, tightness=2.0)
    small = solve(p, work_limit=60)
    assert small.status == "limit"
    assert small.work <= 1.1 * 60
    assert small.objective == solve(p, work_limit=60).objective
    assert solve(p, work_limit=0).objective <= small.bound


def test_progress_closes_in():
    """Bounds reported never rise, values never fall."""
    seen = []
    solve(random_problem(9, opportunities=15, tightness=2.0), report=lambda pr: seen.append(pr) is None)
    bounds = [pr.bound for pr in seen if pr.bound is not None]
    values = [pr.value for pr in seen if pr.value is not None]
    assert bounds == sorted(bounds, reverse=True)
    assert values == sorted(values)
    assert {pr.phase for pr in seen} >= {"bound", "exchange"}


@pytest.mark.parametrize("seed", range(6))
def test_an_exchange_is_taken_where_it_helps_and_only_there(seed):
    """Looked at future by future, goals and cash included: exchanges are made where a full trial would make them."""
    p = random_problem(seed, scenarios=40, tightness=2.0)
    firm = Firm(compile_problem(p), p.item_start[:-1])
    climb = Climb(firm, firm.worth(), lambda tried, value: True)
    right = 0
    for i in range(p.items):
        swap = (int(firm.choice[i]),), (p.options_of(i)[-1],)
        before, tried = climb.worth.objective, firm.worth(swap)
        taken = climb.attempt(swap)
        assert climb.worth.objective >= before
        right += taken == (tried.feasible and tried.objective > before)
    assert right >= p.items - 1  # an early look may miss a small gain
