"""Numbers as people write them: 1,234.5, 12%, 3억 2,000만; what could mean two things is refused."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel.numbers import list_currencies

from pursuit.intake.cells.cell_error import CellError

_LARGEST = Decimal(10) ** 18  # beyond any firm, and within what sums of minor units keep exact
_PLAIN = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
_KOREAN_STEPS = {"조": 10**12, "억": 10**8, "만": 10**4, "천만": 10**7, "백만": 10**6}
_KOREAN = re.compile(r"([\d,]+(?:\.\d+)?)\s*(조|억|천만|백만|만)")
_SYMBOLS = {"원": "KRW", "₩": "KRW", "€": "EUR", "£": "GBP"}  # $ and ¥ each belong to several currencies


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum as it stands in a cell, with its currency if the cell names one."""

    value: Decimal
    currency: str = ""


def read_number(raw: object) -> Decimal:
    """The number in a cell.

    Raises
    ------
    CellError
        When it is none, or could be read in two ways.
    """
    if isinstance(raw, bool) or not isinstance(raw, int | float | str | Decimal):
        raise CellError("This is not a number.", "Write digits only; format the cell as a number.")
    if isinstance(raw, Decimal):
        return _sane(raw)
    if isinstance(raw, int | float):
        if not math.isfinite(raw):
            raise CellError("This is not a number.", "Write digits only; format the cell as a number.")
        return _sane(Decimal(repr(raw)))
    text = unicodedata.normalize("NFKC", raw).replace("\N{MINUS SIGN}", "-").strip()
    if _PLAIN.fullmatch(text):
        return _sane(Decimal(text.replace(",", "")))
    if any(step in text for step in "조억만"):
        return _sane(_korean(text))
    if re.fullmatch(r"[+-]?[\d.,]+", text):
        raise CellError("Commas and points can be read in two ways.", "Write it like 1,234.5 or 1234.5.")
    raise CellError("This is not a number.", "Write digits only; format the cell as a number.")


def _sane(value: Decimal) -> Decimal:
    if abs(value) > _LARGEST:
        raise CellError("The number is too large.", "It is {high} or less.", high=f"{_LARGEST:.0e}")
    return value


def _korean(text: str) -> Decimal:
    """3억 2,000만, 1.5억, 5천만, 3억 500: what follows a unit must be smaller than it."""
    sign = -1 if text.startswith("-") else 1
    rest = text.lstrip("+-").strip()
    total, below = Decimal(0), Decimal("Infinity")
    while rest:
        match = _KOREAN.match(rest)
        digits, step = (match[1], _KOREAN_STEPS[match[2]]) if match else (rest, 1)
        if not _PLAIN.fullmatch(digits):
            raise CellError("This is not a number.", "Write it like 3억 2,000만 or 320000000.")
        part = Decimal(digits.replace(",", "")) * step
        if part >= below:
            raise CellError(
                "Commas and points can be read in two ways.", "Write it like 3억 2,000만 or 320000000."
            )
        total, below = total + part, Decimal(step)
        rest = rest[match.end() :].strip() if match else ""
    return sign * total


def read_share(raw: object) -> Decimal:
    """A share: 0.12 or 12%."""
    if isinstance(raw, str) and raw.strip().endswith(("%", "％")):
        return read_number(raw.strip()[:-1]) / 100
    return read_number(raw)


def read_amount(raw: object) -> Amount:
    """A sum of money, with a currency code or an unmistakable symbol before or after it, or without."""
    if not isinstance(raw, str):
        return Amount(read_number(raw))
    text = unicodedata.normalize("NFKC", raw).strip()
    for symbol, code in _SYMBOLS.items():
        if text.startswith(symbol) or text.endswith(symbol):
            return Amount(read_number(text.removeprefix(symbol).removesuffix(symbol)), code)
    match = re.fullmatch(r"([A-Za-z]{3})\s*(.+)", text) or re.fullmatch(r"(.+?)\s*([A-Za-z]{3})", text)
    if match:
        code, digits = sorted(match.groups(), key=lambda part: not part.isalpha())
        return Amount(read_number(digits), read_currency(code))
    return Amount(read_number(text))


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies("en")) - {"XXX"}  # the code of ISO 4217 for "no currency"


def read_currency(raw: object) -> str:
    """An ISO 4217 code."""
    text = raw.strip().upper() if isinstance(raw, str) else ""
    if text not in _currencies():
        raise CellError("This is not a currency.", "Write three letters such as KRW or USD.")
    return text
