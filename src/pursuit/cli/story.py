"""One opportunity's story, told from a plan document in the plan's own language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from pursuit.cli.watching import N
from pursuit.errors import InputError
from pursuit.report.labels import label
from pursuit.report.speaker import Speaker
from pursuit.words import Words

NEAREST = 5
ALIKE = 0.4
"""Similarity, 0 to 1, from which an id is worth offering."""
Row = Mapping[str, Any]
BASIS = {
    "resolved": N("Found by choosing again with and without it."),
    "flipped": N("Found by exchanging only this one and loading all else anew."),
    "priced": N("Estimated from the prices of capacity."),
}


def find_decision(plan: Mapping[str, Any], wanted: str, words: Words) -> Row:
    """The decision on the opportunity with this id, or with this very name.

    Raises
    ------
    InputError
        When there is none or the name stands for several; it offers ids to choose from.
    """
    rows: dict[str, Row] = {row["opportunity"]: row for row in plan["decisions"]}
    if wanted in rows:
        return rows[wanted]
    named = [row for row in rows.values() if row["name"] == wanted]
    if len(named) == 1:
        return named[0]
    near = [row["opportunity"] for row in named] or _nearest(rows, wanted)
    offers = ", ".join(f"{code} ({rows[code]['name']})" for code in near[:NEAREST])
    if named:
        raise InputError(
            words("Several opportunities are called '{name}': {offers}", name=wanted, offers=offers)
        )
    if near:
        raise InputError(
            words("The plan has no opportunity '{name}'. Nearest: {offers}", name=wanted, offers=offers)
        )
    raise InputError(words("The plan has no opportunity '{name}'.", name=wanted))


def _nearest(rows: Mapping[str, Row], wanted: str) -> list[str]:
    """Ids that look like what was typed, or whose names do."""
    typed = wanted.casefold()
    codes = {code.casefold(): code for code in rows}
    names = {row["name"].casefold(): code for code, row in rows.items()}
    near = [codes[code] for code in get_close_matches(typed, codes, NEAREST, ALIKE)]
    near += [code for name, code in names.items() if typed and typed in name]
    near += [names[name] for name in get_close_matches(typed, names, NEAREST, ALIKE)]
    return list(dict.fromkeys(near))


def tell_story(plan: Mapping[str, Any], row: Row) -> Iterator[str]:
    """The lines of the story of one decision."""
    say = Speaker(plan["lang"], plan["company"]["currency"])
    yield from _head(plan, row, say)
    yield from _worth(plan, row, say)
    yield from _others(plan, row, say)
    yield from _promise(row, say)
    yield say.t("Reasons:")
    yield from (f"  - {reason}" for reason in row["reasons"])


def _head(plan: Mapping[str, Any], row: Row, say: Speaker) -> Iterator[str]:
    account = next((a["name"] for a in plan["accounts"] if a["account"] == row["account"]), row["account"])
    yield f"{row['opportunity']}  {row['name']}"
    facts = (account, row["product"], row["stage"], row["owner"], say.money(row["amount"]))
    yield "  " + " · ".join(fact for fact in facts if fact)
    decision = label(say, "decision", row["decision"])
    if row["option"] is not None:
        option = row["option_name"] or row["option"]
        yield say.t("Decision: {decision}, option {option}", decision=decision, option=option)
    else:
        yield say.t("Decision: {decision}", decision=decision)
    if row["decide_by"] is not None:
        again = row["decision"] == "defer"
        day = say.day(row["decide_by"])
        yield say.t("Decide again on: {day}", day=day) if again else say.t("Decide by: {day}", day=day)
    if row["pinned"]:
        yield say.t("The decider has pinned this choice.")
    if row["stale"]:
        yield say.t("Open for longer than deals ever took to close.")


def _worth(plan: Mapping[str, Any], row: Row, say: Speaker) -> Iterator[str]:
    win = row["win_probability"]
    yield say.t(
        "Win probability: {mean} (90% interval {low} to {high})",
        mean=say.chance(win["mean"]),
        low=say.chance(win["low"]),
        high=say.chance(win["high"]),
    )
    yield say.t("Own expected value: {value}", value=say.signed(row["expected_value"]))
    yield say.t("Effect on the firm: {effect}", effect=say.signed(row["effect"]))
    for part, amount in row["effect_parts"].items():
        if amount:
            yield f"  {label(say, 'part', part)}: {say.signed(amount)}"
    yield "  " + say.t(BASIS[row["effect_basis"]])
    hourly = row["contribution_per_bottleneck_hour"]
    if hourly is not None:
        names = {resource["resource"]: resource["name"] for resource in plan["resources"]}
        yield say.t(
            "Contribution per hour of the bottleneck {bottleneck}: {amount}",
            bottleneck=names.get(row["bottleneck"], row["bottleneck"]),
            amount=say.signed(hourly),
        )


def _others(plan: Mapping[str, Any], row: Row, say: Speaker) -> Iterator[str]:
    """What it takes from others, and which ones take from it."""
    if row["displaces"]:
        yield say.t("What it takes from others:")
    for other in row["displaces"]:
        told = {"name": other["name"], "id": other["opportunity"], "value": say.money(other["value"])}
        if other["how"] == "pushed_out":
            yield "  - " + say.t("{name} ({id}) would be pursued instead, gaining {value}", **told)
        else:
            yield "  - " + say.t("{name} ({id}) comes later or costs more, losing {value}", **told)
    takers = [
        (other, hit["value"])
        for other in plan["decisions"]
        for hit in other["displaces"]
        if hit["opportunity"] == row["opportunity"]
    ]
    if takers:
        yield say.t("What takes from it:")
    for other, value in takers:
        yield f"  - {other['name']} ({other['opportunity']}): {say.money(value)}"


def _promise(row: Row, say: Speaker) -> Iterator[str]:
    if row["promise"] is not None:
        yield say.t("Delivery can be promised for:")
        for name, chance in (("p50", 0.5), ("p80", 0.8), ("p95", 0.95)):
            day = row["promise"][name]
            text = say.day(day) if day is not None else say.t("beyond the horizon")
            yield f"  {say.percent(chance)}: {text}"
    if row["requested_date"] is not None:
        yield say.t("The customer asks for: {day}", day=say.day(row["requested_date"]))
