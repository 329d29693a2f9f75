"""Raw tables written as rows, for the tests of the layout."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pursuit.errors import Fault
from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.sheets.catalogue import is_known_header

Cells = Sequence[Any]

HEADER = ["영업기회 번호", "고객사 코드", "공급가액", "결과", "등록일"]
DATA: list[Cells] = [
    ["O1", "A1", 300, "진행", date(2026, 1, 5)],
    ["O2", "A2", 200, "진행", date(2026, 1, 6)],
    ["O3", "A3", 500, "수주", date(2026, 1, 7)],
]
ENGLISH = ["id", "account", "amount", "outcome", "created"]
BLANK: Cells = [None] * 5


def row(*cells: Any) -> Cells:
    """A line of five cells that begins with these."""
    return [*cells, *[None] * (5 - len(cells))]


def raw(rows: Sequence[Cells], title: str = "영업기회", **facts: Any) -> RawTable:
    return RawTable(
        "book.xlsx", title, tuple((n, tuple(cells)) for n, cells in enumerate(rows, start=1)), **facts
    )


def laid(
    rows: Sequence[Cells],
    title: str = "영업기회",
    header_row: int = 0,
    known: Any = is_known_header,
    **facts: Any,
) -> tuple[list[Grid], list[Fault], tuple[Fault, ...]]:
    """Grids, errors and warnings of one sheet."""
    findings = Findings("en")
    grids = lay_out(raw(rows, title, **facts), findings, known, header_row)
    return grids, findings.errors, findings.warnings


def cells_of(grid: Grid) -> list[list[Any]]:
    """Header and rows of a grid, blank cells at the ends taken off."""
    return [_short(grid.header), *[_short(cells) for _, cells in grid.rows]]


def _short(cells: Sequence[Any]) -> list[Any]:
    kept = list(cells)
    while kept and kept[-1] in (None, ""):
        kept.pop()
    return kept
