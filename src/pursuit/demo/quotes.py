"""Quotes and their revisions (차수), from the first price to the one that stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pursuit.demo.figures import days, last_workday, stream
from pursuit.demo.winning import STAGES
from pursuit.domain import Opportunity, Quote
from pursuit.units import Money

_QUOTED = STAGES[2:]


def make_quotes(seed: int, as_of: date, opportunities: Iterable[Opportunity]) -> tuple[Quote, ...]:
    """One to four revisions for every deal that reached the quote, each a few percent below the last."""
    rng = stream(seed, "quotes")
    made = []
    for opp in opportunities:
        if opp.stage not in _QUOTED or opp.created is None or opp.amount is None:
            continue
        count = 1 + int(rng.binomial(3, 0.2 + 0.12 * _QUOTED.index(opp.stage)))
        room = min(120, ((opp.closed or as_of) - opp.created).days)
        sent = sorted(
            last_workday(opp.created + days(room * (0.15 + 0.8 * float(rng.random())))) for _ in range(count)
        )
        price = float(opp.amount.amount)
        prices = [price]
        for _ in range(count - 1):
            prices.append(prices[-1] * float(rng.uniform(1.015, 1.06)))
        step = 10_000  # 1만원, or 100 dollars
        for revision, (day, net) in enumerate(zip(sent, reversed(prices), strict=True), start=1):
            amount = Money(
                round(net / step) * step if net != price else opp.amount.amount, opp.amount.currency
            )
            gross = Money(round(amount.amount * 1.1), "KRW") if amount.currency == "KRW" else None
            valid = day + days(60 if amount.currency != "KRW" else 30)
            made.append(Quote(opp.id, revision, day, valid, amount, gross))
    return tuple(made)
