"""Amounts as people write them: 1억 2,000만원, $1.2M, 45 %."""

from __future__ import annotations

from babel.numbers import format_decimal, get_currency_symbol

from pursuit.units import Money, minor_digits

_KOREAN_STEPS = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
_WESTERN_STEPS = ((10**9, "B"), (10**6, "M"), (10**3, "K"))


def format_money(amount: Money | int | float, lang: str, currency: str = "KRW") -> str:
    """A rounded amount for reading, never for reckoning; ``amount`` as Money or minor units of ``currency``."""
    if isinstance(amount, Money):
        amount, currency = amount.amount, amount.currency
    major = float(amount) / 10 ** minor_digits(currency)
    sign = "-" if round(major) < 0 else ""
    size = abs(major)
    if lang == "ko":
        unit = "원" if currency == "KRW" else f" {currency}"
        return f"{sign}{_korean_size(size)}{unit}"
    symbol = get_currency_symbol(currency, locale="en")
    return f"{sign}{symbol}{_western_size(size)}"


def _korean_size(size: float) -> str:
    """Two leading Korean units at most: 3억 2,000만, 4,512만, 8,300."""
    for at, (step, name) in enumerate(_KOREAN_STEPS):
        if size >= step:
            if at + 1 == len(_KOREAN_STEPS):
                return f"{round(size / step):,}{name}"
            minor_step, minor_name = _KOREAN_STEPS[at + 1]
            keep = 100 if name == "억" else 1  # below 억, hundreds of 만 are what a reader takes in
            minor = round(size / minor_step / keep) * keep
            whole, rest = divmod(minor, step // minor_step)
            return f"{whole:,}{name}" + (f" {rest:,}{minor_name}" if rest else "")
    return f"{round(size):,}"


def _western_size(size: float) -> str:
    for step, name in _WESTERN_STEPS:
        if size >= step * 0.9995:
            return f"{format_decimal(size / step, format='#,##0.0' if size < 100 * step else '#,##0', locale='en')}{name}"
    return f"{round(size):,}"


def format_percent(share: float, lang: str = "ko", digits: int = 0) -> str:
    """A share as a percentage: 0.453 is ``45%``."""
    return f"{share * 100:.{digits}f}%"


def format_hours(hours: float, lang: str) -> str:
    """Hours with their unit: ``1,240시간`` or ``1,240 h``."""
    return f"{round(hours):,}시간" if lang == "ko" else f"{round(hours):,} h"
