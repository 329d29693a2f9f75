"""Small firms to forecast for, and the public CRM export where it is present."""

from __future__ import annotations

import csv
import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pursuit.domain import Account, Company, Opportunity, Product, Resource
from pursuit.units import Money, WeekAxis

AS_OF = date(2026, 3, 2)
ROOT = Path(__file__).parents[2]


def won_money(amount: float) -> Money:
    return Money(round(amount), "KRW")


@pytest.fixture
def deal() -> Callable[..., Opportunity]:
    """Builds an opportunity: closed ones take ``days``, open ones are ``age`` days old."""

    def build(
        id: str, outcome: str = "open", *, age: int = 10, days: int = 30, ended: int = 5, **more: Any
    ) -> Opportunity:
        dates: dict[str, Any] = {"created": AS_OF - timedelta(days=age)}
        if outcome != "open":
            closed = AS_OF - timedelta(days=ended)
            dates = {"created": closed - timedelta(days=days), "closed": closed}
        fields = {"account": "", "amount": won_money(1e8), **dates, **more}
        return Opportunity(id=id, outcome=outcome, **fields)

    return build


@pytest.fixture
def firm(deal: Callable[..., Opportunity]) -> Callable[..., Company]:
    """Builds a company around opportunities; one open deal stands in where none is given."""

    def build(*deals: Opportunity, **more: Any) -> Company:
        if not any(one.outcome == "open" for one in deals):
            deals = (*deals, deal("O-1"))
        return Company("firm", "KRW", AS_OF, more.pop("resources", (Resource("R", "R"),)), deals, **more)

    return build


@pytest.fixture
def axis() -> WeekAxis:
    return WeekAxis.following(AS_OF, 26)


@pytest.fixture
def history(deal: Callable[..., Opportunity]) -> Callable[..., list[Opportunity]]:
    """Builds closed deals, one a day, each won with its own probability of ``chances``."""

    def build(chances: Any, seed: int = 0, **traits: Any) -> list[Opportunity]:
        rng = np.random.default_rng(seed)
        made = []
        for n, chance in enumerate(chances):
            own = {name: values[n] for name, values in traits.items()}
            outcome = "won" if rng.random() < chance else "lost"
            made.append(deal(f"C-{n}", outcome, ended=len(chances) - n, days=int(rng.integers(5, 90)), **own))
        return made

    return build


@pytest.fixture(scope="session")
def maven() -> Company:
    """The Maven export, 8,800 deals, read here so that this room's tests lean on no other room."""
    folder = Path(os.environ.get("PURSUIT_DATA", ROOT.parent / "shared" / "data")) / "deals" / "maven_crm"
    if not folder.is_dir():
        pytest.skip("the Maven export is not here (set PURSUIT_DATA)")

    def rows(name: str) -> list[dict[str, str]]:
        with (folder / name).open(encoding="utf-8") as stream:
            return list(csv.DictReader(stream))

    def day(text: str) -> date | None:
        return date.fromisoformat(text) if text else None

    products = tuple(
        Product(r["product"], r["product"], r["series"], Money.of(r["sales_price"], "USD"))
        for r in rows("products.csv")
    )
    accounts = tuple(Account(r["account"], r["account"], sector=r["sector"]) for r in rows("accounts.csv"))
    deals = tuple(
        Opportunity(
            id=r["opportunity_id"],
            account=r["account"],
            product=r["product"].replace("GTXPro", "GTX Pro"),
            amount=Money.of(r["close_value"], "USD") if r["close_value"] not in ("", "0") else None,
            stage=r["deal_stage"] if r["deal_stage"] in ("Engaging", "Prospecting") else "",
            outcome={"Won": "won", "Lost": "lost"}.get(r["deal_stage"], "open"),
            created=day(r["engage_date"]),
            closed=day(r["close_date"]),
            owner=r["sales_agent"],
        )
        for r in rows("sales_pipeline.csv")
    )
    resources = (Resource("R", "R"),)
    return Company("Maven", "USD", date(2017, 12, 31), resources, deals, accounts=accounts, products=products)
