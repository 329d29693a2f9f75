"""What the plan rests on: warnings, stand-ins, model cards, rounds, and how to make it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pursuit.report.labels import label
from pursuit.report.speaker import Speaker

_SHOWN = 8


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
                    (label(say, "fact", key).replace("_", " "), _fact(item, say))
                    for key, item in card.items()
                    if item not in ("", None)
                ],
            }
            for name, card in plan["models"].items()
        ],
    }


def _fact(item: object, say: Speaker) -> str:
    """A fact of a model card as text; a long list is cut."""
    if isinstance(item, bool):
        return str(item).lower()
    if isinstance(item, float):
        return f"{item:,.4g}"
    if isinstance(item, int):
        return f"{item:,}"
    if isinstance(item, Mapping):
        return _row([f"{key} {_fact(part, say)}" for key, part in item.items()])
    if isinstance(item, list | tuple):
        return _row([_fact(part, say) for part in item])
    return say.t(str(item))


def _row(parts: list[str]) -> str:
    return ", ".join(parts[:_SHOWN]) + (" …" if len(parts) > _SHOWN else "")
