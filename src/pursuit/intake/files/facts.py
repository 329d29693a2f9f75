"""What a sheet holds besides its values, found while it is measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.limits import MOST_CELLS, MOST_SPAN, SPARSE_CELLS

_FEW_MERGED = 1000
"""Merged cells that may as well lie outside of what a sheet holds."""


@dataclass(slots=True)
class Facts:
    """Extent and peculiarities of one sheet; rows and columns from 1.

    Parameters
    ----------
    rows, columns
        The last ones claimed or used.
    cells
        Number of cells stored.
    formulas
        Number of cells with a formula.
    merged
        Number of merged cells.
    broken
        (row, column) -> the error shown there, or nothing where a formula has no stored result.
    hidden_rows, hidden_columns
        Those that are not shown.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    formulas: int = 0
    merged: int = 0
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def check_spans(sheets: Iterable[Facts]) -> None:
    """Refuse sheets that span more than their reader should make room for.

    Raises
    ------
    FileError
        With the extent of the largest sheet; or where there are more merged cells than cells.
    """
    facts = list(sheets)
    if any(one.merged > max(_FEW_MERGED, one.rows * one.columns) for one in facts):
        raise FileError("Merged cells lie over each other.", "Undo the merges, and save the file again.")
    span = sum(one.rows * one.columns for one in facts)
    cells = sum(one.cells for one in facts)
    if span > MOST_CELLS or span > max(SPARSE_CELLS, MOST_SPAN * cells):
        largest = max(facts, key=lambda one: one.rows * one.columns)
        raise FileError(
            "A sheet claims more cells than can be read.",
            "Delete the empty rows and columns below and beside the table, then save it again.",
            f"{largest.rows:,} x {largest.columns:,}",
        )


def column_number(letters: bytes) -> int:
    """``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
