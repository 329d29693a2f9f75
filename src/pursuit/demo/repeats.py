"""Call-offs under standing price agreements (단가계약): orders that never were an opportunity."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from numpy.random import Generator

from pursuit.demo.catalogue import ARTICLE
from pursuit.demo.customers import Customer, draw
from pursuit.demo.deals import Deal
from pursuit.demo.figures import days, stream, won, workday
from pursuit.demo.history import Past, delivery_day, delivery_of
from pursuit.demo.inquiries import YEARS
from pursuit.demo.market import DELIVERY_RUSH
from pursuit.domain import Delivery

TYPICAL = 4.2e7


def make_call_offs(seed: int, as_of: date, customers: tuple[Customer, ...]) -> list[Past]:
    """Delivered call-offs of the last three years in order of order date, as won deals without a pipeline."""
    rng = stream(seed, "repeats")
    made = []
    for customer in customers:
        for year in range(YEARS):
            began = as_of - days(365 * (YEARS - year))
            usual = customer.repeats * customer.trend[year] * (began >= customer.since)
            for _ in range(int(rng.poisson(usual))):
                made.append(call_off(rng, customer, began))
    made = [entry for entry in made if entry.delivered is not None and entry.delivered < as_of]
    made.sort(key=lambda entry: (entry.closed, entry.customer.id, entry.deal.amount))
    return [replace(entry, id=f"R-{number:04d}") for number, entry in enumerate(made, start=1)]


def call_off_deliveries(seed: int, call_offs: list[Past]) -> list[Delivery]:
    """The deliveries of call-offs, as the books show them."""
    rng = stream(seed, "repeat_deliveries")
    return [delivery_of(rng, entry) for entry in call_offs]


def call_off(rng: Generator, customer: Customer, began: date) -> Past:
    """A call-off in the year that began on a day."""
    shares = {p: s for p, s in customer.products.items() if p not in ("P-IML", "P-STG", "P-JNT", "P-JIG")}
    article = ARTICLE[draw(rng, shares or customer.products)]
    quantity = max(1, round(TYPICAL * float(rng.lognormal(0, 0.45)) / article.price))
    amount = won(quantity * article.price * customer.market.price_level * customer.price_level * 0.97).amount
    promised = began + timedelta(days=int(rng.integers(0, 365)))
    while rng.random() > DELIVERY_RUSH[promised.month - 1] / max(DELIVERY_RUSH):
        promised = began + timedelta(days=int(rng.integers(0, 365)))
    promised = workday(promised)
    ordered = promised - days(7 * 5)
    delivered = delivery_day(rng, article, customer, promised)
    deal = Deal(article, quantity, amount, "기존고객", ())
    return Past("", customer, deal, ordered, ordered, True, "", promised, promised, delivered)
