"""Amounts and dates as people write them."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from pursuit.units import Money

STREAMS = (
    "customers", "credit", "repeats", "repeat_deliveries", "history", "billing", "pipeline", "quotes",
    "running", "rates", "courses", "settling",
)  # fmt: skip


def stream(seed: int, part: str, number: int = 0) -> Generator:
    """Random numbers of a part of the firm and a record in it; a change in one leaves the others."""
    return np.random.default_rng([seed, STREAMS.index(part), number])


def won(amount: float) -> Money:
    """``amount`` in won, rounded the coarser the larger it is."""
    step = 10_000 if amount < 5e6 else 100_000 if amount < 5e7 else 500_000 if amount < 1e8 else 1_000_000
    if amount >= 5e8:
        step = 5_000_000
    return Money(round(amount / step) * step, "KRW")


def dollars(amount_in_won: float, rate: float) -> Money:
    """A dollar amount worth about ``amount_in_won`` at ``rate`` won, in whole hundreds of dollars."""
    return Money.of(round(amount_in_won / rate / 100) * 100, "USD")


def workday(day: date) -> date:
    """``day``, or the Monday after it when it falls on a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day


def last_workday(day: date) -> date:
    """``day``, or the Friday before it when it falls on a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def days(number: float) -> timedelta:
    """A whole number of days."""
    return timedelta(days=round(number))
