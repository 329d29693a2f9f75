"""One table: a header and rows of data."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Grid:
    """One table of a file: a header and rows, each with the number the user's program shows.

    Parameters
    ----------
    file, title
        Where it stands; as in `RawTable`.
    header
        Names of the columns.
    rows
        Row number and cells.
    shown
        Source of each column as the user knows it, where that differs from the header (foreign exports).
    top
        Row of the header.
    scales
        What the figures of each column are counted in, where its header says so (``금액(천원)``: 1000); 1 where
        nothing is said. Empty for none.
    money_scale
        What every sum of money in the table is counted in (``단위: 천원`` above it).
    """

    file: str
    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Any, ...]], ...]
    shown: tuple[str, ...] = field(default=())
    top: int = 1
    scales: tuple[int, ...] = ()
    money_scale: int = 1
