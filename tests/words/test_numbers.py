"""Amounts read as people write them, in Korean and English, at every boundary of their units."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.units import Money
from pursuit.words import format_hours, format_money, format_percent

UNITS = {"조": 10**12, "억": 10**8, "만": 10**4, "": 1}


@pytest.mark.parametrize(
    ("won", "text"),
    [
        (0, "0원"),
        (1, "1원"),
        (9_999, "9,999원"),
        (10_000, "1만원"),
        (86_000, "8만 6,000원"),
        (123_500, "12만 3,500원"),
        (123_449, "12만 3,400원"),
        (999_949, "99만 9,900원"),
        (999_960, "100만원"),
        (1_234_567, "123만원"),
        (45_120_000, "4,512만원"),
        (99_994_999, "9,999만원"),
        (99_996_000, "1억원"),
        (100_000_000, "1억원"),
        (320_000_000, "3억 2,000만원"),
        (12_889_400_000, "128억 8,900만원"),
        (999_999_600_000, "1조원"),
        (1_234_500_000_000, "1조 2,345억원"),
        (-45_000_000, "-4,500만원"),
    ],
)
def test_won_in_korean(won: int, text: str) -> None:
    """Two units at most, rounded before the unit is chosen, so that 9,999.6만 is 1억."""
    assert format_money(won, "ko") == format_money(Money(won, "KRW"), "ko", "USD") == text


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (0, "$0"),
        (49, "$0"),
        (99_949, "$999"),
        (99_951, "$1.0K"),
        (120_000_000, "$1.2M"),
        (9_994_000, "$99.9K"),
        (9_996_000, "$100K"),
        (99_949_000, "$999K"),
        (99_995_000, "$1.0M"),
        (99_999_999_900, "$1.0B"),
        (-250_000_00, "-$250K"),
    ],
)
def test_dollars_in_english(cents: int, text: str) -> None:
    """Three digits and a letter; 999.95K is 1.0M."""
    assert format_money(cents, "en", "USD") == text


def test_other_pairs_of_language_and_currency() -> None:
    """Dollars in Korean keep their code, won in English their sign."""
    assert format_money(12_345_600, "ko", "USD") == "12만 3,500 USD"
    assert format_money(320_000_000, "en", "KRW") == "₩320M"


def read_korean(text: str) -> int:
    parts = re.findall(r"([\d,]+)(조|억|만|)", text)
    return sum(int(number.replace(",", "")) * UNITS[unit] for number, unit in parts)


@given(st.integers(0, 10**16))
def test_korean_amounts_stay_near(won: int) -> None:
    """What is read back differs by at most half a percent, and never shows more than two units."""
    text = format_money(won, "ko")
    assert abs(read_korean(text) - won) <= max(won * 0.006, 0.5)
    assert len(text.split()) <= 2
    assert all(int(n.replace(",", "")) < 10_000 or "조" in text for n in re.findall(r"[\d,]+", text))


@given(st.integers(0, 10**15), st.integers(0, 10**15))
def test_larger_amounts_never_read_smaller(a: int, b: int) -> None:
    """Rounding keeps the order of amounts."""
    low, high = sorted((a, b))
    assert read_korean(format_money(low, "ko")) <= read_korean(format_money(high, "ko"))


@given(st.integers(1, 10**15), st.sampled_from(["ko", "en"]), st.sampled_from(["KRW", "USD"]))
def test_a_minus_is_all_that_sets_losses_apart(amount: int, lang: str, currency: str) -> None:
    """A loss is written like the gain with a minus in front, or like nothing when it rounds to nothing."""
    gain = format_money(amount, lang, currency)
    assert format_money(-amount, lang, currency) == (f"-{gain}" if re.search("[1-9]", gain) else gain)


def test_shares_and_hours() -> None:
    """Percentages have the digits asked for, hours their unit."""
    assert format_percent(0.453) == "45%"
    assert format_percent(0.0345, "en", 1) == "3.5%"
    assert format_hours(1239.6, "ko") == "1,240시간"
    assert format_hours(1239.6, "en") == "1,240 h"
