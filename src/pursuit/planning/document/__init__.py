"""An answer put into a plan document: plain data in the shape of ``plan.schema.json``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pursuit.planning.document.customers import account_rows, segment_rows
from pursuit.planning.document.decisions import decision_rows
from pursuit.planning.document.firm import goal_rows, investment_rows, project_rows, spending_rows
from pursuit.planning.document.floor import allocation_rows, resource_rows, schedule_rows
from pursuit.planning.document.remarks import fallbacks, round_rows, warnings
from pursuit.planning.document.value import cash_rows, value_of
from pursuit.planning.document.view import View

if TYPE_CHECKING:
    from pursuit.planning.make import Answer


def write_document(answer: Answer) -> dict[str, Any]:
    """The plan document of ``answer``, in the language of its settings."""
    view = View(answer)
    company, axis = view.company, view.axis
    decisions = decision_rows(view)
    return {
        "format": "pursuit-plan/1",
        "lang": answer.settings.lang,
        "company": {"name": company.name, "currency": company.currency, "hash": company.content_hash},
        "as_of": company.as_of.isoformat(),
        "seed": answer.settings.seed,
        "horizon": {"start": axis.start.isoformat(), "weeks": axis.weeks, "end": axis.end.isoformat()},
        "status": answer.status,
        "value": value_of(view),
        "decisions": decisions,
        "accounts": account_rows(view),
        "investments": investment_rows(view),
        "projects": project_rows(view),
        "resources": resource_rows(view),
        "allocation": allocation_rows(view),
        "spending": spending_rows(view),
        "schedule": schedule_rows(view),
        "cash": cash_rows(view),
        "segments": segment_rows(view),
        "goals": goal_rows(view),
        "rounds": round_rows(view),
        "warnings": warnings(view),
        "fallbacks": fallbacks(view),
        "models": {name: dict(card) for name, card in answer.situation.beliefs.cards.items()},
    }
