"""A foreign export, by its mapping, to the tables of the input."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.dates import read_date
from pursuit.intake.cells.evidence import settle
from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.binding import bind
from pursuit.intake.exports.counting import field_unit
from pursuit.intake.exports.fieldspec import FieldSpec, drawn_columns
from pursuit.intake.exports.filling import Filling
from pursuit.intake.exports.naming import name_missing
from pursuit.intake.exports.records import Columns, Condition, Part, Record, Source, key
from pursuit.intake.exports.spec import BlockSpec, LatestSpec, MappingSpec
from pursuit.intake.exports.tablespec import FileSpec, TableSpec
from pursuit.intake.exports.values import figure
from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, find_column
from pursuit.intake.sheets.table import plain


def map_tables(
    raws: Sequence[RawTable],
    spec: MappingSpec,
    file: str,
    findings: Findings,
    own: Sequence[Grid] = (),
    habits: Habits = UNKNOWN,
) -> list[Grid]:
    """The tables of the input that a mapping (kept in ``file``) makes of raw tables.

    ``own`` are tables in our own form beside them, whose records need not be made again; ``habits`` is how the user
    says that days and decimals are written, where the mapping does not.
    """
    grids = {name: _laid(raws, table, _names(spec, name), findings) for name, table in spec.files.items()}
    if findings.errors:
        return []
    tables = {name: table.told(habits) for name, table in spec.tables().items()}
    sources = bind(grids, tables, findings)
    if findings.errors:
        return []
    company = _company(spec, sources, file, findings)
    made = make_grids(spec.sheets, sources, file, findings)
    return [] if made is None else [company, *name_missing(made, own, spec.fill, findings)]


def make_grids(
    sheets: Mapping[str, Sequence[BlockSpec]], sources: dict[str, Source], file: str, findings: Findings
) -> list[Grid] | None:
    """What the blocks of a mapping make of its sources; None where a block cannot be used."""
    before = len(findings.errors)
    blocks = [
        _Block(sheet, block, sources, Place(file, "", 0, f"sheets.{sheet}[{number}]"), findings)
        for sheet, blocks in sheets.items()
        for number, block in enumerate(blocks, start=1)
        if not (block.without and sources[block.without].parts)
    ]
    if len(findings.errors) > before:
        return None
    return [grid for block in blocks for grid in block.grids()]


def _names(spec: MappingSpec, name: str) -> set[str]:
    """The headers of a file that its mapping speaks of, as they are compared."""
    table = spec.files[name]
    blocks = [block for blocks in spec.sheets.values() for block in blocks if block.source == name]
    fields = [field for block in blocks for fields in block.fields.values() for field in fields]
    fields += [field for fields in table.make.values() for field in fields]
    spoken = [reference for field in fields for reference in field.references()]
    spoken += [header for headers in table.columns.values() for header in headers]
    spoken += [*table.headers, *table.when, *table.unless, *table.mend, *table.durations]
    return {key(header) for header in spoken} - {""}


def _laid(raws: Sequence[RawTable], spec: FileSpec, names: set[str], findings: Findings) -> list[Grid]:
    """The table a mapping's file speaks of; an empty one where its sheet holds nothing."""
    sheets = [raw for raw in raws if raw.file == spec.file]
    raw = next((raw for raw in sheets if not spec.sheet or plain(raw.title) == plain(spec.sheet)), None)
    if raw is not None:
        grids = lay_out(raw, findings, lambda text: key(text) in names, spec.header_row)
        for other in grids[1:]:
            problem, mend = "The sheet holds several tables.", "Declare header_row for the one that is meant."
            findings.error(Place(other.file, other.title, other.top), "", problem, mend)
        return grids[:1] or [Grid(raw.file, raw.title, (), ())]
    if sheets:
        place = Place(spec.file, spec.sheet)
        findings.error(place, "", "The workbook has no such sheet.", "Correct sheet in the mapping.")
    elif spec.file not in {fault.file for fault in findings.errors}:
        findings.error(Place(spec.file), "", "There is no such file or folder.", "Check the path.")
    return []


def _company(spec: MappingSpec, sources: dict[str, Source], file: str, findings: Findings) -> Grid:
    company, as_of = spec.company, spec.company.as_of
    if isinstance(as_of, LatestSpec):
        as_of = latest_day(as_of.latest, sources, Place(file, "", 0, "company.as_of"), findings)
    header = ("name", "currency", "vat_rate", "as_of")
    cells = (company.name, company.currency, company.vat_rate, as_of)
    title = SHEET_BY_NAME["company"].title(findings.words.lang)
    return Grid(file, title, header, ((0, cells),), tuple(f"company.{name}" for name in header))


def latest_day(
    references: Sequence[str], sources: dict[str, Source], place: Place, findings: Findings
) -> date | None:
    """The latest day in some columns, written ``file.column``; None where there is none."""
    days: list[date] = []
    for reference in references:
        name, _, column = reference.partition(".")
        source = sources.get(name)
        if source is None or not source.has(column):
            problem, mend = "No file has such a column.", "Write file.column as under files."
            findings.error(place, reference, problem, mend)
            continue
        for part in source.parts:
            values = [record.get(column) for record in part.records]
            (habits,) = settle([("date", values)], part.spec.habits)
            days += _days(values, habits)
    return max(days, default=None)


def _days(values: Sequence[Any], habits: Habits) -> Iterator[date]:
    """The days among some cells; what is blank or faulty is told where a column that draws on it is read."""
    for value in values:
        try:
            yield read_date(value, habits)
        except CellError:
            continue


class _Block:
    """One block of a mapping at work."""

    def __init__(
        self, sheet: str, block: BlockSpec, sources: dict[str, Source], place: Place, findings: Findings
    ) -> None:
        self.sheet, self.block, self.place = SHEET_BY_NAME[sheet], block, place
        self.lang = findings.words.lang
        self.source = sources[block.source] if block.source else None
        self.fillings = [self._filling(name, fields, findings) for name, fields in block.fields.items()]
        for reference in filter(None, (*block.when, *block.unless, block.order)):
            if self.source is None or not self.source.has(reference):
                problem, mend = "No file has such a column.", "Write file.column as under files."
                findings.error(place, reference, problem, mend)

    def _filling(self, name: str, fields: Any, findings: Findings) -> Filling:
        column = find_column(self.sheet, name)
        assert column is not None  # the mapping was checked when it was loaded
        place = Place(self.place.file, "", 0, f"{self.place.column}.{name}")
        title, told = self.sheet.title(self.lang), column.told(self.lang)
        return Filling(column.name, column.kind, fields, title, place, self.source, findings, told)

    def grids(self) -> list[Grid]:
        """The tables this block makes, one for each file it reads; rows keep the numbers of their file."""
        parts = self.source.parts if self.source else [_nothing(self.place.file)]
        made = [self._grid(part) for part in parts]
        for filling in self.fillings:
            filling.finish()
        return made

    def _grid(self, part: Part) -> Grid:
        shown, units = [], []
        for filling in self.fillings:
            shown.append(_shown(part, filling.fields, filling.told))
            units.append(field_unit(part, self.source, filling.fields, filling.kind))
        return Grid(
            part.grid.file,
            self.sheet.title(self.lang),
            tuple(filling.name for filling in self.fillings),
            tuple(self._rows(part.records)),
            tuple(shown),
            part.grid.top,
            units=tuple(units) if part.grid.note or any(units) else (),
            note=part.grid.note,
            habits=part.spec.habits,
        )

    def _rows(self, records: Sequence[Record]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        condition = Condition(self.block.when, self.block.unless)
        rows = [row for record in records for row in _each(record, self.block.each) if condition.holds(row)]
        for row in sorted(rows, key=self._place_in_order) if self.block.order else rows:
            cells = tuple(filling(row) for filling in self.fillings)
            if not all(is_blank(cell) for cell in cells):
                yield row.number, cells

    def _place_in_order(self, record: Record) -> Decimal:
        return figure(record, self.block.order)


def _each(record: Record, alias: str) -> list[Record]:
    """The row, or one copy of it for each row that a join found."""
    if not alias:
        return [record]
    return [
        Record(record.part, record.number, record.cells, {**record.joined, alias: [one]})
        for one in record.joined.get(alias, [])
    ]


def _shown(part: Part, fields: Sequence[FieldSpec], name: str) -> str:
    """The header a person finds in the file: of the first alternative that is a column of it."""
    plain = [field.column for field in fields if field.column]
    drawn = drawn_columns(fields)
    there = [column for column in plain if not part.columns.missing([part.columns.name(column) or column])]
    return part.columns.shown((there or [*drawn[:1], name])[0] if there or len(drawn) == 1 else name)


def _nothing(file: str) -> Part:
    """A file of one empty row, for blocks of constants."""
    grid, spec = Grid(file, "", (), ()), TableSpec()
    part = Part(grid, spec, Columns(grid, spec))
    part.records.append(Record(part, 0, ()))
    return part
