"""A firm's own workbook beside an export: what it says of a record goes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.records import text_of
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.sheets.catalogue import (
    find_column,
    find_sheet,
    is_example_mark,
    is_mark_header,
    is_readme,
)
from pursuit.intake.sheets.table import Sheet


def is_ours(grid: Grid) -> bool:
    """Whether a table is one of our own sheets: named like it, with every column that must be there."""
    sheet = find_sheet(grid.title)
    if sheet is None:
        return is_readme(grid.title)
    present = {column.name for header in grid.header if (column := find_column(sheet, header))}
    return bool(present) and all(column.name in present for column in sheet.columns if column.required)


def own_first(own: Sequence[Grid], mapped: Sequence[Grid], findings: Findings) -> list[Grid]:
    """The tables of both, without mapped rows whose record stands in the firm's own workbook, which are told.

    The firm's one row on the sheet ``company`` takes from the export what it leaves blank (the day of the data).
    """
    sheets = {sheet.name: _counting(grid) for grid in own if (sheet := find_sheet(grid.title))}
    kept = []
    for grid in mapped:
        sheet = find_sheet(grid.title)
        ours = sheets.get(sheet.name) if sheet else None
        if sheet is None or ours is None or not ours.rows:
            kept.append(grid)
        elif sheet.name == "company":
            sheets["company"] = _completed(ours, grid, sheet)
        elif sheet.key == ("id",):
            kept.append(_without(grid, ours, sheet, findings))
        else:
            kept.append(grid)
    firm = sheets.get("company")
    return [*(firm if firm and _is_firm(grid) else grid for grid in own), *kept]


def _counting(grid: Grid) -> Grid:
    """A table without the example rows of the template."""
    at = next((at for at, header in enumerate(grid.header) if is_mark_header(header)), None)
    return replace(grid, rows=tuple(row for row in grid.rows if not is_example_mark(_cell(row[1], at))))


def _is_firm(grid: Grid) -> bool:
    sheet = find_sheet(grid.title)
    return sheet is not None and sheet.name == "company"


def _at(grid: Grid, sheet: Sheet, name: str) -> int | None:
    for at, header in enumerate(grid.header):
        column = find_column(sheet, header)
        if column and column.name == name:
            return at
    return None


def _cell(cells: tuple[Any, ...], at: int | None) -> Any:
    return cells[at] if at is not None and at < len(cells) else None


def _completed(ours: Grid, mapped: Grid, sheet: Sheet) -> Grid:
    """Our one row of the firm, blanks filled from the export's."""
    number, cells = ours.rows[0]
    row, header = list(cells) + [None] * (len(ours.header) - len(cells)), list(ours.header)
    for at, name in enumerate(mapped.header):
        place = _at(ours, sheet, name)
        if place is None:
            header.append(name)
            row.append(mapped.rows[0][1][at])
        elif is_blank(row[place]):
            row[place] = mapped.rows[0][1][at]
    return replace(ours, header=tuple(header), names=(), rows=((number, tuple(row)), *ours.rows[1:]))


def _without(mapped: Grid, ours: Grid, sheet: Sheet, findings: Findings) -> Grid:
    known = {text_of(_cell(cells, _at(ours, sheet, "id"))) for _, cells in ours.rows}
    place = _at(mapped, sheet, "id")
    twice = [row for row in mapped.rows if text_of(_cell(row[1], place)) in known]
    if twice:
        problem = "{file} says this too; what stands there goes first."
        mend = "Nothing is to be done if that is right."
        here = Place(mapped.file, mapped.title, twice[0][0], sheet.column("id").told(findings.words.lang))
        findings.warn(here, text_of(_cell(twice[0][1], place)), problem, mend, file=ours.file)
    return replace(mapped, rows=tuple(row for row in mapped.rows if row not in twice))
