"""What quotes write: their revision (1차, Rev.2, R3) and how long they hold (30일, 제출일로부터 1개월)."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from pursuit.intake.cells.cell_error import Note

_REVISION = re.compile(
    r"(?:제)?(?:rev(?:ision)?|ver(?:sion)?|r|v|no|#|차수)?[.:\s-]*0*([1-9]\d?)(?:\s*차)?(?:\s*견적)?"
)
_FROM = r"(?:(?:견적서?|제출|제안|발행|작성|발급)\s*(?:제출)?\s*(?:일자?|후)?\s*(?:로?부터|기준|이후)?\s*)?"
_SPAN = re.compile(
    rf"(?:valid\s*(?:for)?\s*)?{_FROM}(\d{{1,3}})\s*(일|개월|달|주|days?|weeks?|months?)\s*(?:간|이내|까지|유효)?"
    r"(?:\s*(?:from|after)\s*(?:the\s*)?(?:quote|quotation|offer|date|issue|submission)[\w\s]*)?"
)


@dataclass(frozen=True, slots=True)
class Span:
    """How long a quote holds from the day it was sent."""

    count: int
    unit: str

    def after(self, day: date) -> date:
        """The last day it holds."""
        if self.unit == "month":
            month = day.month - 1 + self.count
            year, month = day.year + month // 12, month % 12 + 1
            return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        return day + timedelta(days=self.count * (7 if self.unit == "week" else 1))


def read_revision(raw: object) -> tuple[int, Note | None] | None:
    """The number of a revision written with a word; None for what is read as a plain number."""
    if not isinstance(raw, str) or raw.strip().isdigit():
        return None
    match = _REVISION.fullmatch(unicodedata.normalize("NFKC", raw).casefold().strip())
    return (int(match[1]), None) if match else None


def read_validity(raw: object) -> tuple[Span, Note | None] | None:
    """How long a quote holds; None for what is read as a day."""
    if not isinstance(raw, str):
        return None
    match = _SPAN.fullmatch(unicodedata.normalize("NFKC", raw).casefold().strip())
    if match is None:
        return None
    unit = {"일": "day", "d": "day", "주": "week", "w": "week"}.get(match[2][0], "month")
    return Span(int(match[1]), unit), None
