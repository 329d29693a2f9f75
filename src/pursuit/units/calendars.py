"""Working time: which days a resource works, national holidays and the firm's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache


@cache
def holiday_dates(country: str, year: int) -> frozenset[date]:
    """Public holidays of a country in a year, substitute days included; none for an empty country."""
    if not country:
        return frozenset()
    import holidays  # loaded late: the tables of every country take a while to import

    return frozenset(holidays.country_holidays(country, years=year))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days of a resource.

    Parameters
    ----------
    id
        Name the resources refer to.
    country
        ISO 3166 code whose public holidays are free (``KR``, ``US``); empty for none.
    weekdays
        Share of a day's hours worked on Monday ... Sunday, 1.0 for a full day.
    closed
        The firm's own free days (summer shutdown, anniversary).
    opened
        Days worked although they would be free.
    """

    id: str
    country: str = ""
    weekdays: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0)
    closed: tuple[date, ...] = ()
    opened: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if len(self.weekdays) != 7 or not all(0 <= share <= 1 for share in self.weekdays):
            raise ValueError(f"calendar {self.id}: weekdays are seven shares between 0 and 1")
        if not any(self.weekdays):
            raise ValueError(f"calendar {self.id}: no day of the week is worked")

    def day_share(self, day: date) -> float:
        """Share of a full day worked on ``day``."""
        if day in self.opened:
            return 1.0
        if day in self.closed or day in holiday_dates(self.country, day.year):
            return 0.0
        return self.weekdays[day.weekday()]

    def week_share(self, monday: date) -> float:
        """Share of an ordinary week's hours worked in the week that starts on ``monday``."""
        worked = sum(self.day_share(monday + timedelta(days=n)) for n in range(7))
        return worked / sum(self.weekdays)
