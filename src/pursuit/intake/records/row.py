"""Rows of one table, kept column by column so that a hundred thousand of them stay small."""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from typing import Any

from pursuit.intake.findings import Place
from pursuit.intake.sheets.table import Sheet


@dataclass(slots=True)
class Table:
    """The typed rows of one table.

    Parameters
    ----------
    sheet, file, title
        What it is and where it stands.
    shown
        Header of each column as the user knows it.
    numbers
        Number of each row as the user's program shows it.
    columns
        Values of each column, None where a cell is blank or faulty.
    """

    sheet: Sheet
    file: str
    title: str
    shown: dict[str, str]
    numbers: list[int]
    columns: dict[str, list[Any]]

    def rows(self) -> list[Row]:
        """Its rows in order."""
        return [Row(self, at) for at in range(len(self.numbers))]


class Row:
    """One row: where it stands and its typed values, None where a cell is blank or faulty."""

    __slots__ = ("_at", "_table")

    def __init__(self, table: Table, at: int) -> None:
        self._table, self._at = table, at

    def __getitem__(self, column: str) -> Any:
        values = self._table.columns.get(column)
        return None if values is None else values[self._at]

    def __repr__(self) -> str:
        return f"Row({self.title}:{self.number}, {dict(self.values)})"

    def place(self, column: str = "") -> Place:
        """The place of one of its cells, or of the row."""
        table = self._table
        return Place(table.file, table.title, self.number, table.shown.get(column, column))

    @property
    def sheet(self) -> Sheet:
        """The sheet it is a row of."""
        return self._table.sheet

    @property
    def file(self) -> str:
        """Name of its file."""
        return self._table.file

    @property
    def title(self) -> str:
        """Name of its sheet in the file."""
        return self._table.title

    @property
    def number(self) -> int:
        """Its number as the user's program shows it."""
        return self._table.numbers[self._at]

    @property
    def shown(self) -> dict[str, str]:
        """Header of each column as the user knows it."""
        return self._table.shown

    @property
    def values(self) -> MutableMapping[str, Any]:
        """Its values by column; writing changes the row."""
        return _Values(self._table, self._at)


class _Values(MutableMapping[str, Any]):
    """The values of one row as a mapping."""

    __slots__ = ("_at", "_table")

    def __init__(self, table: Table, at: int) -> None:
        self._table, self._at = table, at

    def __getitem__(self, column: str) -> Any:
        return self._table.columns[column][self._at]

    def __setitem__(self, column: str, value: Any) -> None:
        columns = self._table.columns
        if column not in columns:
            columns[column] = [None] * len(self._table.numbers)
        columns[column][self._at] = value

    def __delitem__(self, column: str) -> None:
        self[column] = None

    def __iter__(self) -> Iterator[str]:
        return iter(self._table.columns)

    def __len__(self) -> int:
        return len(self._table.columns)
