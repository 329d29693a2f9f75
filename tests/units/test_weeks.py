"""The weekly axis: ISO weeks from Monday, whatever day it starts from."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.units import WeekAxis, monday_of

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@given(DAYS)
def test_every_day_belongs_to_one_monday(day: date) -> None:
    """The Monday of a day is at most six days before it, in the same ISO week."""
    monday = monday_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days <= 6
    assert monday.isocalendar()[:2] == day.isocalendar()[:2]


@given(DAYS, st.integers(1, 200))
def test_index_and_monday_undo_each_other(day: date, weeks: int) -> None:
    """Each week's seven days have its number; the days around the axis lie outside it."""
    axis = WeekAxis.following(day, weeks)
    assert axis.index(day) == 0
    last = weeks - 1
    assert {axis.index(axis.monday(last) + timedelta(days=n)) for n in range(7)} == {last}
    assert axis.index(axis.end) == weeks
    assert axis.index(axis.start - timedelta(days=1)) == -1
    assert axis.friday(last) == axis.monday(last) + timedelta(days=4)


def test_a_week_belongs_to_the_month_of_its_thursday() -> None:
    """The week of 29 December 2025 is one of January 2026, as its ISO year says."""
    axis = WeekAxis(date(2025, 12, 29), 6)
    assert axis.month(0) == "2026-01"
    assert axis.months() == ("2026-01", "2026-02")
    assert WeekAxis(date(2026, 3, 30), 1).months() == ("2026-04",)


@given(DAYS, st.integers(1, 120))
def test_months_cover_the_axis_without_holes(day: date, weeks: int) -> None:
    """Months come once each, in order, with none left out."""
    months = WeekAxis.following(day, weeks).months()
    numbers = [int(month[:4]) * 12 + int(month[5:]) for month in months]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def test_an_axis_is_sound_or_refused() -> None:
    """An axis that starts on a Tuesday or has no week is refused with the reason."""
    with pytest.raises(ValueError, match="2026-03-03 is none"):
        WeekAxis(date(2026, 3, 3), 4)
    with pytest.raises(ValueError, match="at least one week, not 0"):
        WeekAxis(date(2026, 3, 2), 0)
