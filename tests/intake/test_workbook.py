"""Workbooks are read like folders, and measured before a reader may allocate what they claim."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pursuit.domain import Opportunity, Resource
from pursuit.intake import check, read_company

SHEET = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{dimension}'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


@pytest.fixture
def firm() -> dict[str, list[list[object]]]:
    return {
        "회사": [["회사명", "통화", "기준일", "부가세율"], ["시험정밀", "KRW", date(2026, 3, 31), 0.1]],
        "자원": [["자원 코드", "자원명", "주당 시간"], ["MC", "가공", 160]],
        "영업기회": [
            ["영업기회 번호", "고객사 코드", "공급가액", "결과", "등록일"],
            [17, "A1", 3e7, "진행", date(2026, 1, 5)],
        ],
    }


def test_korean_workbook(tmp_path: Path, firm: dict[str, list[list[object]]]) -> None:
    """Korean sheet names and headers are read; a number typed as an id stays what it looks like."""
    company = read_company(workbook(tmp_path / "firm.xlsx", **firm)).company
    assert company.resources == (Resource("MC", "가공", hours_per_week=160.0),)
    opportunity = company.opportunities[0]
    assert isinstance(opportunity, Opportunity)
    assert (opportunity.id, opportunity.created) == ("17", date(2026, 1, 5))


def test_faults_name_the_sheet_as_titled(tmp_path: Path, firm: dict[str, list[list[object]]]) -> None:
    """A fault in a Korean workbook speaks of its sheet and column as they stand there, blank rows counted."""
    firm["영업기회"] += [[None], ["O2", "A1", "=1+1", "#N/A", "5/6/2026"]]
    faults = check(workbook(tmp_path / "firm.xlsx", **firm))
    assert {(f.sheet, f.row, f.column) for f in faults} == {
        ("영업기회", 4, "공급가액"),  # a formula whose result no program has stored yet
        ("영업기회", 4, "결과"),
        ("영업기회", 4, "등록일"),
    }


def test_date_in_a_text_column(tmp_path: Path, firm: dict[str, list[list[object]]]) -> None:
    """A code the spreadsheet turned into a date is refused rather than renamed."""
    firm["자원"][1][0] = date(2026, 3, 1)
    fault = next(f for f in check(workbook(tmp_path / "firm.xlsx", **firm)) if f.severity == "error")
    assert (fault.sheet, fault.row, fault.column) == ("자원", 2, "자원 코드")


@pytest.mark.parametrize(
    ("dimension", "rows"),
    [
        ('<dimension ref="A1:XFD1048576"/>', '<row r="1"><c r="A1"><v>1</v></c></row>'),
        ("", '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'),
        ("", "<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
        ("", '<row r="1048576">' + "<c><v>1</v></c>" * 40 + "</row>"),
        ("", '<row r="1"><c r="A1"><v>1</v></c><c r="B99999999999999"><v>1</v></c></row>'),
    ],
)
def test_hostile_extent(
    tmp_path: Path,
    firm: dict[str, list[list[object]]],
    dimension: str,
    rows: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A small file that claims the largest sheet there is, is refused before a reader opens it."""
    good = workbook(tmp_path / "good.xlsx", **firm)
    bad = tmp_path / "bad.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            hostile = part.filename == "xl/worksheets/sheet2.xml"
            target.writestr(
                part.filename, SHEET.format(dimension=dimension, rows=rows) if hostile else source.read(part)
            )
    monkeypatch.setattr("pursuit.intake.files.workbook._unpacked", _opened)
    (fault,) = check(bad)
    assert fault.file == "bad.xlsx"
    assert "more cells" in fault.problem


def _opened(*_: object) -> None:
    raise AssertionError("the workbook was opened before it was measured")


def test_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A zip that unpacks to more than the limit is refused by its own table of contents."""
    monkeypatch.setattr("pursuit.intake.files.workbook.LARGEST_UNPACKED", 2**20)
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for number in range(9):
            target.writestr(f"xl/worksheets/sheet{number}.xml", bytes(2**17))
    (fault,) = check(path)
    assert "too large" in fault.problem


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"hello"])
def test_not_a_workbook(tmp_path: Path, data: bytes) -> None:
    """Broken, old and foreign files are one fault that says what to save instead."""
    path = tmp_path / "firm.xlsx"
    path.write_bytes(data)
    (fault,) = check(path)
    assert fault.mend


def test_zip_without_sheets(tmp_path: Path, folder: Callable[..., Path]) -> None:
    """A zip that is no workbook is a fault, not a traceback."""
    path = tmp_path / "firm.xlsx"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("a.txt", "hello")
    assert [f.severity for f in check(path)] == ["error"]


def test_a_reader_that_dies(
    tmp_path: Path, firm: dict[str, list[list[object]]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should a file get past the measuring and end its reader, the child process ends, and it is a fault."""
    path = workbook(tmp_path / "firm.xlsx", **firm)
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tmp_path / "bad.xlsx", "w") as target:
        rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        for part in source.infolist():
            hostile = part.filename == "xl/worksheets/sheet2.xml"
            target.writestr(
                part.filename, SHEET.format(dimension="", rows=rows) if hostile else source.read(part)
            )
    monkeypatch.setattr("pursuit.intake.files.workbook.MOST_CELLS", 10**12)
    (fault,) = check(tmp_path / "bad.xlsx")
    assert fault.problem == "The workbook cannot be read."
