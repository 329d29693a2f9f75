"""Sums, notes and headers printed again are no records; names that sound like them are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.files.raw import Block
from tests.intake.layout.tables import BLANK, DATA, HEADER, Cells, cells_of, laid, row

LABELS = [
    *(
        "합계",
        "합 계",
        "소계",
        "소 계",
        "총계",
        "총 계",
        "누계",
        "계",
        "[합계]",
        "소계 (3건)",
        "합계: 3건",
        "총합계",
    ),
    *(
        "Total",
        "TOTAL",
        "Totals",
        "Subtotal",
        "Sub-total",
        "Sub total",
        "Grand total",
        "Grand Total:",
        "Total (3 items)",
    ),
]


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("at", [0, 1])
def test_sums_are_left_out(label: str, at: int) -> None:
    """A line of sums in any of its spellings is left out, counted and named; a right sum gets no more words."""
    line: list[Any] = [None, None, 1000, None, None]
    line[at] = label
    (grid,), errors, (warning,) = laid([HEADER, *DATA, line])
    assert (cells_of(grid), errors) == ([HEADER, *DATA], [])
    assert (warning.row, warning.value) == (5, label)
    assert "1 lines of sums were left out (rows 5)" in warning.problem


@pytest.mark.parametrize(
    "label", ["A사 소계", "A사소계", "가나정밀 합계", "Acme total", "Acme Subtotal", "2026년 3월 누계"]
)
def test_sums_that_name_their_group(label: str) -> None:
    """A group's sum is told by its word and by what is blank beside it, also when its figure is wrong."""
    for figure in (1000, 900):
        (grid,), _, warnings = laid([HEADER, *DATA, [label, None, figure, None, None]])
        assert cells_of(grid) == [HEADER, *DATA]
        assert len(warnings) == (1 if figure == 1000 else 2)


def test_sums_on_several_levels() -> None:
    """Subtotals, a total and a running total are each held against the rows they speak of."""
    first, second = [["O1", "A1", 300, None, None]] * 2, [["O2", "A2", 50, None, None]] * 2
    lines: list[Cells] = [
        *first,
        row("소계", None, 600),
        *second,
        row("소계", None, 100),
        row("누계", None, 700),
    ]
    (grid,), _, warnings = laid([HEADER, *lines, row("총계", None, 700)])
    assert len(grid.rows) == 4
    assert [w.problem.split(" (")[0] for w in warnings] == ["4 lines of sums were left out"]


def test_sums_beside_their_group() -> None:
    """소계 in the second column, its group in the first: left out, and called by its label."""
    header, rows = (
        ["고객사 코드", "제품 코드", "공급가액"],
        [["A1", "P1", 3], ["A1", "P2", 4], ["A2", "P3", 3]],
    )
    lines = [*rows[:2], ["A1", "소계", 7], rows[2], ["A2", "소계", 3], ["총계", None, 10]]
    (grid,), errors, (warning,) = laid([header, *lines])
    assert (cells_of(grid), errors, warning.value) == ([header, *rows], [], "소계; 총계")


@pytest.mark.parametrize(("figure", "gap"), [(1100, "+100"), ("999", "-1"), (1000.5, "+0.5")])
def test_a_sum_that_is_wrong(figure: object, gap: str) -> None:
    """A figure that the rows do not add up to is told with the difference, at its cell."""
    _, errors, warnings = laid([HEADER, *DATA, row("합계", None, figure)])
    wrong = next(w for w in warnings if "differs" in w.problem)
    assert (errors, wrong.row, wrong.column) == ([], 5, "공급가액")
    assert f"by {gap} " in wrong.problem
    assert "(1,000)" in wrong.problem


def test_averages_in_a_line_of_sums() -> None:
    """A price or a share in a line of sums is an average, not a wrong sum."""
    header = ["영업기회 번호", "수량", "단가", "수주확률", "비고"]
    rows = [["O1", 1, 100, 0.5, None], ["O2", 3, 300, 0.7, None], ["합계", 4, 250, 0.6, None]]
    _, _, warnings = laid([header, *rows])
    assert [w.row for w in warnings] == [4]


@pytest.mark.parametrize(
    "name",
    [
        "합계산업",
        "총계정밀",
        "기계",
        "소계리",
        "Total station",
        "Totalenergies",
        "Total Quality",
        "주식회사 계",
        "Total",
    ],
)
def test_names_that_sound_like_sums(name: str) -> None:
    """A customer or product of such a name is a record, in its own row as in the shortest table."""
    full = ["O4", name, 100, "진행", date(2026, 1, 8)]
    (grid,), errors, warnings = laid([HEADER, *DATA, full])
    assert (cells_of(grid), errors, warnings) == ([HEADER, *DATA, full], [], ())
    short: list[Cells] = [["A1", "가나", 5], ["A2", name, 7], ["A3", "다라", 9]]
    (grid,), errors, warnings = laid([["고객사 코드", "고객사명", "여신한도"], *short], "고객사")
    assert (len(grid.rows), errors, warnings) == (3, [], ())


WORDS = st.sampled_from(["가나", "합계", "소계", "계", "Total", "산업", "A", "total", "기계"])
NAMES = st.lists(WORDS, min_size=1, max_size=3).map("".join)


@given(st.lists(st.tuples(NAMES, st.integers(1, 999)), min_size=1, max_size=6))
def test_no_full_record_is_dropped(rows: list[tuple[str, int]]) -> None:
    """Whatever a customer is called: a row with its own id is never left out."""
    lines = [[f"O{n}", name, amount, "진행", date(2026, 1, 5)] for n, (name, amount) in enumerate(rows)]
    (grid,), errors, warnings = laid([HEADER, *lines])
    assert (cells_of(grid), errors, warnings) == ([HEADER, *lines], [], ())


@pytest.mark.parametrize(
    "note",
    ["※ 주) 상기 실적은 잠정치임", "* 상기 금액은 확정 전임", "주1) 잠정", "- 이상 -", "이하 여백", "Note: preliminary",
     "Source: CRM", "Copyright 2026", "출처: 영업관리시스템", "Page 1 of 2", "- 1 -"],
)  # fmt: skip
def test_notes_below_are_left_out(note: str) -> None:
    """A note under the table is left out and told; one that speaks of a unit is asked about."""
    (grid,), errors, (warning,) = laid([HEADER, *DATA, row(note)])
    assert (cells_of(grid), errors, warning.row, warning.value) == ([HEADER, *DATA], [], 5, note)
    _, (error,), _ = laid([HEADER, *DATA, BLANK, row(note), row("※ 금액 단위는 천원임")])
    assert "unit" in error.problem


def test_what_is_no_note() -> None:
    """An incomplete last record, a note in a column of texts, and a company's (주) are records."""
    for last in (row("O4"), row("(주)가나정밀"), row("17")):
        (grid,), _, warnings = laid([HEADER, *DATA, last])
        assert (len(grid.rows), warnings) == (4, ())
    (grid,), _, warnings = laid([["내용"], ["* 첫째"], ["※ 둘째"], ["합계"]], "비고")
    assert (len(grid.rows), warnings) == (3, ())


def test_a_header_printed_again() -> None:
    """At page breaks the header, the title over it and the page number are left out, and told once."""
    page = [row("영업현황"), row("- 2 -"), HEADER]
    (grid,), errors, (warning,) = laid(
        [row("영업현황"), HEADER, *DATA, *page, ["O4", "A4", 1, "진행", None], *page, *DATA]
    )
    assert (len(grid.rows), errors) == (7, [])
    assert "rows 6-8, 10-12" in warning.problem


def test_merged_data() -> None:
    """A customer merged down over rows holds for each of them, with one warning; nothing else is filled."""
    rows = [
        ["O1", "A1", 1, "진행", None],
        ["O2", None, 2, None, None],
        ["O3", None, 3, None, None],
        ["O4", None, 4, None, None],
    ]
    (grid,), errors, (warning,) = laid([HEADER, *rows], merged=(Block(2, 2, 4, 2),))
    assert [cells[1] for _, cells in grid.rows] == ["A1", "A1", "A1", None]
    assert [cells[3] for _, cells in grid.rows] == ["진행", None, None, None]
    assert (errors, warning.row) == ([], 3)
    assert "rows 3-4" in warning.problem


def test_merged_figures() -> None:
    """A sum merged down over two deals is not counted twice but asked about; over blank lines it is that of its row."""
    rows = [["O1", "A1", 1, "진행", None], ["O2", "A2", None, "진행", None]]
    _, (error,), _ = laid([HEADER, *rows], merged=(Block(2, 3, 3, 3),))
    assert (error.row, error.value) == (2, "1")
    assert "merged over several rows" in error.problem
    _, errors, _ = laid([HEADER, *rows], merged=(Block(3, 3, 9, 3),))
    assert errors == []


def test_merges_over_each_other() -> None:
    """Merged cells that cannot be are asked about, and cost no time."""
    _, errors, _ = laid([HEADER, *DATA], merged=(Block(2, 1, 10**6, 1),) * 50_000)
    assert [e.problem for e in errors] == ["Merged cells lie over each other."]


def test_blanks_that_look_merged() -> None:
    """Without word of a merge nothing is filled; a first column that stands once per group is told."""
    header = ["고객사 코드", "제품 코드", "공급가액"]
    rows: list[Cells] = [["A1", "P1", 1], [None, "P2", 2], ["A2", "P1", 3], [None, "P3", 4], [None, "P4", 4]]
    (grid,), errors, (warning,) = laid([header, *rows])
    assert (cells_of(grid), errors) == ([header, *rows], [])
    assert (warning.row, warning.column) == (3, "고객사 코드")
    _, _, warnings = laid([header, *[["A1", "P1", 1], ["A1", "P2", 1], [None, "P3", 2], [None, "P4", 2]]])
    assert warnings == ()


def test_hidden_rows_columns_and_sheets() -> None:
    """What is hidden is read, and named, so that nobody believes a filter took it out."""
    (grid,), errors, warnings = laid(
        [HEADER, *DATA], hidden_rows=frozenset({2, 3}), hidden_columns=frozenset({4}), hidden=True
    )
    assert (cells_of(grid), errors) == ([HEADER, *DATA], [])
    told = " ".join(w.problem for w in warnings)
    assert "rows 2-3" in told
    assert "columns 4" in told
    assert told.count("read like the others") == 3
    _, _, warnings = laid([HEADER, *DATA], hidden_rows=frozenset({1, 99}))
    assert warnings == ()


def test_rows_longer_than_the_header() -> None:
    """A figure torn apart by its comma is asked about; blank cells at the end are nothing."""
    _, (error,), _ = laid([["영업기회 번호", "공급가액"], ["O1", "1", "200"], ["O2", "300", "", None]])
    assert error.row == 2
    _, errors, warnings = laid([["영업기회 번호", "공급가액"], ["O1", "1", ""], ["O2", "300", None]])
    assert (errors, warnings) == ([], ())
