"""Numbers are read as people write them, and refused where they could mean two things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.cells.cell_error import CellError, UnsettledError
from pursuit.intake.cells.figures import (
    Amount,
    amount_in,
    number_in,
    read_amount,
    read_currency,
    read_number,
    read_share,
)
from pursuit.intake.cells.habits import Habits


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
        ("3천만", "30000000"),
        ("12백만", "12000000"),
        ("2천5백만", "25000000"),
        ("1억2천만", "120000000"),
        ("1,234천", "1234000"),
        ("△1,200", "-1200"),
        ("▲1,200", "-1200"),
        ("(1,200)", "-1200"),
        ("(△1,200)", "-1200"),
        ("1,200-", "-1200"),
        ("−1,200", "-1200"),
        ("△1.2억", "-120000000"),
        ("+5", "5"),
        ("1'234.50", "1234.50"),
        ("1 234 567", "1234567"),
        ("1\u202f234.5", "1234.5"),
        ("1\u00a0234", "1234"),
        ("1.23E+05", "123000"),
        (".5", "0.5"),
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
        "(-12)",
        "--5",
        "△-5",
        "억",
        "천만",
        "1,2억",
        "2천3천",
        "1.2k",
        "1 23",
        "0,123.4",
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
        ("3천만원", "30000000", "KRW"),
        ("12백만 원", "12000000", "KRW"),
        ("￦1,200", "1200", "KRW"),
        ("1,200원", "1200", "KRW"),
        ("$1.2M", "1200000", "$"),
        ("($1,200.50)", "-1200.50", "$"),
        ("-$5", "-5", "$"),
        ("$-5", "-5", "$"),
        ("US$ 3bn", "3000000000", "USD"),
        ("1.2M USD", "1200000", "USD"),
        ("€1.5mn", "1500000", "EUR"),
        ("1.2k", "1200", ""),
        ("100만 달러", "1000000", "$"),
        ("△3억원", "-300000000", "KRW"),
        (77, "77", ""),
    ],
)
def test_amounts(text: object, value: str, currency: str) -> None:
    """A cell may name its own currency by code or by an unmistakable symbol."""
    assert read_amount(text) == Amount(Decimal(value), currency)


@pytest.mark.parametrize("text", ["XYZ 12", "won", "12 34", "-$-5", "$", "12 apples", "1.2 t"])
def test_refused_amounts(text: str) -> None:
    """XYZ is no currency, and words are no sums."""
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


@pytest.mark.parametrize(
    ("text", "point", "comma"),
    [
        ("1,234", "1234", "1.234"),
        ("1.234", "1.234", "1234"),
        ("1.234,5", None, "1234.5"),
        ("1,234.5", "1234.5", None),
        ("1.234.567", None, "1234567"),
        ("1 234,5", None, "1234.5"),
        ("1'234,5", None, "1234.5"),
        ("12,5", None, "12.5"),
        ("12.5", "12.5", None),
        ("0.125", "0.125", None),
        ("1234.567", "1234.567", None),
        ("1234", "1234", "1234"),
    ],
)
def test_the_mark_of_a_file(text: str, point: str | None, comma: str | None) -> None:
    """Under a known decimal mark a number has one value or none; without one, only what is certain is read."""
    for mark, value in (("point", point), ("comma", comma)):
        habits = Habits(decimals=mark)  # type: ignore[arg-type]
        if value is None:
            with pytest.raises(CellError):
                read_number(text, habits)
        else:
            assert read_number(text, habits) == Decimal(value)
    if point and comma and point != comma:
        with pytest.raises(UnsettledError):
            read_number(text, Habits())
    else:
        assert read_number(text, Habits()) == Decimal(point or comma or "")


def test_three_digits_of_a_sum_are_thousands() -> None:
    """Where no currency has three decimals, 1.234 in a money column is 1234, told; 1,234 needs no telling."""
    sums = Habits(thousands=True)
    value, note = amount_in("1.234", sums)
    assert value == Amount(Decimal(1234))
    assert note is not None
    assert amount_in("1,234", sums) == (Amount(Decimal(1234)), None)
    assert amount_in("1.234", Habits(decimals="point", thousands=True))[0] == Amount(Decimal("1.234"))
    with pytest.raises(UnsettledError):
        number_in("1.234", sums)


@given(st.text(alphabet="0123456789.,'-+()△%억천만원$kmMUSDE ", max_size=12))
def test_any_text(text: str) -> None:
    """Whatever the text, it is a number or it is refused; nothing else happens."""
    for read in (read_number, read_share, read_amount):
        for habits in (Habits(), Habits(decimals="comma"), Habits(decimals="point", thousands=True)):
            try:
                value = read(text, habits)
            except CellError:
                continue
            assert getattr(value, "value", value).is_finite()


@given(st.decimals(-(10**9), 10**9, places=2), st.sampled_from(["point", "comma"]))
def test_any_number_in_either_way(number: Decimal, mark: str) -> None:
    """Any number written with its file's marks comes back exactly."""
    text = f"{number:,f}"
    if mark == "comma":
        text = text.translate(str.maketrans(",.", ".,"))
    assert read_number(text, Habits(decimals=mark)) == number  # type: ignore[arg-type]
