"""Workbooks are read as they stand, and what is peculiar about them is told."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from pursuit.intake.cells.read import NOT_CALCULATED
from pursuit.intake.files import child, packing, workbook, xlsx
from pursuit.intake.files.kinds import Kind
from pursuit.intake.files.raw import Block
from tests.intake.files import books
from tests.intake.files.conftest import Reader

DAY, MOMENT = date(2026, 3, 31), datetime(2026, 3, 31, 5, 6)  # noqa: DTZ001


def test_values(read: Reader) -> None:
    """Texts, numbers and dates arrive, whatever way the file keeps them."""
    (table,) = read("a.xlsx", books.workbook()).tables
    assert (table.file, table.title) == ("a.xlsx", "영업기회")
    assert table.lines == (*books.LINES, (2, (17.0, "가나산업", DAY)))


@pytest.mark.parametrize("old", [False, True])
def test_dates(tmp_path: Path, read: Reader, old: bool) -> None:
    """Days, moments and times are those the user sees, under either of Excel's two calendars."""
    book = openpyxl.Workbook()
    if old:
        book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append([DAY, MOMENT, time(5, 6), timedelta(hours=30)])
    data = io.BytesIO()
    book.save(data)
    (table,) = read("a.xlsx", data.getvalue()).tables
    assert table.lines == ((1, (DAY, MOMENT, time(5, 6), timedelta(hours=30))),)


def test_the_calendar_of_1904(read: Reader) -> None:
    """The same stored number is another day where the book says so: 46112 is four years and a day later."""
    (table,) = read("a.xlsx", books.workbook(books.parts(date1904=True))).tables
    assert table.lines[1][1][2] == date(2030, 4, 1)


FORMULAS = (
    '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="e"><v>#N/A</v></c>'
    '<c r="D1" t="str"><f>""</f><v></v></c><c r="E1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="F1"><v>1</v></c></row>'
    '<row r="3"><c r="B3"><f t="shared" si="0"/><v>7</v></c><c r="G3"><f t="shared" si="0"/><v/></c></row>'
)


def test_formulas(read: Reader) -> None:
    """Stored results are read and warned of once a sheet; errors and missing results are no blanks."""
    found = read("a.xlsx", books.workbook(books.parts({"s": books.sheet(FORMULAS), "t": books.sheet()})))
    table = found.tables[0]
    assert table.lines[0][1] == (2.0, NOT_CALCULATED, "#N/A", "", "#DIV/0!", 1.0, "")[:6]
    assert table.lines[2] == (3, ("", 7.0, "", "", "", "", NOT_CALCULATED))
    assert [t.formulas for t in found.tables] == [6, 0]
    (warning,) = found.warnings
    assert (warning.sheet, warning.problem[:20]) == ("s", "6 cells hold formula")


def test_what_is_hidden_or_merged(read: Reader) -> None:
    """Hidden sheets, rows and columns and merged cells are known by the numbers the user sees."""
    rows = (
        books.ROWS.replace('<row r="2">', '<row r="2" hidden="1">')
        + '<row r="4"><c r="C4"><v>1</v></c></row>'
    )
    merges = '<mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="B3:XFD1048576"/></mergeCells>'
    page = books.sheet(rows, '<cols><col min="2" max="3" hidden="1"/><col min="1" max="1"/></cols>', merges)
    made = books.parts({"shown": page, "hidden": books.sheet()})
    made["xl/workbook.xml"] = made["xl/workbook.xml"].replace(
        b'name="hidden"', b'name="hidden" state="veryHidden"'
    )
    shown, hidden = read("a.xlsx", books.workbook(made)).tables
    assert shown.merged == (Block(1, 1, 1, 2), Block(3, 2, 4, 3))  # cut to the table
    assert (shown.hidden_rows, shown.hidden_columns, shown.hidden) == ({2}, {2, 3}, False)
    assert hidden.hidden


def test_a_table_off_the_corner(read: Reader) -> None:
    """Rows and columns left free before a table are counted."""
    (table,) = read(
        "a.xlsx",
        books.workbook(
            books.parts({"s": books.sheet('<row r="3"><c r="C3"><v>1</v></c><c r="D3"><v>2</v></c></row>')})
        ),
    ).tables
    assert table.lines == ((1, ()), (2, ()), (3, ("", "", 1.0, 2.0)))


@pytest.mark.parametrize(
    ("name", "kind"), [("a.csv", ".xlsx"), ("a.xls", ".xlsx"), ("a.xlsx", "")], ids=["csv", "xls", "right"]
)
def test_wrong_endings_are_told(read: Reader, name: str, kind: str) -> None:
    """A workbook under the name of another kind of file is read as what it is, and that is told."""
    found = read(name, books.workbook())
    assert len(found.tables) == 1
    assert [fault.problem for fault in found.warnings] == (
        [f"The name of the file says {name[1:]}, but it is written as {kind}; it was read as that."]
        if kind
        else []
    )


REFERENCES = st.tuples(st.integers(1, 40), st.integers(1, 30))


@settings(max_examples=200, deadline=None)
@given(
    cells=st.dictionaries(REFERENCES, st.sampled_from(["value", "formula", "error", "missing"]), min_size=1),
    prefix=st.sampled_from(["", "x:"]),
    order=st.booleans(),
    piece=st.integers(1, 200),
)
def test_quick_and_close_looks_agree(
    cells: dict[tuple[int, int], str], prefix: str, order: bool, piece: int
) -> None:
    """However a sheet is cut into pieces and written, the same facts are found in it."""
    inner = {
        "value": "<v>1</v>",
        "formula": "<f>A1</f><v>1</v>",
        "error": "<v>#N/A</v>",
        "missing": "<f>A1</f>",
    }
    text = ""
    for row in sorted({row for row, _ in cells}):
        text += f'<row r="{row}">'
        for column in sorted(column for at, column in cells if at == row):
            kind = cells[row, column]
            place = f' r="{openpyxl.utils.get_column_letter(column)}{row}"'
            style = ' s="1"' + (' t="e"' if kind == "error" else "")
            text += f"<c{style + place if order else place + style}>{inner[kind]}</c>"
        text += "</row>"
    text = (
        text.replace("</", "</" + prefix)
        .replace("<", "<" + prefix)
        .replace(f"<{prefix}/{prefix}", f"</{prefix}")
    )
    xml = f"<{prefix}sheetData>{text}</{prefix}sheetData>".encode()
    facts = xlsx._scan(xml[at : at + piece] for at in range(0, len(xml), piece))
    assert (facts.rows, facts.columns) == (max(row for row, _ in cells), max(column for _, column in cells))
    assert facts.cells == len(cells)
    assert facts.formulas == sum(kind in ("formula", "missing") for kind in cells.values())
    assert facts.broken == {
        at: "#N/A" if kind == "error" else "" for at, kind in cells.items() if kind in ("error", "missing")
    }


def test_in_process_as_in_the_child(tmp_path: Path, read: Reader) -> None:
    """The frames made here and those of the child process give the same tables."""
    data = books.workbook()
    path = tmp_path / "b.xlsx"
    path.write_bytes(data)
    here = workbook.build_tables("a.xlsx", child.frames(Kind.ZIP, path, NOT_CALCULATED, confined=False))
    assert here == read("a.xlsx", data).tables


def test_the_parts_are_all_there() -> None:
    """The parts that are listed unpack to the bytes that were packed."""
    stream = io.BytesIO(books.workbook())
    unpacked = {part.name: b"".join(packing.unpack(stream, part)) for part in packing.list_parts(stream)}
    assert unpacked == books.parts()
