"""What a sheet holds besides its values, found while it is measured."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.limits import MOST_CELLS, MOST_SPAN, SPARSE_CELLS


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
    broken
        (row, column) -> the error shown there, or nothing where a formula has no stored result.
    hidden_rows, hidden_columns
        Those that are not shown.
    """

    rows: int = 0
    columns: int = 0
    cells: int = 0
    formulas: int = 0
    broken: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def check_spans(sheets: Iterable[Facts]) -> None:
    """Refuse sheets that span more than their reader should make room for.

    Raises
    ------
    FileError
        With the extent of the largest sheet.
    """
    facts = list(sheets)
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
