"""What a file is like, so that a later one of another name is seen to be of the same kind."""

from __future__ import annotations

from pathlib import Path

from pursuit.intake.binder.manifest import Shape
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.sheets.catalogue import find_column, find_sheet, is_known_header, is_readme
from pursuit.intake.sheets.table import plain


def shape_of(path: Path) -> Shape:
    """The tables in a data file by sheet of ours and columns; empty where it holds none that can be read."""
    unheard = Findings("en")  # the faults are told when the file is read for good
    raws, _ = read_files(path, unheard)
    grids = [grid for raw in raws for grid in lay_out(raw, unheard, is_known_header)]
    return tuple(sorted(_table(grid) for grid in grids if not is_readme(grid.title)))


def is_ours(shape: Shape) -> bool:
    """Whether every table is a sheet of our own input, of which there can be only one each."""
    return bool(shape) and all(sheet for sheet, _ in shape)


def sheets_of(shape: Shape) -> set[str]:
    """The sheets of our own input among the tables."""
    return {sheet for sheet, _ in shape if sheet}


def _table(grid: Grid) -> tuple[str, tuple[str, ...]]:
    sheet = find_sheet(grid.title)
    names = set()
    for header in filter(None, map(grid.name, range(len(grid.header)))):
        column = find_column(sheet, header) if sheet else None
        names.add(column.name if column else plain(header))
    return sheet.name if sheet else "", tuple(sorted(names))
