"""Notes about units, above a table and in its headers, are understood; what they leave open is asked."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pursuit.intake.layout.units import read_note, split_header
from pursuit.intake.sheets.catalogue import SHEETS
from tests.intake.layout.tables import DATA, HEADER, laid, row

NOTES = [
    ("(단위: 천원)", 1000, "KRW"),
    ("(단위 : 백만원)", 10**6, "KRW"),
    ("[단위 : 원]", 1, "KRW"),
    ("단위: 억원, %", 10**8, "KRW"),
    ("<단위：만원>", 10**4, "KRW"),
    ("(단위: 천원, VAT 별도)", 1000, "KRW"),
    ("매출 현황 (단위: 십억원)", 10**9, "KRW"),
    ("금액단위: 천원", 1000, "KRW"),
    ("Unit: KRW thousand", 1000, "KRW"),
    ("(in thousands)", 1000, ""),
    ("US$ million", 10**6, "USD"),
    ("Sales (in USD thousands)", 1000, "USD"),
    ("Amounts in millions of Korean won", 10**6, "KRW"),
    ("EUR '000", 1000, "EUR"),
    ("USD m", 10**6, "USD"),
]


@pytest.mark.parametrize(("text", "scale", "currency"), NOTES)
def test_notes_above_a_table(text: str, scale: int, currency: str) -> None:
    """Wherever it stands above the header, or beside it, a note says what sums of money are counted in."""
    lines = ([row(text), HEADER, *DATA], [row("현황"), row(None, None, None, text), HEADER, *DATA])
    for rows in lines:
        (grid,), errors, _ = laid(rows)
        assert (grid.money_scale, grid.currency, errors) == (Decimal(scale), currency, [])
    if text.startswith("Sales"):  # beside a header it would be a column
        return
    (grid,), errors, _ = laid([[*HEADER, text], *DATA])
    assert (len(grid.header), grid.money_scale, errors) == (5, Decimal(scale), [])


def test_a_note_may_speak_of_percentages_too() -> None:
    """억원 and % together: sums in one, shares in the other."""
    (grid,), _, _ = laid([row("(단위: 억원, %)"), HEADER, *DATA])
    money, share, count = (grid.unit(0, kind) for kind in ("money", "share", "number"))
    assert money is not None
    assert share is not None
    assert (money.scale, share.scale, count) == (Decimal(10**8), Decimal("0.01"), None)


@pytest.mark.parametrize(
    "text",
    ["(단위: 톤)", "단위: 박스", "(단위: 천원, 백만원)", "(단위: 천개)", "단위: 천달러", "Unit: $ million"],
)
def test_notes_that_leave_something_open(text: str) -> None:
    """A unit that is not known, two of them, or a dollar of no country is asked about."""
    _, (error,), _ = laid([row(text), HEADER, *DATA])
    assert (error.row, error.value) == (1, text)


@pytest.mark.parametrize(
    "text",
    [
        "2026년 3월 영업현황",
        "출력일: 2026-03-31",
        "(주)가나정밀",
        "작성자: 가나",
        "Unit price list",
        "단위공정 현황",
        "Won deals",
    ],
)
def test_titles_that_are_no_notes(text: str) -> None:
    """Titles, dates and names say nothing about units."""
    assert read_note(text) is None


HEADERS = [
    ("금액(천원)", "금액", 1000, "KRW"),
    ("매출액 (백만원)", "매출액", 10**6, "KRW"),
    ("Amount (KRW mn)", "Amount", 10**6, "KRW"),
    ("Amount, KRW mn", "Amount", 10**6, "KRW"),
    ("수량(천개)", "수량", 1000, ""),
    ("공급가액[만원]", "공급가액", 10**4, "KRW"),
    ("공급가액（단위：천원）", "공급가액", 1000, "KRW"),
    ("금액(원, VAT 포함)", "금액 (vat 포함)", 1, "KRW"),
    ("인원(명)", "인원", 1, ""),
    ("List price (USD)", "List price", 1, "USD"),
]


@pytest.mark.parametrize(("header", "name", "scale", "currency"), HEADERS)
def test_units_in_headers(header: str, name: str, scale: int, currency: str) -> None:
    """A unit at the end of a header is taken off its name; the header itself is shown as it stands."""
    found, unit = split_header(header)
    assert unit is not None
    assert (found, unit.scale, unit.currency) == (name, Decimal(scale), currency)
    (grid,), _, _ = laid([["영업기회 번호", header], ["O1", 1]])
    assert (grid.header[1], grid.name(1), grid.scales[1]) == (header, name, Decimal(scale))


@pytest.mark.parametrize(
    "header",
    ["납기(주)", "제안가(공급가액)", "지체상금율(일)", "close_value", "a/k", "Deal (open)", "(주)가나"],
)
def test_brackets_that_are_no_units(header: str) -> None:
    """Other words in brackets stay in the name."""
    assert split_header(header) == (header, None)


def test_our_own_headers_hold_no_units() -> None:
    """No column of ours is called so that a unit would be taken off its name."""
    for sheet in SHEETS:
        for column in sheet.columns:
            for lang in ("ko", "en"):
                assert split_header(column.header(lang))[1] is None, column.name


def test_one_note_and_two_tables() -> None:
    """A note over one of two tables may hold for both: asked."""
    second = [["자원 코드", "자원명", "시간당 비용"], ["MC", "가공", 160]]
    _, (error,), _ = laid([row("(단위: 천원)"), HEADER, *DATA, row(), *second], "Sheet1")
    assert "Another table" in error.problem
