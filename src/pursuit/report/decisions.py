"""The decisions as rows the page can sort, filter and open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pursuit.report.labels import label
from pursuit.report.speaker import Speaker

_SOON = timedelta(days=14)
_LONG = 40


def decisions(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Lead sentence, sums by decision and the segments to filter by."""
    rows = plan["decisions"]
    segments = {row["segment"]: row["name"] for row in plan["segments"]}
    used = sorted({row["segment"] for row in rows}, key=lambda code: segments.get(code, code))
    return {
        "lead": _lead(rows, soon(plan), say),
        "total": len(rows),
        "chips": [
            {
                "code": code,
                "name": label(say, "decision", code),
                "count": len(own),
                "amount": say.money(sum(row["amount"] for row in own)),
            }
            for code in ("pursue", "defer", "decline")
            for own in [[row for row in rows if row["decision"] == code]]
        ],
        "segments": [(code, segments.get(code, code)) for code in used if code],
    }


def soon(plan: Mapping[str, Any]) -> str:
    """Last day of the two weeks in which a decision is pressing."""
    return (date.fromisoformat(plan["as_of"]) + _SOON).isoformat()


def _short(name: str) -> str:
    return name if len(name) <= _LONG else f"{name[: _LONG - 1].rstrip()}…"


def _lead(rows: list[Mapping[str, Any]], until: str, say: Speaker) -> str:
    if not rows:
        return say.t("There is no open opportunity to decide on.")
    best = max(rows, key=lambda row: row["effect"])
    worst = min(rows, key=lambda row: row["effect"])
    sentences = []
    if best["effect"] > 0:
        sentences.append(
            say.t(
                "Largest gain for the firm: {name} ({effect}).",
                name=_short(best["name"]),
                effect=say.signed(best["effect"]),
            )
        )
    if worst["effect"] < 0:
        sentences.append(
            say.t(
                "Costliest to take on: {name} ({effect}).",
                name=_short(worst["name"]),
                effect=say.signed(worst["effect"]),
            )
        )
    trap = sum(row["expected_value"] > 0 and row["effect"] < 0 for row in rows)
    if trap:
        sentences.append(
            say.t("Profitable on their own yet a loss for the firm as a whole: {count}.", count=f"{trap:,}")
        )
    pressing = sum(row["decide_by"] is not None and row["decide_by"] <= until for row in rows)
    if pressing:
        sentences.append(say.t("To be decided within two weeks: {count}.", count=f"{pressing:,}"))
    return " ".join(sentences)


def decision_rows(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The plan's decisions with names in place of ids, for the page's table."""
    accounts = {row["account"]: row["name"] for row in plan["accounts"]}
    segments = {row["segment"]: row["name"] for row in plan["segments"]}
    resources = {row["resource"]: row["name"] for row in plan["resources"]}
    return [
        {
            **row,
            "account_name": accounts.get(row["account"], row["account"]),
            "segment_name": segments.get(row["segment"], row["segment"]),
            "bottleneck_name": resources.get(row["bottleneck"], row["bottleneck"]),
        }
        for row in plan["decisions"]
    ]
