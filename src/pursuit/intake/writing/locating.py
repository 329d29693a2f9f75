"""From the place a fault names to a cell of a table, and from the titles of tables to names of sheets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pursuit.errors import Fault
from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.sheets.catalogue import is_known_header
from pursuit.intake.sheets.table import plain

LONGEST_NAME = 31
MOST_HEADER_ROWS = 3
"""A header may be spread over so many rows, with merged cells above others."""
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell: the number of its table, its row from 1, its column from 0."""

    table: int
    row: int
    column: int


class Locator:
    """Finds the cells that faults speak of; each table is looked through once."""

    def __init__(self, raws: Sequence[RawTable]) -> None:
        self.layouts = [_Layout(raw) for raw in raws]

    def find(self, fault: Fault) -> Spot | None:
        """The cell to mark for a fault; None where no table has to do with it (a file that cannot be read).

        A fault of a mapped export names a sheet of ours and a column of theirs; so where no table has the sheet's
        title, the file's table that has the column is meant, else its first one.
        """
        of_file = [number for number, layout in enumerate(self.layouts) if layout.raw.file == fault.file]
        titled = [n for n in of_file if plain(fault.sheet) in self.layouts[n].titles]
        columned = [n for n in of_file if self.layouts[n].column(fault) is not None]
        found = [*titled, *columned, *of_file]
        if not found or (fault.sheet and not (titled or columned or fault.row)):
            return None
        layout = self.layouts[found[0]]
        row = fault.row or layout.top or 1
        column = layout.column(fault)
        return Spot(found[0], row, layout.first_filled(row) if column is None else column)


@dataclass(frozen=True, slots=True)
class _Head:
    """The header of one table: its row, the table's title, and where each name stands."""

    top: int
    title: str
    columns: dict[str, int]


class _Layout:
    """Where on a sheet the headers stand."""

    def __init__(self, raw: RawTable) -> None:
        grids = lay_out(raw, Findings("en"), is_known_header)
        self.raw, self.rows = raw, dict(raw.lines)
        self.top = min((grid.top for grid in grids), default=0)
        self.titles = {plain(raw.title), *(plain(grid.title) for grid in grids)}
        self._heads = [self._head(grid) for grid in sorted(grids, key=lambda grid: grid.top)]

    def _head(self, grid: Grid) -> _Head:
        """Names as laid out, and those that stand in the lines of the header."""
        named = {plain(name): at for at, name in reversed([*enumerate(grid.header, grid.left - 1)]) if name}
        for number in range(max(1, grid.top - MOST_HEADER_ROWS + 1), grid.top + 1):
            cells = reversed([*enumerate(self.rows.get(number, ()))])
            named |= {plain(cell): at for at, cell in cells if isinstance(cell, str) and cell}
        return _Head(grid.top, plain(grid.title), named)

    def column(self, fault: Fault) -> int | None:
        """Where the column of a fault stands: by the last header at or above its row that has the name."""
        own = [head for head in self._heads if head.title == plain(fault.sheet)] or self._heads
        found = [head for head in own if fault.column and plain(fault.column) in head.columns]
        above = [head for head in found if head.top <= fault.row] or found[:1]
        return above[-1].columns[plain(fault.column)] if above else None

    def first_filled(self, row: int) -> int:
        """The first cell of a row that holds something."""
        cells: Sequence[Any] = self.rows.get(row, ())
        return next((at for at, cell in enumerate(cells) if cell not in (None, "")), 0)


def sheet_names(titles: Sequence[str], taken: str) -> list[str]:
    """A name for each table that a workbook allows: short, without special letters, each once."""
    used, names = {taken.casefold()}, []
    for title in titles:
        base = _NOT_IN_NAMES.sub("_", title).strip("' ")[:LONGEST_NAME] or "_"
        name, number = base, 1
        while name.casefold() in used or name.casefold() == "history":  # a name Excel keeps to itself
            number += 1
            name = f"{base[: LONGEST_NAME - len(str(number)) - 1]} {number}"
        used.add(name.casefold())
        names.append(name)
    return names
