"""A replay whose figures do not go together; a plan without one is given a sound one first."""

from __future__ import annotations

from typing import Any

from tests.planning.spoiling.draft import Draft, change, kind, put

SOUND: dict[str, Any] = {
    "policy": "plan",
    "definition": "Profit of the horizon.",
    "seeds": 10,
    "weeks": 8,
    "expected": 900_000,
    "low": 700_000,
    "high": 1_100_000,
    "worst_tenth": 400_000,
    "today": {"policy": "amount", "expected": 800_000, "worst_tenth": 300_000},
    "ahead": {"mean": 100_000, "low": -50_000, "high": 250_000},
}


def replayed(d: Draft) -> dict[str, Any]:
    fresh = SOUND | {"today": dict(SOUND["today"]), "ahead": dict(SOUND["ahead"])}
    found: dict[str, Any] = d.plan["value"].setdefault("replayed", fresh)
    return found


@kind
def replay_tail_above_mean(d: Draft) -> bool:
    part = d.pick([replayed(d), replayed(d)["today"]])
    return put(part, "worst_tenth", part["expected"] + d.pick([10, 5_000]))


@kind
def replay_lead_off(d: Draft) -> bool:
    return change(replayed(d)["ahead"], "mean", d.pick([-40_000, 5, 40_000]))


@kind
def replay_interval_beside_its_mean(d: Draft) -> bool:
    row = replayed(d)
    part, mean = d.pick([(row, row["expected"]), (row["ahead"], row["ahead"]["mean"])])
    return put(part, *d.pick([("low", mean + 100), ("high", mean - 100)]))


@kind
def replay_interval_of_one_world(d: Draft) -> bool:
    return put(replayed(d), "seeds", 1)


@kind
def replay_without_interval(d: Draft) -> bool:
    part = d.pick([replayed(d), replayed(d)["ahead"]])
    return put(part, d.pick(["low", "high"]), None)
