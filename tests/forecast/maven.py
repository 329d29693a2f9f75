"""The public Maven export as a company, read here so that this room's tests lean on no other room."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from pursuit.domain import Account, Company, Opportunity, Product, Resource
from pursuit.units import Money

ROOT = Path(__file__).parents[2]


def maven_folder() -> Path:
    """Where the export lies; skips the test where it does not."""
    folder = Path(os.environ.get("PURSUIT_DATA", ROOT.parent / "shared" / "data")) / "deals" / "maven_crm"
    if not folder.is_dir():
        pytest.skip("the Maven export is not here (set PURSUIT_DATA)")
    return folder


def maven_company() -> Company:
    """All 8,800 deals with accounts and products, as of the last closing day."""
    folder = maven_folder()

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
    return Company(
        "Maven", "USD", date(2017, 12, 31), (Resource("r", "R"),), deals, accounts=accounts, products=products
    )
