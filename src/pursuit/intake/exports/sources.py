"""The files a mapping reads, their rows with spelling mended, and rows of other files joined to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.spec import FileSpec, MappingSpec
from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.laying import lay_out
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

    file: str
    spec: FileSpec
    rows: list[Record]
    columns: set[str]

    def has(self, reference: str) -> bool:
        """Whether a column, or ``alias.column`` of a joined file, is there."""
        return reference in self.columns

    def records(self) -> Iterator[Record]:
        """The rows in file order."""
        yield from self.rows


def bind_sources(raws: Sequence[RawTable], spec: MappingSpec, findings: Findings) -> dict[str, Source]:
    """Every file the mapping names, found among the raw tables, mended and joined."""
    sources = {}
    for name, file_spec in spec.files.items():
        grid = _grid(raws, file_spec, findings)
        if grid is not None:
            sources[name] = _source(file_spec, grid, findings)
    if not findings.errors:
        own = {name: set(source.columns) for name, source in sources.items()}
        for source in sources.values():
            _join(source, sources, own, findings)
    return sources


def _grid(raws: Sequence[RawTable], spec: FileSpec, findings: Findings) -> Grid | None:
    """The table a mapping's file speaks of; an empty one where its sheet holds nothing."""
    sheets = [raw for raw in raws if raw.file == spec.file]
    raw = next((raw for raw in sheets if not spec.sheet or plain(raw.title) == plain(spec.sheet)), None)
    if raw is not None:
        grids = lay_out(raw, findings, lambda _: False, spec.header_row or 1)
        return grids[0] if grids else Grid(raw.file, raw.title, (), ())
    if sheets:
        place = Place(spec.file, spec.sheet)
        findings.error(place, "", "The workbook has no such sheet.", "Correct sheet in the mapping.")
    elif spec.file not in {fault.file for fault in findings.errors}:
        findings.error(Place(spec.file), "", "There is no such file or folder.", "Check the path.")
    return None


def _source(spec: FileSpec, grid: Grid, findings: Findings) -> Source:
    rows = []
    for number, cells in grid.rows:
        values = {name: cell for name, cell in zip(grid.header, cells, strict=False) if name}
        for column, words in spec.mend.items():
            raw = values.get(column)
            if isinstance(raw, str) and raw.strip() in words:
                values[column] = right = words[raw.strip()]
                place = Place(grid.file, grid.title, number, column)
                findings.warn(
                    place,
                    raw,
                    "Read as {right}, as the mapping says.",
                    "Correct it where it is kept.",
                    right=right,
                )
        rows.append(Record(grid.file, number, values, dates=spec.date_format))
    for column in spec.mend:
        if column not in grid.header:
            findings.error(
                Place(grid.file, grid.title, 0, column),
                column,
                "No file has such a column.",
                "Correct mend in the mapping.",
            )
    return Source(grid.file, spec, rows, {name for name in grid.header if name})


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
                Place(source.file, "", 0, f"join.{alias}"),
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
                place = Place(source.file, "", record.number, join.on or f"join.{alias}")
                findings.error(
                    place,
                    wanted,
                    "There is no such row in {file}.",
                    "Add it there, correct it here, or mend the spelling in the mapping.",
                    file=other.file,
                )
            else:
                record.joined = {**record.joined, alias: found}


def _index(source: Source, key: str, findings: Findings) -> dict[str, Record]:
    index: dict[str, Record] = {}
    for record in source.rows:
        name = str(record.get(key) or "").strip()
        if name in index:
            place = Place(source.file, "", record.number, key)
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
