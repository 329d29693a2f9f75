"""Money is exact: whole minor units that add up, never mix currencies and round half to even."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.units import Money, minor_digits, minor_units

AMOUNTS = st.integers(-(10**18), 10**18)


@pytest.mark.parametrize(("currency", "digits"), [("KRW", 0), ("JPY", 0), ("USD", 2), ("EUR", 2), ("KWD", 3)])
def test_minor_digits_follow_the_currency(currency: str, digits: int) -> None:
    """Won have no minor unit, dollars have cents, dinars have a thousand fils."""
    assert minor_digits(currency) == digits


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("12.5", "USD", 1250),
        (0.1 + 0.2, "USD", 30),
        ("0.005", "USD", 0),
        ("0.015", "USD", 2),
        ("0.025", "USD", 2),
        (Decimal("2.5"), "KRW", 2),
        (Decimal("3.5"), "KRW", 4),
        ("-0.015", "USD", -2),
        ("123456789012345678.91", "USD", 12345678901234567891),
    ],
)
def test_major_amounts_become_minor_units(amount: str | float | Decimal, currency: str, units: int) -> None:
    """Halves go to the even neighbour, and large amounts lose no digit."""
    assert minor_units(amount, currency) == units
    assert Money.of(amount, currency) == Money(units, currency)


@given(AMOUNTS, st.sampled_from(["KRW", "USD", "KWD"]))
def test_major_and_minor_are_two_ways_to_say_it(amount: int, currency: str) -> None:
    """An amount written in major units and read again is the same amount."""
    money = Money(amount, currency)
    assert Money.of(money.major, currency) == money


@given(AMOUNTS, AMOUNTS, AMOUNTS)
def test_sums_do_not_depend_on_order(a: int, b: int, c: int) -> None:
    """Sums, differences and negatives are those of whole numbers."""
    x, y, z = (Money(amount, "KRW") for amount in (a, b, c))
    assert (x + y) + z == z + (y + x)
    assert x - y == x + (-y) == -(y - x)


@given(AMOUNTS, st.integers(0, 1000))
def test_whole_factors_are_repeated_sums(amount: int, factor: int) -> None:
    """Multiplying by a whole number is exact, from either side."""
    money = Money(amount, "USD")
    assert money * factor == factor * money == Money(amount * factor, "USD")


@given(st.integers(-(10**12), 10**12), st.decimals(0, 1, places=3))
def test_shares_round_to_the_nearest_unit(amount: int, share: Decimal) -> None:
    """A share of an amount is within half a unit of the exact product."""
    assert abs((Money(amount, "KRW") * share).amount - amount * share) <= Decimal("0.5")


def test_currencies_never_mix() -> None:
    """Won and dollars in one sum are refused, and the message asks for a dated rate."""
    with pytest.raises(ValueError, match=r"KRW and USD .*dated rate"):
        Money(1, "KRW") + Money(1, "USD")
    with pytest.raises(ValueError, match="USD and KRW"):
        Money(1, "USD") - Money(1, "KRW")


@pytest.mark.parametrize("amount", [1.0, 1.5, "1", True, None])
def test_only_whole_numbers_are_money(amount: object) -> None:
    """Floats, texts and truth values are no amounts."""
    with pytest.raises(ValueError, match="whole minor units"):
        Money(amount, "KRW")  # type: ignore[arg-type]


@pytest.mark.parametrize("currency", ["", "won", "krw", "₩", "KRWX"])
def test_currencies_are_iso_codes(currency: str) -> None:
    """A currency that is not three capital letters is refused."""
    with pytest.raises(ValueError, match="ISO 4217"):
        Money(1, currency)
