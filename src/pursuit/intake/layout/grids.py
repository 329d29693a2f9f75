"""Tables as they stand in files, before anything is read into them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pursuit.intake.cells.read import is_blank


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a file: a header and rows, each with the number the user's program shows.

    ``shown`` names the source of a column where it differs from the header (foreign exports).
    """

    file: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    shown: tuple[str, ...] = field(default=())
    top: int = 1

    @classmethod
    def of(
        cls, file: str, title: str, lines: Iterator[tuple[int, tuple[Any, ...]]], header_row: int = 0
    ) -> Grid:
        """The table whose header is the first line that holds anything (or line ``header_row``)."""
        header: tuple[str, ...] = ()
        rows, top = [], 1
        for number, cells in lines:
            if all(is_blank(cell) for cell in cells) or number < header_row:
                continue
            if not header:
                header, top = tuple("" if cell is None else str(cell).strip() for cell in cells), number
            else:
                rows.append((number, cells))
        return cls(file, title, header, tuple(rows), top=top)
