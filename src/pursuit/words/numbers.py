"""Amounts as people write them: 1억 2,000만원, 8만 6,000원, $1.2M, 45 %."""

from __future__ import annotations

from babel.numbers import format_decimal, get_currency_symbol

from pursuit.units import Money, minor_digits

_KOREAN_UNITS = ((10**12, "조"), (10**8, "억"), (10**4, "만"), (1, ""))
_KOREAN_GRAINS = ((10**12, 10**8), (10**8, 10**6), (10**6, 10**4), (10**4, 100), (0, 1))
"""From this size on, amounts are rounded to this much: a reader takes in three or four digits."""

_WESTERN_STEPS = ((10**9, "B"), (10**6, "M"), (10**3, "K"))


def format_money(amount: Money | int | float, lang: str, currency: str = "KRW") -> str:
    """A rounded amount for reading, never for reckoning; ``amount`` as Money or minor units of ``currency``."""
    if isinstance(amount, Money):
        currency = amount.currency
        amount = amount.amount
    major = float(amount) / 10 ** minor_digits(currency)
    sign = "-" if round(major) < 0 else ""
    size = abs(major)
    if lang == "ko":
        unit = "원" if currency == "KRW" else f" {currency}"
        return f"{sign}{_korean_size(size)}{unit}"
    symbol = get_currency_symbol(currency, locale="en")
    return f"{sign}{symbol}{_western_size(size)}"


def _korean_size(size: float) -> str:
    """Two leading Korean units at most: 3억 2,000만, 4,512만, 12만 3,500, 8,300."""
    grain = next(grain for least, grain in _KOREAN_GRAINS if size >= least)
    rest = round(size / grain) * grain  # before the unit is chosen: 9,999.6만 is 1억
    parts: list[str] = []
    for step, name in _KOREAN_UNITS:
        count, rest = divmod(rest, step)
        if count:
            parts.append(f"{count:,}{name}")
    return " ".join(parts) or "0"


def _western_size(size: float) -> str:
    for step, name in _WESTERN_STEPS:
        if size >= step * 0.9995:
            pattern = "#,##0.0" if size < step * 99.95 else "#,##0"
            return f"{format_decimal(size / step, format=pattern, locale='en')}{name}"
    return f"{round(size):,}"


def format_percent(share: float, lang: str = "ko", digits: int = 0) -> str:
    """A share as a percentage: 0.453 is ``45%``."""
    return f"{share * 100:.{digits}f}%"


def format_hours(hours: float, lang: str) -> str:
    """Hours with their unit: ``1,240시간`` or ``1,240 h``."""
    return f"{round(hours):,}시간" if lang == "ko" else f"{round(hours):,} h"
