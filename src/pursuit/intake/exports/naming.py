"""Accounts and products that rows name: found by their names, or made of them where no file describes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from pursuit.intake.exports.records import fold, text_of
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, find_column, find_sheet


def name_missing(
    made: Sequence[Grid], native: Sequence[Grid], sheets: Collection[str], findings: Findings
) -> list[Grid]:
    """The tables ``made`` of an export, every record they name being there.

    A cell that holds a record's name gets its id; a name that no table knows makes a new row, and is told.

    Parameters
    ----------
    made
        Tables the export gave.
    native
        Tables in our own form beside it; they are looked at and left as they are.
    sheets
        Which of ``accounts`` and ``products`` are completed.
    findings
        Takes one warning per file and sheet, and a fault for each name that several records carry.
    """
    grids = list(made)
    for sheet in sheets:
        known = _Known(sheet, [*native, *grids])
        grids = [_linked(grid, known, findings) for grid in grids] + known.grids(findings)
    return grids


class _Known:
    """The records of one sheet, by id and by name."""

    def __init__(self, sheet: str, grids: Sequence[Grid]) -> None:
        self.sheet = sheet
        self.ids: set[str] = set()
        self.names: dict[str, list[str]] = {}
        self.new: dict[str, dict[str, tuple[int, str]]] = {}
        for grid in grids:
            if (found := find_sheet(grid.title)) is not None and found.name == sheet:
                self._learn(grid)

    def _learn(self, grid: Grid) -> None:
        places = {
            c.name: at
            for at, header in enumerate(grid.header)
            if (c := find_column(SHEET_BY_NAME[self.sheet], header))
        }
        for _, cells in grid.rows:
            name, own = (
                text_of(cells[places[key]]) if key in places and places[key] < len(cells) else ""
                for key in ("name", "id")
            )
            if own:
                self.ids.add(own)
                self.names.setdefault(fold(name), []).append(own)

    def find(self, value: str, place: Place, shown: str, findings: Findings) -> str:
        """The id a cell means; the cell itself where that is one, or where nothing is known of it."""
        if value in self.ids:
            return value
        owners = self.names.get(fold(value), [])
        if len(owners) > 1:
            problem, mend = "Several records carry this name: {ids}.", "Export the id beside the name."
            findings.error(place, value, problem, mend, ids=", ".join(owners[:3]))
        if owners:
            return owners[0]
        self.new.setdefault(place.file, {}).setdefault(value, (place.row, shown))
        return value

    def grids(self, findings: Findings) -> list[Grid]:
        """A table per file of the records that only their names are known of; each is made once."""
        made, seen = [], set()
        for file, names in self.new.items():
            rows = tuple((row, (name, name)) for name, (row, _) in names.items() if name not in seen)
            if not rows:
                continue
            seen |= set(names)
            shown = next(iter(names.values()))[1]
            title = SHEET_BY_NAME[self.sheet].title(findings.words.lang)
            made.append(Grid(file, title, ("id", "name"), rows, (shown, shown)))
            problem = (
                "Some records of the sheet {sheet} ({count}) are known by name only; "
                "they are made of their names."
            )
            mend = "Export them too if more about them matters."
            place = Place(file, "", 0, shown)
            findings.warn(place, rows[0][1][0], problem, mend, count=f"{len(rows):,}", sheet=title)
        return made


def _linked(grid: Grid, known: _Known, findings: Findings) -> Grid:
    sheet = find_sheet(grid.title)
    if sheet is None:
        return grid
    pointing = [
        at
        for at, header in enumerate(grid.header)
        if (column := find_column(sheet, header)) and column.ref == known.sheet and column.kind == "text"
    ]
    if not pointing:
        return grid
    rows = []
    for number, cells in grid.rows:
        linked: list[Any] = list(cells)
        for at in pointing:
            if value := text_of(cells[at]):
                shown = grid.shown[at] if grid.shown else grid.header[at]
                linked[at] = known.find(value, Place(grid.file, grid.title, number, shown), shown, findings)
        rows.append((number, tuple(linked)))
    return replace(grid, rows=tuple(rows))
