"""What the plan is worth, how far from the bound, and the firm's cash."""

from __future__ import annotations

from typing import Any

import numpy as np

from pursuit.planning.document.firm import goal_rows
from pursuit.planning.document.view import View
from pursuit.selection.worth import worst_tenth_mean


def value_of(view: View) -> dict[str, Any]:
    """The plan in numbers, beside today's way on the same fresh futures."""
    answer = view.answer
    values = answer.solution.values
    expected, worst = round(float(values.mean())), round(worst_tenth_mean(values))
    weight = answer.settings.risk_aversion
    goals = sum(row["price"] for row in goal_rows(view))
    objective = round((1 - weight) * float(values.mean()) + weight * worst_tenth_mean(values)) - goals
    bound = max(int(np.ceil(answer.bound)), objective)
    plan, today = (np.sort(np.round(v)) for v in (answer.fresh.plan, answer.fresh.today))
    facts = answer.model.facts
    return {
        "expected": expected,
        "worst_tenth": min(worst, expected),
        "objective": objective,
        "bound": bound,
        "gap": (bound - objective) / abs(bound) if bound else 0.0,
        "risk_aversion": weight,
        "scenarios": len(values),
        "fresh": {
            "scenarios": len(plan),
            "expected": round(float(plan.mean())),
            "worst_tenth": round(worst_tenth_mean(plan)),
        },
        "today": {
            "rule": "amount_x_probability",
            "expected": round(float(today.mean())),
            "worst_tenth": round(worst_tenth_mean(today)),
            "pursued": sum(facts[int(o)].word == "pursue" for o in answer.today),
        },
        "outcomes": {"plan": [int(v) for v in plan], "today": [int(v) for v in today]},
    }


def cash_rows(view: View) -> list[dict[str, Any]]:
    """Balance at the end of every month."""
    answer = view.answer
    p = answer.model.problem
    if not answer.model.months:
        return []
    balance = answer.solution.firm.balance
    rows = []
    for n, month in enumerate(answer.model.months):
        expected = round(float(balance[:, n].mean()))
        rows.append(
            {
                "month": month,
                "expected": expected,
                "low": min(round(float(np.quantile(balance[:, n], 0.05))), expected),
                "below_floor_probability": float((balance[:, n] < p.cash.floor[n]).mean()),
            }
        )
    return rows
