"""A whole column of cells to values: each distinct cell is read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pursuit.intake.cells.cell_error import CellError, Note, SlipError, UnsettledError
from pursuit.intake.cells.read import Read, is_blank

HABIT = 0.5
"""Share of a column's cells from which what looks like a slip is its habit."""


@dataclass(slots=True)
class ColumnRead:
    """What a column holds.

    Parameters
    ----------
    values
        One per cell; None where it is blank or refused.
    blank
        Which cells hold nothing, or say that nothing is known.
    refused
        Which cells cannot be read, and why; of those that wait for their column to be settled the first.
    waiting
        The other cells that wait.
    notes
        What cells were taken for: the first cell, the note, and how many cells it is true of.
    """

    values: list[Any]
    blank: list[int] = field(default_factory=list)
    refused: dict[int, CellError] = field(default_factory=dict)
    waiting: list[int] = field(default_factory=list)
    notes: list[tuple[int, Note, int]] = field(default_factory=list)


def read_column(cells: Sequence[object], read: Callable[[Any], Read]) -> ColumnRead:
    """Every cell of a column, read by ``read``, which is asked once for each distinct cell that is not blank."""
    keys: Sequence[Any] = cells
    if len(set(map(type, cells)) - {type(None)}) > 1:  # 1, 1.0 and True are equal but not alike
        keys = [(type(cell), cell) for cell in cells]
    values: dict[Any, Any] = {}
    refused: dict[Any, CellError] = {}
    notes: dict[Any, Note] = {}
    for key in dict.fromkeys(keys):
        cell = key[1] if keys is not cells else key
        values[key] = None
        if is_blank(cell):
            continue
        try:
            values[key], note = read(cell)
        except CellError as error:
            refused[key] = error
            continue
        if note is not None:
            notes[key] = note
    column = ColumnRead([values[key] for key in keys])
    if refused or any(value is None for value in values.values()):
        _sort_out(column, keys, refused)
    column.notes = _gathered(keys, notes) if notes else []
    return column


def _sort_out(column: ColumnRead, keys: Sequence[Any], refused: dict[Any, CellError]) -> None:
    """Tell cells that are blank, refused or waiting apart."""
    told: set[str] = set()
    slips = Counter(refused[key].problem for key in keys if isinstance(refused.get(key), SlipError))
    few = HABIT * sum(not is_blank(key[1] if isinstance(key, tuple) else key) for key in keys)
    for at, key in enumerate(keys):
        error = refused.get(key)
        if error is None:
            if column.values[at] is None:
                column.blank.append(at)
        elif not isinstance(error, UnsettledError) or 0 < slips[error.problem] < few:
            column.refused[at] = error
        elif error.problem in told:
            column.waiting.append(at)
        else:
            told.add(error.problem)
            column.refused[at] = error


def _gathered(keys: Sequence[Any], notes: dict[Any, Note]) -> list[tuple[int, Note, int]]:
    """Notes that say the same of several cells as one."""
    first: dict[str, tuple[int, Note]] = {}
    count: dict[str, int] = {}
    for at, key in enumerate(keys):
        if note := notes.get(key):
            first.setdefault(note.problem, (at, note))
            count[note.problem] = count.get(note.problem, 0) + 1
    return [(at, note, count[problem]) for problem, (at, note) in first.items()]
