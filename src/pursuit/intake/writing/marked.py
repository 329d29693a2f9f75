"""The user's own sheets as read, the faulty cells marked, and a first sheet that lists every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.utility import xl_rowcol_to_cell

from pursuit.errors import Fault, InputError
from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings, Place
from pursuit.intake.writing.locating import Locator, Spot, sheet_names
from pursuit.intake.writing.widths import width_of
from pursuit.words import Words

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_TEXT = 32_767
MOST_COMMENTS = 2_000
"""On one sheet; with more, spreadsheet programs grow slow. The list has every fault, and every cell its colour."""
MOST_LINKS = 65_000
_FIRST_DAY = date(1900, 3, 1)  # before it, spreadsheet programs disagree about the calendar
_SIGNS = {"error": "✖", "warning": "⚠"}
_LOOKS: Mapping[str, dict[str, object]] = {
    "error": {"bg_color": "#F8B4AE", "border": 2, "border_color": "#B42318", "bold": True},
    "warning": {
        "bg_color": "#FFF4DE",
        "fg_color": "#FDBA4D",
        "pattern": 14,
        "border": 4,
        "border_color": "#B54708",
    },
}
_HEAD = {"bold": True, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "valign": "vcenter", "border": 1}
_NUMBERED = 11
_OLDEST = datetime(2026, 1, 1)  # noqa: DTZ001  a file property; the same input gives the same bytes


def write_marked(path: str | Path, raws: Sequence[RawTable], faults: Sequence[Fault], lang: str) -> None:
    """Write the tables as they stand, with the cells that have faults marked, and the list of all faults.

    Every cell stands where the user's program shows it. Texts stay texts: none is a formula or a link. Errors are red
    in a thick frame, warnings a hatched amber in a dashed one, and both carry a sign, so that nobody has to tell the
    colours apart; a comment says what is wrong and how to mend it. A fault of a row is marked at its first cell, one
    of a column at its header, one of a sheet at its top.

    Parameters
    ----------
    path
        The .xlsx file to write.
    raws
        The tables as read; a table with more rows or columns than a sheet holds is cut, and the list says so.
    faults
        Everything found in them, one for each cell.
    lang
        Language of the list and the comments.

    Raises
    ------
    InputError
        When the file cannot be written.
    """
    words = Words(lang)
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": _OLDEST})
    first = words("Faults")
    names = sheet_names([raw.title for raw in raws], first)
    locator = Locator(raws)
    spots = [locator.find(fault) for fault in faults]
    _List(book, first, words).write(faults, spots, names, _cut(raws, words))
    marks: list[list[tuple[Spot, Fault]]] = [[] for _ in raws]
    for spot, fault in zip(spots, faults, strict=True):
        if spot is not None:
            marks[spot.table].append((spot, fault))
    for raw, name, layout, mine in zip(raws, names, locator.layouts, marks, strict=True):
        _Page(book, name, raw, words).write(mine, layout.top)
    try:
        book.close()
    except FileCreateError as error:
        findings = Findings(lang)
        problem, mend = "This file cannot be written.", "Close it if it is open, and check the path."
        findings.error(Place(Path(path).name), "", problem, mend)
        raise InputError(findings.errors) from error


def _cut(raws: Sequence[RawTable], words: Words) -> list[str]:
    """A sentence for each table that does not fit on a sheet."""
    return [
        words("{name} is larger than a sheet can be; its end is left out here.", name=raw.title)
        for raw in raws
        if any(number > MOST_ROWS or len(cells) > MOST_COLUMNS for number, cells in raw.lines)
    ]


class _List:
    """The first sheet: one row for each fault, with a link to its cell."""

    def __init__(self, book: Any, name: str, words: Words) -> None:
        self.page, self.words = book.add_worksheet(name), words
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.head = book.add_format(_HEAD)
        self.plain = book.add_format({"valign": "top", "text_wrap": True, "bottom": 4})
        self.right = book.add_format({"valign": "top", "align": "center", "bottom": 4})
        self.link = book.add_format(
            {"valign": "top", "font_color": "#0B5CAD", "underline": 1, "bottom": 4, "text_wrap": True}
        )
        kinds = {"valign": "top", "align": "center"}
        self.kinds = {
            severity: book.add_format(kinds | {k: v for k, v in look.items() if k != "bold"})
            for severity, look in _LOOKS.items()
        }

    def write(
        self,
        faults: Sequence[Fault],
        spots: Sequence[Spot | None],
        names: Sequence[str],
        notes: Sequence[str],
    ) -> None:
        """The whole sheet."""
        say = self.words
        errors = sum(fault.severity == "error" for fault in faults)
        told = {"errors": f"{errors:,}", "warnings": f"{len(faults) - errors:,}"}
        self.page.set_row(0, 24)
        self.page.write_string(0, 0, say("Errors: {errors}, warnings: {warnings}", **told), self.title)
        legend = say(
            "✖ in red: an error, to be mended. ⚠ hatched amber: a warning. Point at a cell to read it."
        )
        for row, line in enumerate([legend, *notes], start=1):
            self.page.set_row(row, 18)
            self.page.write_string(row, 0, line)
        top = 3 + len(notes)
        heads = (
            "Severity",
            "Place",
            "File",
            "Sheet",
            "Row",
            "Column",
            "What stands there",
            "What is wrong",
            "How to mend it",
        )
        widths = (11, 22, 22, 16, 7, 18, 22, 52, 52)
        self.page.set_row(top - 1, 20)
        for at, (head, width) in enumerate(zip(map(say, heads), widths, strict=True)):
            self.page.set_column(at, at, width)
            self.page.write_string(top - 1, at, head, self.head)
        for row, (fault, spot) in enumerate(zip(faults, spots, strict=True), start=top):
            if row < MOST_ROWS:
                self._row(row, fault, spot, names, row - top < MOST_LINKS)
        self.page.freeze_panes(top, 2)
        self.page.autofilter(top - 1, 0, min(max(top + len(faults) - 1, top), MOST_ROWS - 1), len(heads) - 1)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(top - 1)

    def _row(self, row: int, fault: Fault, spot: Spot | None, names: Sequence[str], linked: bool) -> None:
        kind = self.words("Warning") if fault.severity == "warning" else self.words("Error")
        lines = max(-(-width_of(text) // 52) for text in (fault.problem, fault.mend, fault.value * 2))
        self.page.set_row(row, 16 * min(max(lines, 1), 8))
        self.page.write_string(row, 0, f"{_SIGNS[fault.severity]} {kind}", self.kinds[fault.severity])
        if spot is None:
            self.page.write_string(row, 1, "", self.plain)
        else:
            cell = xl_rowcol_to_cell(spot.row - 1, spot.column)
            sheet = names[spot.table]
            target = f"internal:'{sheet.replace(chr(39), chr(39) * 2)}'!{cell}"
            if linked:
                self.page.write_url(row, 1, target, self.link, f"{sheet}!{cell}")
            else:
                self.page.write_string(row, 1, f"{sheet}!{cell}", self.plain)
        for at, text in ((2, fault.file), (3, fault.sheet), (5, fault.column), (6, fault.value)):
            self.page.write_string(row, at, text[:LONGEST_TEXT], self.plain)
        if fault.row:
            self.page.write_number(row, 4, fault.row, self.right)
        else:
            self.page.write_blank(row, 4, None, self.right)
        self.page.write_string(row, 7, fault.problem, self.plain)
        self.page.write_string(row, 8, fault.mend, self.plain)


class _Page:
    """One of the user's sheets."""

    def __init__(self, book: Any, name: str, raw: RawTable, words: Words) -> None:
        self.page, self.raw, self.words, self.book = book.add_worksheet(name), raw, words, book
        self._formats: dict[tuple[str, str], Any] = {}

    def write(self, marks: Sequence[tuple[Spot, Fault]], top: int) -> None:
        """Every cell where it stood, those with faults marked."""
        by_row: dict[int, dict[int, list[Fault]]] = {}
        for spot, fault in marks:
            by_row.setdefault(spot.row, {}).setdefault(spot.column, []).append(fault)
        self._set_widths()
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        if 0 < top <= 20:
            self.page.freeze_panes(top, 0)
        if any(fault.severity == "error" for _, fault in marks):
            self.page.set_tab_color("#B42318")
        elif marks:
            self.page.set_tab_color("#FDBA4D")
        lines, noted = dict(self.raw.lines), 0
        for number in sorted({*lines, *by_row}):
            if number > MOST_ROWS:
                break
            cells, faulty = lines.get(number, ()), by_row.get(number, {})
            for at in (*range(min(len(cells), MOST_COLUMNS)), *(at for at in faulty if at >= len(cells))):
                faults = faulty.get(at, [])
                value = cells[at] if at < len(cells) else None
                self._cell(number - 1, at, value, faults, number == top)
                if faults and noted < MOST_COMMENTS:
                    self._comment(number - 1, at, faults)
                    noted += 1

    def _set_widths(self) -> None:
        wide = max((len(cells) for _, cells in self.raw.lines[:200]), default=0)
        for at in range(min(wide, MOST_COLUMNS)):
            texts = (cells[at] for _, cells in self.raw.lines[:200] if at < len(cells))
            self.page.set_column(at, at, min(max(max(map(width_of, texts), default=0) + 4, 9), 44))

    def _cell(self, row: int, at: int, value: Any, faults: Sequence[Fault], head: bool) -> None:
        severity = min((fault.severity for fault in faults), default="head" if head else "")
        match value:
            case None | "":
                if faults:
                    self.page.write_blank(row, at, None, self._format(severity, "blank"))
            case bool():
                self.page.write_boolean(row, at, value, self._format(severity, "number"))
            case int() | float() if abs(value) < 1e15:
                kind = "long" if value == int(value) and abs(value) >= 10**_NUMBERED else "number"
                self.page.write_number(row, at, value, self._format(severity, kind))
            case date() if _day(value) >= _FIRST_DAY:
                is_day = not isinstance(value, datetime) or value.time() == datetime.min.time()
                self.page.write_datetime(row, at, value, self._format(severity, "day" if is_day else "time"))
            case _:
                text = str(value)[:LONGEST_TEXT]
                kind = "formula" if text[0] in "=+-@\t\r'" else "text"
                self.page.write_string(row, at, text, self._format(severity, kind))

    def _format(self, severity: str, kind: str) -> Any:
        """The look of a cell; the sign is part of how the value is shown, not of the value."""
        if (severity, kind) not in self._formats:
            sign = f'"{_SIGNS[severity]} "' if severity in _SIGNS else ""
            shown = {"number": "General", "long": "0", "day": "yyyy-mm-dd", "time": "yyyy-mm-dd hh:mm:ss"}
            look: dict[str, object] = {"num_format": f"{sign}{shown.get(kind, '@')}"}
            look |= _LOOKS.get(severity, {"bold": True, "bottom": 1} if severity == "head" else {})
            look |= {"quote_prefix": True} if kind == "formula" else {}
            self._formats[severity, kind] = self.book.add_format(look)
        return self._formats[severity, kind]

    def _comment(self, row: int, column: int, faults: Sequence[Fault]) -> None:
        texts = [
            f"{_SIGNS[f.severity]} {f.problem}" + (f"\n→ {f.mend}" if f.mend else "")
            for f in sorted(faults, key=lambda fault: fault.severity)
        ]
        text = "\n\n".join(dict.fromkeys(texts))
        lines = sum(1 + width_of(line) // 44 for line in text.splitlines())
        size = {"width": 320, "height": min(18 * lines + 16, 400), "author": "Pursuit", "font_size": 9}
        self.page.write_comment(row, column, text[:LONGEST_TEXT], size)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
