"""The header is found wherever it stands, and never taken for another line."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.files.raw import Block, RawTable
from pursuit.intake.findings import Findings
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.sheets.catalogue import is_known_header
from tests.intake.layout.tables import BLANK, DATA, ENGLISH, HEADER, Cells, cells_of, laid, row

TITLES = [
    row("2026년 3월 영업현황"),
    row("작성자: 영업관리팀"),
    row("작성자:", "영업관리팀"),
    row("출력일: 2026-03-31"),
    row("출력일", date(2026, 3, 31)),
    row(None, None, None, None, "1 / 3"),
    row("Pipeline report"),
    row("Printed:", "2026-03-31 09:00"),
    BLANK,
]


@given(st.lists(st.sampled_from(TITLES), max_size=8), st.sampled_from([HEADER, ENGLISH]), st.integers(0, 3))
def test_a_clean_table_anywhere(above: list[Cells], header: list[str], left: int) -> None:
    """Under titles, dates, blank lines and beside blank columns a clean table comes out equal, without a word."""
    rows = [[*[None] * left, *cells] for cells in [*above, header, *DATA, BLANK]]
    (grid,), errors, warnings = laid(rows)
    assert (errors, warnings) == ([], ())
    assert cells_of(grid) == [header, *DATA]
    assert (grid.top, grid.left) == (len(above) + 1, left + 1)
    assert [number for number, _ in grid.rows] == [grid.top + n for n in (1, 2, 3)]


CELLS = st.sampled_from(["가", "b", "c d", "A-1", "2026-01-05", "12", "1,200", "n/a", "-", "ok"])


@given(
    st.lists(
        st.sampled_from(["Name", "금액", "Qty", "구분", "Date", "a b"]), min_size=2, max_size=5, unique=True
    ),
    st.data(),
)
def test_a_header_in_the_first_line_that_nobody_knows(header: list[str], data: st.DataObject) -> None:
    """Whatever stands below: a first line of names as wide as the table is its header."""
    wide = st.lists(CELLS, min_size=len(header), max_size=len(header))
    rows = data.draw(st.lists(wide, max_size=3))
    (grid,), errors, _ = laid([header, *rows], "Sheet7", known=lambda _: False)
    assert errors == []
    assert (list(grid.header), grid.top, len(grid.rows)) == (header, 1, len(rows))


def test_title_rows_above_a_header_nobody_knows() -> None:
    """By its shape alone: the first wide line of names under narrow ones."""
    rows = [row("Sales by item"), BLANK, ["Item", "Region", "Qty", "Net", "Day"], *DATA]
    (grid,), errors, warnings = laid(rows, "Sheet7", known=lambda _: False)
    assert (grid.top, errors, warnings) == (3, [], ())


def test_lines_of_data_above_the_header_are_told() -> None:
    """What is skipped and looks like data is named."""
    rows = [["건수", 3, "금액", 1000, None], HEADER, *DATA]
    (grid,), errors, (warning,) = laid(rows)
    assert (grid.top, errors, warning.row) == (2, [], 1)
    assert "rows 1" in warning.problem


def test_a_declared_row_goes_first() -> None:
    """header_row decides, even against what is known."""
    (grid,), errors, _ = laid([HEADER, ["가", "나", "다", "라", "마"], *DATA], header_row=2)
    assert (grid.header[0], grid.top, errors) == ("가", 2, [])
    grids, errors, _ = laid([HEADER, *DATA], header_row=9)
    assert grids == []
    assert "declared" in errors[0].problem


@pytest.mark.parametrize(
    "rows",
    [
        [["가", "나", "다"], ["라", "마", "바"], ["x", 1, 2], ["y", 3, 4], ["z", 5, 6]],
        [["금액", "수량", "품목"], ["천원", "개", "이름"], [1, 2, "x"], [3, 4, "y"], [5, 6, "z"]],
    ],
)
def test_two_lines_as_likely(rows: list[Cells]) -> None:
    """Two lines of names over typed data: asked about, both named; on a sheet nobody reads only told."""
    grids, (error,), _ = laid(rows)
    assert grids == []
    assert "1 and 2" in error.problem
    assert "header_row" in error.mend
    (grid,), errors, (warning,) = laid(rows, "Sheet7")
    assert (grid.top, errors, warning.problem) == (1, [], error.problem)


def test_no_header_at_all() -> None:
    """Data from the first line on is not taken for a header in silence."""
    grids, (error,), _ = laid([["O1", "A1", 300], ["O2", "A2", 200]])
    assert (grids, error.row) == ([], 1)
    assert "header" in error.problem


MERGED = (Block(1, 1, 2, 1), Block(1, 2, 2, 2), Block(1, 3, 1, 4), Block(1, 5, 1, 6))
LEVELS: list[Cells] = [
    ["영업기회 번호", "고객사 코드", "금액", None, "일정", None],
    [None, None, "공급가액", "부가세 포함 금액", "등록일", "종료일"],
    ["O1", "A1", 100, 110, date(2026, 1, 1), None],
]


@pytest.mark.parametrize("merged", [MERGED, ()])
def test_headers_on_two_lines(merged: tuple[Block, ...]) -> None:
    """Parents are joined with their leaves, merged or with blanks beside them; known leaves stand alone."""
    (grid,), errors, warnings = laid(LEVELS, merged=merged)
    assert grid.header == ("영업기회 번호", "고객사 코드", "공급가액", "부가세 포함 금액", "등록일", "종료일")
    assert (len(grid.rows), grid.top, errors, warnings) == (1, 1, [], ())


def test_leaves_that_stand_twice() -> None:
    """Plan and actual with the same leaves are told apart by their parents."""
    rows = [
        ["구분", "계획", None, "실적", None],
        [None, "수량", "금액", "수량", "금액"],
        *[["A", 1, 2, 3, 4]] * 4,
    ]
    (grid,), errors, _ = laid(rows, "Sheet7", known=lambda _: False)
    assert grid.header == ("구분", "계획 수량", "계획 금액", "실적 수량", "실적 금액")
    assert errors == []


def test_a_title_is_no_parent() -> None:
    """A title or a note right above the header does not end up in the names of columns."""
    for title in (
        row("영업기회 현황"),
        row("영업기회 현황", None, None, "(단위: 원)"),
        row("작성:", "영업1팀"),
    ):
        (grid,), _, _ = laid([title, [*HEADER[:4], "비고"], *DATA])
        assert grid.header == (*HEADER[:4], "비고")


def data_files() -> list[Path]:
    root = Path(os.environ.get("PURSUIT_DATA", Path(__file__).parents[3] / "../shared/data"))
    return sorted(root.rglob("*.csv")) if root.is_dir() else []


@pytest.mark.parametrize("known", [is_known_header, lambda _: False], ids=["known", "unknown"])
def test_real_files(known: object) -> None:
    """Every public file whose first line is its header is read from there without a word; those without are told."""
    files = data_files()
    if not files:
        pytest.skip("the real data sets are not on this machine (set PURSUIT_DATA)")
    headless = {"BillOfMaterials.csv", "Location.csv", "Shift.csv"}
    for path in files:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            continue
        lines = text.splitlines()
        delimiter = max(",;\t", key=lines[0].count)
        table = RawTable(
            path.name,
            path.stem,
            tuple((n, tuple(c)) for n, c in enumerate(csv.reader(lines, delimiter=delimiter), 1)),
        )
        findings = Findings("en")
        (grid,) = lay_out(table, findings, known)  # type: ignore[arg-type]
        assert findings.errors == []
        assert (grid.top, len(grid.rows)) == (1, len(lines) - 1), path.name
        assert bool(findings.warnings) == (path.name in headless), [str(w) for w in findings.warnings]
