"""Files of an export to rows: lines chosen and mended, columns made, lines grouped, other files joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.evidence import mark_of
from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.durations import read_duration
from pursuit.intake.exports.fieldspec import drawn_columns
from pursuit.intake.exports.filling import Filling
from pursuit.intake.exports.grouping import Grouping
from pursuit.intake.exports.records import Columns, Condition, Part, Record, Source, text_of
from pursuit.intake.exports.tablespec import JoinSpec, TableSpec
from pursuit.intake.exports.values import figure
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid


def bind(
    grids: Mapping[str, Sequence[Grid]], specs: Mapping[str, TableSpec], findings: Findings
) -> dict[str, Source]:
    """Every file of an export, by its name there, from the tables that are it; without tables it has no rows.

    Parameters
    ----------
    grids
        Name of the file in the mapping -> the tables read as it, several where an export came in pieces.
    specs
        Name of the file -> its description.
    findings
        Takes what was mended or left out, and every fault.
    """
    sources = {name: Source(name, spec, []) for name, spec in specs.items()}
    for name, source in sources.items():
        source.parts += [_part(source, grid, findings) for grid in grids.get(name, ())]
        source.joins = {alias: sources[join.file] for alias, join in source.spec.join.items()}
    joined: set[str] = set()
    for source in sources.values():
        _join_all(source, joined, findings)
    return sources


def _join_all(source: Source, joined: set[str], findings: Findings) -> None:
    """A source's joins, those of the files it joins first."""
    if source.name in joined:
        return
    joined.add(source.name)
    for other in source.joins.values():
        _join_all(other, joined, findings)
    for alias, join in source.spec.join.items():
        if source.parts:
            _join(source, alias, join, findings)


def _settled(spec: TableSpec, grid: Grid) -> TableSpec:
    """The description of a file with the decimal mark its figures prove, where none is declared."""
    mark = spec.decimals or mark_of(zip_longest(*(cells for _, cells in grid.rows)))
    return spec if mark == spec.decimals else spec.model_construct(**dict(spec) | {"decimals": mark})


def _part(source: Source, grid: Grid, findings: Findings) -> Part:
    spec = _settled(source.spec, grid)
    part = Part(grid, spec, Columns(grid, spec))
    _check_columns(part, findings)
    records = _lines(part, findings)
    made = []
    for name, fields in spec.make.items():
        place = Place(grid.file, grid.title, grid.top, name)
        whole = Source(source.name, spec, [part])
        made.append((name, Filling(name, "text", fields, grid.title, place, whole, findings)))
    if made:
        width = len(grid.header)
        for name, filling in made:
            drawn = drawn_columns(filling.fields)
            part.columns.add(name, part.columns.shown(drawn[0]) if len(drawn) == 1 else "")
        records = _made(part, records, [filling for _, filling in made], width)
    if spec.group:
        records = Grouping(part, spec.group, findings).gather(records)
    part.records = list(records)
    return part


def _check_columns(part: Part, findings: Findings) -> None:
    spec, columns, grid = part.spec, part.columns, part.grid
    for header in columns.twice:
        findings.error(
            _at(grid, grid.top, header), header, "This column stands twice.", "Delete one of them."
        )
    for name in columns.missing(spec.needed()):
        findings.error(
            _at(grid, grid.top, spec.columns[name][0]),
            "",
            "A column that must be there is missing.",
            "Export it too: {names}.",
            names=" / ".join(spec.columns[name]),
        )
    group = spec.group.rules() if spec.group else {}
    named = {"mend": list(spec.mend), "durations": spec.durations, "when": [*spec.when, *spec.unless]}
    named["group"] = [name for names in group.values() for name in names]
    for part_name, references in named.items():
        for reference in references:
            if columns.name(reference) is None and reference not in spec.make:
                mend = f"Correct {part_name} in the mapping."
                findings.error(_at(grid, 0, reference), reference, "No file has such a column.", mend)


def _at(grid: Grid, row: int, column: str) -> Place:
    return Place(grid.file, grid.title, row, column)


def _lines(part: Part, findings: Findings) -> Iterator[Record]:
    """The lines that are read, spelling mended and durations in hours."""
    grid, spec, columns = part.grid, part.spec, part.columns
    condition = Condition(spec.when, spec.unless)
    mends = {columns.at[name]: words for wanted, words in spec.mend.items() if (name := columns.name(wanted))}
    durations = [columns.at[name] for wanted in spec.durations if (name := columns.name(wanted))]
    problem = "Lines that are no records were not read ({count})."
    skipped = _Left(part, problem, findings)
    problem = "Lines ({count}) were left out by what {columns} say."
    unmet = _Left(part, problem, findings)
    for number, cells in grid.rows:
        if spec.skip and _skipped(cells, spec.skip):
            skipped.add(number, cells)
            continue
        record = Record(part, number, cells)
        if condition and not condition.holds(record):
            unmet.add(number, cells)
            continue
        for at, words in mends.items():
            record.cells = _mended(record, at, words, findings)
        for at in durations:
            record.cells = _in_hours(record, at, findings)
        yield record
    skipped.tell()
    unmet.tell()


class _Left:
    """Lines that are not read, told once with their number."""

    def __init__(self, part: Part, problem: str, findings: Findings) -> None:
        self.part, self.problem, self.findings = part, problem, findings
        self.count, self.number, self.value = 0, 0, ""

    def add(self, number: int, cells: tuple[Any, ...]) -> None:
        """One more; the first is the example."""
        if not self.count:
            self.number, self.value = number, _first(cells)
        self.count += 1

    def tell(self) -> None:
        """Say how many there were."""
        if not self.count:
            return
        columns, spec = self.part.columns, self.part.spec
        shown = ", ".join(columns.shown(columns.name(name) or name) for name in (*spec.when, *spec.unless))
        mend = "Nothing is to be done if that is right."
        place = _at(self.part.grid, self.number, "")
        self.findings.warn(place, self.value, self.problem, mend, count=f"{self.count:,}", columns=shown)


def _first(cells: tuple[Any, ...]) -> str:
    return next((text_of(cell) for cell in cells if not is_blank(cell)), "")


def _skipped(cells: tuple[Any, ...], beginnings: list[str]) -> bool:
    first = _first(cells).casefold()
    return any(first.startswith(beginning.casefold()) for beginning in beginnings)


def _replaced(cells: tuple[Any, ...], at: int, value: Any) -> tuple[Any, ...]:
    return (*cells[:at], value, *cells[at + 1 :])


def _mended(record: Record, at: int, words: dict[str, str], findings: Findings) -> tuple[Any, ...]:
    raw = record.cells[at] if 0 <= at < len(record.cells) else None
    if not isinstance(raw, str) or raw.strip() not in words:
        return record.cells
    right = words[raw.strip()]
    problem, mend = "Read as {right}, as the mapping says.", "Correct it where it is kept."
    grid = record.part.grid
    findings.warn(_at(grid, record.number, grid.header[at]), raw, problem, mend, right=right)
    return _replaced(record.cells, at, right)


def _in_hours(record: Record, at: int, findings: Findings) -> tuple[Any, ...]:
    raw = record.cells[at] if 0 <= at < len(record.cells) else None
    if is_blank(raw):
        return record.cells
    try:
        return _replaced(record.cells, at, read_duration(raw))
    except CellError as refusal:
        place = _at(record.part.grid, record.number, record.part.grid.header[at])
        findings.error(place, raw, refusal.problem, refusal.mend, **refusal.values)
        return _replaced(record.cells, at, None)


def _made(part: Part, records: Iterator[Record], fillings: list[Filling], width: int) -> Iterator[Record]:
    """Records with the made columns behind those of the file."""
    for record in records:
        cells = [*record.cells[:width], *[None] * (width - len(record.cells))]
        for filling in fillings:
            record.cells = tuple(cells)
            cells.append(filling(record))
        record.cells = tuple(cells)
        yield record
    for filling in fillings:
        filling.finish()


def _join(source: Source, alias: str, join: JoinSpec, findings: Findings) -> None:
    """Attach to each row the rows its join finds."""
    other = source.joins[alias]
    if join.optional and not other.parts:
        return
    wrong = [name for name, owner in ((join.key, other), (join.on, source)) if name and not owner.has(name)]
    for name in wrong:
        problem, mend = "No file has such a column.", "Correct join in the mapping."
        findings.error(Place(_file(source), "", 0, f"join.{alias}"), name, problem, mend)
    if wrong:
        return
    index = _index(other, join.key)
    told: set[str] = set()
    for record in source.records:
        wanted = text_of(join.value or record.get(join.on))
        if not wanted:
            continue
        found = index.get(wanted, [])
        if join.least and found:
            found = [min(found, key=lambda row: figure(row, join.least))]
        if len(found) > 1 and not join.many and wanted not in told:
            told.add(wanted)
            _twice(found, other.shown(join.key), findings)
        if found:
            record.joined = {**record.joined, alias: found if join.many else found[:1]}
        elif not join.optional:
            place = Place(_file(source), "", record.number, source.shown(join.on) or f"join.{alias}")
            mend = "Add it there, correct it here, or mend the spelling in the mapping."
            findings.error(place, wanted, "There is no such row in {file}.", mend, file=_file(other))


def _file(source: Source) -> str:
    return source.parts[0].grid.file if source.parts else source.name


def _index(source: Source, key: str) -> dict[str, list[Record]]:
    index: dict[str, list[Record]] = {}
    for record in source.records:
        if name := text_of(record.get(key)):
            index.setdefault(name, []).append(record)
    return index


def _twice(found: list[Record], column: str, findings: Findings) -> None:
    problem, mend = "This stands twice; row {row} says it first.", "Keep one of the rows."
    place = Place(found[1].part.grid.file, "", found[1].number, column)
    findings.error(place, text_of(found[1].get(column)), problem, mend, row=found[0].number)
