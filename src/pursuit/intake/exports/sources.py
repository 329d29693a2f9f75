"""The files a mapping reads, their rows with spelling mended, and rows of other files joined to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.spec import FileSpec, MappingSpec
from pursuit.intake.files.delimited import read_csv
from pursuit.intake.files.workbook import read_workbook
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.sheets.table import plain


@dataclass(slots=True)
class Record:
    """A row of a file: cells by column name, with the rows joined to it by their aliases."""

    file: str
    number: int
    cells: Mapping[str, Any]
    joined: Mapping[str, Record] = field(default_factory=dict)
    dates: str = ""

    @classmethod
    def empty(cls, file: str) -> Record:
        """A row of nothing, for blocks of constants."""
        return cls(file, 0, {})

    def get(self, reference: str) -> Any:
        """The cell in a column, or in ``alias.column`` of a joined row; None where there is none."""
        if reference in self.cells:
            return self.cells[reference]
        alias, _, column = reference.partition(".")
        return self.joined[alias].cells.get(column) if alias in self.joined else None

    def date_format(self, reference: str) -> str:
        """How the file that holds a column writes dates."""
        alias = reference.partition(".")[0]
        return (
            self.joined[alias].dates if reference not in self.cells and alias in self.joined else self.dates
        )

    def meets(self, when: Mapping[str, list[str]]) -> bool:
        """Whether each named column holds one of its words."""
        return all(str(self.get(name) or "").strip() in words for name, words in when.items())


@dataclass(slots=True)
class Source:
    """One file of an export as read."""

    path: Path
    spec: FileSpec
    rows: list[Record]
    columns: set[str]

    def has(self, reference: str) -> bool:
        """Whether a column, or ``alias.column`` of a joined file, is there."""
        return reference in self.columns

    def records(self) -> Iterator[Record]:
        """The rows in file order."""
        yield from self.rows


def read_sources(path: Path, spec: MappingSpec, findings: Findings) -> dict[str, Source]:
    """Every file the mapping names, read, mended and joined."""
    sources = {}
    for name, file_spec in spec.files.items():
        file = path / file_spec.file if path.is_dir() else path
        grid = _grid(file, file_spec, findings)
        if grid is not None:
            sources[name] = _source(file, file_spec, grid, findings)
    named = {file.file for file in spec.files.values()} | set(spec.ignore)
    for other in sorted(path.glob("*")) if path.is_dir() else ():
        if other.suffix.lower() in (".csv", ".xlsx") and other.name not in named:
            findings.warn(
                Place(other.name),
                "",
                "The mapping does not name this file; it was not read.",
                "Add it to ignore in the mapping if that is meant.",
            )
    if not findings.errors:
        own = {name: set(source.columns) for name, source in sources.items()}
        for source in sources.values():
            _join(source, sources, own, findings)
    return sources


def _grid(file: Path, spec: FileSpec, findings: Findings) -> Grid | None:
    if not file.is_file() or file.name != spec.file:
        findings.error(Place(spec.file), "", "There is no such file or folder.", "Check the path.")
        return None
    if file.suffix.lower() != ".xlsx":
        return read_csv(file, findings, spec.delimiter, spec.header_row)
    grids = read_workbook(file, findings, spec.header_row)
    for grid in grids:
        if not spec.sheet or plain(grid.title) == plain(spec.sheet):
            return grid
    findings.error(
        Place(file.name, spec.sheet), "", "The workbook has no such sheet.", "Correct sheet in the mapping."
    )
    return None


def _source(file: Path, spec: FileSpec, grid: Grid, findings: Findings) -> Source:
    rows = []
    for number, cells in grid.rows:
        values = {name: cell for name, cell in zip(grid.header, cells, strict=False) if name}
        for column, words in spec.mend.items():
            raw = values.get(column)
            if isinstance(raw, str) and raw.strip() in words:
                values[column] = right = words[raw.strip()]
                place = Place(file.name, grid.title, number, column)
                findings.warn(
                    place,
                    raw,
                    "Read as {right}, as the mapping says.",
                    "Correct it where it is kept.",
                    right=right,
                )
        rows.append(Record(file.name, number, values, dates=spec.date_format))
    for column in spec.mend:
        if column not in grid.header:
            findings.error(
                Place(file.name, grid.title, 0, column),
                column,
                "No file has such a column.",
                "Correct mend in the mapping.",
            )
    return Source(file, spec, rows, {name for name in grid.header if name})


def _join(source: Source, sources: dict[str, Source], own: dict[str, set[str]], findings: Findings) -> None:
    """Attach to each row the rows its joins find."""
    for alias, join in source.spec.join.items():
        other = sources[join.file]
        wrong = [
            name
            for name, columns in ((join.key, own[join.file]), (join.on, source.columns))
            if name and name not in columns
        ]
        for name in wrong:
            findings.error(
                Place(source.path.name, "", 0, f"join.{alias}"),
                name,
                "No file has such a column.",
                "Correct join in the mapping.",
            )
        if wrong:
            continue
        index = _index(other, join.key, findings)
        source.columns |= {f"{alias}.{column}" for column in own[join.file]}
        for record in source.rows:
            wanted = join.value or record.get(join.on)
            if is_blank(wanted):
                continue
            found = index.get(str(wanted).strip())
            if found is None:
                place = Place(source.path.name, "", record.number, join.on or f"join.{alias}")
                findings.error(
                    place,
                    wanted,
                    "There is no such row in {file}.",
                    "Add it there, correct it here, or mend the spelling in the mapping.",
                    file=other.path.name,
                )
            else:
                record.joined = {**record.joined, alias: found}


def _index(source: Source, key: str, findings: Findings) -> dict[str, Record]:
    index: dict[str, Record] = {}
    for record in source.rows:
        name = str(record.get(key) or "").strip()
        if name in index:
            place = Place(source.path.name, "", record.number, key)
            findings.error(
                place,
                name,
                "This stands twice; row {row} says it first.",
                "Keep one of the rows.",
                row=index[name].number,
            )
        elif name:
            index[name] = record
    return index
