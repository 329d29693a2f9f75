"""Customers and segments, ranked and put in sequence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from pursuit.report.labels import label
from pursuit.report.speaker import Speaker

_SHOWN = 6


def customers(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Lead sentence, the two kinds of worth, the sequence and the segments."""
    rows = plan["accounts"]
    counts = Counter(row["when"] for row in rows)
    return {
        "lead": say.t(
            "{now} accounts to work on now, {next} next quarter, {later} later; {none} not for now.",
            now=counts["now"],
            next=counts["next"],
            later=counts["later"],
            none=counts["not"],
        )
        if rows
        else say.t("The plan knows no accounts."),
        "total": len(rows),
        "chips": [(code, label(say, "when", code), counts[code]) for code in ("now", "next", "later", "not")],
        "groups": [_group(rows, code, say) for code in ("soon", "patient")],
        "segments": _segments(plan, say),
    }


def _group(rows: list[Mapping[str, Any]], patience: str, say: Speaker) -> dict[str, Any]:
    own = sorted(
        (row for row in rows if row["patience"] == patience and row["when"] != "not"),
        key=lambda row: int(row["rank"]),
    )
    return {
        "code": patience,
        "name": label(say, "patience", patience),
        "count": len(own),
        "sum": say.money(sum(row["lifetime_value"] for row in own)),
        "rows": [
            {
                "name": row["name"],
                "when": label(say, "when", row["when"]),
                "value": say.money(row["lifetime_value"]),
                "default": say.chance(row["default_probability"]),
            }
            for row in own[:_SHOWN]
        ],
    }


def _segments(plan: Mapping[str, Any], say: Speaker) -> list[dict[str, Any]]:
    rows = sorted(plan["segments"], key=lambda row: int(row["rank"]))
    most = max((abs(row["value"]) for row in rows), default=0) or 1
    return [
        {
            **row,
            "text": say.money(row["value"]),
            "width": round(abs(row["value"]) / most * 100, 1),
            "rate": "–" if row["win_rate"] is None else say.percent(row["win_rate"]),
        }
        for row in rows
    ]


def account_rows(plan: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The plan's accounts with segment names, best rank first."""
    segments = {row["segment"]: row["name"] for row in plan["segments"]}
    return [
        {**row, "segment_name": segments.get(row["segment"], row["segment"])}
        for row in sorted(plan["accounts"], key=lambda row: int(row["rank"]))
    ]
