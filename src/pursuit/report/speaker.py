"""One voice for a report: its words, and numbers in the plan's currency as people write them."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date
from babel.numbers import get_currency_symbol

from pursuit.units import minor_digits
from pursuit.words import Words, format_hours, format_money, format_percent

MINUS = "−"


class Speaker:
    """Says words, money, shares and days in one language and one currency.

    Parameters
    ----------
    lang
        ``ko`` or ``en``.
    currency
        ISO 4217 code of the firm's money; all amounts come in its minor units.
    """

    def __init__(self, lang: str, currency: str) -> None:
        self.t = Words(lang)
        self.lang = lang
        self.currency = currency

    def money(self, amount: float) -> str:
        """An amount to read: ``1억 2,000만원``."""
        return format_money(amount, self.lang, self.currency).replace("-", MINUS, 1)

    def signed(self, amount: float) -> str:
        """An amount with its sign always shown."""
        text = self.money(amount)
        return text if text.startswith(MINUS) or amount == 0 else f"+{text}"

    def percent(self, share: float, digits: int = 0) -> str:
        """A share as a percentage."""
        return format_percent(share, self.lang, digits).replace("-", MINUS, 1)

    def chance(self, share: float) -> str:
        """A probability as a percentage, finer where it is small, never a false zero."""
        if 0 < share < 0.0005:
            return "<0.1%"
        return self.percent(share, 1 if 0 < share < 0.1 else 0)

    def hours(self, hours: float) -> str:
        """Hours with their unit."""
        return format_hours(hours, self.lang)

    def day(self, iso: str) -> str:
        """A day written out with its weekday: ``2026년 3월 2일 (월)``."""
        pattern = "y년 M월 d일 (E)" if self.lang == "ko" else "EEEE d MMMM y"
        return format_date(date.fromisoformat(iso), pattern, locale=self.lang)

    def month(self, text: str) -> str:
        """``2026-05`` as ``2026년 5월`` or ``May 2026``."""
        pattern = "y년 M월" if self.lang == "ko" else "MMMM y"
        return format_date(date.fromisoformat(f"{text}-01"), pattern, locale=self.lang)

    def names(self, items: list[str]) -> str:
        """Names in a row."""
        return ", ".join(items)

    def for_scripts(self) -> dict[str, object]:
        """What the page's scripts need to write numbers the same way."""
        return {
            "lang": self.lang,
            "currency": self.currency,
            "digits": minor_digits(self.currency),
            "symbol": get_currency_symbol(self.currency, locale="en"),
        }
