"""A Company written and read again is the same Company, down to the last digit."""

from __future__ import annotations

import importlib.util
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pursuit.domain import Company, ExchangeRate, Goal, Opportunity, Resource
from pursuit.errors import InputError
from pursuit.intake import check, read_company, write_folder, write_workbook
from pursuit.units import Money

spec = importlib.util.spec_from_file_location("firms", Path(__file__).with_name("firms.py"))
assert spec is not None
assert spec.loader is not None
made = importlib.util.module_from_spec(spec)
spec.loader.exec_module(made)

SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=[
        Phase.explicit,
        Phase.generate,
    ],  # shrinking a whole firm takes longer than reading its difference
)


def small(currency: str, price: Money) -> Company:
    return Company(
        name="Firm",
        currency=currency,
        as_of=date(2026, 3, 31),
        resources=(Resource("MC", "Machining", hours_per_week=40),),
        opportunities=(Opportunity("O1", "", amount=price),),
        rates=(ExchangeRate(date(2026, 1, 1), "USD", "KRW", 1399.5),),
        goals=(Goal("G", "Sales", "revenue", 123456789.0, 0.1), Goal("W", "Wins", "wins", 3.0, 55.0)),
    )


def told_before(read: Company, firm: Company) -> Company:
    """The firm as read, without the doubts about random days and sums that reading adds to its notes."""
    return replace(read, notes=read.notes[: len(firm.notes)])


@SLOW
@given(firm=made.firms(), lang=st.sampled_from(["ko", "en"]))
def test_workbook(firm: Company, lang: str) -> None:
    """Any firm survives a workbook in either language."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "firm.xlsx"
        write_workbook(firm, path, lang)
        read = read_company(path, lang=lang)
    assert told_before(read.company, firm) == firm
    assert read.company.content_hash == firm.content_hash


@settings(SLOW, max_examples=40)
@given(firm=made.firms())
def test_folder(firm: Company) -> None:
    """Any firm survives a folder of CSV files."""
    with tempfile.TemporaryDirectory() as name:
        write_folder(firm, name)
        read = read_company(name)
    assert told_before(read.company, firm) == firm
    assert read.company.content_hash == firm.content_hash


@pytest.mark.parametrize("currency", ["KRW", "USD"])
@pytest.mark.parametrize(
    "price", [Money(1, "KRW"), Money(1, "USD"), Money(123_456_789_012_345, "USD"), Money(10**14 + 1, "KRW")]
)
def test_money(tmp_path: Path, currency: str, price: Money) -> None:
    """Won and cents come back exactly, whichever of them the firm counts in, and without a warning."""
    firm = small(currency, price)
    write_workbook(firm, tmp_path / "firm.xlsx")
    write_folder(firm, tmp_path / "firm")
    for path in (tmp_path / "firm.xlsx", tmp_path / "firm"):
        assert check(path) == ()
        assert read_company(path).company.content_hash == firm.content_hash


def test_notes_do_not_change_the_hash() -> None:
    """What a reading remarked, in whatever language, is not the firm's content."""
    firm = small("KRW", Money(1, "KRW"))
    assert replace(firm, notes=("a remark",)).content_hash == firm.content_hash
    assert replace(firm, name="Other").content_hash != firm.content_hash


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    """A name that begins like a formula is text in the workbook and guarded in the CSV file."""
    firm = replace(small("KRW", Money(1, "KRW")), name='=HYPERLINK("x")')
    write_workbook(firm, tmp_path / "firm.xlsx")
    write_folder(firm, tmp_path / "firm")
    cell = openpyxl.load_workbook(tmp_path / "firm.xlsx")["company"]["A2"]
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("x")')
    assert "\"'=HYPERLINK" in (tmp_path / "firm" / "company.csv").read_text("utf-8-sig")


def test_same_firm_same_bytes(tmp_path: Path) -> None:
    """Writing twice gives the same file; no clock goes into it."""
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(small("USD", Money(5, "USD")), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_what_cannot_be_written(tmp_path: Path) -> None:
    """A text too long for a cell, and a place that cannot be written to, are errors; no file is left."""
    firm = replace(small("KRW", Money(1, "KRW")), notes=("x" * 40_000,))
    with pytest.raises(InputError, match="folder of CSV"):
        write_workbook(firm, tmp_path / "firm.xlsx")
    assert not (tmp_path / "firm.xlsx").exists()
    with pytest.raises(InputError, match="cannot be written"):
        write_workbook(small("KRW", Money(1, "KRW")), tmp_path / "none" / "firm.xlsx")
    write_folder(firm, tmp_path / "firm")
    assert read_company(tmp_path / "firm").company == firm
