"""The law by which deals are won, and the way a deal takes until its customer has decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import exp, log, log1p

from pursuit.backtest.luck import Luck
from pursuit.demo.types.blueprint import Blueprint
from pursuit.demo.types.deals import Deal
from pursuit.domain import Delivery

USUAL_REFERENCES = 12
"""Orders won in a segment in a year at which references neither help nor hurt."""
NEVER = 10**6
"""A week that no replay reaches."""
_YEAR = timedelta(days=365)


@dataclass(slots=True)
class Standing:
    """How the firm stands with its customers: what it won and how it delivered."""

    deliveries: list[Delivery] = field(default_factory=list)
    wins: list[tuple[str, date]] = field(default_factory=list)

    def late_share(self, account: str, day: date) -> float:
        """Share of late deliveries in the year before a day; three good ones are taken for granted."""
        known = [d for d in self.deliveries if d.account == account and day - _YEAR < d.delivered < day]
        return sum(d.delivered > d.promised for d in known) / (len(known) + 3)

    def references(self, segment: str, day: date) -> int:
        """Orders won in a segment in the year before a day."""
        return sum(s == segment and day - _YEAR < won < day for s, won in self.wins)

    def of(self, account: str, segment: str, day: date) -> tuple[float, int]:
        """Both, as of a day."""
        return self.late_share(account, day), self.references(segment, day)


def log_odds(bp: Blueprint, deal: Deal, late_share: float, references: int) -> float:
    """Log-odds of winning at the usual price, in the time asked for, with the usual effort."""
    law, client = bp.win, deal.client
    return (
        law.base
        + client.market.appeal
        + law.relationship * (client.relationship - 0.5)
        + law.price * law.sensitivity[client.style] * deal.position(deal.amount)
        + law.rival * (len(deal.rivals) - 1)
        + law.size * log(deal.amount / deal.article.typical)
        + law.sources[deal.source][1]
        + law.late_share * late_share
        + law.references * (log1p(references) - log1p(USUAL_REFERENCES))
    )


@dataclass(frozen=True, slots=True)
class Way:
    """How a deal goes on if it is gone for: days from the inquiry to its end, whether won, the stages with their days.

    ``ends`` is None where the customer never decides.
    """

    ends: float | None
    won: bool
    stages: tuple[tuple[str, float], ...]  # name, day it is entered

    def stage(self, age: float) -> str:
        """Stage at an age in days."""
        return [name for name, entered in self.stages if entered <= max(age, 0.0)][-1]


def way_of(bp: Blueprint, deal: Deal, id_: str, odds: Sequence[float], luck: Luck) -> Way:
    """The way of a deal, by the very number that decides in a replay whether it is won.

    A deal whose number lies above the chance of each of its options (log-odds ``odds``, the standard one first) is
    lost, and at the stage drawn by the shares of losses; so a deal that has come far is a better deal, as in life.
    Nobody in the firm sees that number, and it is the same whatever the firm does.
    """
    number = luck.uniform("won", id_)
    best = max(1 / (1 + exp(-x)) for x in odds)
    length = 7 * deal.cycle
    stages = list(bp.stages)
    if deal.silent or number >= best:
        losses = {stage.name: stage.losses for stage in stages}
        last = luck.pick(losses, "lost at", id_)
        stages = stages[: [stage.name for stage in stages].index(last) + 1]
    entered = (0.0, *(stage.until * length for stage in stages[:-1]))
    marks = tuple((stage.name, day) for stage, day in zip(stages, entered, strict=True))
    ends = None if deal.silent else length * stages[-1].until
    return Way(ends, not deal.silent and number < 1 / (1 + exp(-odds[0])), marks)


def raised(bp: Blueprint, stage: str) -> float:
    """What having come to a stage adds to the log-odds: minus the log of the share of losses still to come (Bayes)."""
    at = [each.name for each in bp.stages].index(stage)
    return -log(sum(each.losses for each in bp.stages[at:]))
