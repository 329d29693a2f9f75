"""Measures everything else is written in: money, weeks, working time."""

from pursuit.units.calendars import Calendar, holiday_dates
from pursuit.units.money import Money, minor_digits, minor_units
from pursuit.units.weeks import WeekAxis, monday_of

__all__ = ["Calendar", "Money", "WeekAxis", "holiday_dates", "minor_digits", "minor_units", "monday_of"]
