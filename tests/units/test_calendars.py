"""Working time: national holidays with their substitute days, and the firm's own days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.units import Calendar, holiday_dates

KOREA = Calendar("plant", "KR")


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 1, 1), "New Year"),
        (date(2026, 2, 16), "the eve of Seollal"),
        (date(2026, 2, 17), "Seollal"),
        (date(2026, 2, 18), "the day after Seollal"),
        (date(2026, 3, 2), "substitute for 1 March, a Sunday"),
        (date(2026, 5, 5), "Children's Day"),
        (date(2026, 5, 25), "substitute for Buddha's birthday, a Sunday"),
        (date(2026, 8, 17), "substitute for Liberation Day, a Saturday"),
        (date(2026, 9, 25), "Chuseok"),
        (date(2026, 10, 5), "substitute for Foundation Day, a Saturday"),
        (date(2025, 10, 8), "substitute in the long Chuseok of 2025"),
    ],
)
def test_korean_holidays_are_free(day: date, why: str) -> None:
    """Holidays by the lunar calendar and substitute days are free, although they are weekdays."""
    assert day.weekday() < 5, why
    assert KOREA.day_share(day) == 0, why


@pytest.mark.parametrize("day", [date(2026, 3, 3), date(2026, 2, 19), date(2026, 10, 6)])
def test_days_beside_holidays_are_worked(day: date) -> None:
    """The holiday does not spill over to the next working day."""
    assert KOREA.day_share(day) == 1


def test_weeks_lose_their_holidays() -> None:
    """The week of Seollal 2026 has two working days of five, an ordinary week all of them."""
    assert KOREA.week_share(date(2026, 2, 16)) == pytest.approx(2 / 5)
    assert KOREA.week_share(date(2026, 3, 9)) == 1


def test_the_firms_own_days_come_first() -> None:
    """A shutdown frees a weekday, an opened day works a holiday and beats even a shutdown."""
    holiday, ordinary, shut = date(2026, 5, 5), date(2026, 5, 6), date(2026, 8, 3)
    own = Calendar("own", "KR", closed=(shut, ordinary), opened=(holiday, ordinary))
    assert own.day_share(shut) == 0
    assert own.day_share(holiday) == 1
    assert own.day_share(ordinary) == 1


def test_saturday_shifts_count_by_their_share() -> None:
    """With half a Saturday a full week is 5.5 days; a holiday on Friday takes one of them."""
    calendar = Calendar("shifts", "KR", weekdays=(1, 1, 1, 1, 1, 0.5, 0))
    assert calendar.week_share(date(2026, 12, 21)) == pytest.approx(4.5 / 5.5)


def test_no_country_has_no_holidays() -> None:
    """An empty country means only weekends are free; another country has its own days."""
    assert holiday_dates("", 2026) == frozenset()
    assert Calendar("bare").day_share(date(2026, 1, 1)) == 1
    assert Calendar("us", "US").day_share(date(2026, 7, 3)) == 0  # observed: the fourth is a Saturday


@given(st.dates(date(2015, 1, 1), date(2035, 12, 31)), st.lists(st.integers(0, 6), max_size=3))
def test_closing_days_never_adds_time(day: date, closed: list[int]) -> None:
    """A week's share lies between 0 and 1 and never grows when days are closed."""
    monday = day - timedelta(days=day.weekday())
    shut = Calendar("shut", "KR", closed=tuple(monday + timedelta(days=n) for n in closed))
    assert 0 <= shut.week_share(monday) <= KOREA.week_share(monday) <= 1


@pytest.mark.parametrize("weekdays", [(1.0,) * 6, (1.0,) * 6 + (1.5,), (-0.5,) + (1.0,) * 6])
def test_weekdays_are_seven_shares(weekdays: tuple[float, ...]) -> None:
    """Six days, or a day of one and a half, are refused by the calendar's name."""
    with pytest.raises(ValueError, match="calendar odd: weekdays"):
        Calendar("odd", weekdays=weekdays)


def test_a_calendar_works_some_day() -> None:
    """A week without a working day is refused."""
    with pytest.raises(ValueError, match="no day of the week is worked"):
        Calendar("idle", weekdays=(0.0,) * 7)
