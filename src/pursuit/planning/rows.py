"""What-ifs, differences, information and paybacks as JSON-ready data; money in minor units of the firm's currency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pursuit.planning.differences import Difference
from pursuit.planning.information import Information
from pursuit.planning.investing import Payback
from pursuit.planning.warm import Taken
from pursuit.planning.what_if import Case, Comparison


def comparison_document(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON-ready data; money in minor units of the firm's currency."""
    base = comparison.base
    company = comparison.plan.basis.company
    return {
        "format": "pursuit-what-if/1",
        "company": {"name": company.name, "currency": company.currency, "hash": company.content_hash},
        "as_of": company.as_of.isoformat(),
        "base": row_of(base, base),
        "cases": [row_of(case, base) for case in comparison.cases],
    }


def row_of(case: Case, base: Case) -> dict[str, Any]:
    """One case beside the base plan."""
    return {
        "name": case.name,
        "expected": round(case.expected),
        "worst_tenth": round(case.worst_tenth),
        "objective": round(case.objective),
        "bound": round(case.bound),
        "gain": None if case.other_aims else round(case.objective - base.objective),
        "pursued": sum(taken.word == "pursue" for taken in case.taken.values()),
        "differences": [difference_row(d) for d in case.differences],
        "bottlenecks": [
            {"resource": name, "hour_worth": round(worth)} for name, worth in case.hour_worth.items()
        ],
    }


def difference_row(difference: Difference) -> dict[str, Any]:
    """One difference as JSON-ready data."""

    def told(it: Taken | None) -> dict[str, Any] | None:
        return None if it is None else {
            "decision": it.word, "option": it.offer or None, "start": it.begins.isoformat() if it.begins else None,
        }  # fmt: skip

    cause = difference.cause
    return {
        "kind": difference.record[0],
        "id": difference.record[1],
        "before": told(difference.before),
        "after": told(difference.after),
        "cause": {
            "kind": cause.kind,
            "resource": cause.resource or None,
            "before": cause.before,
            "after": cause.after,
            "others": [{"kind": kind, "id": ref} for kind, ref in cause.others],
        },
    }


def information_rows(found: Sequence[Information]) -> list[dict[str, Any]]:
    """What it is worth to know how deals end."""
    return [
        {
            "opportunity": one.deal,
            "win_probability": one.chance,
            "value": round(one.value),
            "if_won": [difference_row(d) for d in one.if_won],
            "if_lost": [difference_row(d) for d in one.if_lost],
        }
        for one in found
    ]


def payback_rows(found: Sequence[Payback]) -> list[dict[str, Any]]:
    """What the investments of a plan bring."""
    return [
        {
            "investment": one.investment,
            "effect": round(one.effect),
            "gain": round(one.gain),
            "cost": round(one.cost),
            "payback_weeks": one.weeks,
            "deals": list(one.deals),
        }
        for one in found
    ]
