"""Dates are read as people write them; an order, a year or a day that is not there is never made up in silence."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.cells.cell_error import CellError, UnsettledError
from pursuit.intake.cells.dates import read_date, read_day
from pursuit.intake.cells.habits import Habits

TODAY = date(2026, 3, 31)
PLAIN = Habits(today=TODAY)


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
        "2026. 3. 31. 오전 9:00",
        "2026-03-31 오후 3시 30분",
        "2026-03-31 (화)",
        "２０２６-０３-３１",
        "March 31, 2026",
        "Mar. 31 2026",
        "31 Mar 2026",
        "31st March, 2026",
        "31-MAR-2026 14:05:00",
        date(2026, 3, 31),
        datetime(2026, 3, 31, 9, 0),  # noqa: DTZ001
    ],
)
def test_ways_to_write_a_day(raw: object) -> None:
    """A day that stands in full is that day, and nothing needs to be said about it."""
    assert read_day(raw, PLAIN) == (date(2026, 3, 31), None)


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("'26.3.4", "2026-03-04"),
        ("26년 3월 4일", "2026-03-04"),
        ("27-Mar-12", "2012-03-27"),
        ("1-Aug-98", "1998-08-01"),
        ("26.3월말", "2026-03-31"),
        ("26.3월", "2026-03-31"),
        ("2026년 2월말", "2026-02-28"),
        ("2026-03", "2026-03-31"),
        ("2026.3", "2026-03-31"),
        ("3월말", "2026-03-31"),
        ("3월 말까지", "2026-03-31"),
        ("4월초", "2026-04-10"),
        ("4월 중순", "2026-04-20"),
        ("4월 15일", "2026-04-15"),
        ("12월 20일", "2025-12-20"),
        ("3월 2주차", "2026-03-13"),
        ("2026년 3월 둘째주", "2026-03-13"),
        ("26.3월 첫째 주", "2026-03-06"),
        ("2026년 4월 1주", "2026-04-03"),
        ("2026년 3월 마지막주", "2026-03-27"),
        ("2026-W12", "2026-03-20"),
        ("26년 12주차", "2026-03-20"),
        ("26.1Q", "2026-03-31"),
        ("2026 Q2", "2026-06-30"),
        ("Q3 2026", "2026-09-30"),
        ("4Q26", "2026-12-31"),
        ("2026년 1분기", "2026-03-31"),
        ("2분기", "2026-06-30"),
        ("26년 상반기", "2026-06-30"),
        ("2026 H2", "2026-12-31"),
        ("2026년말", "2026-12-31"),
        ("Mar 2026", "2026-03-31"),
        ("3/31", "2026-03-31"),
        ("2026-03-31T09:00:00Z", "2026-03-31"),
        ("2026-03-31T09:00:00.000+0900", "2026-03-31"),
    ],
)
def test_what_is_completed_is_told(raw: str, day: str) -> None:
    """A day that needs its year, the end of a longer time or a zone is read, and told what it was taken for."""
    read, note = read_day(raw, PLAIN)
    assert read == date.fromisoformat(day)
    assert note is not None
    assert day in note.problem.format(**note.values)


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    """30 March 2026 is the Monday of the first week of April, whose Thursday is 2 April; May 2026 has no fifth."""
    assert read_date("2026년 4월 1주차") == date(2026, 4, 3)
    assert read_date("2026년 4월 5주차") == date(2026, 5, 1)
    with pytest.raises(CellError, match="no such day"):
        read_date("2026년 5월 5주차")


@given(st.dates(date(2000, 1, 1), date(2068, 12, 31)))
def test_orders(day: date) -> None:
    """Any day written in a declared order, with years of two or of four digits, is read as that day."""
    for order, shape in (("ymd", "%y.%m.%d"), ("dmy", "%d/%m/%Y"), ("mdy", "%m-%d-%y"), ("dmy", "%d.%m.%y")):
        assert read_date(day.strftime(shape), Habits(dates=order)) == day  # type: ignore[arg-type]


@given(st.dates(date(1970, 1, 1), date(2068, 12, 31)))
def test_serials(day: date) -> None:
    """A spreadsheet's day number is its day where the column has shown such numbers, with or without time."""
    number = (day - date(1899, 12, 30)).days
    for raw in (number, float(number), number + 0.5, str(number)):
        assert read_date(raw, Habits(serials=True)) == day


def test_the_year_is_the_nearest_and_near() -> None:
    """A date without a year takes the one that puts it nearest to today; half a year away it asks."""
    assert read_date("12/20", PLAIN) == date(2025, 12, 20)
    assert read_date("7/29", PLAIN) == date(2026, 7, 29)
    for far in ("7/30", "9월 30일", "10월말"):
        with pytest.raises(CellError, match="year is missing"):
            read_date(far, PLAIN)
    with pytest.raises(CellError, match="year is missing"):
        read_date("3/31", Habits())


def test_ambiguous_day_says_how_to_write_it() -> None:
    """03/04/2026 waits for its column, and both days it could be are offered."""
    with pytest.raises(UnsettledError) as caught:
        read_date("03/04/2026")
    assert caught.value.mend.format(**caught.value.values).startswith("Write 2026-04-03 or 2026-03-04,")
    with pytest.raises(UnsettledError):
        read_date("26.03.04")
    with pytest.raises(UnsettledError):
        read_date("3/4", PLAIN)


@pytest.mark.parametrize(
    ("raw", "hint"), [("31/12/2026", "2026-12-31"), ("12.31.2026", "2026-12-31"), ("46112", "2026-03-31")]
)
def test_one_reading_is_offered_not_taken(raw: str, hint: str) -> None:
    """Without its column, a day that has one reading but an unusual form is refused with the form to use."""
    with pytest.raises(CellError) as caught:
        read_date(raw)
    assert hint in caught.value.mend.format(**caught.value.values)


def test_what_contradicts_the_declaration() -> None:
    """A value that the declared order or format cannot read is a fault, though another order could."""
    with pytest.raises(CellError, match="no such day"):
        read_date("03/31/2026", Habits(dates="dmy"))
    with pytest.raises(CellError, match="date_format"):
        read_date("31-03-2026", Habits(date_format="%d/%m/%Y"))
    assert read_date("31/03/2026", Habits(date_format="%d/%m/%Y")) == TODAY
    assert read_date("2026-03-31", Habits(date_format="%d/%m/%Y")) == TODAY


@pytest.mark.parametrize(
    "raw",
    [
        "2026-02-30",
        "soon",
        True,
        3.5,
        "2026-13-01",
        "26.3",
        "2월 30일",
        "2026년 5Q",
        "32/13/2026",
        "2026-W60",
        b"x",
    ],
)
def test_no_such_day(raw: object) -> None:
    """Days that do not exist and words are refused."""
    with pytest.raises(CellError):
        read_date(raw, PLAIN)


@given(st.text(alphabet="0123456789./-'년월일주차말분기QWTZ: 오전후상하반첫둘째Marpil,()", max_size=14))
def test_any_text(text: str) -> None:
    """Whatever the text, it is a day or it is refused with a mend; nothing else happens."""
    for habits in (PLAIN, Habits(), Habits(dates="dmy", today=TODAY, serials=True)):
        try:
            day, note = read_day(text, habits)
        except CellError as refusal:
            told = refusal.mend.format(**refusal.values)
        else:
            told = note.mend.format(**note.values) if note else day.isoformat()
        assert told
