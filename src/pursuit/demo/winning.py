"""The true law by which deals are won: steps of the pipeline, each passed with a probability of its own.

A deal moves from stage to stage or is lost on the way (a continuation-ratio model; Fienberg 1980).
From the quote on it may also be ordered at once, without the stages that are left.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, log1p

from numpy.random import Generator

from pursuit.demo.market import MARKETS
from pursuit.demo.names import COMPETITORS

STAGES = ("문의", "상담", "견적", "시제품", "협상")
PRICE_RIVAL = COMPETITORS[1]

_PASS = (1.52, 1.48, 1.08, 1.45, 1.04)  # log-odds of passing each stage in a neutral situation
_AT_ONCE = (0.0, 0.0, 0.12, 0.10, 0.0)  # share of those that pass and are ordered right then
_SHARE = 0.45  # how much of the situation works at each stage

COEFFICIENTS: Mapping[str, float] = {
    "relationship": 2.4,
    "price": -6.0,
    "competitor": -0.30,
    "price_rival": -0.40,
    "late_share": -3.5,
    "references": 0.12,
    "size": -0.30,
    "weeks_short": -0.22,
    "heavy_effort": 0.75,
    "stale": -3.0,
    "coating": 0.6,
    "module": 0.7,
    "source:기존고객": 0.20,
    "source:소개": 0.35,
    "source:전시회": -0.15,
    "source:홈페이지": -0.40,
    "source:입찰": -0.35,
    **{f"segment:{market.id}": market.appeal for market in MARKETS},
    **{f"pass:{stage}": value for stage, value in zip(STAGES, _PASS, strict=True)},
    "share_per_stage": _SHARE,
}


@dataclass(frozen=True, slots=True)
class Situation:
    """What the win of a deal depends on.

    ``price`` is the logarithm of the price over the customer's usual one, ``sensitivity`` the customer's own
    weight on it, ``late_share`` the share of late deliveries to the customer in the year before,
    ``references`` orders won in the segment in that year, ``weeks_short`` by how many weeks the promise
    misses the wish.
    """

    segment: str
    source: str
    relationship: float
    amount: float
    price: float = 0.0
    sensitivity: float = 1.0
    competitors: tuple[str, ...] = ()
    late_share: float = 0.0
    references: int = 0
    weeks_short: float = 0.0
    extras: tuple[str, ...] = ()


def score(case: Situation) -> float:
    """Log-odds that a situation adds to the neutral one."""
    c = COEFFICIENTS
    return (
        c[f"segment:{case.segment}"]
        + c[f"source:{case.source}"]
        + c["relationship"] * (case.relationship - 0.5)
        + c["price"] * case.sensitivity * case.price
        + c["competitor"] * (len(case.competitors) - 1)
        + c["price_rival"] * (PRICE_RIVAL in case.competitors)
        + c["late_share"] * case.late_share
        + c["references"] * (log1p(case.references) - 2.5)
        + c["size"] * log(case.amount / 1.5e8)
        + c["weeks_short"] * case.weeks_short
        + sum(c[extra] for extra in case.extras)
    )


def win_probability(case: Situation, stage: str) -> float:
    """Probability that a deal now at ``stage`` is won in the end."""
    added = _SHARE * score(case)
    chance = 1.0
    for at in reversed(range(STAGES.index(stage), len(STAGES))):
        passed = 1 / (1 + exp(-_PASS[at] - added))
        chance = passed * (_AT_ONCE[at] + (1 - _AT_ONCE[at]) * chance)
    return chance


def losses(case: Situation) -> dict[str, float]:
    """Probability that a deal is lost at each stage; what is left to 1 is won."""
    added = _SHARE * score(case)
    lost: dict[str, float] = {}
    there = 1.0
    for at, stage in enumerate(STAGES):
        passed = 1 / (1 + exp(-_PASS[at] - added))
        lost[stage] = there * (1 - passed)
        there *= passed * (1 - _AT_ONCE[at])
    return lost


def play(case: Situation, rng: Generator) -> tuple[bool, str]:
    """Let a deal run its course: won or not, and the last stage it reached."""
    added = _SHARE * score(case)
    for at, stage in enumerate(STAGES):
        if rng.random() > 1 / (1 + exp(-_PASS[at] - added)):
            return False, stage
        if rng.random() < _AT_ONCE[at] or at + 1 == len(STAGES):
            return True, stage
    raise AssertionError("the last stage ends every deal")
