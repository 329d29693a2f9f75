"""Cash by month, and the goals with the price of missing them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pursuit.report.labels import label
from pursuit.report.speaker import Speaker


def cash(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Lead sentence and the table behind the chart."""
    rows = plan["cash"]
    if not rows:
        return {"lead": say.t("The firm's cash is not in the data, so it is not planned."), "rows": []}
    lowest = min(rows, key=lambda row: row["low"])
    riskiest = max(rows, key=lambda row: row["below_floor_probability"])
    lead = say.t(
        "Lowest point: {month}, {expected} expected and {low} in the one-in-twenty bad case.",
        month=say.month(lowest["month"]),
        expected=say.money(lowest["expected"]),
        low=say.money(lowest["low"]),
    )
    if riskiest["below_floor_probability"] > 0:
        lead += " " + say.t(
            "Largest chance of falling below the cash floor: {chance} in {month}.",
            chance=say.chance(riskiest["below_floor_probability"]),
            month=say.month(riskiest["month"]),
        )
    else:
        lead += " " + say.t("In no future does cash fall below its floor.")
    return {
        "lead": lead,
        "rows": [
            {
                "month": say.month(row["month"]),
                "expected": say.money(row["expected"]),
                "low": say.money(row["low"]),
                "risk": say.chance(row["below_floor_probability"]),
            }
            for row in rows
        ],
    }


def goals(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Lead sentence and one row per goal with its bar."""
    rows = plan["goals"]
    missed = [row for row in rows if row["shortfall"] > 0]
    if not rows:
        lead = say.t("No long-term goals are set.")
    elif missed:
        lead = say.t(
            "{met} of {total} goals are met. Price of the others: {price}.",
            met=len(rows) - len(missed),
            total=len(rows),
            price=say.money(sum(row["price"] for row in missed)),
        )
    else:
        lead = say.t("All {total} goals are met.", total=len(rows))
    return {"lead": lead, "rows": [_goal(row, say) for row in rows]}


def _goal(row: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    def amount(value: float) -> str:
        return (
            say.money(value)
            if row["measure"] in ("revenue", "margin")
            else f"{value:,.1f}".removesuffix(".0")
        )

    full = max(row["target"], row["expected"], 0) or 1
    return {
        "name": row["name"],
        "measure": label(say, "measure", row["measure"]),
        "target": amount(row["target"]),
        "expected": amount(row["expected"]),
        "shortfall": amount(row["shortfall"]) if row["shortfall"] > 0 else "–",
        "price": say.money(row["price"]) if row["price"] else "–",
        "met": row["shortfall"] <= 0,
        "width": round(max(0.0, row["expected"]) / full * 100, 1),
        "mark": round(max(0.0, row["target"]) / full * 100, 1),
    }
