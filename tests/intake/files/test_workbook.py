"""Workbooks are read like folders."""

from __future__ import annotations

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
    faults = [f for f in check(workbook(tmp_path / "firm.xlsx", **firm)) if f.severity == "error"]
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
