"""Policies by name and in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from pursuit.report.speaker import Speaker


def N(message: str) -> str:  # noqa: N802
    """Mark a message that is translated later."""
    return message


NAMES: Mapping[str, str] = {
    "ours": N("Pursuit every Monday"),
    "amount": N("Amount × probability"),
    "bottleneck": N("Margin per bottleneck hour"),
    "first": N("First come, first served"),
    "everything": N("Everything"),
    "plan": N("The plan carried out"),
}
TEXTS: Mapping[str, str] = {
    "ours": N(
        "Makes its choice anew every Monday from the books of that day: deals and their options, courses of customers, "
        "pace of projects, investments."
    ),
    "amount": N(
        "Takes deals by amount times probability, with the standard offer, while their expected hours fit the regular "
        "hours of the coming 13 weeks. What it has begun it goes on with. What a sales meeting does."
    ),
    "bottleneck": N(
        "The same, but by expected margin per hour of the resource with the most work wanted of it (throughput "
        "accounting)."
    ),
    "first": N("The same, but the deal that came in first is taken first."),
    "everything": N("Goes for every deal with the standard offer, whether there is room or not."),
    "plan": N("Carries one plan out as it stands and takes what comes later at the plan's prices of hours."),
}


def policy_name(code: str, say: Speaker) -> str:
    """A policy's name; a user's own as it was called."""
    return say.t(NAMES[code]) if code in NAMES else code


def policy_text(code: str, say: Speaker) -> str:
    """What a policy does, in a sentence or two."""
    return say.t(TEXTS[code]) if code in TEXTS else say.t("A rule of the user's own.")
