"""Numbers are read as people write them, and refused where they could mean two things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.figures import Amount, read_amount, read_currency, read_number, read_share


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,234.5", "1234.5"),
        ("-12", "-12"),
        ("１２３", "123"),
        ("3억 2,000만", "320000000"),
        ("1.5억", "150000000"),
        ("5천만", "50000000"),
        ("2조 3억", "2000300000000"),
        ("3억 500", "300000500"),
        (1200.0, "1200"),
        (0.1, "0.1"),
    ],
)
def test_numbers(text: object, value: str) -> None:
    """Thousands separators, full-width digits and Korean units keep their exact value."""
    assert read_number(text) == Decimal(value)


@pytest.mark.parametrize(
    "text",
    [
        "1,23",
        "1.234,5",
        "1.234.567",
        "12%",
        "(12)",
        "만 3억",
        "3만 2억",
        "abc",
        "-",
        "nan",
        True,
        float("inf"),
        "1e30",
    ],
)
def test_refused_numbers(text: object) -> None:
    """A comma that is no thousands separator, units in the wrong order and words are refused."""
    with pytest.raises(CellError):
        read_number(text)


@pytest.mark.parametrize(
    ("text", "value"), [("12%", "0.12"), ("0.12", "0.12"), ("12.5 %", "0.125"), (0.3, "0.3")]
)
def test_shares(text: object, value: str) -> None:
    """A share is a number or a percentage."""
    assert read_share(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("USD 1,200", "1200", "USD"),
        ("1200.5 usd", "1200.5", "USD"),
        ("₩1,200,000", "1200000", "KRW"),
        ("3억원", "300000000", "KRW"),
        (77, "77", ""),
    ],
)
def test_amounts(text: object, value: str, currency: str) -> None:
    """A cell may name its own currency by code or by an unmistakable symbol."""
    assert read_amount(text) == Amount(Decimal(value), currency)


@pytest.mark.parametrize("text", ["$120", "XYZ 12", "won", "12 34"])
def test_refused_amounts(text: str) -> None:
    """A dollar sign belongs to many currencies, and XYZ to none."""
    with pytest.raises(CellError):
        read_amount(text)


@pytest.mark.parametrize("text", ["KR", "원화", "ABC", 12])
def test_refused_currencies(text: object) -> None:
    """Only codes of ISO 4217 are currencies."""
    with pytest.raises(CellError):
        read_currency(text)


@given(st.integers(-(10**15), 10**15))
def test_separators_change_nothing(number: int) -> None:
    """Any whole number reads the same with and without thousands separators."""
    assert read_number(f"{number:,}") == read_number(str(number)) == number


@given(st.integers(0, 9999), st.integers(1, 9999))
def test_korean_units(upper: int, lower: int) -> None:
    """Every number written in 억 and 만 reads as its value."""
    expected = upper * 10**8 + lower * 10**4
    assert read_number(f"{upper:,}억 {lower:,}만") == expected
