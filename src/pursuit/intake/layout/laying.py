"""Raw tables to grids: where the header stands and which lines are data."""

from __future__ import annotations

from collections.abc import Callable

from pursuit.intake.cells.read import is_blank
from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid

Knows = Callable[[str], bool]
"""Whether a text is a header that anything here could recognise."""


def lay_out(raw: RawTable, findings: Findings, knows: Knows, header_row: int = 0) -> list[Grid]:
    """The tables on one sheet, usually one; none where it holds nothing.

    Parameters
    ----------
    raw
        The sheet as read.
    findings
        Takes a warning for every line or cell that was not taken as it stands.
    knows
        Tells headers from data.
    header_row
        Row of the header where it is declared; 0 leaves it to be found.
    """
    lines = [
        line for line in raw.lines if line[0] >= header_row and not all(is_blank(cell) for cell in line[1])
    ]
    if not lines:
        return []
    top, header = lines[0]
    names = tuple("" if cell is None else str(cell).strip() for cell in header)
    return [Grid(raw.file, raw.title, names, tuple(lines[1:]), top=top)]
