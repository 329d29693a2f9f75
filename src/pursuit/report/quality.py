"""What the plan rests on: warnings, stand-ins, model cards, rounds, and how to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pursuit.report.cardfacts import card_facts
from pursuit.report.labels import label
from pursuit.report.speaker import Speaker


def quality(plan: Mapping[str, Any], say: Speaker) -> dict[str, Any]:
    """Lead sentence and the lists."""
    return {
        "lead": say.t(
            "Warnings: {warnings}. Assumptions that stand in for missing data: {fallbacks}.",
            warnings=len(plan["warnings"]),
            fallbacks=len(plan["fallbacks"]),
        )
        if plan["warnings"] or plan["fallbacks"]
        else say.t("Nothing was missing and nothing had to be assumed."),
        "rounds": [
            {"round": row["round"], "objective": say.money(row["objective"]), "conflicts": row["conflicts"]}
            for row in plan["rounds"]
        ],
        "models": [
            {
                "name": label(say, "model", name),
                "facts": [
                    (label(say, "fact", key).replace("_", " "), text) for key, text in card_facts(card, say)
                ],
            }
            for name, card in plan["models"].items()
        ],
        "weeks": max((int(card.get("weeks") or 0) for card in plan["models"].values()), default=0),
    }
