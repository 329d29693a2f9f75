"""Several tables on a sheet become several grids or a question; what is no table of rows is said to be none."""

from __future__ import annotations

from datetime import date

import pytest

from pursuit.intake.sheets.catalogue import find_sheet
from tests.intake.layout.tables import BLANK, DATA, HEADER, Cells, cells_of, laid, row

RESOURCES: list[Cells] = [["자원 코드", "자원명", "주당 시간"], ["MC", "가공", 160], ["ASSY", "조립", 80]]


@pytest.mark.parametrize(
    "titles", [("자원", "영업기회"), ("1. 자원 현황", "■ 영업기회 목록"), ("[Resources]", "Opportunities")]
)
def test_tables_below_each_other(titles: tuple[str, str]) -> None:
    """Each known header below a blank line begins a table, called by the title above it."""
    rows = [row(titles[0]), *RESOURCES, BLANK, row(titles[1]), HEADER, *DATA]
    grids, errors, warnings = laid(rows, "Sheet1")
    assert [cells_of(grid) for grid in grids] == [RESOURCES, [HEADER, *DATA]]
    assert [sheet.name for grid in grids if (sheet := find_sheet(grid.title))] == [
        "resources",
        "opportunities",
    ]
    assert all(grid.title.startswith("Sheet1 · ") for grid in grids)
    assert (errors, warnings) == ([], ())


def test_one_table_under_a_title_that_says_what_it_is() -> None:
    """A sheet called anything is known by the title above its table."""
    (grid,), errors, _ = laid([row("영업기회 현황"), HEADER, *DATA], "Sheet1")
    assert (find_sheet(grid.title), errors) == (find_sheet("opportunities"), [])
    (grid,), _, _ = laid([row("2026년 상반기"), HEADER, *DATA], "영업기회")
    assert grid.title == "영업기회"


def test_a_table_below_that_nobody_knows() -> None:
    """Another header over other data is asked about, and nothing of the sheet is read."""
    grids, (error,), _ = laid([HEADER, *DATA, BLANK, row("품목", "수량", "단가"), row("x", 1, 2)])
    assert (grids, error.row) == ([], 6)
    assert "header_row" in error.mend


def test_blank_lines_within_a_table() -> None:
    """Data that goes on after a blank line is the same table, also when a figure in it is missing."""
    more = ["O4", "A4", "미정", "진행", None]
    (grid,), errors, warnings = laid([HEADER, *DATA, BLANK, BLANK, more, BLANK, *DATA])
    assert (cells_of(grid)[4], len(grid.rows), errors, warnings) == (["O4", "A4", "미정", "진행"], 7, [], ())


def test_a_table_below_a_declared_one() -> None:
    """With header_row the declared table is read to its end, and the other is told."""
    (grid,), errors, (warning,) = laid([HEADER, *DATA, BLANK, *RESOURCES], header_row=1)
    assert (len(grid.rows), errors, warning.row) == (3, [], 6)


def test_tables_side_by_side() -> None:
    """Tables parted by a blank column with titles of their own are two grids with the columns they stand in."""
    rows: list[Cells] = [
        ["자원", None, None, None, "제품", None],
        ["자원 코드", "자원명", "주당 시간", None, "제품 코드", "제품명"],
        ["MC", "가공", 160, None, "P1", "하우징"],
        ["ASSY", "조립", 80, None, None, None],
    ]
    grids, errors, _ = laid(rows, "Sheet1")
    assert [cells_of(grid) for grid in grids] == [RESOURCES, [["제품 코드", "제품명"], ["P1", "하우징"]]]
    assert ([grid.left for grid in grids], errors) == ([1, 5], [])


def test_a_legend_beside_a_table() -> None:
    """A second table beside the first that nobody knows is asked about, not read into it."""
    rows = [
        [*cells, None, *beside]
        for cells, beside in zip(
            [HEADER, *DATA], [("등급", "뜻"), ("S", "확실"), ("", ""), ("", "")], strict=True
        )
    ]
    grids, (error,), _ = laid(rows)
    assert grids == []
    assert "side by side" in error.problem


def test_a_blank_column_within_a_table() -> None:
    """A column left blank for looks parts nothing."""
    rows = [[*cells[:2], None, *cells[2:]] for cells in [HEADER, *DATA]]
    (grid,), errors, warnings = laid(rows)
    assert (len(grid.rows), errors, warnings) == (3, [], ())


MONTHS: list[list[object]] = [
    ["1월", "2월", "3월"],
    ["2026-01", "2026-02", "2026-03"],
    ["Jan", "Feb", "Mar"],
    ["Q1", "Q2", "Q3", "Q4"],
    [2024, 2025, 2026],
    [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)],
    ["1분기", "2분기", "3분기"],
    ["W1", "W2", "W3"],
]


@pytest.mark.parametrize("periods", MONTHS)
def test_crosstabs(periods: list[object]) -> None:
    """Months, quarters or years as columns are said not to be rows; on a sheet nobody reads only told."""
    rows: list[Cells] = [
        ["고객사 코드", *periods, "합계"],
        ["A1", *range(len(periods)), 6],
        ["A2", *range(len(periods)), 6],
    ]
    grids, (error,), _ = laid(rows)
    assert grids == []
    assert "periods" in error.problem
    grids, errors, (warning,) = laid(rows, "Sheet7")
    assert (grids, errors, warning.problem) == ([], [], error.problem)


def test_months_beside_a_whole_record() -> None:
    """A known table with some months at its end is still a table of rows."""
    (grid,), errors, _ = laid([[*HEADER, "1월", "2월", "3월"], *[[*cells, 1, 2, 3] for cells in DATA]])
    assert (len(grid.rows), errors) == (3, [])


@pytest.mark.parametrize("beside", [1, 3])
def test_transposed_tables(beside: int) -> None:
    """Names below each other in the first column are said to be so."""
    values = ["시험정밀", "KRW", date(2026, 3, 31), 0.1]
    rows: list[Cells] = [
        [n, *[v] * beside] for n, v in zip(["회사명", "통화", "기준일", "부가세율"], values, strict=True)
    ]
    grids, (error,), _ = laid(rows, "회사")
    assert grids == []
    assert "Transpose" in error.mend


def test_pages_without_tables() -> None:
    """Blank sheets, the read-me and a page of prose make no noise."""
    assert laid([BLANK, BLANK]) == ([], [], ())
    prose = [["안내"], ["이 통합문서는"], ["첫째, 자원을 적습니다."], ["둘째"]]
    for title in ("안내", "Sheet7"):
        _, errors, warnings = laid(prose, title)
        assert (errors, warnings) == ([], ())
