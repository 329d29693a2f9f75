"""A schedule as rows that a person can read: one per operation with hours."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pursuit.scheduling.problem import FloorProblem, FloorSchedule

SMALLEST = 1e-9  # hours below this are rounding


@dataclass(frozen=True, slots=True)
class OperationRow:
    """One operation on the floor.

    ``op`` and ``resource`` are indices into the problem; ``weeks`` are (week, hours) with hours above 0,
    ``first`` and ``last`` the ends of it; ``late``: its order finishes after the due week or beyond the axis.
    """

    order: str
    op: int
    resource: int
    first: int
    last: int
    hours: float
    firm: bool
    late: bool
    weeks: tuple[tuple[int, float], ...]


def rows_of(
    problem: FloorProblem, schedule: FloorSchedule, digits: int | None = None
) -> tuple[OperationRow, ...]:
    """All operations with hours on the axis, in the order of the problem.

    With ``digits``, hours are rounded to so many decimals, and weeks that round to nothing are left out.
    """
    rows = []
    table = schedule.hours if digits is None else schedule.hours.round(digits)
    for op, hours in enumerate(table):
        order = int(problem.op_order[op])
        weeks = tuple((int(week), float(hours[week])) for week in np.flatnonzero(hours > SMALLEST))
        if weeks:
            rows.append(
                OperationRow(
                    order=problem.order_ids[order],
                    op=op,
                    resource=int(problem.op_resource[op]),
                    first=weeks[0][0],
                    last=weeks[-1][0],
                    hours=float(hours.sum()) if digits is None else round(float(hours.sum()), digits),
                    firm=bool(problem.firm[order]),
                    late=bool(schedule.late[order] > 0 or schedule.finish[order] >= problem.weeks),
                    weeks=weeks,
                )
            )
    return tuple(rows)
