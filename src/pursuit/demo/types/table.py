"""A deal as it lies on the table: the opportunity that the firm sees, and what is hidden of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp

from pursuit.backtest.nature import Hidden
from pursuit.demo.figures import days, workday
from pursuit.demo.types.blueprint import Blueprint
from pursuit.demo.types.clients import Client
from pursuit.demo.types.deals import Deal
from pursuit.demo.types.dice import Dice
from pursuit.demo.types.offers import make_options
from pursuit.demo.types.winning import NEVER, log_odds
from pursuit.domain import LatePenalty, Opportunity, PaymentMilestone
from pursuit.units import Money

SMALL = 0.25
"""Orders under this share of the typical one are paid in one sum, and nobody writes a penalty into them."""
TOLD = 0.20
"""Share of deals for which the sales team writes down a chance of its own."""


def payments(client: Client, deal: Deal) -> tuple[PaymentMilestone, ...]:
    """선급 / 중도 / 잔금 of an order; the final payment waits out the note (어음)."""
    last = client.payment_days + client.note_days
    down, interim, final = client.market.terms
    if deal.amount < SMALL * deal.article.typical or final == 1.0:
        return (PaymentMilestone("delivery", 1.0, last),)
    parts = (
        PaymentMilestone("order", down, 14),
        PaymentMilestone("interim", interim, 30),
        PaymentMilestone("delivery", final, last),
    )
    return tuple(part for part in parts if part.share)


def penalty(client: Client, deal: Deal) -> LatePenalty | None:
    """지체상금 written into an order."""
    rate, cap = client.market.penalty
    return LatePenalty(rate, cap) if rate and deal.amount >= SMALL * deal.article.typical else None


def record(deal: Deal, id_: str, created: date) -> Opportunity:
    """What the books say of a deal, open or closed."""
    client = deal.client
    return Opportunity(
        id=id_,
        account=client.id,
        name=deal.name,
        product=deal.article.id,
        quantity=float(deal.quantity),
        amount=Money(deal.amount, "KRW"),
        created=created,
        owner=client.market.team,
        source=deal.source,
        segment=client.market.id,
        competitors=deal.rivals,
        late_penalty=penalty(client, deal),
        payments=payments(client, deal),
    )


@dataclass(frozen=True, slots=True)
class Seen:
    """When a deal came in, the Monday on which it is first decided on, and the stage it is in."""

    created: date
    monday: date
    stage: str
    raised: float = 0.0  # what having come so far adds to the log-odds


def lay(
    bp: Blueprint, deal: Deal, id_: str, seen: Seen, standing: tuple[float, int], start: date, dice: Dice
) -> tuple[Opportunity, Hidden]:
    """An open deal and what is hidden of it, ``standing`` being late share and references it is stated at.

    What the customer's day of decision is thought to be is off by a fifth; the last day to go for it is the customer's
    own deadline and is known. Deals that are never decided are always about to close.
    """
    decision = max(seen.created + days(7 * deal.cycle), seen.monday + days(4))
    base = log_odds(bp, deal, *standing) + seen.raised
    week = (seen.monday - start).days // 7
    decides = max((decision - start).days // 7, week)
    options, odds = make_options(bp, deal, base, decides - week + 1, dice)
    thought = seen.created + days(7 * deal.cycle * dice.uniform("thought", 0.8, 1.25))
    if deal.silent and thought < seen.monday + days(7):
        thought = seen.monday + days(7 * dice.uniform("soon", 1, 5))
    expected = workday(max(thought, seen.monday + days(7)))
    room = ((expected if deal.silent else decision) - seen.monday).days
    deadline = seen.monday + days(max(4.0, room * dice.uniform("deadline", 0.3, 0.7)))
    made = replace(
        record(deal, id_, seen.created),
        stage=seen.stage,
        expected_close=expected,
        decide_by=workday(min(deadline, expected)),
        requested_date=workday(expected + timedelta(weeks=max(1, round(deal.asked)))),
        win_probability=told(deal, odds["standard"], dice),
        options=options,
        strategic=_points(bp, deal),
    )
    return made, Hidden(odds, NEVER if deal.silent else decides, *standing)


def told(deal: Deal, odds: float, dice: Dice) -> float | None:
    """What the sales team writes down, if anything: too high by its habit, and higher where it only hopes."""
    if not dice.happens(TOLD, "told"):
        return None
    guess = (
        1 / (1 + exp(-odds)) + deal.client.market.hopes + 0.2 * deal.silent + dice.normal("guess", 0, 0.07)
    )
    return min(0.9, max(0.1, round(guess, 1)))


def _points(bp: Blueprint, deal: Deal) -> dict[str, float]:
    goal = next((goal.id for goal in bp.goals if goal.measure == "strategic"), "")
    return {goal: deal.client.market.points} if goal and deal.client.market.points else {}
