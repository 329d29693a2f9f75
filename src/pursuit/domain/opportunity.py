"""Chances to sell, the ways to pursue them, and what an order would ask of the firm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pursuit.domain.quiet import QUIET
from pursuit.units import Money

OUTCOMES = ("open", "won", "lost")
MILESTONE_EVENTS = ("order", "interim", "delivery")


@dataclass(frozen=True, slots=True)
class PaymentMilestone:
    """Share of the price that falls due at an event (선급 / 중도 / 잔금), paid ``days`` later."""

    event: str
    share: float
    days: int = 0


@dataclass(frozen=True, slots=True)
class LatePenalty:
    """지체상금: ``rate_per_day`` of the price for each day late, at most ``cap`` of the price."""

    rate_per_day: float = 0.0
    cap: float = 0.0


@dataclass(frozen=True, slots=True)
class Work:
    """Hours an order needs on one resource, in order of ``step``.

    The hours may flow at any rate up to ``max_hours_per_week`` (None: up to what the resource could ever give).
    ``weeks`` is the usual time this step takes, from which windows are laid out backwards from the due date.
    """

    resource: str
    hours: float
    step: int = 1
    weeks: int = 1
    max_hours_per_week: float | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to pursue an opportunity: an offer and an effort (추진안).

    Parameters
    ----------
    price
        Net price (공급가액) of this offer; None takes the opportunity's amount.
    material_cost
        What leaves the firm if the order is won, besides hours; None takes the product's share.
    lead_time_weeks
        Promised weeks from order to delivery; None keeps the requested date or the product's usual lead time.
    effort
        Presales hours by resource, spent whether or not the deal is won.
    pursuit_cost
        Money spent before the decision (samples, travel, bid bond).
    win_probability
        Declared probability that holds for this option; None leaves it to the forecast.
    win_shift
        Declared change of the log-odds against the standard option, used when the forecast speaks.
    work
        Hours if won; empty takes the product's routing and the quantity.
    technologies
        Technologies that must be held or invested in.
    """

    id: str
    name: str = ""
    price: Money | None = None
    material_cost: Money | None = None
    lead_time_weeks: int | None = None
    effort: Mapping[str, float] = field(default_factory=dict)
    effort_weeks: int | None = None
    pursuit_cost: Money | None = None
    win_probability: float | None = None
    win_shift: float = 0.0
    work: tuple[Work, ...] = ()
    technologies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """견적: one revision (차수) of an offer sent to a customer, with the day it lapses."""

    opportunity: str
    revision: int
    sent: date
    valid_until: date | None
    net_amount: Money
    gross_amount: Money | None = None


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A chance to sell, open or closed.

    ``amount`` is net of VAT (공급가액). ``decide_by`` is the last day on which going for it still makes sense;
    ``expected_close`` the day the customer is thought to decide. ``owner`` is a role or a team, never needed.
    ``pinned`` is the decider's own choice: an option id, ``decline`` or ``defer``. ``likelihood`` is the firm's own
    grade or band (수주확도: ``A``, ``상``, ``50~70%``), see :mod:`pursuit.domain.likelihood`.
    """

    id: str
    account: str
    name: str = ""
    product: str = ""
    quantity: float = 1.0
    amount: Money | None = None
    gross_amount: Money | None = None
    stage: str = ""
    outcome: str = "open"
    created: date | None = None
    closed: date | None = None
    expected_close: date | None = None
    decide_by: date | None = None
    requested_date: date | None = None
    owner: str = ""
    source: str = ""
    segment: str = ""
    competitors: tuple[str, ...] = ()
    win_probability: float | None = None
    late_penalty: LatePenalty | None = None
    payments: tuple[PaymentMilestone, ...] = ()
    options: tuple[Option, ...] = ()
    pinned: str = ""
    strategic: Mapping[str, float] = field(default_factory=dict)
    likelihood: str = field(default="", metadata=QUIET)
