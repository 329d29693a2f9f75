"""When customers ask and which: the inflow behind the history and the pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from numpy.random import Generator

from pursuit.demo.customers import Customer
from pursuit.demo.figures import days
from pursuit.demo.market import SEASON

YEARS = 3
"""Years of history in the firm's books."""

_SPAN = 1700
"""Days of inquiries that are played; what closed before the books begin leaves only bills and references."""

_UNTIL_ORDER = 240
"""Days from inquiry to order, about; the customers' trends are told by the year of the order."""

_GROWTH = 0.06
"""More inquiries from year to year."""


def inquiry_days(rng: Generator, as_of: date, closed: int) -> Iterator[date]:
    """Days on which inquiries came in, in order; enough of them for ``closed`` to close within the books."""
    first = as_of - days(_SPAN)
    span = [first + timedelta(days=n) for n in range(_SPAN)]
    weights = [
        SEASON[day.month - 1] * (day.weekday() < 5) * (1 + _GROWTH * (day - first).days / 365) for day in span
    ]
    total = sum(weights)
    chosen = rng.choice(len(span), size=_played(closed), p=[weight / total for weight in weights])
    return (span[n] for n in sorted(chosen))


def inquiries_per_week(closed: int) -> float:
    """True inquiries a week as of today, before the season, all segments together."""
    years = _SPAN / 365
    return _played(closed) * 7 / _SPAN * (1 + _GROWTH * years) / (1 + _GROWTH * years / 2)


def _played(closed: int) -> int:
    return round(closed * _SPAN / (365 * YEARS))


def who_asks(rng: Generator, customers: Sequence[Customer], day: date, as_of: date) -> Customer:
    """The customer that an inquiry of a day comes from."""
    ordered = day + days(_UNTIL_ORDER)
    year = min(2, max(0, YEARS - 1 - (as_of - ordered).days // 365))
    weights = [pull_of(customers, c) * c.trend[year] * _asks(c, day) for c in customers]
    total = sum(weights)
    return customers[int(rng.choice(len(customers), p=[weight / total for weight in weights]))]


def pull_of(customers: Sequence[Customer], customer: Customer) -> float:
    """Share of all inquiries that come from a customer, in an ordinary year."""
    segment = sum(c.pull for c in customers if c.market is customer.market)
    return customer.market.inquiries * customer.pull / segment


def _asks(customer: Customer, day: date) -> bool:
    """Whether it knows the firm yet (inquiries come before the first order) and still hears of it."""
    silent = customer.role == "neglected" and day >= customer.last_contact - days(125)
    return day >= customer.since - days(200) and not silent
