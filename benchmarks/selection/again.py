"""Choosing again: after news, warm against from nothing; and at nine risk aversions, against one solve."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from benchmarks.selection.measure import Case, Row, posed, warm
from pursuit.selection.bound import Prices
from pursuit.selection.frontier import frontier
from pursuit.selection.problem import Bools, Ints, SelectionProblem
from pursuit.selection.solve import DEFAULT_WORK, solve

NEW, SLOW_WEEKS = 10, range(2, 8)
"""Deals that were not known before, and weeks in which the busiest resource runs at half speed."""


def measure_replan(case: Case) -> Row:
    """Loss and processor time of a plan made again from the old one, over those of one made from nothing.

    Ten deals come up, the most valuable one that was gone for is lost, and a machine runs at half speed for six weeks.
    """
    warm()
    problem, limit = posed(case), case.work_limit or DEFAULT_WORK
    deals = np.array([i for i in range(problem.items) if problem.item_ids[i].startswith("deal")])
    new = np.random.default_rng(case.seed).choice(deals, NEW, replace=False)
    old = solve(replace(problem, allowed=declined(problem, new)), work_limit=limit)
    going = np.setdiff1d(deals[old.choice[deals] != problem.item_start[deals]], new)
    lost = going[np.argmax(problem.value[old.choice[going]].mean(axis=1))]
    capacity = problem.capacity.copy()
    capacity[np.argmax(old.prices.hour.mean(axis=0).sum(axis=1)), SLOW_WEEKS] *= 0.5
    after = replace(problem, allowed=declined(problem, np.array([lost])), capacity=capacity)
    warmly, seconds = timed(after, max(limit // 10, 20), old.choice, old.prices)
    scratch, whole = timed(after, limit)
    return {
        "size": case.size, "seed": case.seed, "tightness": case.tightness, "replan_seconds": round(seconds, 2),
        "scratch_seconds": round(whole, 2), "times_less": round(whole / seconds, 2),
        "loss": (scratch - warmly) / abs(scratch),
    }  # fmt: skip


def declined(p: SelectionProblem, items: Ints) -> Bools:
    """Options left open when some items are declined."""
    allowed = p.allowed & ~np.isin(p.item_of, items)
    allowed[p.item_start[items]] = True
    return allowed


def timed(
    p: SelectionProblem, limit: int, start: Ints | None = None, prices: Prices | None = None
) -> tuple[float, float]:
    """Value, and processor time."""
    began = time.process_time()
    value = solve(p, work_limit=limit, start=start, prices=prices).objective
    return value, time.process_time() - began


def measure_frontier(case: Case) -> Row:
    """Nine points: their processor time over that of one solve, how many choices differ, and their gaps."""
    warm()
    problem, limit = posed(case), case.work_limit or DEFAULT_WORK
    _, once = timed(problem, limit)
    began = time.process_time()
    points = frontier(problem, work_limit=limit)
    seconds = time.process_time() - began
    return {
        "size": case.size, "seed": case.seed, "tightness": case.tightness, "points": len(points),
        "choices": len({point.choice.tobytes() for point in points}), "solve_seconds": round(once, 2),
        "frontier_seconds": round(seconds, 2), "times": round(seconds / once, 2),
        "gaps": [round((point.bound - point.objective) / abs(point.bound), 5) for point in points],
        "expected": [point.expected for point in points], "worst_tenth": [point.worst_tenth for point in points],
    }  # fmt: skip
