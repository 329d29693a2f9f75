"""Numbers, shares and sums of money as people write them."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from babel.numbers import list_currencies

from pursuit.intake.cells.cell_error import CellError, Note
from pursuit.intake.cells.habits import POINTED, Habits
from pursuit.intake.cells.korean import is_korean, korean_value
from pursuit.intake.cells.marks import by_mark

_LARGEST = Decimal(10) ** 18  # beyond any firm, and within what sums of minor units keep exact
_BARE = re.compile(r"-?\d{1,18}(?:\.(?:\d{1,2}|\d{4,9}))?")
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:,\d{3}){1,5}(?:\.\d{1,9})?")
_SCIENTIFIC = re.compile(r"(\d+(?:[.,]\d+)?)e([+-]?\d{1,3})", re.IGNORECASE)
_MINUS = str.maketrans({"\N{MINUS SIGN}": "-", "\N{EN DASH}": "-", "∆": "△", "▲": "△", "Δ": "△", "’": "'"})
_SYMBOLS = {
    **{"US$": "USD", "CA$": "CAD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "CN¥": "CNY"},
    **{"JP¥": "JPY", "₩": "KRW", "€": "EUR", "£": "GBP", "₹": "INR", "₫": "VND", "$": "$", "¥": "¥"},
    **{"원": "KRW", "유로": "EUR", "위안": "CNY", "달러": "$", "엔": "JPY"},
}
"""Signs before or after a sum; $ and ¥ each belong to several currencies and wait for their row's."""
_DOLLARS = "USD ARS AUD BMD BND BSD BZD CAD CLP COP DOP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD UYU XCD"
SHARED_SIGNS = {"$": frozenset(_DOLLARS.split()), "¥": frozenset({"JPY", "CNY"})}
"""Currencies whose narrow symbol it is (Unicode CLDR)."""
_SCALES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mm", "mn", "mio", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
}
_SCALED = re.compile(rf"(.*\d)\s*({'|'.join(_SCALES)})", re.IGNORECASE)
_CODE_FIRST = re.compile(r"([A-Za-z]{3})\s*([^A-Za-z].*)")
_CODE_LAST = re.compile(r"(.*[\d)-](?:\s*[A-Za-z]+(?=\s))?)\s*([A-Za-z]{3})")


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum as it stands in a cell, with its currency if the cell names one (``$`` and ``¥`` may be several)."""

    value: Decimal
    currency: str = ""


def read_number(raw: object, habits: Habits = POINTED) -> Decimal:
    """The number in a cell; see `number_in`."""
    return number_in(raw, habits)[0]


def read_share(raw: object, habits: Habits = POINTED) -> Decimal:
    """A share: 0.12 or 12%."""
    return share_in(raw, habits)[0]


def read_amount(raw: object, habits: Habits = POINTED) -> Amount:
    """The sum in a cell; see `amount_in`."""
    return amount_in(raw, habits)[0]


def number_in(raw: object, habits: Habits) -> tuple[Decimal, Note | None]:
    """The number in a cell, and what it was taken for where that is not plain.

    Raises
    ------
    UnsettledError
        When the column or file must first say which mark it writes before decimals.
    CellError
        When it is no number.
    """
    if isinstance(raw, str):
        return _plain(raw, habits) or _number(*_unsigned(_cleaned(raw)), habits)
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        raise CellError("This is not a number.", "Write digits only; format the cell as a number.")
    if not math.isfinite(raw):
        raise CellError("This is not a number.", "Write digits only; format the cell as a number.")
    return _sane(raw if isinstance(raw, Decimal) else Decimal(repr(raw))), None


def share_in(raw: object, habits: Habits) -> tuple[Decimal, Note | None]:
    """A share, as a number or a percentage; as `number_in`."""
    if isinstance(raw, str) and raw.rstrip().endswith(("%", "％")):
        value, note = number_in(raw.rstrip()[:-1], habits)
        return value / 100, note
    return number_in(raw, habits)


def amount_in(raw: object, habits: Habits) -> tuple[Amount, Note | None]:
    """A sum of money, with a currency code or sign before or after it, or without; as `number_in`.

    k, m and bn count thousands, millions and billions here and nowhere else.
    """
    if not isinstance(raw, str):
        return Amount(number_in(raw, habits)[0]), None
    if plain := _plain(raw, habits, money=True):
        return Amount(plain[0]), None
    sign, text = _unsigned(_cleaned(raw))
    currency, text = _currency(text)
    inner, text = _unsigned(text) if currency else (1, text)
    if sign < 0 and inner < 0:
        raise CellError("It carries two signs.", "Write one minus.")
    scale = 1
    if match := _SCALED.fullmatch(text):
        text, scale = match[1], _SCALES[match[2].lower()]
    value, note = _number(sign * inner, text, habits, money=scale == 1)
    return Amount(_sane(value * scale), currency), note


def _plain(text: str, habits: Habits, money: bool = False) -> tuple[Decimal, None] | None:
    """The fast way for what most programs write, where point and comma can be nothing else."""
    if _BARE.fullmatch(text):
        return (Decimal(text), None) if habits.decimals != "comma" or "." not in text else None
    pointed = habits.decimals == "point" or (money and habits.thousands and not habits.decimals)
    if pointed and _GROUPED.fullmatch(text):
        return Decimal(text.replace(",", "")), None
    return None


def _cleaned(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).translate(_MINUS).strip()


def _unsigned(text: str) -> tuple[int, str]:
    """Sign and rest of (1,200), △1,200, -1,200, 1,200- and +5; brackets and triangle may stand together."""
    bracketed = text.startswith("(") and text.endswith(")")
    inner = text[1:-1].strip() if bracketed else text
    if inner.startswith("△"):
        return -1, inner[1:].lstrip()
    if bracketed:
        return -1, inner
    if inner.startswith(("-", "+")):
        return -1 if inner[0] == "-" else 1, inner[1:].lstrip()
    return (-1, inner[:-1].rstrip()) if inner.endswith("-") else (1, inner)


def _number(sign: int, text: str, habits: Habits, money: bool = False) -> tuple[Decimal, Note | None]:
    if is_korean(text):
        return sign * _sane(korean_value(text)), None
    if match := _SCIENTIFIC.fullmatch(text):
        mantissa = by_mark(match[1], habits)[0] if habits.decimals else Decimal(match[1].replace(",", "."))
        return sign * _sane(mantissa.scaleb(int(match[2]))), None
    if (
        not text
        or not text.isascii()
        or not set(text) <= set("0123456789.,' ")
        or not any(map(str.isdigit, text))
    ):
        raise CellError("This is not a number.", "Write digits only; format the cell as a number.")
    value, note = by_mark(text, habits, money)
    return sign * _sane(value), note


def _sane(value: Decimal) -> Decimal:
    if abs(value) > _LARGEST:
        raise CellError("The number is too large.", "It is {high} or less.", high=f"{_LARGEST:.0e}")
    return value


def _currency(text: str) -> tuple[str, str]:
    """Currency of a sum, empty where none is named, and the rest of its text."""
    for symbol, code in _SYMBOLS.items():
        if text.startswith(symbol):
            return code, text.removeprefix(symbol).strip()
        if text.endswith(symbol):
            return code, text.removesuffix(symbol).strip()
    if match := _CODE_FIRST.fullmatch(text):
        return read_currency(match[1]), match[2]
    if (match := _CODE_LAST.fullmatch(text)) and match[2].lower() not in _SCALES:
        return read_currency(match[2]), match[1]
    return "", text


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies("en")) - {"XXX"}  # the code of ISO 4217 for "no currency"


def read_currency(raw: object) -> str:
    """An ISO 4217 code."""
    text = raw.strip().upper() if isinstance(raw, str) else ""
    if text not in _currencies():
        raise CellError("This is not a currency.", "Write three letters such as KRW or USD.")
    return text
