"""Names of columns, however they are written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.exports.propose.vocabulary import (
    is_name,
    name_matches,
    outcome_of,
    title_of,
    vocabulary,
)
from pursuit.intake.sheets.catalogue import SHEETS


def best(header: str) -> tuple[str, ...]:
    """The targets of the matches without doubt."""
    return tuple(sorted(".".join(match.target) for match in name_matches(header) if not match.doubt))


@pytest.mark.parametrize(
    ("header", "target"),
    [
        ("수주예정일", "opportunities.expected_close"),
        ("수 주 예 정 일", "opportunities.expected_close"),
        ("Expected Close Date", "opportunities.expected_close"),
        ("expected_close_date", "opportunities.expected_close"),
        ("ExpectedCloseDate", "opportunities.expected_close"),
        ("최종 수주예정일", "opportunities.expected_close"),
        ("거래처명(국문)", "accounts.name"),
        ("Customer명", "accounts.name"),
        ("여신한도", "accounts.credit_limit"),
        ("지체상금율", "opportunities.late_penalty_rate"),
        ("Probability (%)", "opportunities.win_probability"),
        ("Expectd Close Date", "opportunities.expected_close"),
    ],
)
def test_a_name_is_known_however_it_is_written(header: str, target: str) -> None:
    """Case, spacing, brackets, joined words, harmless words and a slip of the pen do not hide a name."""
    assert target in best(header)


@pytest.mark.parametrize(
    "header", ["거래처 담당자", "고객담당자 연락처", "Last Modified Date", "비고", "Weighted Amount", "원가"]
)
def test_neighbours_are_not_taken(header: str) -> None:
    """Names that look like ours and mean something else match nothing."""
    assert name_matches(header) == []


def test_a_unit_price_is_no_list_price() -> None:
    """A name of no use keeps only meanings without doubt: ``단가`` is the price of a contract, never a list price."""
    assert [match.target for match in name_matches("단가")] == [("contracts", "unit_price")]


def test_a_name_of_several_meanings_says_so() -> None:
    """``상태`` may be stage or outcome, and neither is certain."""
    matches = {match.target[1]: match.doubt for match in name_matches("상태")}
    assert matches == {"stage": 1, "outcome": 1}


def test_our_own_headers_are_known() -> None:
    """The Korean header of each column that exports carry leads to that column."""
    targets = {target for names in vocabulary().names.values() for target, _, _ in names}
    for sheet in SHEETS:
        for column in sheet.columns:
            if (sheet.name, column.name) in targets and not column.ref:
                assert (sheet.name, column.name) in {match.target for match in name_matches(column.ko)}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("수주", "won"),
        ("실주", "lost"),
        ("3. 견적", "open"),
        ("Closed Won", "won"),
        ("협상(50%)", "open"),
        ("헤헤", None),
    ],
)
def test_words_of_outcomes(word: str, meant: str | None) -> None:
    """Numbers before a word and brackets behind it do not count; an unknown word means nothing."""
    assert outcome_of(word) == meant


@pytest.mark.parametrize(
    ("title", "sheet"),
    [
        ("2026년 영업현황", "opportunities"),
        ("거래처 마스터", "accounts"),
        ("sales_pipeline", "opportunities"),
        ("Sheet1", ""),
    ],
)
def test_titles(title: str, sheet: str) -> None:
    """A table's title tells its sheet, or nothing."""
    assert title_of(title) == sheet


def test_known_names_are_headers() -> None:
    """What tells headers from data knows ours and those that are of no use, and no data."""
    assert is_name("거래처")
    assert is_name("비고")
    assert not is_name("가온정밀")
    assert not is_name("2026-03-31")


@given(st.text(max_size=40))
def test_any_text_is_borne(text: str) -> None:
    """No text breaks the comparison, and none matches one column twice."""
    targets = [match.target for match in name_matches(text)]
    assert len(targets) == len(set(targets))
