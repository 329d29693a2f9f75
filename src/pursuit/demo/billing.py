"""Invoices of what was sold, and when they were paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from numpy.random import Generator

from pursuit.demo.customers import Customer
from pursuit.demo.figures import days, dollars, stream, workday
from pursuit.demo.history import Past
from pursuit.demo.inquiries import YEARS
from pursuit.demo.rates import rate_on
from pursuit.demo.terms import payments
from pursuit.domain import ExchangeRate, Invoice
from pursuit.units import Money


def make_invoices(
    seed: int, as_of: date, orders: Sequence[Past], rates: Sequence[ExchangeRate]
) -> tuple[Invoice, ...]:
    """One invoice per payment milestone reached by ``as_of``, in order of issue; exports bear no VAT."""
    rng = stream(seed, "billing")
    bills = sorted(
        (
            (issued, order.id, part, share, grace, order)
            for order in orders
            for issued, part, share, grace in _parts(order)
        ),
        key=lambda bill: bill[:3],
    )
    made: list[Invoice] = []
    for issued, _, _, share, grace, order in bills:
        paid = _paid(rng, order.customer, issued + days(grace), as_of)
        if not as_of - days(365 * YEARS) <= issued < as_of:
            continue
        amount = round(order.deal.amount * share)
        net = dollars(amount, rate_on(rates, order.closed)) if order.customer.abroad else Money(amount, "KRW")
        vat = None if order.customer.abroad else Money(round(amount * 0.1), "KRW")
        due = workday(issued + days(grace))
        made.append(
            Invoice(
                f"INV-{len(made) + 1:05d}",
                order.customer.id,
                issued,
                due,
                net,
                vat,
                paid if paid is None or paid >= issued else issued,
                order.deal.article.id,
            )
        )
    return tuple(made)


def _parts(order: Past) -> Iterator[tuple[date, int, float, int]]:
    """Day, number, share and days of grace of each milestone that has a day."""
    milestones = payments(order.customer, order.deal.amount)
    for number, milestone in enumerate(milestones):
        if milestone.event == "order":
            yield workday(order.closed + days(3)), number, milestone.share, milestone.days
        elif milestone.event == "interim" and order.promised:
            yield (
                workday(order.closed + (order.promised - order.closed) / 2),
                number,
                milestone.share,
                milestone.days,
            )
        elif milestone.event == "delivery" and order.delivered:
            yield workday(order.delivered), number, milestone.share, milestone.days


def _paid(rng: Generator, customer: Customer, due: date, as_of: date) -> date | None:
    """Healthy customers pay within days, weak ones drag on, and one that is failing has all but stopped."""
    drag = float(rng.gamma(1.2, max(1.5, 5 - 4 * customer.health)))
    if customer.role == "near_default" and (as_of - due).days < 200:
        drag += 60 + 60 * float(rng.random())
    paid = workday(due + days(drag - 1))
    return paid if paid < as_of else None
