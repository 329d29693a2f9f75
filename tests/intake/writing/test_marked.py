"""The marked workbook: the user's cells where they stood, every fault at its cell, nothing that runs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.errors import Fault, InputError
from pursuit.intake.files.raw import RawTable
from pursuit.intake.staging.marking import check_marked
from pursuit.intake.writing import marked as marked_module
from pursuit.intake.writing.locating import sheet_names
from pursuit.intake.writing.marked import write_marked

MORNING = datetime(2026, 3, 31, 9, 30)  # noqa: DTZ001  spreadsheets know no time zones
TABLE = RawTable(
    "deals.xlsx",
    "Deals",
    (
        (2, ("", "사내 자료", None)),
        (4, ("id", "amount", "closed", "note")),
        (5, ("O1", 1200.5, date(2026, 3, 31), "=1+1")),
        (7, ("O2", 10**12, MORNING, "@sum")),
        (8, (True, None, date(1899, 1, 1), "  -x")),
    ),
)


def fault(row: int = 0, column: str = "", severity: str = "error", **more: Any) -> Fault:
    told = {
        "file": "deals.xlsx",
        "sheet": "Deals",
        "value": "v",
        "problem": "Wrong.",
        "mend": "Mend it.",
    } | more
    return Fault(
        told["file"], told["sheet"], row, column, told["value"], told["problem"], told["mend"], severity
    )


def written(tmp_path: Path, raws: list[RawTable], faults: list[Fault], lang: str = "en") -> Any:
    write_marked(tmp_path / "marked.xlsx", raws, faults, lang)
    return openpyxl.load_workbook(tmp_path / "marked.xlsx")


def marks(page: Any) -> set[str]:
    return {cell.coordinate for row in page.iter_rows() for cell in row if cell.comment}


def test_every_cell_stands_where_it_stood(tmp_path: Path) -> None:
    """Values keep their row, column and type; a blank stays blank; what looks like a formula is text."""
    page = written(tmp_path, [TABLE], [])["Deals"]
    for number, cells in TABLE.lines:
        for at, value in enumerate(cells, start=1):
            cell = page.cell(number, at)
            expected = datetime.combine(value, datetime.min.time()) if type(value) is date else value
            if value == date(1899, 1, 1):
                expected = "1899-01-01"
            assert cell.value == (expected or None), cell.coordinate
            assert cell.data_type != "f"
    assert page["D5"].quotePrefix
    assert page.freeze_panes == "A5"


def test_faults_are_marked_at_their_cells(tmp_path: Path) -> None:
    """A cell, a row, a column, a sheet: each at its place, with the problem and the mend to read."""
    faults = [
        fault(5, "amount"),
        fault(7, "closed", "warning"),
        fault(8, ""),
        fault(0, "note", "warning"),
        fault(0, ""),
        fault(9, "amount", problem="Missing."),
    ]
    page = written(tmp_path, [TABLE], faults)["Deals"]
    assert marks(page) == {"B5", "C7", "A8", "D4", "A4", "B9"}
    assert "Wrong." in page["B5"].comment.text
    assert "Mend it." in page["B5"].comment.text
    assert (page["B5"].value, page["C7"].value) == (1200.5, MORNING)


def test_marks_do_not_rest_on_colour(tmp_path: Path) -> None:
    """Errors and warnings differ in pattern, frame and sign; the sign is in the look and not in the value."""
    page = written(tmp_path, [TABLE], [fault(5, "id"), fault(7, "id", "warning")])["Deals"]
    error, warning = page["A5"], page["A7"]
    assert error.fill.patternType == "solid"
    assert warning.fill.patternType == "lightUp"
    assert error.border.left.style != warning.border.left.style
    assert "✖" in error.number_format
    assert "⚠" in warning.number_format
    assert (error.value, warning.value) == ("O1", "O2")


def test_two_faults_of_one_cell(tmp_path: Path) -> None:
    """The worse one gives the look, the comment tells both."""
    page = written(tmp_path, [TABLE], [fault(5, "id", "warning", problem="Odd."), fault(5, "id")])["Deals"]
    assert page["A5"].fill.patternType == "solid"
    assert "Odd." in page["A5"].comment.text
    assert "Wrong." in page["A5"].comment.text


@pytest.mark.parametrize(("lang", "title", "kind"), [("ko", "점검 결과", "오류"), ("en", "Faults", "Error")])
def test_the_list(tmp_path: Path, lang: str, title: str, kind: str) -> None:
    """The first sheet has every fault with a link to its cell, a filter and a header that stays."""
    faults = [fault(5, "amount", value="=1+1"), fault(0, "", file="locked.xlsx", sheet="")]
    book = written(tmp_path, [TABLE], faults, lang)
    assert book.sheetnames == [title, "Deals"]
    page = book[title]
    assert page.auto_filter.ref == "A3:I5"
    assert page.freeze_panes == "C4"
    first, second = list(page.iter_rows(min_row=4))
    assert kind in first[0].value
    assert (first[1].hyperlink.location, first[1].value) == ("'Deals'!B5", "Deals!B5")
    assert [cell.value for cell in first[2:]] == [
        "deals.xlsx", "Deals", 5, "amount", "=1+1", "Wrong.", "Mend it.",
    ]  # fmt: skip
    assert first[6].data_type == "s"
    assert second[1].hyperlink is None
    assert second[2].value == "locked.xlsx"


def test_names_of_sheets() -> None:
    """Titles no workbook allows are made into names that are, each once."""
    names = sheet_names(["a/b", "A_B", "x" * 40, "x" * 40, "", "History", "Faults", "'q'"], "Faults")
    assert names == ["a_b", "A_B 2", "x" * 31, "x" * 29 + " 2", "_", "History 2", "Faults 2", "q"]


def test_large_tables_are_cut_and_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a sheet cannot hold is left out with a sentence, not silently."""
    monkeypatch.setattr(marked_module, "MOST_ROWS", 6)
    book = written(tmp_path, [TABLE], [])
    assert book["Deals"].max_row == 5
    assert "Deals" in book["Faults"]["A3"].value


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**17), 10**17),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.text(max_size=8),
    st.sampled_from(["=1+1", "+1", "-1", "@a", "\tx", "\rx", "=cmd|' /C calc'!A0", "{=1}", "https://x.y"]),
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(CELLS, max_size=4), max_size=5), data=st.data())
def test_any_table_can_be_marked(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[Any]], data: Any
) -> None:
    """Whatever stands in a table and wherever a fault points, a sound workbook without a formula comes out."""
    raw = RawTable("a.csv", "a", tuple((n, tuple(cells)) for n, cells in enumerate(rows, start=1)))
    places = st.tuples(
        st.integers(0, 8), st.sampled_from(["", "x", "=1+1"]), st.sampled_from(["error", "warning"])
    )
    faults = [fault(*place, file="a.csv", sheet="a") for place in data.draw(st.lists(places, max_size=4))]
    path = tmp_path_factory.mktemp("any") / "m.xlsx"
    write_marked(path, [raw], faults, "en")
    with zipfile.ZipFile(path) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert not any(b"<f>" in sheet or b"<f " in sheet for sheet in sheets)
    page = openpyxl.load_workbook(path)["a"]
    assert bool(marks(page)) == bool(faults)
    for number, cells in enumerate(rows, start=1):
        for at, value in enumerate(cells, start=1):
            if isinstance(value, str) and value.isprintable() and value.strip():
                assert page.cell(number, at).value == value


def test_not_where_a_folder_is(tmp_path: Path) -> None:
    """A file that cannot be written is an error in words."""
    with pytest.raises(InputError, match="cannot be written"):
        write_marked(tmp_path, [TABLE], [], "en")


def test_a_folder_with_every_warning(
    folder: Callable[..., Path], sound: dict[str, str], tmp_path: Path
) -> None:
    """Warnings that are told once stand at each of their cells; a missing column at the header row."""
    path = folder(
        sound
        | {"accounts": "id,name,odd\nA1,,1\nA2,,2\n", "resources": "id,hours per week\nMC,40\nSALES,40\n"}
    )
    told = check_marked(path, tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert marks(book["accounts"]) == {"B2", "B3", "C1"}
    assert marks(book["resources"]) == {"A1"}
    assert sum(fault.severity == "error" for fault in told) == 3


def test_a_mapped_export(tmp_path: Path) -> None:
    """Faults of a mapped export are marked in the export's own file and column."""
    (tmp_path / "deals.csv").write_text("Deal,Sum\nD1,10\nD2,ten\n", "utf-8")
    (tmp_path / "m.toml").write_text(
        '[company]\nname="a"\ncurrency="KRW"\nvat_rate=0.1\nas_of=2026-03-31\n[files.d]\nfile="deals.csv"\n'
        '[[sheets.opportunities]]\nfrom="d"\nid="Deal"\namount="Sum"\n'
        '[[sheets.resources]]\nid.value="MC"\nname.value="MC"\n',
        "utf-8",
    )
    check_marked(tmp_path / "deals.csv", tmp_path / "m.xlsx", mapping=tmp_path / "m.toml")
    assert "B3" in marks(openpyxl.load_workbook(tmp_path / "m.xlsx")["deals"])


def test_what_cannot_be_read(tmp_path: Path) -> None:
    """Of a file that cannot be opened there is only the list."""
    (tmp_path / "x.xlsx").write_bytes(b"no workbook")
    assert check_marked(tmp_path / "x.xlsx", tmp_path / "m.xlsx")
    assert check_marked(tmp_path / "nowhere.xlsx", tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    assert book.sheetnames == ["Faults"]
    assert "nowhere.xlsx" in book["Faults"]["C4"].value
