"""The floor: load on resources by week, and who works on what and when."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pursuit.report.speaker import Speaker

_LIKELY = 0.5


def floor(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Lead sentences and the table that stands in for the heat map."""
    grid = load_grid(plan)
    return {
        "lead": _load_lead(plan, grid, say),
        "schedule_lead": _schedule_lead(plan, say),
        "weeks": grid["weeks"],
        "resources": [
            {
                **resource,
                "cells": [_cell(cell) for cell in row],
                "price": say.money(resource["price_per_hour"]) if resource["price_per_hour"] else "–",
            }
            for resource, row in zip(grid["resources"], grid["cells"], strict=True)
        ],
        "has_schedule": bool(plan["schedule"]),
    }


def load_grid(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Allocation as resources x weeks; a cell is None where the plan says nothing.

    Each cell is ``[capacity, committed, expected_load, overtime, subcontract, overload_probability]``: hours,
    and a share last.
    """
    weeks = sorted({cell["week"] for cell in plan["allocation"]})
    at = {(cell["resource"], cell["week"]): cell for cell in plan["allocation"]}
    keys = ("capacity", "committed", "expected_load", "overtime", "subcontract", "overload_probability")
    cells = [
        [
            [cell[key] for key in keys] if (cell := at.get((resource["resource"], week))) else None
            for week in weeks
        ]
        for resource in plan["resources"]
    ]
    return {"weeks": weeks, "resources": list(plan["resources"]), "cells": cells}


def _cell(cell: list[float] | None) -> dict[str, str]:
    if cell is None:
        return {"load": "–", "overload": "–"}
    capacity, _, load, _, _, overload = cell
    return {"load": f"{load / capacity:.0%}" if capacity else "–", "overload": f"{overload:.0%}"}


def _load_lead(plan: Mapping[str, Any], grid: Mapping[str, Any], say: Speaker) -> str:
    scarce = [row["name"] for row in plan["resources"] if row["bottleneck"]]
    tight = sum(
        any(cell and cell[5] >= _LIKELY for cell in column) for column in zip(*grid["cells"], strict=True)
    )
    sentences = []
    if scarce:
        sentences.append(say.t("Bottlenecks: {names}.", names=say.names(scarce)))
    else:
        sentences.append(say.t("No resource is scarce over this horizon."))
    if tight:
        sentences.append(
            say.t(
                "In {count} of {weeks} weeks at least one resource is more likely than not to exceed its "
                "regular hours.",
                count=tight,
                weeks=len(grid["weeks"]),
            )
        )
    return " ".join(sentences)


def _schedule_lead(plan: Mapping[str, Any], say: Speaker) -> str:
    bars = plan["schedule"]
    if not bars:
        return say.t("Nothing is scheduled.")
    sold = {bar["order"] for bar in bars if bar["firm"]}
    hoped = {bar["order"] for bar in bars if not bar["firm"]}
    late = {bar["order"] for bar in bars if bar["late"]}
    text = say.t(
        "{sold} orders already sold and {hoped} that may still be won, each with its hours times its chance.",
        sold=f"{len(sold):,}",
        hoped=f"{len(hoped):,}",
    )
    if late:
        text += " " + say.t("{late} of them run past their due date.", late=f"{len(late):,}")
    return text
