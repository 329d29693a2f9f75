"""Quotes that no longer hold are said on the plan."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pursuit.domain import Quote
from pursuit.planning import make_plan
from tests.planning.test_contracts import QUICK, firm, won


def test_a_lapsed_quote_of_an_open_deal_is_told() -> None:
    """Only the latest revision counts: one that has lapsed is told with the deal's name, one renewed is not."""
    old = Quote("O", 1, date(2026, 1, 5), date(2026, 2, 4), won(1_000))
    new = replace(old, revision=2, valid_until=date(2026, 3, 31))
    told = [
        any("latest quote of 1 open deals has lapsed: Customer" in text for text in plan["warnings"])
        for plan in (make_plan(firm(quotes=quotes), QUICK) for quotes in ((old,), (new, old)))
    ]
    assert told == [True, False]
