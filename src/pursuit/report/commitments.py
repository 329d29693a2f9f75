"""Investments, projects under way, and where people, machine hours and cash go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pursuit.report.labels import label
from pursuit.report.speaker import Speaker

_SHOWN = 12
_ORDER = {"now": 0, "later": 1, "no": 2}


def commitments(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Lead sentence and the three tables."""
    return {
        "lead": _lead(plan, say),
        "investments": _investments(plan, say),
        "projects": _projects(plan, say),
        "shared_reason": shared_reason(plan),
        "paces_changed": any(row["effect"] for row in plan["projects"]),
        "spending": [
            {"by": by, "name": name, "table": table}
            for by, name in (
                ("segment", say.t("By segment")),
                ("account", say.t("By account")),
                ("opportunity", say.t("By opportunity")),
            )
            if (table := _spending(plan, by, say))["rows"]
        ],
    }


def _lead(plan: Mapping[str, Any], say: Speaker) -> str:
    chosen = [row for row in plan["investments"] if row["decision"] != "no"]
    changed = [row for row in plan["projects"] if row["mode"] != "as_planned"]
    sentences = []
    if chosen:
        sentences.append(
            say.t(
                "{count} of {total} investments pay: {cost} spent, effect on the firm {effect}.",
                count=len(chosen),
                total=len(plan["investments"]),
                cost=say.money(sum(row["cost"] for row in chosen)),
                effect=say.signed(sum(row["effect"] for row in chosen)),
            )
        )
    elif plan["investments"]:
        sentences.append(say.t("No investment pays on this pipeline."))
    if changed:
        sentences.append(
            say.t(
                "{count} of {total} projects under way give up pace or people.",
                count=len(changed),
                total=len(plan["projects"]),
            )
        )
    elif plan["projects"]:
        sentences.append(say.t("All projects under way carry on as planned."))
    return " ".join(sentences)


def _investments(plan: Mapping[str, Any], say: Speaker) -> list[dict[str, Any]]:
    names = {row["opportunity"]: row["name"] for row in plan["decisions"]}
    rows = sorted(plan["investments"], key=lambda row: (_ORDER[row["decision"]], -row["effect"]))
    return [
        {
            **row,
            "choice": label(say, "investment", row["decision"]),
            "kind_name": label(say, "investment_kind", row["kind"]),
            "cost_text": say.money(row["cost"]),
            "effect_text": say.signed(row["effect"]),
            "payback": "–"
            if row["payback_weeks"] is None
            else say.t("{weeks} weeks", weeks=f"{row['payback_weeks']:,.0f}"),
            "unlock_names": [names.get(code, code) for code in row["unlocks"]],
        }
        for row in rows
    ]


def _projects(plan: Mapping[str, Any], say: Speaker) -> list[dict[str, Any]]:
    accounts = {row["account"]: row["name"] for row in plan["accounts"]}
    shared = shared_reason(plan)
    rows = sorted(plan["projects"], key=lambda row: (row["mode"] == "as_planned", row["due"]))
    return [
        {
            **row,
            "account_name": accounts.get(row["account"], row["account"]),
            "mode_name": label(say, "mode", row["mode"]),
            "late_text": say.chance(row["late_probability"]),
            "effect_text": "–" if row["effect"] == 0 else say.signed(row["effect"]),
            "overdue": row["finish"] is not None and _monday(row["finish"]) > row["due"],
            "reasons": [text for text in row["reasons"] if text != shared],
        }
        for row in rows
    ]


def shared_reason(plan: Mapping[str, Any]) -> str:
    """A sentence that most projects have in common: it is said once, above them."""
    counts = Counter(text for row in plan["projects"] for text in row["reasons"])
    text, count = counts.most_common(1)[0] if counts else ("", 0)
    return text if count > 2 and 2 * count > len(plan["projects"]) else ""


def _monday(friday: str) -> str:
    """First day of the week that ends with a planned finish: the plan knows weeks, not days."""
    day = date.fromisoformat(friday)
    return (day - timedelta(days=day.weekday())).isoformat()


def _spending(plan: Mapping[str, Any], by: str, say: Speaker) -> dict[str, Any]:
    """Rows by money, each number with its share of the column's largest as a bar."""
    every = sorted((row for row in plan["spending"] if row["by"] == by), key=lambda row: -row["cash"])
    keys = ("people_hours", "machine_hours", "cash")
    most = {key: max((row[key] for row in every), default=0) or 1 for key in keys}
    return {
        "rows": [
            {
                "name": row["name"],
                "cells": [
                    {
                        "text": say.money(row[key]) if key == "cash" else say.hours(row[key]),
                        "width": round(max(0.0, row[key]) / most[key] * 100, 1),
                    }
                    for key in keys
                ],
            }
            for row in every[:_SHOWN]
        ],
        "rest": max(0, len(every) - _SHOWN),
    }
