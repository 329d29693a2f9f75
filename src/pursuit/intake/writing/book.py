"""The look of our workbooks: headers with comments, drop-downs, widths; text is never a formula."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_col_to_name

from pursuit.errors import InputError
from pursuit.intake.sheets.catalogue import MARK_EXAMPLE, MARK_HEADER, README_TITLE
from pursuit.intake.sheets.table import Column, Sheet
from pursuit.intake.writing.showing import YES, Cell
from pursuit.words import Words

ROWS_WITH_DROPDOWNS = 2000
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheet programs disagree about the calendar
_NUMBER_FORMATS = {
    "text": "@",
    "date": "yyyy-mm-dd",
    "share": "0.0##%",
    "whole": "#,##0",
    "cents": "#,##0.00",
}
_NOT_WRITTEN = "{file} cannot be written; close it if it is open, and check the path."
KIND_HELP = {
    "text": "Text.",
    "choice": "One of the words of the drop-down list.",
    "number": "A number.",
    "share": "A share: 12% or 0.12.",
    "integer": "A whole number.",
    "money": "An amount in whole currency units (1,200,000 or 120만).",
    "currency": "A currency code.",
    "date": "A date, year first: 2026-03-31.",
    "yes": "yes or no.",
    "list": "Names separated by semicolons: a; b.",
    "integers": "Whole numbers separated by semicolons: 0; 4.",
    "numbers_by_name": "Written name: number; name: number.",
    "texts_by_name": "Written name: value; name: value.",
}


class Book:
    """A workbook being written; ``sheets`` are all it will hold, for drop-downs that list their ids."""

    def __init__(
        self, path: Path, lang: str, stamp: datetime, sheets: Sequence[Sheet], marked: bool = False
    ) -> None:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.words, self.path, self.marked = Words(lang), path, marked
        self._sheets = {sheet.name: sheet for sheet in sheets}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.set_properties({"created": stamp})
        self._head = self._format(bold=True, bg_color="#DCE6F1", border=1, text_wrap=True, valign="top")
        self._must = self._format(
            bold=True, bg_color="#1F4E79", font_color="#FFFFFF", border=1, text_wrap=True, valign="top"
        )
        looks = {*KIND_HELP, *_NUMBER_FORMATS}
        self._grey = {
            kind: self._kind_format(kind, italic=True, font_color="#7F7F7F", bg_color="#F2F2F2")
            for kind in looks
        }
        self._plain = {kind: self._kind_format(kind) for kind in looks}

    def __enter__(self) -> Book:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._book.close()
        except FileCreateError as problem:
            text = self.words(_NOT_WRITTEN, file=self.path.name)
            raise InputError(text) from problem
        if error is not None:
            self.path.unlink(missing_ok=True)

    def _format(self, **look: object) -> Any:
        return self._book.add_format(look)

    def _kind_format(self, kind: str, **look: object) -> Any:
        return self._format(num_format=_NUMBER_FORMATS.get(kind, "General"), **look)

    def add_readme(self, lines: Sequence[str]) -> None:
        """A first sheet of plain sentences, the first one as its heading."""
        sheet = self._book.add_worksheet(README_TITLE[self.words.lang])
        sheet.set_column(0, 0, 100, self._format(text_wrap=True, valign="top"))
        for row, line in enumerate(lines):
            sheet.write_string(row, 0, line, self._format(bold=True, font_size=14) if row == 0 else None)

    def add_sheet(self, sheet: Sheet, rows: Sequence[Sequence[Cell]]) -> None:
        """A sheet with its header and ``rows``, which are marked as examples if the book is ``marked``."""
        page = self._book.add_worksheet(sheet.title(self.words.lang))
        first = int(self.marked)
        page.freeze_panes(1, first)
        if self.marked:
            page.write_string(0, 0, MARK_HEADER[self.words.lang], self._head)
            page.write_comment(
                0, 0, self.words("Rows marked 'example' here are not read; overwrite or delete them.")
            )
            page.set_column(0, 0, 9)
        for at, column in enumerate(sheet.columns, start=first):
            cells = [row[at - first] for row in rows[:200]]
            self._add_column(page, at, column, cells)
        looks = self._grey if self.marked else self._plain
        for number, row in enumerate(rows, start=1):
            if self.marked:
                page.write_string(number, 0, MARK_EXAMPLE[self.words.lang], looks["text"])
            for at, (column, cell) in enumerate(zip(sheet.columns, row, strict=True), start=first):
                self._write(page, number, at, cell, looks[_look(column, cell)])

    def _write(self, page: Any, row: int, at: int, cell: Cell, look: Any) -> None:
        match cell:
            case None:
                status = page.write_blank(row, at, None, look) if self.marked else 0
            case str():
                status = page.write_string(row, at, cell, look)
            case date():
                early = cell < _FIRST_DAY
                status = (
                    page.write_string(row, at, cell.isoformat(), look)
                    if early
                    else page.write_datetime(row, at, cell, look)
                )
            case _:
                status = page.write_number(row, at, cell, look)
        if status:
            raise InputError(
                self.words(
                    "{file} would hold more than a workbook can; write a folder of CSV files instead.",
                    file=self.path.name,
                )
            )

    def _add_column(self, page: Any, at: int, column: Column, cells: Sequence[Cell]) -> None:
        header = column.header(self.words.lang) + (" *" if column.required else "")
        page.write_string(0, at, header, self._must if column.required else self._head)
        page.write_comment(0, at, self._comment(column), {"x_scale": 2, "y_scale": 1.2})
        wide = max(_width(cell) for cell in (header, *cells))
        page.set_column(at, at, min(max(wide + 2, 9), 44), self._plain[column.kind])
        validation = self._validation(column)
        if validation:
            page.data_validation(1, at, ROWS_WITH_DROPDOWNS, at, validation)

    def _comment(self, column: Column) -> str:
        must = "Must be filled in." if column.required else "May stay empty."
        return "\n".join(self.words(text) for text in (column.help, KIND_HELP[column.kind], must))

    def _validation(self, column: Column) -> dict[str, object] | None:
        """A drop-down for words and for ids of other sheets; it warns, so that a list may still be pasted."""
        ko = self.words.lang == "ko"
        if column.kind == "choice":
            source: object = [korean if ko else code for code, korean in column.choices.items()]
        elif column.kind == "yes":
            source = list(reversed(YES[self.words.lang]))
        elif column.kind == "text" and column.ref in self._sheets:
            target = self._sheets[column.ref]
            names = [c.name for c in target.columns]
            letter = xl_col_to_name(names.index("id") + int(self.marked))
            source = f"='{target.title(self.words.lang)}'!${letter}$2:${letter}${ROWS_WITH_DROPDOWNS + 1}"
        else:
            return None
        return {"validate": "list", "source": source, "error_type": "warning"}


def _look(column: Column, cell: Cell) -> str:
    """The number format of a cell: that of its column's kind, or by its figure."""
    if column.kind in ("money", "number") and isinstance(cell, int | float):
        return "whole" if isinstance(cell, int) else "cents" if column.kind == "money" else "number"
    return column.kind


def _width(cell: Cell) -> int:
    """Columns of an ordinary letter that a cell takes; Korean letters take two."""
    text = f"{cell:,}" if isinstance(cell, int) else str(cell or "")
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
