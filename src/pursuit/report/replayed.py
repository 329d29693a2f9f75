"""What the plan is worth when it is lived week by week, beside what it is worth on futures seen whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pursuit.report.racefigures import interval
from pursuit.report.speaker import Speaker


def replayed(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any] | None:
    """Sentences and the table of both values; None where the plan was not replayed."""
    lived = plan["value"].get("replayed")
    if lived is None:
        return None
    value, ahead = plan["value"], lived["ahead"]
    lead = say.t(
        "Lived week by week, the plan earns {expected} in {weeks} weeks; against today's way: {ahead}.",
        expected=say.money(lived["expected"]),
        weeks=lived["weeks"],
        ahead=say.signed(ahead["mean"]) + interval(ahead, say.signed, say),
    )
    if ahead["low"] is not None and ahead["low"] <= 0 <= ahead["high"]:
        lead += " " + say.t("That difference may be chance: its interval holds zero.")
    ways = (
        (say.t("Futures seen whole: value of the choice"), value["fresh"], value["today"]),
        (say.t("Week by week: profit"), lived, lived["today"]),
    )
    rows = [
        {
            "name": f"{way} · {name}",
            "plan": say.money(ours[field]),
            "today": say.money(today[field]),
            "gain": say.signed(ours[field] - today[field]),
        }
        for way, ours, today in ways
        for name, field in ((say.t("Mean"), "expected"), (say.t("Mean of the worst tenth"), "worst_tenth"))
    ]
    return {"lead": lead, "rows": rows, "seeds": f"{lived['seeds']:,}", "definition": lived["definition"]}
