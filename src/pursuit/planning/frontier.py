"""What safety costs a firm: its efficient frontier, point by point, with what each point decides otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Any

from pursuit.planning.basis import Solved
from pursuit.selection.frontier import LAMBDAS, Point, frontier
from pursuit.selection.problem import Ints


def plan_frontier(
    plan: Solved,
    lambdas: Sequence[float] = LAMBDAS,
    *,
    executor: Executor | None = None,
    report: Callable[[int, int], bool] = lambda done, total: True,
) -> list[Point]:
    """The frontier of a plan's problem, begun from the plan (see :func:`pursuit.selection.frontier.frontier`)."""
    limit = plan.basis.settings.work_limit
    problem, start = plan.model.problem, plan.solution
    return frontier(problem, lambdas, work_limit=limit, executor=executor, start=start, report=report)


def frontier_document(plan: Solved, points: Sequence[Point]) -> dict[str, Any]:
    """The frontier as JSON-ready data; each point tells what it takes up and gives up against the one before."""
    company = plan.basis.company
    rows: list[dict[str, Any]] = []
    before: set[tuple[str, str]] | None = None
    for point in points:
        taken = _pursued(plan, point.choice)
        new = taken - before if before is not None else set()
        gone = before - taken if before is not None else set()
        rows.append(
            {
                "risk_aversion": point.risk_aversion,
                "expected": round(point.expected),
                "worst_tenth": round(point.worst_tenth),
                "objective": round(point.objective),
                "bound": round(point.bound),
                "gap": point.gap,
                "pursued": len({deal for deal, _ in taken}),
                "taken_up": [{"opportunity": deal, "option": option} for deal, option in sorted(new)],
                "given_up": [{"opportunity": deal, "option": option} for deal, option in sorted(gone)],
            }
        )
        before = taken
    return {
        "format": "pursuit-frontier/1",
        "company": {"name": company.name, "currency": company.currency, "hash": company.content_hash},
        "as_of": company.as_of.isoformat(),
        "points": rows,
    }


def _pursued(plan: Solved, choice: Ints) -> set[tuple[str, str]]:
    """Opportunity and option of all that a choice goes for."""
    facts = [plan.model.facts[int(option)] for option in choice]
    return {(f.ref, f.offer.id) for f in facts if f.kind == "opportunity" and f.word == "pursue" and f.offer}
