"""A firm with one record of every kind, whose records tests exchange one at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pursuit.domain import (
    Account,
    Company,
    Contract,
    Course,
    Delivery,
    ExchangeRate,
    Finance,
    Goal,
    Grade,
    Investment,
    Invoice,
    LatePenalty,
    Limit,
    Need,
    Operation,
    Opportunity,
    Option,
    PaymentMilestone,
    Product,
    Project,
    ProjectMode,
    Quote,
    Resource,
    Routing,
    Segment,
    Statement,
    Technology,
    Work,
)
from pursuit.units import Calendar, Money

Changed = Callable[..., Company]


def won(amount: int) -> Money:
    return Money(amount, "KRW")


def full_company() -> Company:
    terms = (PaymentMilestone("order", 0.3), PaymentMilestone("delivery", 0.7, 30))
    return Company(
        name="Sample Works",
        currency="KRW",
        as_of=date(2026, 3, 2),
        resources=(Resource("MC", "Machining", calendar="plant"), Resource("SALES", "Sales", "people")),
        opportunities=(
            Opportunity(
                "O1",
                "A1",
                product="P1",
                quantity=10,
                amount=won(80_000_000),
                created=date(2026, 1, 5),
                payments=terms,
                late_penalty=LatePenalty(0.001, 0.1),
                options=(
                    Option("standard"),
                    Option("fast", price=won(90_000_000), work=(Work("MC", 60.0),), effort={"SALES": 20.0}),
                ),
                strategic={"G1": 2.0},
            ),
            Opportunity("O2", "A1", amount=won(1_000_000), outcome="won", closed=date(2025, 5, 1)),
        ),
        accounts=(Account("A1", "First", segment="S1", needs=("N1",), courses=(Course("keep"),)),),
        segments=(Segment("S1", "Robots", needs=("N1",), reference_value=won(5_000_000)),),
        needs=(Need("N1", "clean parts", "T1"),),
        products=(Product("P1", "Housing", list_price=won(9_000_000), material_share=0.4, routing="R1"),),
        routings=(
            Routing(
                "R1", (Operation("MC", "milling", 4.0, 2.0, 2), Operation("MC", "drilling", 1.0, 0.5, 1))
            ),
        ),
        technologies=(Technology("T1", "clean room", True),),
        projects=(
            Project(
                "J1",
                "Running",
                "A1",
                date(2026, 6, 1),
                won(50_000_000),
                work=(Work("MC", 100.0),),
                payments=terms,
                modes=(ProjectMode("slower", 2),),
            ),
        ),
        investments=(Investment("I1", "Mill", "machine", won(200_000_000), capacity={"MC": 40.0}),),
        goals=(Goal("G1", "Robots", "strategic", 4.0, 1e6),),
        limits=(Limit("L1", "segment:S1", won(300_000_000)),),
        calendars=(Calendar("plant", "KR"),),
        quotes=(Quote("O1", 1, date(2026, 2, 1), date(2026, 4, 1), won(80_000_000)),),
        statements=(Statement("A1", date(2025, 12, 31), "KRW", 100.0),),
        invoices=(Invoice("V1", "A1", date(2026, 1, 1), date(2026, 2, 1), won(1_000_000)),),
        deliveries=(Delivery("D1", "A1", date(2026, 1, 1), date(2026, 1, 2)),),
        rates=(
            ExchangeRate(date(2026, 1, 1), "USD", "KRW", 1400.0),
            ExchangeRate(date(2026, 2, 1), "USD", "KRW", 1450.0),
        ),
        grades=(Grade("A", 0.8),),
        contracts=(
            Contract(
                "K1", "A1", "P1", won(9_000_000), date(2026, 1, 5), date(2026, 12, 28), 120.0, called=20.0
            ),
        ),
        finance=Finance(won(900_000_000), won(100_000_000), won(0), won(50_000_000)),
    )


@pytest.fixture(scope="session")
def company() -> Company:
    return full_company()


@pytest.fixture(scope="session")
def changed(company: Company) -> Changed:
    """``changed("accounts", segment="S9")`` is the firm with that field of its first account exchanged."""

    def make(sheet: str, /, **fields: Any) -> Company:
        first, *rest = getattr(company, sheet)
        return replace(company, **{sheet: (replace(first, **fields), *rest)})

    return make
