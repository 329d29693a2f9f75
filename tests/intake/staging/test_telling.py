"""Changes found between two companies, and told exactly, as people write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake import read_company
from pursuit.intake.cells.figures import read_amount
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.intake.staging.changes import count_rows, find_changes, rows_of
from pursuit.intake.staging.telling import tell_change, tell_money, tell_value
from pursuit.units import Money
from pursuit.words import Words


def lines(folder: Callable[..., Path], old: dict[str, str], new: dict[str, str], lang: str) -> list[str]:
    before, after = (rows_of(read_company(folder(files)).company) for files in (old, new))
    return [tell_change(change, Words(lang)) for change in find_changes(before, after)]


def test_nothing_changes_between_equals(folder: Callable[..., Path], sound: dict[str, str]) -> None:
    """A company against itself has no changes; against nothing every row is added."""
    company = rows_of(read_company(folder(sound)).company)
    assert find_changes(company, company) == ()
    added = find_changes(None, company)
    assert {change.action for change in added} == {"added"}
    assert len(added) == sum(count_rows(company).values())


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        (
            "en",
            [
                "~ O1  Amount: ₩30,000,000 → ₩30,500,001; Created: 2026-01-05 → 2026-01-06",
                "- O2",
                "+ O3  새 건",
            ],
        ),
        (
            "ko",
            [
                "~ O1  공급가액: 3,000만원 → 30,500,001원; 등록일: 2026-01-05 → 2026-01-06",
                "- O2",
                "+ O3  새 건",
            ],
        ),
    ],
)
def test_records_are_told(
    folder: Callable[..., Path], sound: dict[str, str], lang: str, expected: list[str]
) -> None:
    """Money to the won, days year first, headers in the reader's language."""
    text = (
        "id,name,account,product,quantity,amount,outcome,created\n"
        "O1,,A1,P1,10,30500001,open,2026-01-06\nO3,새 건,A1,P1,1,1,open,2026-01-05\n"
    )
    found = lines(folder, sound, sound | {"opportunities": text}, lang)
    assert sorted(found, key=lambda line: line[2:]) == sorted(expected, key=lambda line: line[2:])


def test_rows_without_an_id_are_paired(folder: Callable[..., Path], sound: dict[str, str]) -> None:
    """Rows that only stand under another record: equal ones stay, the rest is paired by what must be filled in."""
    head = "opportunity,option,resource,hours,step\n"
    old = head + "O1,standard,MC,10,1\nO1,standard,MC,20,2\nO1,standard,SALES,5,1\n"
    new = head + "O1,standard,MC,20,2\nO1,standard,MC,12,1\n"
    told = lines(folder, sound | {"option_work": old}, sound | {"option_work": new}, "en")
    assert told == [
        "- O1 · standard · SALES",
        "~ O1 · standard · MC  Hours: 10 → 12",
    ]


def test_the_firm_itself(folder: Callable[..., Path], sound: dict[str, str]) -> None:
    """The one row of the sheet company is told under the sheet's name; shares in percent."""
    new = sound["company"].replace("10%", "12.5%").replace("시험정밀", "시험공업")
    told = lines(folder, sound, sound | {"company": new}, "ko")
    assert told == ["~ 회사  회사명: 시험정밀 → 시험공업; 부가세율: 10% → 12.5%"]


@given(st.integers(0, 10**15))
def test_korean_money_is_exact(amount: int) -> None:
    """However it is shortened, reading it gives the amount back to the last won."""
    assert read_amount(tell_money(Money(amount, "KRW"), "ko")).value == amount


def test_other_money_and_values() -> None:
    """Cents stay, empty is said, yes is yes, large numbers are grouped."""
    words = Words("en")
    columns = {column.name: column for column in SHEET_BY_NAME["opportunities"].columns}
    assert tell_money(Money.of("1200.5", "USD"), "en") == "$1,200.50"
    assert tell_value(columns["quantity"], None, words) == "(empty)"
    assert tell_value(columns["quantity"], 12000.0, words) == "12,000"
    assert tell_value(columns["quantity"], 0.25, words) == "0.25"
    assert tell_value(columns["created"], date(2026, 1, 5), words) == "2026-01-05"
    assert tell_value(columns["competitors"], ("가", "나"), words) == "가; 나"
    assert tell_value(columns["outcome"], "won", Words("ko")) == "수주"
    assert tell_value(columns["strategic"], {"growth": 2.0}, words) == "growth: 2"
