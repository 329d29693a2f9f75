"""Facts of a forecast's model card as text in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pursuit.report.labels import N
from pursuit.report.speaker import Speaker

HIDDEN = {"as_of", "weeks"}
"""Facts that are the same on every card and said once for the whole plan."""

_SHARES = {"yearly_retention", "discount_rate"}
_SHOWN = 16
_PRIOR = re.compile(r"(0?\.\d+) with the weight of (\S+) deals")

WORDS = {
    word: word
    for word in (
        N("segment"), N("sector"), N("region"), N("account"), N("product"), N("family"), N("owner"), N("source"),
        N("competitor"), N("competitors"), N("relationship"), N("amount"), N("price_level"), N("weeks_given"),
        N("no signal"), N("learned"), N("published"), N("unknown"), N("grade"), N("prior"), N("statement"),
        N("all"), N("won deals"), N("invoices"), N("deliveries"), N("by month"), N("none shown"),
        N("by closing date: from 40 % on, each tenth is foretold by weights learned before it"),
        N("Only deals that were pursued are in the record; trait effects are learned over all stages alike."),
        N("Altman Z'' (2005) with default rates of S&P (1981-2024); grades with those of NICE (1998-2023)"),
        N("Taken as graded before the outcome: a grade changed afterwards would flatter itself."),
        N("Rates of rated firms applied to unrated ones; not trained on this firm's own losses."),
        N("Margins are before hours; one rate per account without season or trend; courses come on top."),
        N("Rates are constant but for the season; no trend; arrivals do not depend on what is delivered."),
    )
}  # fmt: skip
"""What the cards of the forecasts say in words; anything else is a firm's own and stands as it is."""


def card_facts(card: Mapping[str, object], say: Speaker) -> list[tuple[str, str]]:
    """Code and text of each fact of a card that says something."""
    return [
        (key, fact_text(key, item, say))
        for key, item in card.items()
        if key not in HIDDEN and item not in ("", None, [], {})
    ]


def fact_text(key: str, item: object, say: Speaker) -> str:
    """One fact as text; a long list is cut."""
    if isinstance(item, bool):
        return say.t("yes") if item else say.t("no")
    if isinstance(item, float) and (key in _SHARES or key == "prior"):
        return say.percent(item, 1).replace(".0%", "%")
    if isinstance(item, float):
        return f"{item:,.4g}"
    if isinstance(item, int):
        return f"{item:,}"
    if isinstance(item, Mapping):
        parts = [(str(name), part) for name, part in item.items()]
        return _row([f"{_text(name, say)} {fact_text(name, part, say)}" for name, part in parts])
    if isinstance(item, list | tuple):
        return _row([fact_text("", part, say) for part in item])
    return _text(str(item), say)


def _text(text: str, say: Speaker) -> str:
    """A sentence, or words joined by commas or plus signs, each in the reader's language where it is known."""
    if text in WORDS:
        return _spaced(say.t(text), text)
    if found := _PRIOR.fullmatch(text):
        return say.t(
            "{rate}, with the weight of {deals} deals", rate=say.percent(float(found[1])), deals=found[2]
        )
    for joint in (", ", " + "):
        parts = text.split(joint)
        if len(parts) > 1 and all(part in WORDS for part in parts):
            return joint.join(_spaced(say.t(part), part) for part in parts)
    return text


def _spaced(spoken: str, code: str) -> str:
    """A code that has no translation, without its underscores."""
    return spoken.replace("_", " ") if spoken == code else spoken


def _row(parts: list[str]) -> str:
    return ", ".join(parts[:_SHOWN]) + (" …" if len(parts) > _SHOWN else "")
