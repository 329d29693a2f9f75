"""The frontier: as many points as asked for, monotone, never under what was known, the same with any executor."""

from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from multiprocessing import get_context

import numpy as np
import pytest

from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from pursuit.selection.frontier import LAMBDAS, frontier
from pursuit.selection.solve import solve
from pursuit.selection.worth import worst_tenth_mean
from tests.selection.problems import best_by_enumeration, random_problem

SHAPE = {
    "opportunities": 14,
    "resources": 2,
    "weeks": 6,
    "scenarios": 20,
    "tightness": 2.0,
    "risk_aversion": 0.3,
}


def same(one, other):
    return all(
        (a.risk_aversion, a.expected, a.worst_tenth, a.objective, a.bound)
        == (b.risk_aversion, b.expected, b.worst_tenth, b.objective, b.bound)
        and (a.choice == b.choice).all()
        for a, b in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("seed", range(4))
def test_nine_points_each_worth_what_it_says_and_monotone(seed):
    """Mean falls and worst tenth rises along risk aversion; values are those of the choices; bounds lie above."""
    p = random_problem(seed, **SHAPE, stiff=seed == 3)
    points = frontier(p, work_limit=80)
    assert [point.risk_aversion for point in points] == list(LAMBDAS)
    for a, b in pairwise(points):
        room = 1e-9 * (abs(a.expected) + abs(a.worst_tenth))
        assert b.expected <= a.expected + room
        assert b.worst_tenth >= a.worst_tenth - room
        assert b.bound <= a.bound + room
    c = compile_problem(p)
    for point in points:
        worth = Firm(c, point.choice).worth()
        mean, tail = worth.values.mean() - worth.row_cost, worst_tenth_mean(worth.values) - worth.row_cost
        assert worth.feasible
        if seed < 3:  # work that flows freely is loaded at least cost whatever came before
            assert point.expected == pytest.approx(mean, rel=1e-6, abs=1e-6 * abs(p.value).max())
            assert point.worst_tenth == pytest.approx(tail, rel=1e-6, abs=1e-6 * abs(p.value).max())
        blend = (1 - point.risk_aversion) * point.expected + point.risk_aversion * point.worst_tenth
        assert point.objective == pytest.approx(blend)
        assert point.objective <= point.bound


def test_no_point_is_beaten_by_another_choice_found():
    """At its own risk aversion each point is at least as good as every other point's choice."""
    points = frontier(random_problem(5, **SHAPE), work_limit=60)
    for a in points:
        for b in points:
            there = (1 - a.risk_aversion) * b.expected + a.risk_aversion * b.worst_tenth
            assert a.objective >= there - 1e-9 * abs(there)


@pytest.mark.parametrize("seed", range(3))
def test_bounds_hold_at_every_point(seed):
    """Bounds between two proven ones are proven too: the optimum by enumeration lies under all of them."""
    p = random_problem(
        seed, opportunities=3, investments=1, projects=0, scenarios=8, stiff=False, risk_aversion=0.3
    )
    for point in frontier(p, work_limit=40):
        best = best_by_enumeration(replace(p, risk_aversion=point.risk_aversion))[0]
        assert point.objective <= best + 1e-6 * abs(best) + 1e-6
        assert best <= point.bound + 1e-6 * abs(best) + 1e-6


def test_three_solves_of_work_in_all(monkeypatch):
    """Nine points take the work of three solves; a solution that is there already takes nothing more."""
    import pursuit.selection.frontier as room

    limits = []

    def counted(problem, *, work_limit, **more):
        limits.append(work_limit)
        return solve(problem, work_limit=work_limit, **more)

    monkeypatch.setattr(room, "solve", counted)
    p = random_problem(6, **SHAPE)
    first = solve(p, work_limit=90)
    points = frontier(p, work_limit=90, start=first)
    assert len(points) == 9
    assert sum(limits) <= 2 * 90
    limits.clear()
    frontier(p, work_limit=90)
    assert sum(limits) <= 3 * 90


def test_the_same_with_any_executor():
    """Serial, threads and processes: the same points to the bit, and again the same."""
    p = random_problem(7, **SHAPE)
    few = (0.0, 0.3, 0.6, 1.0)
    serial = frontier(p, few, work_limit=60)
    assert same(serial, frontier(p, few, work_limit=60))
    with ThreadPoolExecutor(1) as threads:
        assert same(serial, frontier(p, few, work_limit=60, executor=threads))
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        assert same(serial, frontier(p, few, work_limit=60, executor=processes))


def test_stopped_keeps_what_is_known():
    """Told to stop after the first solve, there are points where a bound is proven, and none elsewhere."""
    p = random_problem(8, **SHAPE)
    points = frontier(p, (0.0, 0.3, 1.0), work_limit=60, report=lambda done, total: False)
    assert [point.risk_aversion for point in points] == [0.3, 1.0]
    assert all(np.isfinite(point.bound) for point in points)
