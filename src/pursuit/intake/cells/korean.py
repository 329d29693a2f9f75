"""Korean numbers: 3억 2,000만, 12백만, 3천만, 1.2억."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal

from pursuit.intake.cells.cell_error import CellError

_GREAT = {"조": 10**12, "억": 10**8, "만": 10**4, "": 1}
_SMALL = {"천": 1000, "백": 100, "십": 10, "": 1}
_SECTION = re.compile(r"\s*([\d,.천백십 ]*[\d천백십])\s*([조억만]?)")
_PIECE = re.compile(r"\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*([천백십]?)")
_MEND = "Write it like 3억 2,000만 or 320000000."


def is_korean(text: str) -> bool:
    """Whether a text counts in Korean units."""
    return any(unit in text for unit in "조억만천백십")


def korean_value(text: str) -> Decimal:
    """The value of a text without sign; points are decimals in it, as always in Korean.

    Raises
    ------
    CellError
        When it is none: each part must be smaller than the unit before it.
    """
    return _summed(text, _SECTION, _GREAT, _small)


def _small(text: str) -> Decimal:
    return _summed(text, _PIECE, _SMALL, lambda digits: Decimal(digits.replace(",", "")))


def _summed(
    text: str, part: re.Pattern[str], units: dict[str, int], inner: Callable[[str], Decimal]
) -> Decimal:
    """The sum of parts, each a number and its unit, from the greatest unit down."""
    total, below, at = Decimal(0), Decimal("Infinity"), 0
    while at < len(text):
        match = part.match(text, at)
        if match is None:
            raise CellError("This is not a number.", _MEND)
        unit = units[match[2]]
        value = inner(match[1]) * unit
        if value >= below or unit >= below:
            raise CellError("Its parts do not go from the greatest unit down.", _MEND)
        total, below, at = total + value, Decimal(unit), match.end()
    return total
