"""A foreign export, by its mapping, to the tables of the input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.dates import read_date
from pursuit.intake.cells.figures import read_number
from pursuit.intake.cells.listing import escape
from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.formula import FormulaError, parse_formula
from pursuit.intake.exports.sources import Record, Source, bind_sources
from pursuit.intake.exports.spec import REFERENCE, BlockSpec, FieldSpec, LatestSpec, MappingSpec
from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, find_column
from pursuit.intake.sheets.table import Column

Filler = Callable[[Record], Any]


def map_tables(raws: Sequence[RawTable], spec: MappingSpec, file: str, findings: Findings) -> list[Grid]:
    """The tables of the input that a mapping (kept in ``file``) makes of raw tables."""
    sources = bind_sources(raws, spec, findings)
    if findings.errors:
        return []
    grids = [_company(spec, sources, file, findings)]
    made = [
        _Block(sheet, block, sources, Place(file, "", 0, f"sheets.{sheet}[{number}]"), findings)
        for sheet, blocks in spec.sheets.items()
        for number, block in enumerate(blocks, start=1)
    ]
    return grids if findings.errors else [*grids, *(block.grid() for block in made)]


def _company(spec: MappingSpec, sources: dict[str, Source], file: str, findings: Findings) -> Grid:
    company, as_of = spec.company, spec.company.as_of
    if isinstance(as_of, LatestSpec):
        as_of = _latest(as_of, sources, Place(file, "", 0, "company.as_of"), findings)
    header = ("name", "currency", "vat_rate", "as_of")
    cells = (company.name, company.currency, company.vat_rate, as_of)
    return Grid(file, "company", header, ((0, cells),), tuple(f"company.{name}" for name in header))


def _latest(spec: LatestSpec, sources: dict[str, Source], place: Place, findings: Findings) -> date | None:
    days: list[date] = []
    for reference in spec.latest:
        name, _, column = reference.partition(".")
        source = sources.get(name)
        if source is None or not source.has(column):
            findings.error(
                place, reference, "No file has such a column.", "Write file.column as under files."
            )
            continue
        for record in source.records():
            try:
                days.append(read_date(_dated(record.get(column), source.spec.date_format)))
            except CellError:  # blank or faulty; a column that feeds a sheet reports it there
                continue
    return max(days, default=None)


def _dated(raw: Any, date_format: str) -> Any:
    """A date written in the file's own format as a date; anything else as it is."""
    if date_format and isinstance(raw, str) and raw.strip():
        try:
            return datetime.strptime(raw.strip(), date_format).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            return raw
    return raw


class _Block:
    """One block of a mapping at work."""

    def __init__(
        self, sheet: str, block: BlockSpec, sources: dict[str, Source], place: Place, findings: Findings
    ) -> None:
        self.sheet, self.block, self.place, self.findings = SHEET_BY_NAME[sheet], block, place, findings
        self.source = sources[block.source] if block.source else None
        self.fillers = [(name, spec, self._filler(name, spec)) for name, spec in block.fields.items()]

    def grid(self) -> Grid:
        """The table this block makes; rows keep the numbers of their source."""
        shown = tuple(
            spec.references()[0] if len(spec.references()) == 1 else name for name, spec, _ in self.fillers
        )
        file = self.source.file if self.source else self.place.file
        rows = tuple(self._rows([filler for _, _, filler in self.fillers]))
        return Grid(file, self.sheet.name, tuple(self.block.fields), rows, shown)

    def _rows(self, fillers: list[Filler]) -> Iterator[tuple[int, tuple[Any, ...]]]:
        records = self.source.records() if self.source else [Record.empty(self.place.file)]
        for record in records:
            if record.meets(self.block.when):
                yield record.number, tuple(filler(record) for filler in fillers)

    def _filler(self, name: str, spec: FieldSpec) -> Filler:
        """A function that fills one cell from a source row."""
        place = Place(self.place.file, "", 0, f"{self.place.column}.{name}")
        for reference in (*spec.references(), *spec.when, *self.block.when):
            if self.source is None or not self.source.has(reference):
                self.findings.error(
                    place, reference, "No file has such a column.", "Write file.column as under files."
                )
        column = find_column(self.sheet, name)
        assert column is not None  # the mapping was checked when it was loaded
        draw = self._draw(spec, column, place)

        def fill(record: Record) -> Any:
            value = draw(record) if record.meets(spec.when) else None
            here = Place(record.file, self.sheet.name, record.number, (*spec.references(), name)[0])
            if is_blank(value):
                if spec.blank and record.meets(spec.when):
                    problem, mend = (
                        "Empty cells; {value} stands in.",
                        "Fill them in where they are kept, if that is known.",
                    )
                    self.findings.warn(here, "", problem, mend, value=spec.blank)
                    return spec.blank
                return None
            if spec.words:
                return self._word(str(value).strip(), spec, here)
            return value

        return fill

    def _word(self, value: str, spec: FieldSpec, here: Place) -> str | None:
        if value not in spec.words:
            self.findings.error(
                here, value, "The mapping does not know this word.", "Add it to words in the mapping."
            )
        return spec.words.get(value)

    def _draw(self, spec: FieldSpec, column: Column, place: Place) -> Filler:
        if spec.column:
            return lambda record: self._drawn(record, spec.column, column)
        if spec.formula:
            return self._formula(spec, column, place)
        if spec.text:
            texts = [spec.text] if isinstance(spec.text, str) else spec.text
            return lambda record: "; ".join(filter(None, (_filled(text, record, column) for text in texts)))
        return lambda record: spec.value

    def _drawn(self, record: Record, reference: str, column: Column) -> Any:
        value = record.get(reference)
        return _dated(value, record.date_format(reference)) if column.kind == "date" else value

    def _formula(self, spec: FieldSpec, column: Column, place: Place) -> Filler:
        try:
            run = parse_formula(spec.formula)
        except FormulaError as error:
            self.findings.error(
                place,
                str(error),
                "This is not a formula.",
                "Use numbers, {references}, + - * / ( ), min, max, round.",
                references="{column}",
            )
            return lambda record: None
        references = [name.strip() for name in REFERENCE.findall(spec.formula)]

        def reckon(record: Record) -> Decimal | None:
            values = []
            for reference in references:
                raw = record.get(reference)
                if is_blank(raw):
                    return None
                try:
                    values.append(read_number(raw))
                except CellError as refusal:
                    here = Place(record.file, self.sheet.name, record.number, reference)
                    self.findings.error(here, raw, refusal.problem, refusal.mend, **refusal.values)
                    return None
            here = Place(record.file, self.sheet.name, record.number, column.name)
            try:
                return self._clipped(run(values), spec, here)
            except FormulaError as error:
                self.findings.error(
                    here,
                    str(error),
                    "The formula cannot be reckoned here.",
                    "Correct the row or the mapping.",
                )
                return None

        return reckon

    def _clipped(self, value: Decimal, spec: FieldSpec, here: Place) -> Decimal:
        if spec.clip is None:
            return value
        low, high = (Decimal(str(end)) for end in spec.clip)
        kept = min(max(value, low), high)
        if kept != value:
            problem, mend = (
                "The formula leaves its range; {kept} stands in.",
                "Check the figures it is made of.",
            )
            self.findings.warn(here, f"{value:.4f}", problem, mend, kept=kept)
        return kept


def _filled(text: str, record: Record, column: Column) -> str:
    """A text with its references filled in; empty when any of them is."""
    listed = column.kind in ("list", "numbers_by_name", "texts_by_name")
    values = {name: record.get(name.strip()) for name in REFERENCE.findall(text)}
    if any(is_blank(value) for value in values.values()):
        return ""

    def put(match: Any) -> str:
        value = str(values[match[1]]).strip()
        return escape(value) if listed else value

    return REFERENCE.sub(put, text)
