"""Sums that must add up: effects, objective, bound, outcomes, cash."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pursuit.planning.checks.case import Case

ROUNDING = 2  # minor units forgiven per rounded term
TAIL = 0.1


def effect_problems(case: Case) -> Iterator[str]:
    """An effect is the sum of its parts, to the minor unit."""
    for row in case.plan["decisions"]:
        total = sum(row["effect_parts"].values())
        if row["effect"] != total:
            yield f"Opportunity {row['opportunity']} has the effect {row['effect']}; its parts give {total}."


def value_problems(case: Case) -> Iterator[str]:
    """Objective from its terms, bound above it, gap from both, tails below means."""
    value = case.plan["value"]
    weight = value["risk_aversion"]
    shortfall = sum(goal["price"] for goal in case.plan["goals"])
    objective = (1 - weight) * value["expected"] + weight * value["worst_tenth"] - shortfall
    if abs(objective - value["objective"]) > ROUNDING * (2 + len(case.plan["goals"])):
        yield f"The objective is {value['objective']}; mean, worst tenth and goals give {objective:.0f}."
    if value["bound"] < value["objective"] - 1:
        yield "The bound lies below the objective."
    gap = max(value["bound"] - value["objective"], 0) / (abs(value["bound"]) or 1)
    if (value["bound"] or value["objective"] == 0) and abs(gap - value["gap"]) > 1e-6:
        yield f"The gap is said to be {value['gap']:g}; bound and objective give {gap:g}."
    for name, part in (
        ("plan", value),
        ("plan on fresh futures", value["fresh"]),
        ("rule of today", value["today"]),
    ):
        if part["worst_tenth"] > part["expected"] + 1:
            yield f"The worst tenth of the {name} is better than its mean."
    if value["today"]["pursued"] > len(case.open_by_id):
        yield "Today's rule pursues more deals than are open."


def outcome_problems(case: Case) -> Iterator[str]:
    """The lists of outcomes are ascending, complete, and have the mean and worst tenth that are told."""
    value = case.plan["value"]
    for name, told in (("plan", value["fresh"]), ("today", value["today"])):
        outcomes, futures = value["outcomes"][name], value["fresh"]["scenarios"]
        if len(outcomes) != futures:
            yield f"The outcomes of {name} are {len(outcomes)}, the fresh futures {futures}."
            continue
        if any(low > high for low, high in pairwise(outcomes)):
            yield f"The outcomes of {name} are not ascending."
        mean, tail = sum(outcomes) / len(outcomes), worst_tenth(outcomes)
        if abs(mean - told["expected"]) > ROUNDING:
            yield f"The outcomes of {name} have the mean {mean:.0f}, not {told['expected']}."
        if abs(tail - told["worst_tenth"]) > ROUNDING:
            yield f"The outcomes of {name} have the worst tenth {tail:.0f}, not {told['worst_tenth']}."


def replay_problems(case: Case) -> Iterator[str]:
    """Of a replay, where there is one: tails below means, the lead that of the means, intervals around them."""
    replayed = case.plan["value"].get("replayed")
    if replayed is None:
        return
    today, ahead = replayed["today"], replayed["ahead"]
    for name, part in (("plan", replayed), ("rule of today", today)):
        if part["worst_tenth"] > part["expected"] + 1:
            yield f"The worst tenth of the {name} is better than its mean in the replay."
    lead = replayed["expected"] - today["expected"]
    if abs(lead - ahead["mean"]) > ROUNDING:
        yield f"The replay puts the plan {ahead['mean']} ahead of today's rule; the means give {lead}."
    for name, mean, part in (
        ("plan", replayed["expected"], replayed),
        ("lead", ahead["mean"], ahead),
    ):
        ends = (part["low"], part["high"])
        if replayed["seeds"] == 1 or None in ends:
            if replayed["seeds"] > 1 or ends != (None, None):
                yield f"The interval of the {name} in the replay does not go with {replayed['seeds']} worlds."
        elif not ends[0] - 1 <= mean <= ends[1] + 1:
            yield f"The interval of the {name} in the replay does not hold its mean."


def worst_tenth(outcomes: Sequence[float]) -> float:
    """Mean of the lowest tenth of equally likely outcomes, the last of them counted in part where need be.

    Rockafellar & Uryasev (2000): conditional value at risk of a discrete distribution.
    """
    mass = TAIL * len(outcomes)
    rest, total = mass, 0.0
    for outcome in sorted(outcomes)[: math.ceil(mass)]:
        total += min(rest, 1.0) * outcome
        rest -= 1.0
    return total / mass


def cash_problems(case: Case) -> Iterator[str]:
    """Each month of the horizon once, its low below its mean, its chance under the floor in keeping."""
    rows, finance = case.plan["cash"], case.company.finance
    months = tuple(row["month"] for row in rows)
    if (finance or rows) and months != case.axis.months():
        yield f"Cash is told for {', '.join(months) or 'no month'}, not for the months of the horizon."
    value = case.plan["value"]
    sure = 0.05 + 2 / min(value["scenarios"], value["fresh"]["scenarios"])
    for row in rows:
        if row["low"] > row["expected"]:
            yield f"Cash of {row['month']}: the low is above what is expected."
        if finance is None:
            continue
        floor = finance.floor.amount
        if row["below_floor_probability"] == 0 and row["low"] < floor - 1:
            yield f"Cash of {row['month']}: never under the floor, yet the low is."
        if row["below_floor_probability"] > sure and row["low"] > floor + 1:
            yield f"Cash of {row['month']}: often under the floor, yet the low is not."


def round_problems(case: Case) -> Iterator[str]:
    """Rounds are numbered from 1."""
    if [row["round"] for row in case.plan["rounds"]] != list(range(1, len(case.plan["rounds"]) + 1)):
        yield "The rounds are not numbered 1, 2, 3 ..."
