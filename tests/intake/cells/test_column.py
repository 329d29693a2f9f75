"""A column is read cell by cell, each distinct one once; what is said of many cells is said once."""

from __future__ import annotations

from datetime import date
from functools import partial

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.column import read_column
from pursuit.intake.cells.habits import Habits
from pursuit.intake.cells.read import read_noted
from pursuit.intake.sheets.table import Column

DAY = Column("created", "date", "등록일", "")
COUNT = Column("quantity", "number", "수량", "")
PLAIN = Habits(today=date(2026, 3, 31))


def test_each_distinct_cell_is_read_once() -> None:
    """A value that stands a thousand times is read once, and every cell has it."""
    asked: list[object] = []

    def read(cell: object) -> tuple[object, None]:
        asked.append(cell)
        return cell, None

    assert read_column(["a", "b", "a"] * 1000, read).values == ["a", "b", "a"] * 1000
    assert asked == ["a", "b"]


def test_equal_is_not_alike() -> None:
    """1 and True are equal to a dictionary, but only one of them is a number."""
    found = read_column([1, True, 1.0], partial(read_noted, COUNT, habits=PLAIN))
    assert found.values == [1.0, None, 1.0]
    assert set(found.refused) == {1}


def test_an_open_column_is_one_fault() -> None:
    """Cells that wait for their column give one fault, at the first of them; the others are only marked."""
    cells = ["03/04/2026", "2026-03-01", "soon", "05/06/2026", "05/06/2026"]
    found = read_column(cells, partial(read_noted, DAY, habits=PLAIN))
    assert set(found.refused) == {0, 2}
    assert found.waiting == [3, 4]
    assert found.values == [None, date(2026, 3, 1), None, None, None]


def test_notes_are_gathered() -> None:
    """What vague days were taken for is told once, with the first of them and their number."""
    cells = ["2026-03-01", "26.3월말", "", "4월말", "미정", None]
    found = read_column(cells, partial(read_noted, DAY, habits=PLAIN))
    told = [(at, count, note.values.get("day")) for at, note, count in found.notes]
    assert told == [(1, 2, date(2026, 3, 31)), (4, 1, None)]
    assert found.blank == [2, 4, 5]
    assert found.values[3] == date(2026, 4, 30)


def test_refusals_are_kept_for_their_cells() -> None:
    """Every cell that cannot be read is refused, not only the first."""
    found = read_column(["x", "1", "x"], partial(read_noted, COUNT, habits=PLAIN))
    assert list(found.refused) == [0, 2]
    assert all(isinstance(error, CellError) for error in found.refused.values())
