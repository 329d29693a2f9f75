"""What the values of a column look like, whatever it is called."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from babel.numbers import list_currencies

from pursuit.intake.cells.read import is_blank

MOST_LOOKED_AT = 2000
"""Cells of a column that are looked at one by one; distinct words are counted over all."""

_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_DATES = re.compile(
    rf"""(?:19|20)\d\d\s?[-./년]\s?\d\d?(\s?[-./월]\s?\d?\d?\s?[일.]?)?     # 2026-03-31, 2026.3, 2026년 3월 31일
    |(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])            # 20260331
    |\d\d?[-./]\d\d?[-./](?:\d\d|\d{{4}})                             # 31/03/2026, 3-31-26
    |{_DAY}[- ./][A-Za-z]{{3,9}}[- ./,]+\d{{2,4}}                     # 27-Mar-12
    |[A-Za-z]{{3,9}}[- ]{_DAY},?[- ]\d{{2,4}}                         # Mar 27, 2012
    |'?\d\d\s?[.년]\s?\d\d?(?:\s?[.월]\s?(?:\d\d?\s?[일.]?|말|초|중순|하순|상순)?)?   # 26.3.4, 26년 3월말
    |\d\d?월\s?(?:\d\d?일|말|초|중순|하순|상순|\d주차?)?                   # 3월 2주차
    |\d\d?/\d\d?                                                      # 3/31
    |(?:19|20)\d\d[-/ ]?(?:Q[1-4]|[1-4]Q|[1-4]분기)                     # 2026 Q2
    """,
    re.VERBOSE,
)
_TIME = re.compile(r"[T ]\s*(오전|오후)?\s*\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d\d:?\d\d|[AaPp][Mm])?$")
_SIGNS = re.compile(r"^(KRW|USD|EUR|JPY|CNY|GBP)\s*|[$€£¥₩\\]|\s*(원|KRW|USD|EUR|JPY|CNY|GBP)$")
_NUMBER = re.compile(r"[-+△▲(]?\s*\d[\d,. ']*(\s*(조|억|천만|백만|만|천)\s*[\d,.]*)*\)?\s*[kKmM]?")
_BUSINESS = re.compile(r"\d{3}-\d{2}-\d{5}")
_YES = {"y", "n", "yes", "no", "true", "false", "o", "x", "예", "아니오", "유", "무", "여", "부"}


@dataclass(frozen=True, slots=True)
class Looks:
    """The values of one column.

    Parameters
    ----------
    filled
        Number of cells that hold something.
    rows
        Number of rows.
    words
        Distinct values as text with their numbers, the most frequent first.
    dates, numbers, percents, signed, businesses, currencies, yes
        Shares of the filled cells that look like a day, a number, a percentage, a sum with the sign of a currency, a
        Korean business number, a currency code, a yes or no.
    low, high
        Smallest and largest of the numbers that stand as such; None without any.
    """

    filled: int
    rows: int
    words: tuple[tuple[str, int], ...]
    dates: float = 0.0
    numbers: float = 0.0
    percents: float = 0.0
    signed: float = 0.0
    businesses: float = 0.0
    currencies: float = 0.0
    yes: float = 0.0
    low: float | None = None
    high: float | None = None

    @property
    def unique(self) -> bool:
        """Whether every row holds something of its own."""
        return self.filled == self.rows == len(self.words) and self.rows > 0

    @property
    def texts(self) -> float:
        """Share of the cells that are neither day nor number."""
        return max(0.0, 1 - self.dates - self.numbers - self.percents) if self.filled else 0.0

    @property
    def repeated(self) -> bool:
        """Whether the same few words stand in many rows."""
        return 0 < len(self.words) <= 25 and len(self.words) <= max(2, 0.5 * self.filled)


def look(cells: Sequence[Any]) -> Looks:
    """What a column's cells look like."""
    held = [cell for cell in cells if not is_blank(cell)]
    if not held:
        return Looks(0, len(cells), ())
    step = max(1, len(held) // MOST_LOOKED_AT)
    seen = [_kind(cell) for cell in held[::step]]
    numbers = [n for cell in held[::step] if (n := plain_number(cell)) is not None]
    shares = {kind: count / len(seen) for kind, count in Counter(seen).items()}
    words = Counter(as_text(cell) for cell in held)
    return Looks(
        len(held),
        len(cells),
        tuple(words.most_common()),
        dates=shares.get("date", 0),
        numbers=shares.get("number", 0) + shares.get("signed", 0),
        percents=shares.get("percent", 0),
        signed=shares.get("signed", 0),
        businesses=shares.get("business", 0),
        currencies=shares.get("currency", 0),
        yes=shares.get("yes", 0),
        low=min(numbers, default=None),
        high=max(numbers, default=None),
    )


def as_text(cell: Any) -> str:
    """A cell as the mapping compares it with words."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def plain_number(cell: Any) -> float | None:
    """The number a cell holds or plainly writes (1,234.5), else None."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float | Decimal):
        return float(cell)
    text = str(cell).strip().rstrip("%").replace(",", "")
    try:
        return float(text) if re.fullmatch(r"-?\d+(\.\d+)?", text) else None
    except ValueError:
        return None


@cache
def _codes() -> frozenset[str]:
    return frozenset(list_currencies("en")) - {"XXX"}


def _kind(cell: Any) -> str:
    if isinstance(cell, date):
        return "date"
    if isinstance(cell, bool):
        return "yes"
    if isinstance(cell, int | float | Decimal):
        return "date" if _is_compact(cell) else "number"
    return _text_kind(unicodedata.normalize("NFKC", str(cell)).strip())


def _text_kind(text: str) -> str:
    if _BUSINESS.fullmatch(text):
        return "business"
    if text.casefold() in _YES:
        return "yes"
    if text.upper() in _codes():
        return "currency"
    if re.fullmatch(r"[-+]?[\d.,]+\s*%", text):
        return "percent"
    if _DATES.fullmatch(_TIME.sub("", text)) and not re.fullmatch(r"\d\d?\.\d\d?", text):
        return "date"
    bared = _SIGNS.sub("", _SIGNS.sub("", text)).strip()
    if _NUMBER.fullmatch(bared):
        return "signed" if bared != text else "number"
    return "text"


def _is_compact(cell: Any) -> bool:
    """Whether a number is a day written 20260331."""
    number = float(cell)
    return number.is_integer() and re.fullmatch(_DATES, f"{int(number)}") is not None and number > 19_000_000
