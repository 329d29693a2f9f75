"""Deals come in, move along, lapse, and are won or lost by the luck of the deal."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

from pursuit.backtest.world.beginning import pieces_of
from pursuit.backtest.world.state import Deal, Order, State, quarter
from pursuit.domain import Offer, Opportunity, PaymentMilestone, offers_of

YEAR = timedelta(days=365)
_TAKEN_FOR_GRANTED = 3
"""Good deliveries a customer takes for granted before it counts late ones."""


def take_in(state: State) -> None:
    """Deals that come in during the week: those of accounts that still ask, as much as they ask."""
    most = max(state.laws.growth.values())
    for newcomer in state.nature.newcomers(state.week, state.luck):
        opportunity = newcomer.opportunity
        customer = state.customers.get(opportunity.account)
        asks = customer.pull / most if customer and customer.alive else 0.0 if customer else 1.0
        if state.luck.happens(asks, "asks", opportunity.id):
            state.add_deal(opportunity, newcomer.hidden)
            state.tell("arrived", opportunity.id, opportunity.account)
    for customer in state.customers.values():
        if customer.alive:
            _call_off(state, customer.account.id, customer.pull, customer.course)


def _call_off(state: State, account: str, pull: float, course: str) -> None:
    """Orders of a standing customer that never were an opportunity."""
    laws = state.laws
    usual = laws.orders_per_year.get((account, course), laws.orders_per_year.get((account, "keep"), 0.0))
    for number in range(state.luck.poisson(usual * pull / 52, "call-offs", account, state.week)):
        opportunity = state.nature.repeat_order(account, state.week, number, state.luck)
        if opportunity is not None:
            offer = offers_of(state.base, opportunity)[0]
            state.orders[opportunity.id] = _order(state, opportunity, offer, due_of(state, offer, None))
            state.tell("won", opportunity.id, account, offer.price, note="call-off")


def decide(state: State) -> None:
    """Customers whose week it is decide; what nobody went for in time lapses."""
    for deal in list(state.deals.values()):
        opportunity = deal.opportunity
        customer = state.customers.get(opportunity.account)
        if customer and not customer.alive:
            state.tell("lost", deal.id, opportunity.account, note="customer gone")
            close(state, deal, "lost")
        elif deal.hidden.decides <= state.week:
            if deal.option and state.luck.happens(chance(state, deal), "won", deal.id):
                win(state, deal)
            else:
                state.tell("lost" if deal.option else "lapsed", deal.id, opportunity.account)
                close(state, deal, "lost")
        elif not deal.option and opportunity.decide_by and opportunity.decide_by < state.friday:
            state.tell("lapsed", deal.id, opportunity.account)
            close(state, deal, "lost")
        elif deal.option and state.week in deal.hidden.stages:
            deal.opportunity = replace(opportunity, stage=deal.hidden.stages[state.week])


def chance(state: State, deal: Deal) -> float:
    """True probability that a deal decided now is won with the option pursued.

    The log-odds of its option, changed by the effort not spent, a promise later than the option's own that
    misses the date asked for, how the firm's standing has changed since, and the sector's luck of the quarter.
    """
    laws, hidden, opportunity = state.laws, deal.hidden, deal.opportunity
    odds = hidden.log_odds.get(deal.option)
    if odds is None:
        return 0.0
    odds += laws.unprepared * (1 - deal.prepared)
    odds += laws.weeks_short * _more_weeks_short(state, deal)
    odds += laws.late_share * (late_share(state, opportunity.account) - hidden.late_share)
    now = references(state, state.base.segment_of(opportunity))
    odds += laws.references * (math.log1p(now) - math.log1p(hidden.references))
    if customer := state.customers.get(opportunity.account):
        odds += laws.relationship * (customer.relationship - deal.standing)
    sector = state.sector_of(opportunity.account)
    odds += laws.sector_spread * state.luck.normal("sector", sector, quarter(state.monday))
    return 1 / (1 + math.exp(-odds))


def _more_weeks_short(state: State, deal: Deal) -> float:
    wished = deal.opportunity.requested_date
    if deal.promise is None or wished is None:
        return 0.0
    own = due_of(state, deal.offers[deal.option], None)
    return max((deal.promise - wished).days / 7, 0.0) - max((own - wished).days / 7, 0.0)


def late_share(state: State, account: str) -> float:
    """Share of late deliveries to an account in the year before, three good ones taken for granted."""
    since = state.monday - YEAR
    known = [d for d in state.deliveries if d.account == account and d.delivered > since]
    return sum(d.delivered > d.promised for d in known) / (len(known) + _TAKEN_FOR_GRANTED)


def references(state: State, segment: str) -> int:
    """Orders won in a segment in the year before."""
    since = state.monday - YEAR
    return sum(s == segment and day > since for s, day in state.wins)


def due_of(state: State, offer: Offer, promise: date | None) -> date:
    """Date an order won now is due: the date promised, else the offer's lead time from now."""
    return max(promise, state.friday) if promise else state.friday + timedelta(weeks=offer.lead_weeks)


def win(state: State, deal: Deal) -> None:
    """A deal becomes an order."""
    offer, opportunity = deal.offers[deal.option], deal.opportunity
    order = _order(state, opportunity, offer, due_of(state, offer, deal.promise))
    state.orders[deal.id] = order
    state.wins.append((order.segment, state.friday))
    state.tell("won", deal.id, opportunity.account, offer.price)
    close(state, deal, "won")


def _order(state: State, opportunity: Opportunity, offer: Offer, due: date) -> Order:
    return Order(
        id=opportunity.id,
        name=opportunity.name or opportunity.id,
        account=opportunity.account,
        segment=state.base.segment_of(opportunity),
        product=opportunity.product,
        price=offer.price,
        material=offer.material_cost,
        due=due,
        pieces=pieces_of(state, opportunity.id, offer.work),
        penalty=opportunity.late_penalty,
        technologies=offer.technologies,
        unbilled=list(opportunity.payments or _usual_payments(state, opportunity.account)),
    )


def _usual_payments(state: State, account: str) -> tuple[PaymentMilestone, ...]:
    """All of the price after delivery, on the account's own terms."""
    customer = state.customers.get(account)
    days = (customer.account.payment_days or 30) + customer.account.note_days if customer else 30
    return (PaymentMilestone("delivery", 1.0, days),)


def close(state: State, deal: Deal, outcome: str) -> None:
    """A deal leaves the pipeline for the books."""
    del state.deals[deal.id]
    opportunity: Opportunity = replace(deal.opportunity, outcome=outcome, closed=state.friday)
    state.closed.append(opportunity)
