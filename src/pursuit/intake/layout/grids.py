"""One table: a header and rows of data."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.layout.units import ONE, Note, Unit


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a file: a header and rows, each with the number the user's program shows.

    Parameters
    ----------
    file, title
        Where it stands; as in `RawTable`. A table with a title of its own on a sheet is ``Sheet1 · title``.
    header
        Names of the columns as they stand.
    rows
        Row number and cells.
    shown
        Source of each column as the user knows it, where that differs from the header (foreign exports).
    top
        Row of the header.
    left
        Column of the sheet in which the first cell of each row stands, from 1.
    names
        The header without the units in it, by which columns are recognised; empty where that is the header.
    units
        What the figures of each column are counted in, where its header says so (``금액(천원)``); empty for none.
    note
        What a note above the table says its figures are counted in (``단위: 천원``).
    habits
        How the file is declared to write dates and decimals.
    """

    file: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    shown: tuple[str, ...] = field(default=())
    top: int = 1
    left: int = 1
    names: tuple[str, ...] = ()
    units: tuple[Unit | None, ...] = ()
    note: Note | None = None
    habits: Habits = UNKNOWN

    def name(self, at: int) -> str:
        """The name by which a column is recognised."""
        return self.names[at] if self.names else self.header[at]

    def unit(self, at: int, kind: str) -> Unit | None:
        """What a column of a kind (``money``, ``share``, ...) is counted in: its header goes before the note."""
        own = self.units[at] if at < len(self.units) else None
        return own or (self.note.unit(kind) if self.note else None)

    @property
    def scales(self) -> tuple[Decimal, ...]:
        """What one stands for in each column by its own header."""
        return tuple(unit.scale if unit else ONE for unit in self.units)

    @property
    def money_scale(self) -> Decimal:
        """What one stands for in every sum of money, by the note above the table."""
        unit = self.note.unit("money") if self.note else None
        return unit.scale if unit else ONE

    @property
    def currency(self) -> str:
        """The currency the note above the table names; empty for none."""
        unit = self.note.unit("money") if self.note else None
        return unit.currency if unit else ""
