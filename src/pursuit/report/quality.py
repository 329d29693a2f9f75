"""What the plan rests on: warnings, stand-ins, model cards, rounds, and how to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

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
            {"name": name, "facts": [(key, _fact(item)) for key, item in card.items()]}
            for name, card in plan["models"].items()
        ],
    }


def _fact(item: object) -> str:
    """A fact of a model card as text."""
    if isinstance(item, bool) or item is None:
        return "–" if item is None else str(item).lower()
    if isinstance(item, float):
        return f"{item:,.4g}"
    if isinstance(item, int):
        return f"{item:,}"
    if isinstance(item, Mapping):
        return ", ".join(f"{key}: {_fact(part)}" for key, part in item.items())
    if isinstance(item, list | tuple):
        return ", ".join(_fact(part) for part in item)
    return str(item)
