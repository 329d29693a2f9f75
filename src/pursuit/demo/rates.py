"""Won for a dollar, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import exp, log

from pursuit.demo.figures import stream
from pursuit.domain import ExchangeRate

_MEAN = 1_370.0


def make_rates(seed: int, as_of: date) -> tuple[ExchangeRate, ...]:
    """A rate for the first of each of the last 72 months and for today, wandering about its mean."""
    rng = stream(seed, "rates")
    level = log(_MEAN)
    made = []
    for back in range(71, -1, -1):
        months = as_of.year * 12 + as_of.month - 1 - back
        level += 0.12 * (log(_MEAN) - level) + float(rng.normal(0, 0.016))
        made.append(ExchangeRate(date(months // 12, months % 12 + 1, 1), "USD", "KRW", round(exp(level), 1)))
    return tuple(made)


def rate_on(rates: Sequence[ExchangeRate], day: date) -> float:
    """The rate that held on a day."""
    return max((rate for rate in rates if rate.day <= day), key=lambda rate: rate.day).rate
