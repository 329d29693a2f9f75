"""Hours: what resources have, what is asked of them, and who works on what when."""

from __future__ import annotations

from typing import Any

from pursuit.planning.document.view import View
from pursuit.scheduling import rows_of


def allocation_rows(view: View) -> list[dict[str, Any]]:
    """Every resource and week of the horizon."""
    hours, rows = view.hours, []
    for r, resource in enumerate(view.company.resources):
        for week in range(view.axis.weeks):
            rows.append(
                {
                    "resource": resource.id,
                    "week": view.axis.monday(week).isoformat(),
                    "capacity": round(float(hours["capacity"][r, week]), 2),
                    "committed": round(float(hours["committed"][r, week]), 2),
                    "expected_load": round(float(hours["load"][r, week]), 2),
                    "overtime": round(float(hours["overtime"][r, week]), 2),
                    "subcontract": round(float(hours["subcontract"][r, week]), 2),
                    "overload_probability": float(hours["overload"][r, week]),
                }
            )
    return rows


def resource_rows(view: View) -> list[dict[str, Any]]:
    """Each resource: how full, how dear."""
    hours, weeks = view.hours, view.axis.weeks
    rows = []
    for r, resource in enumerate(view.company.resources):
        there = float(hours["capacity"][r, :weeks].sum())
        rows.append(
            {
                "resource": resource.id,
                "name": resource.name,
                "kind": resource.kind,
                "bottleneck": r in view.bottlenecks,
                "price_per_hour": round(float(view.scarce_price[r])),
                "utilization": round(float(hours["load"][r, :weeks].sum()) / there, 4) if there else 0.0,
            }
        )
    return rows


def schedule_rows(view: View) -> list[dict[str, Any]]:
    """The expected schedule inside the horizon: firm work whole, pursued deals at their chance."""
    answer, axis = view.answer, view.axis
    orders = {order.ref: order for order in answer.floor.orders}
    projects = {project.id: project for project in view.running}
    names: dict[int, str] = {}
    op = 0
    for order in answer.floor.orders:
        for piece in sorted(order.work, key=lambda w: w.step):
            if piece.hours > 0:
                names[op] = piece.name or view.company.resource_by_id[piece.resource].name
                op += 1
    rows = []
    for row in rows_of(answer.floor.problem, answer.schedule, digits=1):
        weeks = [(week, hours) for week, hours in row.weeks if week < axis.weeks]
        if not weeks:
            continue
        order = orders[row.order]
        project = projects.get(row.order) if order.firm else None
        due = project.due if project else answer.situation.long_axis.friday(order.due)
        rows.append(
            {
                "order": row.order,
                "name": project.name if project else view.deal_name(view.open_by_id[row.order]),
                "operation": names[row.op],
                "work_center": view.company.resources[row.resource].id,
                "start": axis.monday(weeks[0][0]).isoformat(),
                "end": axis.friday(weeks[-1][0]).isoformat(),
                "hours": round(sum(hours for _, hours in weeks), 1),
                "firm": order.firm,
                "due": due.isoformat(),
                "late": row.late or weeks[-1][0] > axis.index(due),
                "weeks": [{"week": axis.monday(week).isoformat(), "hours": hours} for week, hours in weeks],
            }
        )
    return rows
