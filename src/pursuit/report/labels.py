"""Codes of the plan format as words of the field (see the glossary)."""

from __future__ import annotations

from collections.abc import Mapping

from pursuit.report.speaker import Speaker


def N(message: str) -> str:  # noqa: N802
    """Mark a message that is translated later."""
    return message


LABELS: Mapping[str, Mapping[str, str]] = {
    "decision": {"pursue": N("Pursue"), "defer": N("Defer"), "decline": N("Decline")},
    "when": {"now": N("Now"), "next": N("Next quarter"), "later": N("Later"), "not": N("Not for now")},
    "patience": {"soon": N("Profit soon"), "patient": N("Worth the patience")},
    "course": {"grow": N("Grow"), "keep": N("Keep"), "harvest": N("Harvest"), "let_go": N("Let go")},
    "investment": {"now": N("Invest now"), "later": N("Invest later"), "no": N("Do not invest")},
    "mode": {
        "as_planned": N("As planned"),
        "slower": N("Slower"),
        "paused": N("Paused"),
        "stripped": N("Fewer people"),
    },
    "investment_kind": {
        "technology": N("Technology"),
        "machine": N("Machine"),
        "hire": N("Hire"),
        "shift": N("Shift"),
        "solution": N("Solution for a segment"),
    },
    "measure": {
        "revenue": N("Revenue"),
        "margin": N("Margin"),
        "wins": N("Orders won"),
        "strategic": N("Strategic points"),
    },
    "status": {
        "converged": N("The search ran to its end."),
        "limit": N("The search stopped at its work limit."),
        "clock": N("The search was stopped by the clock; a longer run may find a better plan."),
        "cancelled": N("The search was cancelled; this is the best plan found until then."),
    },
    "part": {
        "margin": N("Own margin"),
        "pursuit_cost": N("Cost of pursuing"),
        "lifetime": N("Repeat business"),
        "reference": N("References and trust"),
        "capacity": N("Overtime, subcontracting, lateness"),
        "others": N("Taken from other choices"),
        "goals": N("Goals and cash floor"),
        "risk": N("Risk"),
    },
}


def label(say: Speaker, kind: str, code: str | None) -> str:
    """A code in words; an unknown code (a firm's own) as it stands, none as a dash."""
    if code is None:
        return "–"
    message = LABELS[kind].get(code)
    return say.t(message) if message else code


def labels_for_scripts(say: Speaker) -> dict[str, dict[str, str]]:
    """All labels in the report's language."""
    return {kind: {code: say.t(text) for code, text in table.items()} for kind, table in LABELS.items()}
