"""The efficient frontier: for one risk aversion after the other the best choice, none better in mean and worst tenth.

How work is carried out does not depend on risk aversion, so a choice found at one is worth a known amount at all
others: each is valued everywhere, and the best stays. The best objective is a maximum of straight lines in risk
aversion, hence convex and, the worst tenth being no better than the mean, falling: two bounds also prove one for
everything between them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

import numpy as np

from pursuit.selection.bound import Prices
from pursuit.selection.fanout import Kept, fan_out, kept
from pursuit.selection.problem import Ints, SelectionProblem
from pursuit.selection.result import Solution
from pursuit.selection.solve import DEFAULT_WORK, solve
from pursuit.selection.worth import worst_tenth_mean

LAMBDAS = tuple(n / 8 for n in range(9))
"""Risk aversions of a frontier, if none are told."""

SOLVES = 3
"""Risk aversions solved beside the beginning's; a few deep solves find more than many short ones, each of which has to
lay the problem out and load its first choice."""

SHARE = 0.35
"""Work of each of these, in solves from nothing. Laying a problem out and loading a first choice take as long as a
quarter of a solve on top (size S of the benchmarks), so that all together stay under three solves."""

LEAST = 10
"""Units of work that are worth beginning a solve for."""


@dataclass(frozen=True)
class Point:
    """The best choice known at one risk aversion.

    Attributes
    ----------
    risk_aversion
        Weight of the worst tenth.
    expected, worst_tenth
        Mean over the scenarios and mean of their worst tenth, what broken soft limits cost taken off both.
    objective, bound
        The two blended, and what nobody can exceed.
    choice
        (I,) option taken by each item.
    """

    risk_aversion: float
    expected: float
    worst_tenth: float
    objective: float
    bound: float
    choice: Ints

    @property
    def gap(self) -> float:
        """``(bound - objective) / |bound|``, never negative."""
        return max(self.bound - self.objective, 0.0) / max(abs(self.bound), 1e-12)


@dataclass(frozen=True)
class _Step:
    """One solve: where from, at which risk aversion, with how much work."""

    problem: Kept[SelectionProblem]
    risk_aversion: float
    work_limit: int
    seed: int
    start: Ints | None = None
    prices: Prices | None = None


@dataclass(frozen=True)
class _Found:
    """What a solve came to, without its loading."""

    risk_aversion: float
    choice: Ints
    expected: float
    worst_tenth: float
    bound: float
    prices: Prices
    stopped: bool

    def at(self, risk_aversion: float) -> float:
        """Objective of this choice at another risk aversion."""
        return (1 - risk_aversion) * self.expected + risk_aversion * self.worst_tenth


def frontier(
    problem: SelectionProblem,
    lambdas: Sequence[float] = LAMBDAS,
    *,
    work_limit: int = DEFAULT_WORK,
    executor: Executor | None = None,
    start: Solution | None = None,
    seed: int = 0,
    report: Callable[[int, int], bool] = lambda done, total: True,
) -> list[Point]:
    """The best choice at each of ``lambdas``, for at most the work of three solves in all.

    The ends and the middle of the widest gap are solved; what is found there is valued at every point.

    Parameters
    ----------
    problem
        The choice; its own risk aversion is where the search begins.
    lambdas
        Risk aversions, 0 to 1, in any order; the points come in rising order.
    work_limit
        Work of one solve from nothing (see :func:`pursuit.selection.solve.solve`).
    executor
        Where the two ways from the beginning, up and down, are gone side by side; the result is the same with any.
    start
        A solution of ``problem``; without one, it is solved first.
    seed
        Start of all chance in the search.
    report
        Called with solves done and their number; False stops with the points known by then.

    Raises
    ------
    SolveError
        When no choice satisfies the pins, the needs and the hard limits together.
    """
    wanted = sorted({float(risk) for risk in lambdas})
    with kept(problem, executor) as shared:
        if start is None:
            found = [_solved(_Step(Kept(value=problem), problem.risk_aversion, work_limit, seed))]
        else:
            found = [_found(start, problem.risk_aversion)]
        others = _solved_at(wanted, problem.risk_aversion)
        each = int(SHARE * work_limit)
        going = not found[0].stopped and report(1, len(others) + 1)
        if others and each >= LEAST and going:
            found += _both_ways(_Step(shared, 0.0, each, seed), found[0], others, executor, report)
    return _points(wanted, found)


def _solved_at(wanted: Sequence[float], begun: float) -> list[float]:
    """The risk aversions to solve, in rising order: both ends, then always the middle of the widest gap."""
    known = [begun]
    while len(known) <= SOLVES:
        left = [risk for risk in wanted if risk not in known]
        if not left:
            break
        ends = [risk for risk in (left[0], left[-1]) if risk < min(known) or risk > max(known)]
        known.append(ends[-1] if ends else max(left, key=lambda risk: min(abs(risk - at) for at in known)))
    return sorted(set(known) - {begun})


def _both_ways(
    pattern: _Step,
    begun: _Found,
    others: Sequence[float],
    executor: Executor | None,
    report: Callable[[int, int], bool],
) -> list[_Found]:
    """Solve from the beginning upwards and downwards, each from the choice and the prices of the one before."""
    ways = [
        [risk for risk in others if risk > begun.risk_aversion],
        [risk for risk in reversed(others) if risk < begun.risk_aversion],
    ]
    last, found = [begun, begun], []
    for n in range(max(map(len, ways))):
        open_ways = [w for w in (0, 1) if n < len(ways[w])]
        steps = [
            replace(pattern, risk_aversion=ways[w][n], start=last[w].choice, prices=last[w].prices)
            for w in open_ways
        ]
        for w, one in zip(open_ways, fan_out(_solved, steps, executor), strict=True):
            assert one is not None
            last[w] = one
            found.append(one)
        if not report(len(found) + 1, len(others) + 1):
            break
    return found


def _solved(step: _Step) -> _Found:
    problem = replace(step.problem.get(), risk_aversion=step.risk_aversion)
    solution = solve(
        problem, work_limit=step.work_limit, start=step.start, prices=step.prices, seed=step.seed
    )
    return _found(solution, step.risk_aversion)


def _found(solution: Solution, risk_aversion: float) -> _Found:
    return _Found(
        risk_aversion,
        solution.choice,
        float(solution.values.mean()) - solution.row_cost,
        worst_tenth_mean(solution.values) - solution.row_cost,
        solution.bound,
        solution.prices,
        solution.status in ("cancelled", "clock"),
    )


def _points(wanted: Sequence[float], found: Sequence[_Found]) -> list[Point]:
    """The best of all choices wherever a bound is proven: only there is it known how good it is."""
    proven = sorted((one.risk_aversion, one.bound) for one in found)
    points = []
    for risk in wanted:
        best = max(found, key=lambda one: (one.at(risk), one.expected + one.worst_tenth))
        objective = best.at(risk)
        bound = max(_bound(risk, proven), objective)
        if not np.isfinite(bound):
            continue
        points.append(Point(risk, best.expected, best.worst_tenth, objective, bound, best.choice))
    return points


def _bound(risk: float, proven: Sequence[tuple[float, float]]) -> float:
    """The lowest bound at ``risk``: one proven at or below it, or between two proven ones."""
    lowest = min((bound for at, bound in proven if at <= risk), default=np.inf)
    for at, bound in proven:
        for other, above in proven:
            if at <= risk < other:
                share = (risk - at) / (other - at)
                lowest = min(lowest, (1 - share) * bound + share * above)
    return float(lowest)
