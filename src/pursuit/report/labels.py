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
    "model": {
        "win": N("Win probability"),
        "default": N("Default"),
        "repeat": N("Repeat business"),
        "arrivals": N("Deals not yet known"),
        "workload": N("Workload"),
    },
    "fact": {
        "method": N("Method"),
        "source": N("Source"),
        "prior": N("Prior"),
        "limits": N("Limits of the forecast"),
        "closed_deals": N("Closed deals"),
        "won": N("Won"),
        "from": N("From"),
        "to": N("To"),
        "split": N("How it was tested"),
        "tested": N("Deals tested on"),
        "log_loss": N("Log loss"),
        "log_loss_base_rate": N("Log loss of the base rate"),
        "traits_tried": N("Traits tried"),
        "traits_used": N("Traits used"),
        "stages": N("Stages"),
        "stage_order": N("Order of stages"),
        "longest_days": N("Longest days open"),
        "grades": N("Grades: won/closed, prior"),
        "grade_prior_deals": N("Deals a prior counts as"),
        "grade_limits": N("Limits of grades"),
        "accounts_by_basis": N("Accounts by basis"),
        "accounts_with_invoices": N("Accounts with invoices"),
        "accounts": N("Accounts"),
        "orders": N("Orders"),
        "orders_beside_pipeline": N("Orders beside the pipeline"),
        "yearly_retention": N("Retention in a year"),
        "horizon_years": N("Years counted"),
        "discount_rate": N("Discount rate"),
        "dated": N("Dated arrivals"),
        "weeks_counted": N("Weeks of record"),
        "kind": N("Told apart by"),
        "weekly_rate": N("Arrivals per week"),
        "season": N("Season"),
        "statements": N("Statements"),
        "deals": N("Deals"),
        "signal": N("Signal"),
    },
}


def label(say: Speaker, kind: str, code: str | None) -> str:
    """A code in words; an unknown code (a firm's own) as it stands, none as a dash."""
    if code is None:
        return "–"
    message = LABELS[kind].get(code)
    return say.t(message) if message else code


def labels_for_scripts(say: Speaker) -> dict[str, dict[str, str]]:
    """The labels that the page's scripts say."""
    return {
        kind: {code: say.t(text) for code, text in LABELS[kind].items()}
        for kind in ("decision", "when", "patience", "course", "part")
    }
