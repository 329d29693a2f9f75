"""The rows of an export's file, looked up by column name, with rows of other files joined to them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from pursuit.intake.exports.tablespec import TableSpec
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.units import split_header
from pursuit.intake.sheets.table import plain

NOWHERE = -1
"""Position of a column that is declared but not in the file."""


def text_of(value: object) -> str:
    """A cell as text: 1.0 is 1, a blank is the empty text, spaces at the ends do not count."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def fold(value: object) -> str:
    """A cell as words are compared: case and spacing do not count."""
    return _folded(value) if isinstance(value, str) else _folded(text_of(value))


@lru_cache(1 << 15)
def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


class Condition:
    """Whether each column of ``when`` and none of ``unless`` holds one of its words."""

    __slots__ = ("tests",)

    def __init__(self, when: Mapping[str, list[str]], unless: Mapping[str, list[str]]) -> None:
        self.tests = [
            (reference, frozenset(map(fold, words)), wanted)
            for wanted, columns in ((True, when), (False, unless))
            for reference, words in columns.items()
        ]

    def __bool__(self) -> bool:
        """Whether there is anything to ask."""
        return bool(self.tests)

    def holds(self, record: Record) -> bool:
        """Whether a row meets it."""
        return all(
            (fold(record.get(reference)) in words) is wanted for reference, words, wanted in self.tests
        )


@cache
def key(header: str) -> str:
    """A header as headers are compared: width, case, spaces, punctuation and a unit in brackets do not count."""
    return plain(split_header(header)[0])


class Columns:
    """Where each column of a file stands, by our name for it or by its own header."""

    def __init__(self, grid: Grid, spec: TableSpec) -> None:
        self.header = grid.header
        names = [grid.name(at) for at in range(len(grid.header))]
        places: dict[str, int] = {}
        for at, name in enumerate(names):
            places.setdefault(key(name), at)
        self.at: dict[str, int] = {}
        self.twice: list[str] = []
        taken: set[int] = set()
        for name, aliases in spec.columns.items():
            found = [places[key(alias)] for alias in aliases if key(alias) in places]
            self.at[name] = found[0] if found else NOWHERE
            taken.update(found)
        for at, name in enumerate(names):
            if places.get(key(name), at) != at and places[key(name)] in taken:
                self.twice.append(name)
            elif name and at not in taken:
                self.at.setdefault(name, at)
        self._by_key = {key(name): name for name in reversed(list(self.at))}
        self.made: list[str] = []

    def missing(self, names: Sequence[str]) -> list[str]:
        """Those of some declared columns that the file has not."""
        return [name for name in names if self.at.get(name, NOWHERE) == NOWHERE]

    def left_out(self, used: Collection[str]) -> list[str]:
        """Headers of the columns that none of some names speaks of."""
        places = {self.at[name] for name in used if name in self.at}
        return [header for at, header in enumerate(self.header) if header and at not in places]

    def add(self, name: str, shown: str = "") -> None:
        """A column made of others, behind those of the file; shown as the one it is made of, where that is one."""
        self.made.append(shown or name)
        self.at[name] = len(self.header) + len(self.made) - 1
        self._by_key[key(name)] = name

    def keep(self, places: Collection[int]) -> None:
        """Forget the columns that stand elsewhere, so that asking for one is a fault and no blank."""
        self.at = {name: at for name, at in self.at.items() if at in places or at == NOWHERE}
        self._by_key = {short: name for short, name in self._by_key.items() if name in self.at}

    def name(self, reference: str) -> str | None:
        """Our name of a column, however it is spaced or capitalised; None where nothing is called so."""
        return reference if reference in self.at else self._by_key.get(key(reference))

    def shown(self, name: str) -> str:
        """The header a person finds in the file."""
        at = self.at.get(name, NOWHERE)
        everywhere = (*self.header, *self.made)
        return everywhere[at] if 0 <= at < len(everywhere) else name


@dataclass(slots=True)
class Part:
    """One file that was read as one of an export's files."""

    grid: Grid
    spec: TableSpec
    columns: Columns
    records: list[Record] = field(default_factory=list)


class Record:
    """A row of a file: cells by column name, with the rows joined to it by their aliases."""

    __slots__ = ("cells", "joined", "number", "part")

    def __init__(
        self,
        part: Part,
        number: int,
        cells: tuple[Any, ...],
        joined: Mapping[str, list[Record]] | None = None,
    ) -> None:
        self.part, self.number, self.cells = part, number, cells
        self.joined: Mapping[str, list[Record]] = joined or {}

    def get(self, reference: str) -> Any:
        """The cell in a column, or in ``alias.column`` of a joined row; None where there is none."""
        place = self.part.columns.at.get(reference)
        if place is not None:  # almost always: its own column, by our name for it
            return self.cells[place] if 0 <= place < len(self.cells) else None
        owner, name = self.owner(reference)
        at = owner.part.columns.at.get(name, NOWHERE) if owner else NOWHERE
        return owner.cells[at] if owner and 0 <= at < len(owner.cells) else None

    def owner(self, reference: str) -> tuple[Record | None, str]:
        """The row that holds a column, and the column's name there."""
        name = self.part.columns.name(reference)
        if name is not None:
            return self, name
        alias, _, column = reference.partition(".")
        found = self.joined.get(alias, [])
        return found[0].owner(column) if found else (None, column)

    def spec(self, reference: str) -> TableSpec:
        """The description of the file that holds a column."""
        owner, _ = self.owner(reference)
        return (owner or self).part.spec


@dataclass(slots=True)
class Source:
    """All files read as one of an export's files, and the columns that can be asked for."""

    name: str
    spec: TableSpec
    parts: list[Part]
    joins: dict[str, Source] = field(default_factory=dict)

    def has(self, reference: str) -> bool:
        """Whether a column, or ``alias.column`` of a joined file, is known; a declared one may yet be blank."""
        if any(part.columns.name(reference) is not None for part in self.parts):
            return True
        if key(reference) in map(key, (*self.spec.columns, *self.spec.make)):
            return True
        alias, _, column = reference.partition(".")
        return alias in self.joins and self.joins[alias].has(column)

    @property
    def records(self) -> list[Record]:
        """The rows of all its files, in order."""
        return [record for part in self.parts for record in part.records]

    def shown(self, reference: str) -> str:
        """A column as a person finds it in the file."""
        for part in self.parts:
            if (name := part.columns.name(reference)) is not None:
                return part.columns.shown(name)
        return reference
