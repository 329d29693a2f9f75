"""A Company written as the workbook or the folder of CSV files that reads back as the same Company."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

from pursuit.domain import Company
from pursuit.intake.files.delimited import guard
from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.intake.sheets.table import Sheet
from pursuit.intake.writing.book import Book
from pursuit.intake.writing.flatten import Cells, flatten
from pursuit.intake.writing.showing import Cell, show


def write_workbook(company: Company, path: str | Path, lang: str = "en") -> None:
    """Write ``company`` as an .xlsx workbook with headers in ``lang``; sheets without rows are left out.

    Raises
    ------
    InputError
        When a text or table is larger than a workbook can hold; a folder can hold it.
    """
    rows = flatten(company)
    sheets = [sheet for sheet in SHEETS if rows[sheet.name] or sheet.required]
    stamp = datetime(company.as_of.year, company.as_of.month, company.as_of.day)  # noqa: DTZ001  a file property
    with Book(Path(path), lang, stamp, sheets) as book:
        for sheet in sheets:
            book.add_sheet(
                sheet, [_shown(sheet, cells, lang, company.currency) for cells in rows[sheet.name]]
            )


def write_folder(company: Company, folder: str | Path) -> None:
    """Write ``company`` as CSV files (UTF-8 with byte order mark), one per sheet that has rows."""
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    rows = flatten(company)
    for sheet in SHEETS:
        path = target / f"{sheet.name}.csv"
        if not rows[sheet.name]:
            path.unlink(missing_ok=True)
            continue
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, quoting=csv.QUOTE_NONNUMERIC)  # so that no sign in a text may part it
            writer.writerow([column.name for column in sheet.columns])
            for cells in rows[sheet.name]:
                shown = _shown(sheet, cells, "en", company.currency)
                writer.writerow([guard(cell) if isinstance(cell, str) else cell for cell in shown])


def _shown(sheet: Sheet, cells: Cells, lang: str, home: str) -> list[Cell]:
    """The cells of one row in the order of the sheet's columns."""
    currency = cells.get("currency", home)
    return [show(column, cells.get(column.name), lang, currency) for column in sheet.columns]
