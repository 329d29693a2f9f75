"""The firm's own grade of a deal (수주확도) as it stands in a cell: a word, a band, or simply a percentage."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pursuit.intake.cells.cell_error import Note

_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*(%)?")


def read_likelihood(raw: object) -> tuple[str, Note | None] | None:
    """The word in a cell; a number stays one, to be told apart from a grade once all grades are known.

    None for what is no text and no number.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    if isinstance(raw, float):
        raw = int(raw) if raw.is_integer() else repr(raw)
    return str(raw).strip(), None


def plain_percent(text: str) -> float | None:
    """The probability of ``70%``, ``0.7`` or ``70``; None for a grade, and for 1 to 10, which may be grades too."""
    match = _PERCENT.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    value = Decimal(match[1])
    if match[2]:
        return float(value / 100) if value <= 100 else None
    if 0 < value < 1:
        return float(value)
    return float(value / 100) if 10 < value <= 100 else None
