"""Tables to typed rows; what is missing, unknown or doubled is reported with its place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from pursuit.intake.cells.column import ColumnRead, read_column
from pursuit.intake.cells.evidence import THREE_DECIMALS, settle
from pursuit.intake.cells.figures import Amount
from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.cells.read import Read, is_blank, read_noted
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.records.measures import measures, settle_currencies
from pursuit.intake.records.row import Row, Table
from pursuit.intake.sheets.catalogue import (
    SHEETS,
    find_column,
    find_sheet,
    is_example_mark,
    is_mark_header,
    is_readme,
)
from pursuit.intake.sheets.table import Column, Sheet

__all__ = ["STAND_INS", "Row", "Tables", "group", "read_tables"]

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

Tables = dict[str, list[Row]]


def read_tables(grids: Sequence[Grid], findings: Findings, declared: Habits = UNKNOWN) -> Tables:
    """Typed rows by sheet name, in file order.

    Parameters
    ----------
    grids
        The tables of an input.
    findings
        Takes a fault for every cell that cannot be read.
    declared
        How dates and decimals are written where a table's own file declares nothing, and the day the data describes;
        without one the company sheet's is taken.
    """
    tables: Tables = {sheet.name: [] for sheet in SHEETS}
    seen: dict[str, Grid] = {}
    known = [(grid, sheet) for grid in grids if (sheet := _sheet_of(grid, findings))]
    for grid, sheet in sorted(known, key=lambda pair: pair[1].name != "company"):
        if sheet.name in seen and not grid.shown:
            findings.error(
                Place(grid.file, grid.title),
                "",
                "This sheet stands twice.",
                "Merge it with {other}.",
                other=seen[sheet.name].title,
            )
            continue
        seen[sheet.name] = grid
        tables[sheet.name] += _read_grid(grid, sheet, _declared(grid, declared, tables), findings)
    for sheet in SHEETS:
        _check_keys(tables[sheet.name], sheet, findings)
    return tables


def _sheet_of(grid: Grid, findings: Findings) -> Sheet | None:
    sheet = find_sheet(grid.title)
    if sheet is None and grid.header and not is_readme(grid.title):
        _unknown_sheet(grid, findings)
    return sheet


def _declared(grid: Grid, usual: Habits, tables: Tables) -> Habits:
    """The habits a table's file declares, else those of the whole input; today from the company sheet."""
    today = usual.today or next((row["as_of"] for row in tables["company"]), None)
    own = grid.habits
    if own.date_format or own.dates:
        usual = replace(usual, dates=own.dates, date_format=own.date_format)
    return replace(usual, decimals=own.decimals or usual.decimals, today=own.today or today)


def _unknown_sheet(grid: Grid, findings: Findings) -> None:
    place = Place(grid.file, grid.title)
    names = [name for sheet in SHEETS for name in (sheet.name, sheet.ko)]
    near = difflib.get_close_matches(grid.title.casefold(), names, 1, 0.6)
    mend = "If it is meant to be {near}, rename it." if near else "Rename or delete it."
    findings.warn(place, "", "This sheet is not known and was not read.", mend, near="".join(near))


def _read_grid(grid: Grid, sheet: Sheet, declared: Habits, findings: Findings) -> list[Row]:
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
    lines = [line for line in grid.rows if _counts(line[1], columns, mark)]
    cells = {
        column.name: [line[1][at] if at < len(line[1]) else None for line in lines]
        for at, column in columns.items()
    }
    habits = _habits(grid, list(columns.values()), cells, declared)
    told = {column.name: column.told(findings.words.lang) for column in sheet.columns}
    table = Table(sheet, grid.file, grid.title, told | shown, [line[0] for line in lines], {})
    rows = table.rows()
    for column in columns.values():
        read: Callable[[Any], Read] = partial(read_noted, column, habits=habits[column.name])
        if measure := measured.get(column.name):
            read = partial(measure.read, habits=habits[column.name])
        found = read_column(cells[column.name], read)
        table.columns[column.name] = found.values
        _tell(found, column, cells[column.name], rows, findings)
    for column in absent:
        table.columns[column.name] = [STAND_INS[column.kind]] * len(lines)
    settle_currencies(measured, rows, findings)
    return rows


def _counts(cells: Sequence[object], columns: Mapping[int, Column], mark: int | None) -> bool:
    """Whether a line holds data: something in a known column, and no mark of an example."""
    if mark is not None and mark < len(cells) and is_example_mark(cells[mark]):
        return False
    return any(not is_blank(cells[at]) for at in columns if at < len(cells))


def _habits(
    grid: Grid, columns: list[Column], cells: Mapping[str, Sequence[object]], declared: Habits
) -> dict[str, Habits]:
    """How each column of a table writes dates and decimals."""
    distinct = [(column.kind, dict.fromkeys(cells[column.name])) for column in columns]
    codes = {str(code).strip().upper() for kind, found in distinct if kind == "currency" for code in found}
    settled = settle(
        distinct,
        declared,
        own=not grid.shown,
        korean=any("가" <= sign <= "힣" for name in grid.shown or grid.header for sign in name),
        three_decimals=bool(codes & THREE_DECIMALS) or grid.currency in THREE_DECIMALS,
    )
    return {column.name: habits for column, habits in zip(columns, settled, strict=True)}


def _tell(
    found: ColumnRead, column: Column, cells: Sequence[object], rows: list[Row], findings: Findings
) -> None:
    """Report what a column refused or took for something else; stand-ins where a cell must be filled."""
    for at in found.blank if column.required else ():
        help_text = findings.words(column.help)
        findings.error(
            rows[at].place(column.name), "", "This cell must be filled in.", "{help}", help=help_text
        )
    for at, error in found.refused.items():
        findings.error(rows[at].place(column.name), cells[at], error.problem, error.mend, **error.values)
    for at in found.waiting:
        findings.cover(rows[at].place(column.name))
    for at, note, count in found.notes:
        place = rows[at].place(column.name)
        findings.warn(place, cells[at], note.problem, note.mend, of_rows=count, **note.values)
    if column.required:
        for at in (*found.blank, *found.refused, *found.waiting):
            found.values[at] = STAND_INS[column.kind]


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


def _check_keys(rows: list[Row], sheet: Sheet, findings: Findings) -> None:
    """No two rows may carry the same key."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in rows if sheet.key else ():
        key = tuple(row[name] for name in sheet.key)
        if None in key or "" in key or date.min in key:
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
