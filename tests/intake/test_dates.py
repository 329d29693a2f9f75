"""Dates are read year first; whatever could be two days is refused with both spelt out."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.dates import read_date


@pytest.mark.parametrize(
    "raw",
    [
        "2026-03-31",
        "2026.3.31",
        "2026. 3. 31.",
        "2026/3/31",
        "2026년 3월 31일",
        "20260331",
        20260331,
        20260331.0,
        "2026-03-31 00:00:00",
        "2026-03-31T09:30",
        date(2026, 3, 31),
        datetime(2026, 3, 31, 9, 0),  # noqa: DTZ001
    ],
)
def test_ways_to_write_a_day(raw: object) -> None:
    """Date cells and every year-first way of writing give the same day."""
    assert read_date(raw) == date(2026, 3, 31)


def test_ambiguous_day_says_how_to_write_it() -> None:
    """03/04/2026 is refused, and both days it could be are offered."""
    with pytest.raises(CellError) as caught:
        read_date("03/04/2026")
    assert caught.value.mend.format(**caught.value.values) == "Write 2026-04-03 or 2026-03-04."


@pytest.mark.parametrize(
    ("raw", "hint"), [("31/12/2026", "2026-12-31"), ("12.31.2026", "2026-12-31"), ("46112", "2026-03-31")]
)
def test_one_reading_is_offered_not_taken(raw: str, hint: str) -> None:
    """A day that has one reading but an unusual form is refused with the form to use."""
    with pytest.raises(CellError) as caught:
        read_date(raw)
    assert hint in caught.value.mend.format(**caught.value.values)


@pytest.mark.parametrize("raw", ["2026-02-30", "26.3.31", "soon", "2026-03", True, 3.5, "2026-13-01"])
def test_no_such_day(raw: object) -> None:
    """Days that do not exist, two-digit years and words are refused."""
    with pytest.raises(CellError):
        read_date(raw)
