"""Dates as people write them, year first; day and month are never guessed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta

from pursuit.intake.cells.cell_error import CellError

_YEAR_FIRST = re.compile(r"(\d{4})\s*(?:[-./]|년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})\s*[일.]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME = re.compile(r"[T ]\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$")
_HINT = "Write it year first, like 2026-03-31."


def read_date(raw: object) -> date:
    """The day in a cell: a date cell, or text with the year first.

    Read are 2026-03-31, 2026.3.31, 2026/3/31, 2026년 3월 31일 and 20260331, with or without a time of day.

    Raises
    ------
    CellError
        For anything else; 03/04/2026 could be two days and is refused with both spelt out.
    """
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    if not isinstance(raw, int | str) or isinstance(raw, bool):
        raise CellError("This is not a date.", _HINT)
    text = _TIME.sub("", unicodedata.normalize("NFKC", str(raw)).strip())
    match = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        try:
            return date(*(int(part) for part in match.groups()))
        except ValueError:
            raise CellError("There is no such day.", _HINT) from None
    raise _refused(text)


def _refused(text: str) -> CellError:
    """The most helpful refusal for a text that is no date."""
    if re.fullmatch(r"\d{5}", text):
        day = date(1899, 12, 30) + timedelta(days=int(text))
        return CellError(
            "This looks like a spreadsheet's day number.",
            "If you mean {day}, write it so or format the cell as a date.",
            day=day,
        )
    if match := re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", text):
        first, second, year = match.groups()
        readings = f"{year}-{int(second):02}-{int(first):02}", f"{year}-{int(first):02}-{int(second):02}"
        days = [day for day in readings if _exists(day)]
        if len(days) == 2 and first != second:
            return CellError(
                "Day and month can be read in two ways.",
                "Write {one} or {other}.",
                one=days[0],
                other=days[1],
            )
        if days:
            return CellError("The year does not stand first.", "Write {day}.", day=days[0])
    if re.fullmatch(r"\d{1,2}[-./]\d{1,2}[-./]\d{1,2}", text):
        return CellError("A year of two digits can be read in two ways.", _HINT)
    return CellError("This is not a date.", _HINT)


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True
