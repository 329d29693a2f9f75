"""Customers' yearly statements, grades and limits, and the true default probability behind them."""

from __future__ import annotations

from datetime import date
from math import exp

from pursuit.demo.customers import Customer
from pursuit.demo.figures import stream
from pursuit.domain import Statement

_GRADES = (
    (0.003, "AA"),
    (0.007, "A"),
    (0.018, "BBB"),
    (0.045, "BB"),
    (0.10, "B"),
    (0.22, "CCC"),
    (0.4, "CC"),
    (1.0, "C"),
)
_LIMIT = {"AA": 1.2e9, "A": 1.0e9, "BBB": 8e8, "BB": 5e8, "B": 2.5e8, "CCC": 1.0e8, "CC": 5e7, "C": 0.0}


def default_probability(health: float) -> float:
    """True probability of failing within a year by the state of the accounts (logistic, 1.8 % mid-way)."""
    return 1 / (1 + exp(4.0 + 1.05 * health))


def grade(probability: float) -> str:
    """Credit grade as a bureau would write it, with its shade."""
    low = 0.0
    for high, letters in _GRADES:
        if probability <= high:
            third = (probability - low) / (high - low)
            shade = (
                "" if letters.startswith("C") or 1 / 3 < third <= 2 / 3 else "+" if third <= 1 / 3 else "-"
            )
            return letters + shade
        low = high
    raise ValueError(f"a probability lies between 0 and 1, not {probability}")


def credit_limit(letters: str, pull: float) -> float:
    """Credit line in won that goes with a grade and the business done."""
    return _LIMIT[letters.rstrip("+-")] * min(2.0, 0.5 + 0.4 * pull)


def make_statements(seed: int, as_of: date, customers: tuple[Customer, ...]) -> tuple[Statement, ...]:
    """Three yearly statements, in millions of won, for all but the youngest and those abroad.

    The accounts of a year are out by the end of the third month after it.
    """
    rng = stream(seed, "credit")
    last = as_of.year - 1 if (as_of.month, as_of.day) > (3, 31) else as_of.year - 2
    made = []
    for customer in customers:
        sales = 9_000 * min(customer.pull, 6) * customer.size * float(rng.lognormal(0.6, 0.6))
        noise = rng.normal(0, 1, size=(3, 4))
        hidden = customer.role == "" and (customer.abroad or rng.random() < 0.08)
        if hidden:
            continue
        for back in (2, 1, 0):
            health = customer.health - customer.health_trend * back
            made.append(
                _statement(
                    customer, date(last - back, 12, 31), sales * (1 - 0.04 * back), health, noise[back]
                )
            )
    return tuple(made)


def _statement(customer: Customer, year_end: date, sales: float, health: float, noise: object) -> Statement:
    import numpy as np

    n1, n2, n3, n4 = (float(x) for x in np.asarray(noise))
    assets = sales * (0.85 + 0.08 * n1)
    equity_share = max(-0.25, min(0.80, 0.37 + 0.12 * health + 0.04 * n2))
    margin = max(-0.18, min(0.20, 0.045 + 0.028 * health + 0.01 * n3))
    liquid = max(0.25, min(0.75, 0.50 + 0.03 * health + 0.04 * n4))
    liabilities = assets * (1 - equity_share)
    short_term = liabilities * max(0.45, min(0.92, 0.66 - 0.06 * health))
    ebit = sales * margin
    net = ebit - liabilities * 0.022
    return Statement(
        account=customer.id,
        year_end=year_end,
        currency="KRW",
        total_assets=float(round(assets)),
        current_assets=float(round(assets * liquid)),
        total_liabilities=float(round(liabilities)),
        current_liabilities=float(round(short_term)),
        equity=float(round(assets) - round(liabilities)),
        retained_earnings=float(round(assets * (equity_share - 0.16))),
        sales=float(round(sales)),
        ebit=float(round(ebit)),
        net_income=float(round(net * 0.8 if net > 0 else net)),
    )
