"""A template filled in, saved by another program and read back, is the firm that was filled in."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest

from pursuit.domain import Company
from pursuit.intake import check, read_company, write_template
from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.intake.writing.flatten import flatten
from pursuit.intake.writing.showing import show
from tests.intake.proof.clean import clean_company

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


def fill(template: Path, company: Company, lang: str) -> None:
    """Write a company over the example rows of a template, as a person would."""
    book = openpyxl.load_workbook(template)
    rows = flatten(company)
    for sheet in SHEETS:
        page = book[sheet.title(lang)]
        page.delete_rows(2, page.max_row)
        for number, cells in enumerate(rows[sheet.name], start=2):
            currency = cells.get("currency", company.currency)
            for at, column in enumerate(sheet.columns, start=2):  # the first column marks examples
                page.cell(number, at, show(column, cells.get(column.name), lang, currency))
    book.save(template)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not on this machine")
@pytest.mark.parametrize("ending", ["xlsx", "xls"])
@pytest.mark.parametrize("lang", ["ko", "en"])
def test_template_through_another_program(tmp_path: Path, lang: str, ending: str) -> None:
    """The template in either language, filled, saved by LibreOffice as .xlsx or .xls, reads back equal."""
    company = clean_company(5)
    path = tmp_path / "firm.xlsx"
    write_template(path, lang)
    fill(path, company, lang)
    assert read_company(path).company.content_hash == company.content_hash
    out = tmp_path / "saved"
    command = [str(OFFICE), f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    filters = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "xls": "xls:MS Excel 97"}
    subprocess.run(
        [*command, "--convert-to", filters[ending], "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    saved = out / f"firm.{ending}"
    assert [str(fault) for fault in check(saved)] == []
    assert read_company(saved).company.content_hash == company.content_hash
