"""What is really so in a firm's world and nobody in it knows: the laws a replay is played by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from pursuit.backtest.luck import Luck
from pursuit.domain import Company, Opportunity


@dataclass(frozen=True, slots=True)
class Hidden:
    """What nobody knows of a deal.

    Parameters
    ----------
    log_odds
        By option: log-odds of winning when the effort is spent in full, the option's own date is promised and
        the firm's standing with the customer is as it was when the deal came in.
    decides
        Week of the replay (0 is its first) at the end of which the customer decides; deals whose customer never
        decides have a week beyond the end.
    late_share, references
        The standing the log-odds were stated at: share of late deliveries to the account in the year before,
        orders won in the segment in that year.
    stages
        Stage of the pipeline the firm sees from the end of a week on, by week; a deal moves only while it is
        pursued.
    """

    log_odds: Mapping[str, float]
    decides: int
    late_share: float = 0.0
    references: int = 0
    stages: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A chance to sell that comes in: as the firm sees it, and what is hidden of it."""

    opportunity: Opportunity
    hidden: Hidden


@dataclass(frozen=True, slots=True)
class Breakdown:
    """How often a resource fails, for how long, and how much of its hours is gone meanwhile."""

    per_week: float
    mean_weeks: float = 1.0
    share_lost: float = 0.5


@dataclass(frozen=True, slots=True)
class Laws:
    """Numbers the world is played by.

    Parameters
    ----------
    weeks_short
        Change of the log-odds per week by which a promise misses the date asked for, beyond the option's own.
    unprepared
        Change of the log-odds when none of the presales effort was spent; in proportion for a part.
    late_share
        Change of the log-odds per unit share of late deliveries to the account in the year before.
    references
        Change of the log-odds per log(1 + orders won in the segment in the year before).
    relationship
        Change of the log-odds per unit of relationship won or lost since the deal came in.
    sector_spread
        Standard deviation of the log-odds shared by all deals of a sector in a quarter.
    hours
        By resource: mean and spread of the logarithm of real hours over planned ones.
    breakdowns
        By resource; none for resources that do not fail.
    default
        By account: probability of failing within a year.
    sector_default
        Spread of the log of the default hazard shared by a sector in a quarter.
    loss_given_default
        Share of what a failed customer owes that is never paid.
    payment_drag
        By account: mean days from the due day to the payment (exponential).
    retention
        By (account, course): probability of still being a customer after a year.
    orders_per_year
        By (account, course): repeat orders a year that never were an opportunity.
    growth
        By course: factor a year on how often the account asks.
    neglect_weeks
        Weeks without contact after which an account on no course with effort begins to decay.
    neglect_decay
        Share of an account's inquiries lost with each further week of neglect.
    in_full
        Probability that a delivery is complete: (on time, late).
    complaint
        Probability of a complaint: (on time, late).
    trust
        Change of an account's relationship by a delivery: (good, late, breach), and by a decline.
    asking
        Share of an account's inquiries lost per unit of relationship lost since the beginning.
    leaving
        Growth of the hazard of leaving per unit of relationship lost: 4 doubles it at a quarter.
    patience_weeks
        Weeks after the due date at which a customer cancels an order that has not come: a breach.
    """

    weeks_short: float = -0.22
    unprepared: float = -2.0
    late_share: float = -3.5
    references: float = 0.12
    relationship: float = 2.4
    sector_spread: float = 0.35
    hours: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    breakdowns: Mapping[str, Breakdown] = field(default_factory=dict)
    default: Mapping[str, float] = field(default_factory=dict)
    sector_default: float = 0.5
    loss_given_default: float = 0.6
    payment_drag: Mapping[str, float] = field(default_factory=dict)
    retention: Mapping[tuple[str, str], float] = field(default_factory=dict)
    orders_per_year: Mapping[tuple[str, str], float] = field(default_factory=dict)
    growth: Mapping[str, float] = field(
        default_factory=lambda: {"grow": 1.3, "keep": 1.0, "harvest": 0.8, "let_go": 0.5}
    )
    neglect_weeks: int = 26
    neglect_decay: float = 0.02
    in_full: tuple[float, float] = (0.98, 0.94)
    complaint: tuple[float, float] = (0.02, 0.22)
    trust: tuple[float, float, float, float] = (0.01, -0.05, -0.25, -0.01)
    asking: float = 1.0
    leaving: float = 4.0
    patience_weeks: int = 16


class Nature(Protocol):
    """A firm's beginning, what is hidden in it, and who will come."""

    @property
    def company(self) -> Company:
        """The firm's books on the first Monday."""
        ...

    @property
    def laws(self) -> Laws:
        """The numbers its world is played by."""
        ...

    @property
    def hidden(self) -> Mapping[str, Hidden]:
        """What is hidden of the deals open at the beginning, by opportunity."""
        ...

    def newcomers(self, week: int, luck: Luck) -> tuple[Newcomer, ...]:
        """The deals that would come in during a week if every account asked as much as it ever could.

        The world lets each in with the share its account asks at that time, so that an account that was lost or
        neglected sends fewer, and the others' luck stays the same. Ids do not repeat.
        """
        ...

    def repeat_order(self, account: str, week: int, number: int, luck: Luck) -> Opportunity | None:
        """What an account calls off beside the pipeline, as a deal won already; None if it buys nothing so."""
        ...
