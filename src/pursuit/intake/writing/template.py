"""The empty workbook a firm fills in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.intake.sheets.table import Column, Scalar, Sheet
from pursuit.intake.writing.book import Book
from pursuit.intake.writing.showing import Cell, show
from pursuit.words import Words

README = (  # keys of the word catalogue
    "How to fill in this workbook",
    "Fill in company, resources and opportunities; every other sheet deepens the plan and may stay empty.",
    "Rows marked 'example' are not read. Overwrite them (and clear the mark) or delete them.",
    "Columns with a dark header and a star must be filled in. Point at a header to see what belongs there.",
    "Names such as a resource code are written the same way on every sheet; the drop-down lists show them.",
    "Dates are written year first (2026-03-31). 03/04/2026 is refused, because it can be read in two ways.",
    "Amounts are net of VAT unless the header says otherwise.",
    "A list in one cell is written a; b and hours by resource are written MC: 12; ASSY: 8.",
    "Columns may stand in any order. Sheets and columns that are not known are reported and not read.",
    "The sheets are:",
)


def write_template(path: str | Path, lang: str = "en") -> None:
    """Write the workbook template: headers with comments, drop-downs, rows marked as examples."""
    words = Words(lang)
    with Book(Path(path), lang, datetime(2026, 1, 1), SHEETS, marked=True) as book:  # noqa: DTZ001  a file property
        listing = [f"{sheet.title(lang)}: {words(sheet.help)}" for sheet in SHEETS]
        book.add_readme([*map(words, README), *listing])
        for sheet in SHEETS:
            book.add_sheet(sheet, list(example_cells(sheet, words)))


def example_cells(sheet: Sheet, words: Words) -> Iterator[list[Cell]]:
    """The example rows of a sheet, as the template shows them."""
    for at in range(sheet.examples()):
        yield [_cell(c, c.example[at], words) if at < len(c.example) else None for c in sheet.columns]


def _cell(column: Column, example: Scalar, words: Words) -> Cell:
    match column.kind, example:
        case "date", str():
            return date.fromisoformat(example)
        case "yes", str():
            return show(column, example == "yes", words.lang)
        case (("text" | "list" | "texts_by_name"), str()):
            return show(column, words(example), words.lang)
        case _:
            return show(column, example, words.lang)
