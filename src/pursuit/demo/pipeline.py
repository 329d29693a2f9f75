"""The open pipeline: deals on the table today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import log1p

from numpy.random import Generator

from pursuit.demo.customers import Customer, draw
from pursuit.demo.deals import make_deal, price_position
from pursuit.demo.figures import days, dollars, last_workday, stream, won, workday
from pursuit.demo.history import Record
from pursuit.demo.inquiries import pull_of
from pursuit.demo.market import DELIVERY_RUSH, SEASON
from pursuit.demo.options import Open, make_options
from pursuit.demo.rates import rate_on
from pursuit.demo.terms import late_penalty, payments
from pursuit.demo.winning import Situation
from pursuit.demo.work import lead_weeks
from pursuit.domain import ExchangeRate, Opportunity
from pursuit.units import Money

STALE_DAYS = 580
"""Open for longer than any deal ever took; hardly anything comes of those."""

OPENING = "P-IML"
"""The product that only a firm with the clean room certificate can sell."""

_STAGES = {"문의": 0.22, "상담": 0.28, "견적": 0.29, "시제품": 0.12, "협상": 0.09}
_AGE = {"문의": 35, "상담": 85, "견적": 145, "시제품": 195, "협상": 225}  # usual days since the inquiry
_WEEKS_LEFT = {"문의": (6, 16), "상담": (4, 15), "견적": (2, 11), "시제품": (2, 8), "협상": (1, 5)}
_STRATEGIC = {"S-MED": 3.0, "S-ROB": 2.0, "S-AERO": 2.0}


def make_pipeline(
    seed: int,
    as_of: date,
    customers: tuple[Customer, ...],
    count: int,
    record: Record,
    rates: Sequence[ExchangeRate],
) -> tuple[list[Opportunity], dict[tuple[str, str], float]]:
    """``count`` open deals and the true win probability of each of their options."""
    made = []
    truth: dict[tuple[str, str], float] = {}
    for place, customer in enumerate(_buyers(stream(seed, "pipeline"), customers, count), start=1):
        rng = stream(seed, "pipeline", place)
        chance = _chance(rng, as_of, customer, f"O-{place:03d}", record, rates)
        options, chances = make_options(rng, chance)
        opportunity = replace(opportunity_of(rng, as_of, chance), options=options)
        if not options and rng.random() < 0.35:
            opportunity = replace(opportunity, win_probability=_guess(rng, chances["standard"]))
        made.append(opportunity)
        truth |= {(chance.id, option): probability for option, probability in chances.items()}
    return made, truth


def _buyers(rng: Generator, customers: tuple[Customer, ...], count: int) -> list[Customer]:
    """Who asks: everybody by their pull, and the planted ones (implants, near default, neglected)."""
    implants = [replace(c, products={OPENING: 1.0}) for c in customers if c.market.id == "S-MED"]
    by_role = {c.role: c for c in customers if c.role}
    planted = [implants[n % len(implants)] for n in range(round(0.064 * count))]
    if "near_default" in by_role:
        planted.append(replace(by_role["near_default"], products={"P-STG": 1.0}, size=9.0))
    if "neglected" in by_role:
        planted += [by_role["neglected"]] * 2
    usual = [replace(c, products={p: s for p, s in c.products.items() if p != OPENING}) for c in customers]
    weights = [pull_of(customers, c) * c.trend[-1] * (c.role != "neglected") for c in usual]
    total = sum(weights)
    drawn = rng.choice(len(usual), size=count - len(planted), p=[w / total for w in weights])
    everyone = [usual[int(n)] for n in drawn] + planted
    return [everyone[int(n)] for n in rng.permutation(len(everyone))]


def _chance(
    rng: Generator, as_of: date, customer: Customer, id_: str, record: Record, rates: Sequence[ExchangeRate]
) -> Open:
    deal = make_deal(rng, customer)
    stage = draw(rng, _STAGES) if deal.article.id != OPENING else draw(rng, {"상담": 0.5, "견적": 0.5})
    if customer.size > 5:  # the order that the customer near default is about to place
        stage = "협상"
    created = _created(rng, as_of, stage)
    if customer.role == "neglected":
        stage, created = "견적", workday(customer.last_contact - days(122 + 30 * float(rng.random())))
    low, high = _WEEKS_LEFT[stage]
    closing = workday(as_of + days(7 * float(rng.uniform(low, high)) - 1))
    wished = _wished(rng, as_of, closing, lead_weeks(deal.article, deal.quantity))
    case = Situation(
        customer.market.id,
        deal.source,
        customer.relationship,
        deal.amount,
        price_position(deal, customer, deal.amount),
        customer.sensitivity,
        deal.competitors,
        record.late_share(customer.id, created),
        record.references(customer.market.id, created),
        extras=("stale",) if (as_of - created).days >= STALE_DAYS else (),
    )
    return Open(id_, customer, deal, stage, created, closing, wished, case, rate_on(rates, as_of))


def _created(rng: Generator, as_of: date, stage: str) -> date:
    """Day of the inquiry: more in busy months; one deal in sixteen has been lying about for over a year."""
    if rng.random() < 0.06:
        return workday(as_of - days(float(rng.uniform(STALE_DAYS, 900))))
    while True:
        created = as_of - days(2 + float(rng.gamma(4.0, _AGE[stage] / 4)))
        if rng.random() < SEASON[created.month - 1] / max(SEASON):
            return min(workday(created), last_workday(as_of - days(1)))


def _guess(rng: Generator, chance: float) -> float:
    """What a hopeful sales team writes down: too much, in tenths."""
    return min(0.9, round(chance + float(rng.uniform(0.06, 0.25)), 1))


def _wished(rng: Generator, as_of: date, closing: date, lead: int) -> date:
    """Wished delivery, 6 to 30 weeks out, drawn towards the half-year and year end."""
    ahead = (closing - as_of).days / 7
    while True:
        weeks = max(6.0, ahead + lead * float(rng.uniform(0.70, 1.35)))
        weeks = weeks if weeks <= 30 else float(rng.uniform(max(ahead + 3, 24), 30))
        day = workday(as_of + days(7 * weeks))
        if rng.random() < DELIVERY_RUSH[day.month - 1] / max(DELIVERY_RUSH):
            return max(day, closing + timedelta(weeks=3))


def opportunity_of(rng: Generator, as_of: date, chance: Open) -> Opportunity:
    """The deal as the books show it on a day, without its options."""
    customer, deal = chance.customer, chance.deal
    amount = dollars(deal.amount, chance.rate) if customer.abroad else won(deal.amount)
    decide_by = workday(max(as_of + days(4), chance.expected_close - days(float(rng.uniform(7, 24)))))
    points = _STRATEGIC.get(customer.market.id, 0.0) * (deal.amount > 5e7)
    return Opportunity(
        id=chance.id,
        account=customer.id,
        name=deal.name,
        product=deal.article.id,
        quantity=float(deal.quantity),
        amount=amount,
        gross_amount=None if customer.abroad else Money(round(amount.amount * 1.1), "KRW"),
        stage=chance.stage,
        created=chance.created,
        expected_close=chance.expected_close,
        decide_by=min(decide_by, chance.expected_close),
        requested_date=chance.wished,
        owner="해외영업팀" if customer.abroad else customer.market.team,
        source=deal.source,
        segment=customer.market.id,
        competitors=deal.competitors,
        late_penalty=late_penalty(customer, deal.amount),
        payments=payments(customer, deal.amount),
        strategic={"G-BRAND": points + round(log1p(deal.amount / 2e8))} if points else {},
    )
