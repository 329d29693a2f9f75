"""The template is filled in with an ordinary spreadsheet program and read back."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from pursuit.intake import check, read_company, write_template
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, SHEETS

LANGS = pytest.mark.parametrize("lang", ["en", "ko"])


def template(path: Path, lang: str) -> Workbook:
    write_template(path, lang)
    return openpyxl.load_workbook(path)


@LANGS
def test_examples_are_ignored(tmp_path: Path, lang: str) -> None:
    """An untouched template holds no firm: its example rows are not read."""
    template(tmp_path / "firm.xlsx", lang)
    faults = check(tmp_path / "firm.xlsx", lang=lang)
    empty = {f.sheet for f in faults if f.severity == "error"}
    names = ("company", "resources", "opportunities")
    assert empty == {SHEET_BY_NAME[name].title(lang) for name in names}


@LANGS
def test_examples_are_a_sound_firm(tmp_path: Path, lang: str) -> None:
    """With the marks cleared, the examples are a sound firm that uses every sheet but notes."""
    path = tmp_path / "firm.xlsx"
    book = template(path, lang)
    for page in book.worksheets[1:]:
        for row in page.iter_rows(min_row=2):
            row[0].value = None
    book.save(path)
    assert check(path, lang=lang) == ()
    company = read_company(path).company
    assert company.finance is not None
    for sheet in SHEETS:
        if sheet.name != "notes":
            assert getattr(company, sheet.name, True), sheet.name
    first = company.opportunities[0]
    assert first.payments
    assert first.late_penalty
    assert first.options[1].work


@LANGS
def test_filled_in(tmp_path: Path, lang: str) -> None:
    """Rows typed under the examples are read, the examples beside them are not."""
    path = tmp_path / "firm.xlsx"
    book = template(path, lang)
    typed = {
        "company": {"name": "Firm", "currency": "KRW", "as_of": "2026.3.31", "vat_rate": "10%"},
        "resources": {"id": "R", "name": "Line", "hours_per_week": 40},
        "opportunities": {"id": "X1", "account": "anyone", "amount": "1억 2,000만"},
    }
    for sheet in SHEETS:
        page = book[sheet.title(lang)]
        headers = {cell.value.rstrip(" *"): cell.column for cell in page[1]}
        for name, value in typed.get(sheet.name, {}).items():
            page.cell(row=sheet.examples() + 2, column=headers[sheet.column(name).header(lang)], value=value)
    book.save(path)
    assert check(path) == ()
    company = read_company(path).company
    assert [(o.id, o.amount and o.amount.amount) for o in company.opportunities] == [("X1", 120_000_000)]
    assert [r.id for r in company.resources] == ["R"]


@LANGS
def test_what_it_offers(tmp_path: Path, lang: str) -> None:
    """Headers have comments and are frozen, words and references have drop-downs, marks are plain."""
    book = template(tmp_path / "firm.xlsx", lang)
    assert len(book.worksheets) == len(SHEETS) + 1
    for sheet in SHEETS:
        page = book[sheet.title(lang)]
        assert page.freeze_panes == "B2"
        assert all(cell.comment and cell.comment.text for cell in page[1])
        assert [c.value.rstrip(" *") for c in page[1]][1:] == [c.header(lang) for c in sheet.columns]
        assert [c.value.endswith(" *") for c in page[1]][1:] == [c.required for c in sheet.columns]
        marks = {page.cell(row=at + 2, column=1).value for at in range(sheet.examples())}
        assert marks <= {"example" if lang == "en" else "예시"}
        lists = sum(len(rule.sqref.ranges) for rule in page.data_validations.dataValidation)
        expected = [c for c in sheet.columns if c.kind in ("choice", "yes") or (c.kind == "text" and c.ref)]
        assert lists == len(expected)


def test_drop_down_points_at_the_ids(tmp_path: Path) -> None:
    """The list for a work centre is the id column of the resources sheet."""
    book = template(tmp_path / "firm.xlsx", "ko")
    rules = {str(rule.sqref): rule.formula1 for rule in book["라우팅"].data_validations.dataValidation}
    assert rules["C2:C2001"] == "'자원'!$B$2:$B$2001"
    assert book["자원"]["B1"].value == "자원 코드 *"
