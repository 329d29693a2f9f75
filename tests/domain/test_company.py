"""What a firm as a value answers: its fingerprint, its indexes, segments and exchange rates."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import FrozenInstanceError, fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.domain import Company, Opportunity, Resource
from pursuit.errors import InputError
from pursuit.units import Money

Changed = Callable[..., Company]
HASH = "6853fedca2d8cee39a0ccc3f308986659fc7d3adc97b99f46e2f5df817bb8406"


def small(hours: float = 40.0, quantity: float = 1.0, name: str = "Small") -> Company:
    deal = Opportunity("O", "A", amount=Money(5_000_000, "KRW"), quantity=quantity)
    bench = Resource("R", "Bench", hours_per_week=hours)
    return Company(name, "KRW", date(2026, 3, 2), (bench,), (deal,))


def test_the_fingerprint_is_known() -> None:
    """The hash of a small firm is the same on every machine and in every later version of the format."""
    assert small().content_hash == HASH


def test_another_process_finds_the_same_fingerprint(company: Company) -> None:
    """The hash does not hang on the order of sets or on the process."""
    code = "from conftest import full_company; print(full_company().content_hash)"
    env = os.environ | {"PYTHONHASHSEED": "1", "PYTHONPATH": str(Path(__file__).parent)}
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert out.stdout.strip() == company.content_hash


def test_every_sheet_counts(company: Company) -> None:
    """Leaving out a record of any sheet that no other points at changes the fingerprint; notes do not."""
    for sheet in (
        "quotes",
        "statements",
        "invoices",
        "deliveries",
        "rates",
        "projects",
        "limits",
        "investments",
    ):
        firm = replace(company, **{sheet: getattr(company, sheet)[:-1]})
        assert firm.content_hash != company.content_hash, sheet
    assert replace(company, finance=None).content_hash != company.content_hash
    assert replace(company, vat_rate=0.0).content_hash != company.content_hash
    assert replace(company, notes=("Read with a warning.",)).content_hash == company.content_hash


@given(st.integers(0, 10_000))
def test_equal_firms_have_equal_fingerprints(hours: int) -> None:
    """40 and 40.0 hours are one fact, 41 another."""
    assert small(hours).content_hash == small(float(hours)).content_hash
    assert small(hours).content_hash != small(hours + 1).content_hash


def test_a_snapshot_is_frozen(company: Company) -> None:
    """No field of a firm or a record can be set afterwards."""
    for value in (company, company.accounts[0], company.opportunities[0], company.finance):
        with pytest.raises(FrozenInstanceError):
            setattr(value, fields(value)[0].name, "x")  # type: ignore[arg-type]


def test_indexes_find_every_record(company: Company) -> None:
    """Each index holds each record under its id; open and closed deals share out all of them."""
    for name in ("account", "product", "routing", "resource", "segment", "calendar"):
        records = getattr(company, f"{name}s")
        assert getattr(company, f"{name}_by_id") == {record.id: record for record in records}
    assert company.open_opportunities + company.closed_opportunities == company.opportunities


def test_a_deals_segment_is_its_own_first(company: Company, changed: Changed) -> None:
    """Its own segment, else its account's, else the account's sector, else none."""
    deal = company.opportunities[0]
    assert company.segment_of(replace(deal, segment="S9")) == "S9"
    assert company.segment_of(deal) == "S1"
    assert changed("accounts", segment="", sector="Robots").segment_of(deal) == "Robots"
    assert company.segment_of(replace(deal, account="nobody")) == ""


def test_the_rate_of_the_day_is_used(company: Company) -> None:
    """The latest rate on or before the day, either way round; today where no day is given."""
    ten = Money.of(10, "USD")
    assert company.home(ten) == 14_500
    assert company.home(ten, date(2026, 1, 31)) == 14_000
    assert company.home(ten, date(2026, 2, 1)) == 14_500
    assert company.home(Money(7, "KRW"), date(1990, 1, 1)) == 7
    upside_down = tuple(replace(r, base="KRW", quote="USD", rate=1 / r.rate) for r in company.rates)
    assert replace(company, rates=upside_down).home(ten) == 14_500


def test_no_rate_no_amount(company: Company) -> None:
    """A day before the first rate is an error that says which rate to add."""
    with pytest.raises(InputError, match="USD/KRW on or before 2025-12-31; add a row"):
        company.home(Money(1, "USD"), company.rates[0].day - timedelta(days=1))
