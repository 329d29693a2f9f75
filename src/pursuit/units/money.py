"""Money as whole minor units with a currency, so that no sum ever drifts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from functools import cache

from babel.numbers import get_currency_precision


@cache
def minor_digits(currency: str) -> int:
    """Decimal digits of a currency's minor unit (ISO 4217): 0 for KRW, 2 for USD."""
    return get_currency_precision(currency)


def minor_units(amount: Decimal | int | float | str, currency: str) -> int:
    """Whole minor units in ``amount`` major units, rounded half to even."""
    scaled = Decimal(str(amount)).scaleb(minor_digits(currency))
    return int(scaled.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units (won, cents) of one currency.

    Raises
    ------
    ValueError
        When two currencies meet in one sum, or the amount is not a whole number.
    """

    amount: int
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, int) or isinstance(self.amount, bool):
            raise ValueError(f"money is counted in whole minor units, not {self.amount!r}")
        if len(self.currency) != 3 or not self.currency.isupper():
            raise ValueError(f"a currency is three capital letters (ISO 4217), not {self.currency!r}")

    @classmethod
    def of(cls, amount: Decimal | int | float | str, currency: str) -> Money:
        """Money from major units: ``Money.of("12.5", "USD")`` is 1,250 cents."""
        return cls(minor_units(amount, currency), currency)

    @property
    def major(self) -> Decimal:
        """The amount in major units (won, dollars)."""
        return Decimal(self.amount).scaleb(-minor_digits(self.currency))

    def _same(self, other: Money) -> None:
        if other.currency != self.currency:
            raise ValueError(
                f"{self.currency} and {other.currency} cannot be added; convert one at a dated rate"
            )

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount, self.currency)

    def __mul__(self, factor: int | float | Decimal) -> Money:
        product = Decimal(self.amount) * Decimal(str(factor))
        return Money(int(product.quantize(Decimal(1), rounding=ROUND_HALF_EVEN)), self.currency)

    __rmul__ = __mul__
