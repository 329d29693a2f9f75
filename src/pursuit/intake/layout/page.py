"""A sheet while it is being laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pursuit.intake.files.raw import Line, RawTable
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.looks import Knows, Look, holds, knows_header, look

LONGEST_LIST = 12


@dataclass(slots=True)
class Page:
    """The lines of a sheet that hold something, and who is told about them.

    Parameters
    ----------
    ours
        Whether anything here will be read: what cannot be laid out is then a fault, else a warning.
    """

    raw: RawTable
    lines: list[Line]
    knows: Knows
    findings: Findings
    ours: bool = True

    @classmethod
    def of(cls, raw: RawTable, knows: Knows, findings: Findings) -> Page:
        """The sheet without its blank lines."""
        return cls(raw, [line for line in raw.lines if holds(line[1])], knows, findings)

    def look(self, at: int) -> Look:
        """How the line at an index looks."""
        return look(self.lines[at][1], self.knows)

    def is_known(self, name: object) -> bool:
        """Whether a cell is a header that is known, with or without a unit in it."""
        return knows_header(self.knows, name)

    def gap_before(self, at: int) -> bool:
        """Whether a blank line stands above the line at an index."""
        return at > 0 and self.lines[at][0] > self.lines[at - 1][0] + 1

    def ask(self, row: int, value: object, problem: str, mend: str, /, **values: Any) -> None:
        """Tell what cannot be laid out: a fault on a sheet that is read, else a warning."""
        tell = self.findings.error if self.ours else self.findings.warn
        tell(Place(self.raw.file, self.raw.title, row), value, problem, mend, **values)

    def warn(self, place: Place, value: object, problem: str, mend: str, /, **values: Any) -> None:
        """Tell what was not taken as it stands."""
        self.findings.warn(place, value, problem, mend, **values)

    def place(self, title: str, row: int) -> Place:
        """A row of the table of that title."""
        return Place(self.raw.file, title, row)


def listed(rows: Sequence[int]) -> str:
    """Row numbers as people write them: ``3-5, 9``."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [f"{first}" if first == last else f"{first}-{last}" for first, last in runs[:LONGEST_LIST]]
    return ", ".join(shown) + (", …" if len(runs) > LONGEST_LIST else "")


def cell(cells: Sequence[Any], at: int) -> Any:
    """A cell of a line, None beyond its end."""
    return cells[at] if at < len(cells) else None
