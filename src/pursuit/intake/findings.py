"""Everything found while reading: faults one by one, warnings of the same kind gathered into one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pursuit.errors import Fault
from pursuit.words import Words

LONGEST_SHOWN = 200
LARGEST_WHOLE = 1e15
"""Figures of a spreadsheet are whole and exact below it; shown without the .0 nobody wrote."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: file, sheet as titled there, row as shown there, column as headed there."""

    file: str
    sheet: str = ""
    row: int = 0
    column: str = ""


class Findings:
    """Collects faults and warnings, told in one language."""

    def __init__(self, lang: str) -> None:
        self.words = Words(lang)
        self.errors: list[Fault] = []
        self._places: set[Place] = set()
        self._warnings: dict[tuple[object, ...], list[Fault]] = {}
        self._more: dict[tuple[object, ...], int] = {}
        self._told: set[Fault] = set()

    def error(self, place: Place, value: object, problem: str, mend: str, /, **values: object) -> None:
        """Add a fault; ``problem`` and ``mend`` are keys of the word catalogue."""
        self.errors.append(self._fault(place, value, problem, mend, "error", values))
        self._places.add(place)

    def warn(
        self, place: Place, value: object, problem: str, mend: str, /, *, of_rows: int = 1, **values: object
    ) -> None:
        """Add a warning; those alike in file, sheet, column and message are shown once, with their number.

        ``of_rows`` is the number of rows it speaks of, where it was already gathered from several. The very same
        warning, as where two tables are made of one file, is told once.
        """
        fault = self._fault(place, value, problem, mend, "warning", values)
        if fault in self._told:
            return
        self._told.add(fault)
        alike = (place.file, place.sheet, place.column, fault.problem, fault.mend)
        self._warnings.setdefault(alike, []).append(fault)
        self._more[alike] = self._more.get(alike, 0) + of_rows - 1

    def cover(self, place: Place) -> None:
        """Take a cell as told, where one fault speaks for several cells."""
        self._places.add(place)

    def _fault(
        self, place: Place, value: object, problem: str, mend: str, severity: str, values: dict[str, object]
    ) -> Fault:
        whole = isinstance(value, float) and value.is_integer() and abs(value) < LARGEST_WHOLE
        shown = "" if value is None else f"{value:.0f}" if whole else str(value)
        shown = shown if len(shown) <= LONGEST_SHOWN else f"{shown[:LONGEST_SHOWN]}…"
        return Fault(
            place.file,
            place.sheet,
            place.row,
            place.column,
            shown,
            self.words(problem, **values),
            self.words(mend, **values),
            severity,
            self.words("row {row}", row=place.row) if place.row else "",
        )

    @property
    def warnings(self) -> tuple[Fault, ...]:
        """One warning per kind, its first row as the example."""
        return tuple(
            self._gathered(group[0], len(group) + self._more[alike])
            for alike, group in self._warnings.items()
        )

    @property
    def every_warning(self) -> tuple[Fault, ...]:
        """All warnings, one for each cell: those that `warnings` tells once."""
        return tuple(fault for group in self._warnings.values() for fault in group)

    def _gathered(self, first: Fault, count: int) -> Fault:
        if count == 1:
            return first
        more = self.words("({count} rows in all; this is the first.)", count=f"{count:,}")
        return replace(first, problem=f"{first.problem} {more}")

    def at(self, place: Place) -> bool:
        """Whether a fault was found at this very cell."""
        return place in self._places
