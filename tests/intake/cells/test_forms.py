"""What single columns of Korean business may hold beyond a number, a day or a word."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.cells.business_number import is_valid, plain_number
from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.forms import FORMS
from pursuit.intake.cells.habits import UNKNOWN
from pursuit.intake.cells.likelihood import plain_percent
from pursuit.intake.cells.quoting import Span
from pursuit.intake.cells.terms import Terms

WORDS = (
    "일",
    "월",
    "년",
    "연",
    "분의",
    "천",
    "선급",
    "잔금",
    "어음",
    "익월",
    "말",
    "차",
    "rev",
    "net",
    "days",
    "‰",
    "주",
)
PIECES = st.sampled_from([*"012379%‰/.~-() ", *WORDS])
ANYTHING = st.text(max_size=6) | st.floats() | st.integers() | st.dates() | st.booleans()


@pytest.mark.parametrize("form", sorted(FORMS))
@given(st.lists(PIECES, max_size=9).map("".join) | ANYTHING)
def test_nothing_ends_in_a_traceback(form: str, raw: object) -> None:
    """Whatever stands in a cell is read, left to the reading of its kind, or refused with a reason."""
    with suppress(CellError):
        FORMS[form](raw, UNKNOWN)


def told(form: str, raw: object) -> tuple[Any, bool]:
    """The value of a cell, and whether something is told of it."""
    found = FORMS[form](raw, UNKNOWN)
    assert found is not None, raw
    return found[0], found[1] is not None


@pytest.mark.parametrize(
    "raw",
    ["123-45-67891", "1234567891", "123 45 67891", " １２３－４５－６７８９１ ", 1234567891, 1234567891.0],
)
def test_one_number_in_any_writing(raw: object) -> None:
    """Hyphens, spaces, wide digits or a numeric cell: one number, written one way."""
    assert told("business_number", raw) == ("123-45-67891", False)


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("123-45-67890", "last digit"),
        ("000-00-00000", "last digit"),
        ("12345", "ten digits"),
        ("110111-1234567", "Thirteen digits"),
    ],
)
def test_numbers_that_are_none(raw: str, problem: str) -> None:
    """A wrong last digit, a part of zeros, another length, a corporate registration number: a fault each."""
    with pytest.raises(CellError, match=problem):
        FORMS["business_number"](raw, UNKNOWN)


def test_a_foreign_number_is_told() -> None:
    """A number with letters is no Korean one; it stays as it is, and that is said."""
    assert told("business_number", "DE 123456789") == ("DE 123456789", True)


@given(st.integers(101, 999), st.integers(1, 99), st.integers(1, 9999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_found(head: int, kind: int, serial: int, at: int, off: int) -> None:
    """Each number has exactly one last digit; changing any of the other digits by any amount needs another one.

    The weights 1, 3, 7 have inverses modulo ten; the ninth counts 5 and the tens of its product, which part all digits.
    """
    first = f"{head}{kind:02}{serial:04}"
    fitting = [last for last in range(10) if is_valid(f"{first}{last}")]
    assert len(fitting) == 1
    changed = first[:at] + str((int(first[at]) + off) % 10) + first[at + 1 :]
    assert not is_valid(f"{changed}{fitting[0]}")


def test_what_is_no_number_stays() -> None:
    """A name is not turned into a number when references are compared."""
    assert plain_number(" 가나산업 ") == "가나산업"


@pytest.mark.parametrize(
    ("raw", "rate", "note"),
    [
        ("1/1000", 0.001, False),
        ("1.5/1,000", 0.0015, False),
        ("0.1%/일", 0.001, False),
        ("일 0.1%", 0.001, False),
        ("1일당 1/1000", 0.001, False),
        ("1000분의 1.5", 0.0015, False),
        ("천분의 1", 0.001, False),
        ("0.75‰", 0.00075, False),
        ("지체일수 1일당 계약금액의 0.1%", 0.001, False),
        ("0.15 % per day", 0.0015, False),
        (0.001, 0.001, False),
        ("0.5%", 0.005, True),
    ],
)
def test_penalties(raw: object, rate: float, note: bool) -> None:
    """A penalty a day in every usual writing; more than public contracts ever ask is told."""
    value, was_told = told("day_rate", raw)
    assert value == pytest.approx(rate)
    assert was_told is note


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("연 12%", "per year"),
        ("월 1%", "per month"),
        (10, "mistake of unit"),
        (0.1, "mistake of unit"),
        ("-0.1%", "too small"),
    ],
)
def test_penalties_that_are_none(raw: object, problem: str) -> None:
    """A yearly or monthly rate is asked, ten per day is a mistake of unit."""
    with pytest.raises(CellError, match=problem):
        FORMS["day_rate"](raw, UNKNOWN)


@pytest.mark.parametrize(
    ("raw", "days", "note"),
    [
        ("60일", 60, False),
        ("Net 30", 30, False),
        ("n/30", 30, False),
        ("T/T 60 days", 60, False),
        ("60일 어음", 60, False),
        ("세금계산서 발행 후 30일 이내", 30, False),
        ("D+45", 45, False),
        ("익월말", 45, True),
        ("익월 10일", 25, True),
        ("월말마감 익월말 현금", 45, True),
        ("익익월말", 75, True),
        ("당월말", 15, True),
        ("3개월", 90, True),
        ("즉시", 0, True),
    ],
)
def test_days(raw: str, days: int, note: bool) -> None:
    """Days are taken as they stand; a day of a month is an average, and told."""
    assert told("days", raw) == (days, note)


@pytest.mark.parametrize("raw", ["30", 30, "협의", "납품 후", "말일"])
def test_what_is_no_text_of_days(raw: object) -> None:
    """A bare number is read as one, and what says nothing clear is refused by the reading of numbers."""
    assert FORMS["days"](raw, UNKNOWN) is None


@pytest.mark.parametrize(
    ("raw", "terms"),
    [
        ("선급30% 중도40% 잔금30%", Terms((("order", 0.3, 0), ("interim", 0.4, 0), ("delivery", 0.3, 0)))),
        ("계약금 10 / 잔금 90", Terms((("order", 0.1, 0), ("delivery", 0.9, 0)))),
        ("선급 30%, 잔금 70% (납품 후 60일)", Terms((("order", 0.3, 0), ("delivery", 0.7, 60)))),
        ("down 30% / balance 70%", Terms((("order", 0.3, 0), ("delivery", 0.7, 0)))),
        ("착수금 33.3%, 준공금 66.7%", Terms((("order", 0.333, 0), ("delivery", 0.667, 0)))),
        ("T/T 60 days", Terms(days=60)),
        ("Net 30", Terms(days=30)),
        ("어음 90일", Terms(note_days=90)),
        ("익월말 90일 어음", Terms(days=45, note_days=90)),
        ("월말마감 익월말 현금", Terms(days=45)),
    ],
)  # fmt: skip
def test_terms(raw: str, terms: Terms) -> None:
    """Shares by event and days, in one cell."""
    assert told("terms", raw)[0] == terms


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("선급금 30%", "add up to 30%"),
        ("선급 30 중도 30 잔금 30", "add up to 90%"),
        ("30/40/30", "not clear"),
        ("현금 50 어음 50", "not clear"),
        ("30일 어음 90일", "not clear"),
        ("잔금 60일", "not clear"),
        ("협의 후 결정", "not clear"),
        (60, "not clear"),
    ],
)
def test_terms_that_are_asked(raw: object, problem: str) -> None:
    """Shares that leave something open, or numbers of which nothing says what they are."""
    with pytest.raises(CellError) as refused:
        FORMS["terms"](raw, UNKNOWN)
    assert problem in refused.value.problem.format(**refused.value.values)


@pytest.mark.parametrize(
    ("raw", "number"), [("1차", 1), ("Rev.2", 2), ("R3", 3), ("v2", 2), ("제3차 견적", 3), ("rev 10", 10)]
)
def test_revisions(raw: str, number: int) -> None:
    """The number of a quote's revision behind or before its word."""
    assert told("revision", raw) == (number, False)


@pytest.mark.parametrize("raw", ["최종", "Rev.A", "2", 2, "1차 2차"])
def test_what_is_no_revision(raw: object) -> None:
    """A word without a number is left to the reading of numbers, which asks."""
    assert FORMS["revision"](raw, UNKNOWN) is None


@pytest.mark.parametrize(
    ("raw", "last"),
    [
        ("제출일로부터 30일", date(2026, 3, 2)),
        ("30일", date(2026, 3, 2)),
        ("30 days", date(2026, 3, 2)),
        ("견적일로부터 1개월간", date(2026, 2, 28)),
        ("2주", date(2026, 2, 14)),
        ("valid for 2 months", date(2026, 3, 31)),
    ],
)
def test_validity(raw: str, last: date) -> None:
    """Days, weeks and months from the day a quote was sent, 31 January; months end on their last day."""
    span = told("validity", raw)[0]
    assert isinstance(span, Span)
    assert span.after(date(2026, 1, 31)) == last


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("70%", 0.7),
        ("70", 0.7),
        ("0.7", 0.7),
        ("7", None),
        ("1", None),
        ("A", None),
        ("120%", None),
        ("0", None),
    ],
)
def test_percent_or_grade(text: str, share: float | None) -> None:
    """70, 0.7 and 70 % are a probability; 1 to 10 may be grades and are not guessed."""
    assert plain_percent(text) == share
