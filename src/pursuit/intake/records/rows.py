"""Tables to typed rows; what is missing, unknown or doubled is reported with its place."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.figures import Amount
from pursuit.intake.cells.read import is_blank, read_cell
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.records.measures import Measure, measures, settle_currencies
from pursuit.intake.sheets.catalogue import (
    SHEETS,
    find_column,
    find_sheet,
    is_example_mark,
    is_mark_header,
    is_readme,
)
from pursuit.intake.sheets.table import Column, Sheet

STAND_INS: dict[str, Any] = {
    "text": "",
    "choice": "",
    "number": 0.0,
    "share": 0.0,
    "integer": 1,
    "money": Amount(Decimal(0)),
    "currency": "",
    "date": date.min,
}
"""What takes the place of a faulty cell that must be filled, so that the rest can still be checked."""


@dataclass(slots=True)
class Row:
    """One row: where it stands and its typed values, None where a cell is blank or faulty."""

    sheet: Sheet
    file: str
    title: str
    number: int
    shown: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)

    def place(self, column: str = "") -> Place:
        """The place of one of its cells, or of the row."""
        return Place(self.file, self.title, self.number, self.shown.get(column, column))

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)


Tables = dict[str, list[Row]]


def read_tables(grids: list[Grid], findings: Findings) -> Tables:
    """Typed rows by sheet name, in file order."""
    tables: Tables = {sheet.name: [] for sheet in SHEETS}
    seen: dict[str, Grid] = {}
    for grid in grids:
        sheet = find_sheet(grid.title)
        if sheet is None:
            if grid.header and not is_readme(grid.title):
                _unknown_sheet(grid, findings)
        elif sheet.name in seen and not grid.shown:
            findings.error(
                Place(grid.file, grid.title),
                "",
                "This sheet stands twice.",
                "Merge it with {other}.",
                other=seen[sheet.name].title,
            )
        else:
            seen[sheet.name] = grid
            tables[sheet.name] += _read_grid(grid, sheet, findings)
    for sheet in SHEETS:
        _check_keys(tables[sheet.name], sheet, findings)
    return tables


def _unknown_sheet(grid: Grid, findings: Findings) -> None:
    place = Place(grid.file, grid.title)
    names = [name for sheet in SHEETS for name in (sheet.name, sheet.ko)]
    near = difflib.get_close_matches(grid.title.casefold(), names, 1, 0.6)
    mend = "If it is meant to be {near}, rename it." if near else "Rename or delete it."
    findings.warn(place, "", "This sheet is not known and was not read.", mend, near="".join(near))


def _read_grid(grid: Grid, sheet: Sheet, findings: Findings) -> list[Row]:
    columns, mark = _recognise(grid, sheet, findings)
    shown = {c.name: (grid.shown[at] if grid.shown else grid.header[at]) for at, c in columns.items()}
    present = {column.name for column in columns.values()}
    absent = [c for c in sheet.columns if c.required and c.name not in present]
    for column in absent if grid.rows else ():
        place = Place(grid.file, grid.title, grid.top, column.header(findings.words.lang))
        findings.error(
            place,
            "",
            "A column that must be there is missing.",
            "Add it and fill it in: {help}",
            help=findings.words(column.help),
        )
    measured = measures(grid, sheet, columns, findings)
    rows = []
    for number, cells in grid.rows:
        if mark is not None and mark < len(cells) and is_example_mark(cells[mark]):
            continue
        if all(is_blank(cells[at]) for at in columns if at < len(cells)):
            continue
        row = Row(sheet, grid.file, grid.title, number, shown)
        for at, column in columns.items():
            raw = cells[at] if at < len(cells) else None
            row.values[column.name] = _value(row, column, raw, measured.get(column.name), findings)
        row.values |= {column.name: STAND_INS[column.kind] for column in absent}
        rows.append(row)
    settle_currencies(measured, rows, findings)
    return rows


def _recognise(grid: Grid, sheet: Sheet, findings: Findings) -> tuple[dict[int, Column], int | None]:
    """Which position holds which column, and where the mark of example rows stands."""
    columns: dict[int, Column] = {}
    mark = None
    for at, header in enumerate(grid.header):
        place = Place(grid.file, grid.title, grid.top, header)
        column = find_column(sheet, header) or find_column(sheet, grid.name(at))
        if is_mark_header(header):
            mark = at
        elif column is None:
            if header or any(at < len(cells) and not is_blank(cells[at]) for _, cells in grid.rows):
                _unknown_column(place, sheet, header, findings)
        elif column in columns.values():
            findings.error(place, header, "This column stands twice.", "Delete one of them.")
        else:
            columns[at] = column
    return columns, mark


def _unknown_column(place: Place, sheet: Sheet, header: str, findings: Findings) -> None:
    names = {name: name for c in sheet.columns for name in (c.name, c.ko, c.header("en"))}
    near = difflib.get_close_matches(header.casefold(), names, 1, 0.6)
    mend = "If it is meant to be {near}, rename it." if near else "Rename or delete it."
    findings.warn(place, header, "This column is not known and was not read.", mend, near="".join(near))


def _value(row: Row, column: Column, raw: object, measure: Measure | None, findings: Findings) -> Any:
    if is_blank(raw):
        if not column.required:
            return None
        findings.error(
            row.place(column.name),
            "",
            "This cell must be filled in.",
            "{help}",
            help=findings.words(column.help),
        )
        return STAND_INS[column.kind]
    try:
        return measure.read(raw) if measure else read_cell(column, raw)
    except CellError as refusal:
        findings.error(row.place(column.name), raw, refusal.problem, refusal.mend, **refusal.values)
        return STAND_INS[column.kind] if column.required else None


def _check_keys(rows: list[Row], sheet: Sheet, findings: Findings) -> None:
    """No two rows may carry the same key."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows if sheet.key else ():
        key = tuple(row[name] for name in sheet.key)
        if any(part in (None, "", date.min) for part in key):
            continue
        before = first.setdefault(key, row)
        if before is not row:
            shown = ", ".join(str(part) for part in key)
            findings.error(
                row.place(sheet.key[-1]),
                shown,
                "This stands twice; row {row} says it first.",
                "Keep one of the rows.",
                row=before.number,
            )


def group(rows: list[Row], *columns: str) -> dict[tuple[Any, ...], list[Row]]:
    """Rows by the values of some columns, in order."""
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in columns), []).append(row)
    return groups
