"""The header sets, read."""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from importlib.resources import files

from benchmarks.mapping.values import ROWS, column
from pursuit.intake.layout.grids import Grid


@dataclass(frozen=True)
class HeaderSet:
    """One table's headers and the truth about them."""

    name: str
    found: bool
    title: str
    sheet: str
    columns: tuple[tuple[str, frozenset[str], str], ...]

    @property
    def held_out(self) -> bool:
        """All that others wrote, and a third of our own by the hash of their names: never looked at while tuning."""
        return self.found or hashlib.sha256(self.name.encode()).digest()[0] % 3 == 0

    def grid(self) -> Grid:
        """The table with made-up values."""
        chance = random.Random(self.name)
        cells = [column(kind, chance) for _, _, kind in self.columns]
        rows = tuple((at + 2, tuple(values[at] for values in cells)) for at in range(ROWS))
        return Grid(f"{self.name}.csv", self.title, tuple(header for header, _, _ in self.columns), rows)


def header_sets() -> list[HeaderSet]:
    """Every set in ``sets.txt``."""
    sets = []
    for block in files(__package__).joinpath("sets.txt").read_text("utf-8").split("\n== ")[1:]:
        head, *lines = block.strip().splitlines()
        origin, name, title, sheet = (part.strip() for part in head.split("|"))
        columns = []
        for line in lines:
            header, truth, kind = (part.strip() for part in line.split(" | "))
            columns.append((header, frozenset(truth.split("/")), kind))
        sets.append(HeaderSet(name, origin == "found", title, sheet, tuple(columns)))
    return sets
