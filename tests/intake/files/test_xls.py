"""Old .xls workbooks are read as they stand, from our own records and from another program's."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pursuit.intake.files.raw import Block
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
from tests.intake.files import biff
from tests.intake.files.conftest import Reader

HEAD = [["번호", "고객사"], [17, "가나산업"]]


def test_values_and_what_is_peculiar(read: Reader) -> None:
    """Values, errors, stored results, dates, merged cells and what is hidden arrive as from an .xlsx file."""
    body = biff.cells(HEAD) + biff.row(1, hidden=True) + biff.error(2, 0, 42) + biff.formula(2, 1, 2.5)
    body += biff.number(2, 2, 46112, style=1) + biff.merged(0, 1, 0, 2)
    found = read("a.xls", biff.workbook({"자료": body, "b": biff.cells([["x"]])}, hidden=["b"]))
    first, second = found.tables
    assert first.lines == (
        (1, ("번호", "고객사", "")),
        (2, (17.0, "가나산업", "")),
        (3, ("#N/A", 2.5, date(2026, 3, 31))),
    )
    assert (first.title, first.hidden_rows, first.formulas) == ("자료", {2}, 1)
    assert first.merged == (Block(1, 2, 1, 3),)
    assert (first.hidden, second.hidden) == (False, True)
    assert [fault.sheet for fault in found.warnings] == ["자료"]


def test_the_calendar_of_1904(read: Reader) -> None:
    """The same stored number is another day where the book says so."""
    (table,) = read("a.xls", biff.workbook({"s": biff.number(0, 0, 46112, style=1)}, date1904=True)).tables
    assert table.lines == ((1, (date(2030, 4, 1),)),)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_saved_by_another_program(tmp_path: Path) -> None:
    """A workbook turned into .xls by LibreOffice holds what it held before."""
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = "영업기회"
    for row in [
        ["번호", "고객사", "날짜", "금액"],
        [1, "가나산업", date(2026, 3, 31), 1234.5],
        [2, "다라", None, -3],
    ]:
        page.append(row)
    page.merge_cells("A5:B6")
    page.row_dimensions[3].hidden = True
    page.column_dimensions["D"].hidden = True
    book.save(tmp_path / "a.xlsx")
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "xls",
    ]
    subprocess.run([*command, "a.xlsx"], cwd=tmp_path, capture_output=True, check=True, timeout=120)
    (before,), _ = read_files(tmp_path / "a.xlsx", Findings("en"))
    (after,), _ = read_files(tmp_path / "a.xls", Findings("en"))
    assert [line[1][:4] for line in after.lines[:3]] == [line[1][:4] for line in before.lines[:3]]
    assert (after.title, after.hidden_rows, after.hidden_columns) == ("영업기회", {3}, {4})
