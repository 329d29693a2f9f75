"""What values look like."""

from __future__ import annotations

from datetime import date

import pytest

from pursuit.intake.exports.propose.fitting import fit
from pursuit.intake.exports.propose.looks import look


@pytest.mark.parametrize(
    "cells",
    [
        ["2026-03-31", "2026.4.1"], ["26.3.4", "26.12.31"], ["27-Mar-12", "1-Aug-11"], ["31/03/2026", "1/4/2026"],
        [date(2026, 3, 31)], ["20260331"], ["3월 2주차", "26.3월말"], ["2026-03-31 14:20"],
    ],
)  # fmt: skip
def test_days(cells: list[object]) -> None:
    """Days in every usual writing are seen as days."""
    assert look(cells).dates == 1


@pytest.mark.parametrize(
    "cells",
    [
        ["1,234.5"],
        ["1.234,5"],
        ["12.50"],
        [12.5],
        ["3억 2,000만"],
        ["△1,200"],
        ["(1,200)"],
        ["10.123"],
        [46112],
    ],
)
def test_numbers(cells: list[object]) -> None:
    """Figures in every usual writing are seen as figures, not as days."""
    seen = look(cells)
    assert seen.numbers == 1
    assert seen.dates == 0


def test_kinds_apart() -> None:
    """Percentages, business numbers, currencies, signs of money and yes or no are told from mere text."""
    assert look(["30%", "12.5 %"]).percents == 1
    assert look(["123-45-67890"]).businesses == 1
    assert look(["USD", "krw"]).currencies == 1
    assert look(["₩1,200", "120만원", "USD 5"]).signed == 1
    assert look(["Y", "아니오"]).yes == 1
    assert look(["가온정밀"]).texts == 1


def test_blank_cells_are_not_looked_at() -> None:
    """A column of blanks says nothing, and nothing is held against it."""
    seen = look([None, "", " "])
    assert (seen.filled, seen.rows) == (0, 3)
    assert fit(("opportunities", "created"), seen) == "unknown"


@pytest.mark.parametrize(
    ("target", "cells", "verdict"),
    [
        ("opportunities.outcome", ["수주", "실주", "진행"], "tells"),
        ("opportunities.outcome", ["2026-01-01", "2026-01-02"], "contradicts"),
        ("opportunities.id", [1, 2, 3], "tells"),
        ("opportunities.id", [1, 1, 2], "contradicts"),
        ("opportunities.amount", ["가온", "나래"], "contradicts"),
        ("opportunities.win_probability", [10, 50, 90], "suits"),
        ("opportunities.win_probability", [10, 500], "contradicts"),
        ("accounts.business_number", ["123-45-67890"], "tells"),
        ("accounts.name", ["12", "13"], "contradicts"),
        ("accounts.payment_days", ["Net 30"], "contradicts"),
        ("resources.kind", ["people", "작업장"], "tells"),
    ],
)
def test_fit(target: str, cells: list[object], verdict: str) -> None:
    """Values speak for or against a column."""
    sheet, column = target.split(".")
    assert fit((sheet, column), look(cells)) == verdict
