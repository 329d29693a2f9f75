"""The one weekly axis everything is planned on: ISO weeks, Monday first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


def monday_of(day: date) -> date:
    """The Monday of the week that ``day`` falls in."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class WeekAxis:
    """``weeks`` consecutive calendar weeks, the first one beginning on Monday ``start``."""

    start: date
    weeks: int

    def __post_init__(self) -> None:
        if self.start.weekday() != 0:
            raise ValueError(f"a week axis starts on a Monday; {self.start} is none")
        if self.weeks < 1:
            raise ValueError(f"a week axis has at least one week, not {self.weeks}")

    @classmethod
    def following(cls, day: date, weeks: int) -> WeekAxis:
        """The axis that begins with the week of ``day``."""
        return cls(monday_of(day), weeks)

    @property
    def end(self) -> date:
        """The first day after the last week."""
        return self.start + timedelta(weeks=self.weeks)

    def index(self, day: date) -> int:
        """Week number of ``day``, counted from 0; negative before the axis, beyond ``weeks`` after it."""
        return (day - self.start).days // 7

    def monday(self, week: int) -> date:
        """First day of ``week``."""
        return self.start + timedelta(weeks=week)

    def friday(self, week: int) -> date:
        """Last working day of ``week``, the day a promise for that week is kept by."""
        return self.start + timedelta(weeks=week, days=4)

    def months(self) -> tuple[str, ...]:
        """Calendar months (``YYYY-MM``) the axis touches, in order; a week belongs to its Thursday's month."""
        return tuple(dict.fromkeys(self.month(week) for week in range(self.weeks)))

    def month(self, week: int) -> str:
        """Calendar month of a week, by its Thursday as ISO 8601 does for years."""
        return (self.monday(week) + timedelta(days=3)).strftime("%Y-%m")
