"""A date as it is written, taken apart; what it means may still wait for its year or the order of its numbers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from pursuit.intake.cells.periods import OfYear, find_period, month_end

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = rf"({'|'.join(_MONTHS)})[a-z]*\.?"
_YEAR_FIRST = re.compile(r"(\d{4})\s*(?:[-./]|년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})\s*[일.]?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT_YEAR = re.compile(
    r"(?:'(\d{2})\s*(?:[-./]|년)|(\d{2})\s*년)\s*(\d{1,2})\s*(?:[-./]|월)\s*(\d{1,2})\s*[일.]?"
)
_MONTH_DAY = re.compile(r"(\d{1,2})\s*월\s*(\d{1,2})\s*일?")
_LOOSE = re.compile(r"(\d{1,2})\s*([-./])\s*(\d{1,2})\s*\2\s*(\d{4}|\d{1,2})\s*\.?")
_PAIR = re.compile(r"(\d{1,2})\s*[-./]\s*(\d{1,2})")
_DAY_NAMED = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th)?[\s.-]*{_NAME}[\s,.-]*'?(\d{{4}}|\d{{2}})", re.IGNORECASE
)
_NAMED_DAY = re.compile(rf"{_NAME}\s*(\d{{1,2}})(?:st|nd|rd|th)?\s*,?\s+'?(\d{{4}})", re.IGNORECASE)
_NAMED_MONTH = re.compile(rf"{_NAME}[\s,.-]*(\d{{4}})", re.IGNORECASE)
_SERIAL = re.compile(r"([2-7]\d{4})(?:\.\d+)?")
_TIME = re.compile(
    r"""(?:(?<=[\d.일])T|\s+|\s*(?=오[전후]))\s*(?:오[전후]|[AP]M)?\s*
    \d{1,2}(?::\d{2}(?::\d{2}(?:[.,]\d+)?)?|시(?:\s*\d{1,2}분)?)\s*(?:[AP]M|오[전후])?
    \s*(?P<zone>Z|UTC|GMT|KST|[+-]\d{2}:?(?:\d{2})?)?$""",
    re.VERBOSE | re.IGNORECASE,
)
_WEEKDAY = re.compile(r"\s*(?:\(\s*(?:[월화수목금토일](?:요일)?|[A-Za-z]{3,9})\s*\)|[월화수목금토일]요일)$")


@dataclass(frozen=True, slots=True)
class Written:
    """What a text says about a day.

    Parameters
    ----------
    year
        As written; empty where none stands.
    of_year
        The day once the year is known; None where only numbers stand whose order is not known.
    numbers
        Two or three numbers of unknown order.
    vague
        Whether it names a longer time, of which the last day is taken.
    zoned
        Whether a time of day with its time zone was left off.
    serial
        A spreadsheet's day number; 0 for none.
    """

    year: str = ""
    of_year: OfYear | None = None
    numbers: tuple[str, ...] = ()
    vague: bool = False
    zoned: bool = False
    serial: int = 0


def taken_apart(text: str) -> Written | None:
    """The parts of a date; None when the text is no way to write one."""
    text = unicodedata.normalize("NFKC", text).replace("’", "'").replace("‘", "'").strip()
    zoned = False
    if match := _TIME.search(text):
        text, zoned = text[: match.start()].rstrip(), bool(match["zone"])
    text = _WEEKDAY.sub("", text)
    found = _numbered(text) or _named(text)
    if found is None and (period := find_period(text)):
        found = Written(period[0], period[1], vague=True)
    return replace(found, zoned=True) if found and zoned else found


def _numbered(text: str) -> Written | None:
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return _day(match[1], int(match[2]), int(match[3]))
    if match := _LOOSE.fullmatch(text):
        return Written(numbers=(match[1], match[3], match[4]))
    if match := _SHORT_YEAR.fullmatch(text):
        return _day(match[1] or match[2], int(match[3]), int(match[4]))
    if match := _MONTH_DAY.fullmatch(text):
        return _day("", int(match[1]), int(match[2]))
    if match := _PAIR.fullmatch(text):
        return Written(numbers=(match[1], match[2]))
    if match := _SERIAL.fullmatch(text):
        return Written(serial=int(match[1]))
    return None


def _named(text: str) -> Written | None:
    """Days with the English name of their month; 27-Mar-12 is day, month, year (Excel's d-mmm-yy)."""
    if match := _DAY_NAMED.fullmatch(text):
        return _day(match[3], _month(match[2]), int(match[1]))
    if match := _NAMED_DAY.fullmatch(text):
        return _day(match[3], _month(match[1]), int(match[2]))
    if match := _NAMED_MONTH.fullmatch(text):
        month = _month(match[1])
        return Written(match[2], lambda year: month_end(year, month), vague=True)
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name[:3].lower()) + 1


def _day(year: str, month: int, day: int) -> Written:
    return Written(year, lambda of: date(of, month, day))
