"""A sheet or a CSV file as it stands, nothing interpreted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

Line = tuple[int, tuple[Any, ...]]


class Block(NamedTuple):
    """A rectangle of cells, rows and columns from 1, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class RawTable:
    """The lines of one sheet, each with the number the user's program shows; blank ones may be left out.

    Parameters
    ----------
    file
        Name as the user knows it: ``deals.csv``, ``book.xlsx``, ``export.zip/deals.csv``.
    title
        Name of the sheet; of a CSV file its name without the ending.
    lines
        Row number and cells; a blank cell is ``None`` or ``""``.
    merged
        Merged cells; the value stands in the first cell of each, the others are blank.
    hidden_rows
        Numbers of the rows the user's program does not show.
    hidden_columns
        Numbers of the columns the user's program does not show, from 1.
    hidden
        Whether the whole sheet is hidden.
    formulas
        Number of cells whose value is the stored result of a formula.
    """

    file: str
    title: str
    lines: tuple[Line, ...]
    merged: tuple[Block, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    hidden: bool = False
    formulas: int = 0
