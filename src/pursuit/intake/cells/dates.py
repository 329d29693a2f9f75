"""Dates as people write them; an order of day and month, and a year, is settled or declared, never guessed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from pursuit.intake.cells.cell_error import CellError, Note, UnsettledError
from pursuit.intake.cells.habits import UNKNOWN, DateOrder, Habits
from pursuit.intake.cells.written import Written, taken_apart

SERIALS = range(20_000, 80_000)
"""Day numbers a spreadsheet may show for a date: 1954-10-03 to 2119-01-10."""
NEAREST = timedelta(days=120)
"""How far from today a date without a year may lie."""

_ORDERS: Mapping[DateOrder, tuple[int, int, int]] = {"ymd": (0, 1, 2), "dmy": (2, 1, 0), "mdy": (2, 0, 1)}
_SHOWN: Mapping[str, str] = {"ymd": "YY-MM-DD", "dmy": "DD-MM-YY", "mdy": "MM-DD-YY"}
_HINT = "Write it year first, like 2026-03-31."


def read_date(raw: object, habits: Habits = UNKNOWN) -> date:
    """The day in a cell; see `read_day`."""
    return read_day(raw, habits)[0]


def read_day(raw: object, habits: Habits) -> tuple[date, Note | None]:
    """The day in a cell and, where it is not the day exactly as it stands, what it was taken for.

    Raises
    ------
    UnsettledError
        When the column or file must first say in which order it writes day and month.
    CellError
        When it is no day.
    """
    if isinstance(raw, datetime):
        return raw.date(), None
    if isinstance(raw, date):
        return raw, None
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise CellError("This is not a date.", _HINT)
    text = str(raw).strip()
    if habits.date_format:
        try:
            return datetime.strptime(text, habits.date_format).date(), None  # noqa: DTZ007  a day has no zone
        except ValueError:
            pass
    elif len(text) == 10 and text[4] == "-":
        try:
            return date.fromisoformat(text), None
        except ValueError:
            pass
    written = taken_apart(text)
    if written is None:
        raise CellError("This is not a date.", _HINT)
    if written.serial:
        return _by_serial(written.serial, habits)
    return _by_numbers(written, habits) if written.numbers else _by_year(text, written, habits)


def readings(numbers: tuple[str, ...]) -> dict[DateOrder, date]:
    """Every day that three numbers can be, by the order in which they would stand."""
    found: dict[DateOrder, date] = {}
    for order, places in _ORDERS.items():
        year, month, day = (numbers[place] for place in places)
        if len(year) != 1 and len(day) <= 2:
            try:
                found[order] = date(full_year(year), int(month), int(day))
            except ValueError:
                continue
    return found


def full_year(year: str) -> int:
    """A year of two digits as POSIX reads it: 69 to 99 in the last century, 00 to 68 in this."""
    return int(year) + (0 if len(year) == 4 else 1900 if int(year) >= 69 else 2000)


def _by_serial(serial: int, habits: Habits) -> tuple[date, Note | None]:
    day = date(1899, 12, 30) + timedelta(days=serial)
    if not habits.serials:
        raise CellError(
            "This looks like a spreadsheet's day number.",
            "If you mean {day}, write it so or format the cell as a date.",
            day=day,
        )
    problem = "Day numbers of a spreadsheet (counted from 1900) were read as dates; this one as {day}."
    return day, Note(problem, "Format the column as dates.", day=day)


def _by_year(text: str, written: Written, habits: Habits) -> tuple[date, Note | None]:
    """The day of a text whose month and day are plain."""
    assert written.of_year is not None
    try:
        day = (
            written.of_year(full_year(written.year))
            if written.year
            else _nearest(text, written, habits.today)
        )
    except CellError:
        raise
    except ValueError:
        raise CellError("There is no such day.", _HINT) from None
    if written.vague:
        problem = "It names no single day; the last one it can mean was taken, here {day}."
        return day, Note(problem, "Write the day itself if another is meant.", day=day)
    if len(written.year) < 4:
        return day, Note("The year was completed; this one was read as {day}.", _HINT, day=day)
    if written.zoned:
        problem = "The day was taken as it stands in the time zone written with it; here {day}."
        return day, Note(problem, "Export the dates in your own time zone if it is another.", day=day)
    return day, None


def _nearest(text: str, written: Written, today: date | None) -> date:
    """The day in the year that puts it nearest to today, if that is near."""
    assert written.of_year is not None
    days = []
    for year in (today.year - 1, today.year, today.year + 1) if today else ():
        try:
            days.append(written.of_year(year))
        except ValueError:  # 29 February, a fifth week
            continue
    if today and not days:
        raise ValueError(text)
    if today is None or abs(min(days, key=lambda day: abs(day - today)) - today) > NEAREST:
        raise CellError("The year is missing.", "Write the year too, like 2026-03-31.")
    return min(days, key=lambda day: abs(day - today))


def _by_numbers(written: Written, habits: Habits) -> tuple[date, Note | None]:
    """The day of numbers that stand in an order the file must have settled or declared."""
    numbers = written.numbers
    if habits.date_format:
        raise CellError("It is not written as the declared date_format.", "Write it like the others.")
    if len(numbers) == 2:
        return _by_pair(numbers, habits)
    days = readings(numbers)
    if not days:
        raise CellError("There is no such day.", _HINT)
    if habits.dates in days:
        day = days[habits.dates]
        problem = "Dates of this column were read as {order}; this one as {day}."
        return day, Note(problem, _HINT, order=_SHOWN[habits.dates], day=day)
    first, *others = dict.fromkeys(days.values())
    if habits.dates:
        problem, mend = "Read as {order} there is no such day.", "If it is {day}, write it so."
        raise CellError(problem, mend, order=_SHOWN[habits.dates], day=first)
    if not others:
        raise UnsettledError("The year does not stand first.", "Write {day}.", day=first)
    raise UnsettledError(
        "Day and month can be read in two ways.",
        "Write {one} or {other}, or declare the order of the whole file: dates = ymd, dmy or mdy.",
        one=first,
        other=others[0],
    )


def _by_pair(numbers: tuple[str, ...], habits: Habits) -> tuple[date, Note | None]:
    """3/31: month and day in the order of the file, in the year nearest to today."""
    first, second = (int(number) for number in numbers)
    if not habits.dates and max(first, second) <= 12 and first != second:
        mend = "Write the year first, or declare the order of the whole file: dates = ymd, dmy or mdy."
        raise UnsettledError("Day and month can be read in two ways.", mend)
    if not habits.dates and first > 12:  # 26.3 may as well be a month of a year
        raise CellError("The year is missing.", "Write the year too, like 2026-03-31.")
    month, day = (second, first) if habits.dates == "dmy" else (first, second)
    return _by_year(" ".join(numbers), Written("", lambda year: date(year, month, day)), habits)
