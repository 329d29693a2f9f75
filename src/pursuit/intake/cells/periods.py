"""Days that are named by a longer time: a month, a week of it, a quarter; each stands for its last working end.

A month, quarter or half-year without a day is due by its last day; 초(순) by the 10th and 중순 by the 20th (the
month in tens of days, 국립국어원 표준국어대사전: 초순, 중순, 하순). A week is due by its Friday.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

OfYear = Callable[[int], date]
"""The day once its year is known; ValueError where that year has none."""

_YEAR = r"'?(\d{4}|\d{2})"
_ORDINALS = {"첫": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "넷": 4, "네": 4, "다섯": 5, "마지막": 0}
_ENDING = r"\s*(?:까지|예정|경|쯤|중|내)*"
_MONTH = re.compile(rf"(?:{_YEAR}\s*[년./-]\s*)?(\d{{1,2}})\s*월\s*(.*?){_ENDING}")
_ISO_MONTH = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*\.?")
_WEEK = re.compile(rf"([1-6])\s*(?:주차?|째\s*주)|({'|'.join(_ORDINALS)})\s*(?:번?째)?\s*주")
_ISO_WEEK = re.compile(rf"{_YEAR}\s*[-.년]?\s*(?:W\s*(\d{{1,2}})|(\d{{1,2}})\s*주차?)", re.IGNORECASE)
_PARTS = re.compile(
    rf"(?:{_YEAR}\s*(?:년도?|[./-])?\s*)?(?:([1-4])\s*(Q|H|분기)|(Q|H)\s*([1-4])|([상하])반기)\s*말?{_ENDING}",
    re.IGNORECASE,
)
_PARTS_FIRST = re.compile(rf"(?:([1-4])\s*(Q|H)|(Q|H)\s*([1-4]))\s*[./-]?\s*{_YEAR}", re.IGNORECASE)
_YEAR_END = re.compile(rf"(?:{_YEAR}\s*년?|연|년)\s*말{_ENDING}")


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, monthrange(year, month)[1] if 1 <= month <= 12 else 0)


def month_week(year: int, month: int, number: int) -> date:
    """Friday of the ``number``-th week of a month; 0 for its last week.

    A week runs from Monday and belongs to the month that holds its Thursday, so a month's first week is the one
    with its first Thursday: the rule of KS X ISO 8601 (KS A 5402 before 2014) for the first week of a year, applied
    to months.

    Raises
    ------
    ValueError
        When the month has no such week.
    """
    first = date(year, month, 1)
    thursdays = range((3 - first.weekday()) % 7 + 1, month_end(year, month).day + 1, 7)
    if number > len(thursdays):
        raise ValueError(number)
    return date(year, month, thursdays[number - 1]) + timedelta(days=1)


def find_period(text: str) -> tuple[str, OfYear] | None:
    """Year as written (empty where none stands) and day of a period; None when the text names none.

    The text is in Unicode form NFKC, without blanks around it.
    """
    if match := _MONTH.fullmatch(text):
        year, month, rest = match[1] or "", int(match[2]), match[3].replace(" ", "")
        day = _in_month(month, rest)
        return (year, day) if day else None
    if match := _ISO_MONTH.fullmatch(text):
        month = int(match[2])
        return match[1], lambda year: month_end(year, month)
    if match := _ISO_WEEK.fullmatch(text):
        week = int(match[2] or match[3])
        return match[1], lambda year: date.fromisocalendar(year, week, 5)
    if match := _PARTS.fullmatch(text):
        year, digit, kind, kind_first, digit_last, half = match.groups()
        last = _last_month(kind or kind_first or "H", int(digit or digit_last or "상하".index(half) + 1))
        return (year or "", lambda year: month_end(year, last)) if last else None
    if match := _PARTS_FIRST.fullmatch(text):
        digit, kind, kind_first, digit_last, year = match.groups()
        last = _last_month(kind or kind_first, int(digit or digit_last))
        return (year, lambda year: month_end(year, last)) if last else None
    if match := _YEAR_END.fullmatch(text):
        return match[1] or "", lambda year: date(year, 12, 31)
    return None


def _in_month(month: int, rest: str) -> OfYear | None:
    """What follows 월: nothing or 말, a third of the month, or a week."""
    if rest in ("", "말", "말일", "하순"):
        return lambda year: month_end(year, month)
    if tenth := {"초": 10, "초순": 10, "중순": 20}.get(rest):
        return lambda year: date(year, month, tenth)
    if week := _WEEK.fullmatch(rest):
        number = int(week[1]) if week[1] else _ORDINALS[week[2]]
        return lambda year: month_week(year, month, number)
    return None


def _last_month(kind: str, number: int) -> int:
    """Last month of a quarter or half-year; 0 where there is no such one."""
    months = 6 if kind.upper() == "H" else 3
    return number * months if number * months <= 12 else 0
