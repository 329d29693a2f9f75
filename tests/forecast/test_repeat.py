"""Repeat orders, retention and lifetime value follow what customers did."""

from datetime import date, timedelta

import pytest

from pursuit.domain import Account, Delivery, Invoice, Product
from pursuit.forecast.beliefs import Chance
from pursuit.forecast.orders import order_histories
from pursuit.forecast.repeat import forecast_repeats
from pursuit.units import Money

AS_OF = date(2026, 3, 2)
ACCOUNTS = tuple(Account(f"A{n}", f"A{n}", segment="") for n in range(4))
SAFE = {account.id: Chance(0.0, 0.0, 0.0) for account in ACCOUNTS}
HALF = (Product("P", "P", material_share=0.5),)


def _bills(account, count, every, amount=1000, last=10):
    days = [AS_OF - timedelta(days=last + every * n) for n in range(count)]
    return [
        Invoice(f"{account}-{n}", account, day, day, Money(amount, "KRW"), product="P")
        for n, day in enumerate(days)
    ]


def _repeats(firm, *invoices, known=True, deals=(), **more):
    company = firm(*deals, accounts=ACCOUNTS, products=HALF, invoices=tuple(invoices), **more)
    return forecast_repeats(company, SAFE, known)


def test_orders_per_year_follow_each_account_and_are_drawn_together(firm):
    """One bills monthly, one twice a year, one never: rates in that order, each nearer the mean than its own
    count."""
    found = _repeats(firm, *_bills("A0", 36, 30), *_bills("A1", 6, 180)).beliefs
    rates = [found[f"A{n}"].orders_per_year for n in range(3)]
    assert 12.4 > rates[0] > 9 > 3 > rates[1] > 1.5
    assert 0 < rates[2] < rates[1]


def test_margin_is_what_material_leaves(firm):
    """Half of the price is material: the margin of an order is half its price."""
    assert _repeats(firm, *_bills("A0", 30, 30)).beliefs["A0"].margin_per_order == pytest.approx(500)


def test_orders_that_came_through_the_pipeline_are_not_counted_twice(firm, deal):
    """Bills of won deals are pipeline business, which arrivals bring; what was billed beyond them is repeat
    business."""
    deals = [
        deal(f"D{n}", "won", account="A0", product="P", amount=Money(1000, "KRW"), ended=15 + 30 * n, days=5)
        for n in range(12)
    ]
    same = _repeats(firm, *_bills("A0", 12, 30), deals=deals).beliefs["A0"]
    more = _repeats(firm, *_bills("A0", 12, 30, amount=2000), deals=deals).beliefs["A0"]
    alone = _repeats(firm, *_bills("A0", 12, 30), deals=deals, known=False).beliefs["A0"]
    assert same.orders_per_year == 0
    assert more.orders_per_year > 1
    assert alone.orders_per_year > 5
    assert same.lifetime_value > 0


def test_deliveries_of_orders_that_were_no_opportunity_are_counted_exactly(firm, deal):
    """A delivery whose order is a deal is no repeat order; one that names another order is."""
    deals = [deal("D1", "won", account="A0", product="P")]
    days = [AS_OF - timedelta(days=30 * n + 5) for n in range(8)]
    orders = ["D1", "R1", "R2", "R3", "R4", "R5", "R5", "R6"]
    deliveries = tuple(
        Delivery(f"L{n}", "A0", d, d, order=o) for n, (d, o) in enumerate(zip(days, orders, strict=True))
    )
    company = firm(*deals, accounts=ACCOUNTS, products=HALF, deliveries=deliveries)
    source, histories = order_histories(company)
    assert (histories["A0"].piped, histories["A0"].beside) == (1, 6)
    assert source == "won deals + deliveries"


def test_a_silent_customer_is_thought_to_have_left(firm):
    """Two with the same number of orders: the one that has been silent for a year is worth much less."""
    found = _repeats(firm, *_bills("A0", 24, 30), *_bills("A1", 24, 15, last=370)).beliefs
    assert found["A1"].retention < 0.1 < 0.6 < found["A0"].retention
    assert found["A1"].lifetime_value < 0.2 * found["A0"].lifetime_value


def test_lifetime_value_lies_in_its_interval_and_falls_with_the_risk_of_default(firm):
    """The 90 % interval holds the mean; a customer that may fail is worth less."""
    bills = _bills("A0", 30, 30)
    company = firm(accounts=ACCOUNTS, products=HALF, invoices=tuple(bills))
    safe = forecast_repeats(company, SAFE, True).beliefs["A0"]
    risky = forecast_repeats(company, SAFE | {"A0": Chance(0.3, 0.1, 0.5)}, True).beliefs["A0"]
    assert 0 < safe.lifetime_low < safe.lifetime_value < safe.lifetime_high
    assert risky.lifetime_value < 0.7 * safe.lifetime_value


def test_without_records_nothing_is_claimed(firm):
    """No invoices and no won deals: no repeat value, and the plan says so."""
    found = _repeats(firm)
    assert all(b.lifetime_value == 0 and b.orders_per_year == 0 for b in found.beliefs.values())
    assert "repeat business cannot be seen" in found.fallbacks[0].message


def test_invoices_of_the_future_are_not_seen(firm):
    """A bill dated after the company's day does not count."""
    ahead = _bills("A0", 3, 1, last=-30)
    assert _repeats(firm, *ahead).beliefs["A0"].orders_per_year == 0
