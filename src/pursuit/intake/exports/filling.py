"""One cell of a sheet from a row of an export, as the mapping says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from pursuit.intake.cells.cell_error import CellError, UnsettledError
from pursuit.intake.cells.listing import escape, join_list
from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.counting import Counting
from pursuit.intake.exports.fieldspec import REFERENCE, FieldSpec
from pursuit.intake.exports.formula import FormulaError, parse_formula
from pursuit.intake.exports.records import Condition, Part, Record, Source, fold, text_of
from pursuit.intake.exports.values import as_number, dated, figure
from pursuit.intake.findings import Findings, Place

Filler = Callable[[Record], Any]


class Filling:
    """What fills one column: the first alternative that gives something.

    Parameters
    ----------
    name, kind
        The column that is filled, and what it holds.
    title
        Sheet that faults in a row are told on.
    place
        Where the field stands in the mapping.
    source
        Files its rows come from; None for a block of constants.
    told
        How a report names the column where the file has none for it; ``name`` if empty.
    """

    def __init__(
        self,
        name: str,
        kind: str,
        fields: Iterable[FieldSpec],
        title: str,
        place: Place,
        source: Source | None,
        findings: Findings,
        told: str = "",
    ) -> None:
        self.name, self.kind, self.title, self.place = name, kind, title, place
        self.told = told or name
        self.source, self.findings = source, findings
        self.taken: Counter[str] = Counter()
        self.shares: dict[int, bool] = {}
        self.others: dict[tuple[str, str], dict[str, Place]] = {}
        self.fields = [field for field in fields if self._known(field)]
        self.fillers = [self._filler(field, at) for at, field in enumerate(self.fields)]

    def __call__(self, record: Record) -> Any:
        """The cell for one row; None where no alternative gives anything."""
        for fill in self.fillers:
            if not is_blank(value := fill(record)):
                return value
        return None

    def finish(self) -> None:
        """Tell which words were taken for another because the mapping does not list them."""
        for (_, other), words in self.others.items():
            problem, mend = (
                "Words that are not known are read as {other}.",
                "List them in a mapping if that is wrong.",
            )
            place = next(iter(words.values()))
            self.findings.warn(place, ", ".join(words), problem, mend, other=other)

    def _known(self, field: FieldSpec) -> bool:
        """Whether every column the field looks at is one of the file; a fault for each that is not."""
        known = True
        for reference in field.references():
            if self.source is None or not self.source.has(reference):
                problem, mend = "No file has such a column.", "Write file.column as under files."
                self.findings.error(self.place, reference, problem, mend)
                known = False
        return known

    def _here(self, record: Record, field: FieldSpec) -> Place:
        reference = (*field.drawn(), self.told)[0]
        shown = self.source.shown(reference) if self.source else reference
        return Place(record.part.grid.file, self.title, record.number, shown)

    def _filler(self, field: FieldSpec, at: int) -> Filler:
        draw, condition = self._draw(field), Condition(field.when, field.unless)
        words = {fold(word): meaning for word, meaning in field.words.items()}
        begun = {word[:-1]: meaning for word, meaning in words.items() if word.endswith("*")}

        def fill(record: Record) -> Any:
            if condition and not condition.holds(record):
                return None
            value = draw(record)
            if is_blank(value):
                return self._blank(record, field)
            if words:
                word = fold(value)
                meaning = words.get(word) or next((m for b, m in begun.items() if word.startswith(b)), None)
                return meaning or self._word(value, field, self._here(record, field))
            return self._unique(text_of(value), record, field) if field.unique else value

        return fill

    def _blank(self, record: Record, field: FieldSpec) -> str | None:
        if not field.blank:
            return None
        problem, mend = (
            "Empty cells; {value} stands in.",
            "Fill them in where they are kept, if that is known.",
        )
        self.findings.warn(self._here(record, field), "", problem, mend, value=field.blank)
        return field.blank

    def _word(self, value: Any, field: FieldSpec, here: Place) -> str | None:
        """What a word means that is not listed: the field's ``other``, told when all rows are read, or a fault."""
        if field.other:
            self.others.setdefault((here.file, field.other), {}).setdefault(text_of(value), here)
            return field.other
        problem, mend = "The mapping does not know this word.", "Add it to words in the mapping."
        self.findings.error(here, value, problem, mend)
        return None

    def _unique(self, value: str, record: Record, field: FieldSpec) -> str:
        """A name made unique by its number where it stands more than once; told, since it is not in the file."""
        self.taken[value] += 1
        here = Place(record.part.grid.file, self.title, record.number, self.told)
        problem = "The file has no id; it is made of {columns}, numbered where they stand twice."
        mend = "Export the id too, so that a later export finds the same rows."
        shown = ", ".join(map(self.source.shown, field.drawn())) if self.source else ""
        self.findings.warn(here, value, problem, mend, columns=shown)
        return value if self.taken[value] == 1 else f"{value} ({self.taken[value]})"

    def _draw(self, field: FieldSpec) -> Filler:
        if field.column:
            return lambda record: self._drawn(record, field)
        if field.formula:
            return self._formula(field)
        if field.text:
            texts = [field.text] if isinstance(field.text, str) else field.text
            listed = self.kind in ("list", "numbers_by_name", "texts_by_name")
            return lambda record: "; ".join(filter(None, (_filled(text, record, listed) for text in texts)))
        return lambda record: field.value

    def _drawn(self, record: Record, field: FieldSpec) -> Any:
        value = record.get(field.column)
        if field.strip and isinstance(value, str):
            value = _stripped(value, field.strip)
        if field.split and isinstance(value, str):
            return join_list(part.strip() for part in value.split(field.split) if part.strip())
        if field.percent and not is_blank(value):
            return self._share(value, record, field)
        return dated(value, record.spec(field.column)) if self.kind == "date" else value

    def _share(self, value: Any, record: Record, field: FieldSpec) -> Any:
        """60 and 60% alike as 0.6; what is no number is left to be refused where cells are read."""
        if isinstance(value, str) and value.strip().endswith(("%", "％")):
            return value
        try:
            number = as_number(value, record.spec(field.column))
        except CellError:
            return value
        return number if self._holds_shares(record.part, field) else number / 100

    def _holds_shares(self, part: Part, field: FieldSpec) -> bool:
        """Whether a column said to be per cent holds shares all the same, as a spreadsheet keeps them; told."""
        known = self.shares.get(id(part))
        if known is None:
            figures = [figure(record, field.column) for record in part.records]
            counted = [number for number in figures if number.is_finite()]
            known = all(0 <= n <= 1 for n in counted) and any(0 < n < 1 for n in counted)
            self.shares[id(part)] = known
            if known:
                problem = "No figure of this column is above 1; they were read as shares, 0.4 as 40%."
                mend = "If they are per cent, write the sign behind them."
                place = Place(part.grid.file, part.grid.title, part.grid.top, self._shown(field.column))
                self.findings.warn(place, "", problem, mend)
        return known

    def _formula(self, field: FieldSpec) -> Filler:
        try:
            run = parse_formula(field.formula)
        except FormulaError as error:
            problem = "This is not a formula."
            mend = "Use numbers, {references}, + - * / ( ), min, max, round."
            self.findings.error(self.place, str(error), problem, mend, references="{column}")
            return lambda record: None
        references = [name.strip() for name in REFERENCE.findall(field.formula)]
        counting = Counting(field.formula, self.title, self.place, self.findings)
        waiting: set[tuple[int, str]] = set()  # columns that can be read in two ways, each told once

        def reckon(record: Record) -> Decimal | None:
            values = []
            for reference in references:
                raw = record.get(reference)
                if is_blank(raw):
                    return None
                try:
                    value = as_number(raw, record.spec(reference))
                    values.append(counting.whole(value, raw, record, reference))
                except CellError as refusal:
                    column = id(record.part), reference
                    if isinstance(refusal, UnsettledError) and column in waiting:
                        return None
                    waiting.add(column)
                    here = Place(record.part.grid.file, self.title, record.number, self._shown(reference))
                    self.findings.error(here, raw, refusal.problem, refusal.mend, **refusal.values)
                    return None
            here = Place(record.part.grid.file, self.title, record.number, self.told)
            try:
                return self._clipped(run(values), field, here)
            except FormulaError as error:
                problem, mend = "The formula cannot be reckoned here.", "Correct the row or the mapping."
                self.findings.error(here, str(error), problem, mend)
                return None

        return reckon

    def _shown(self, reference: str) -> str:
        return self.source.shown(reference) if self.source else reference

    def _clipped(self, value: Decimal, field: FieldSpec, here: Place) -> Decimal:
        if field.clip is None:
            return value
        low, high = (Decimal(str(end)) for end in field.clip)
        kept = min(max(value, low), high)
        if kept != value:
            problem, mend = (
                "The formula leaves its range; {kept} stands in.",
                "Check the figures it is made of.",
            )
            self.findings.warn(here, f"{value:.4f}", problem, mend, kept=kept)
        return kept


def _stripped(text: str, ends: Iterable[str]) -> str:
    """A text without some others at its ends, and without the spaces left there."""
    for end in ends:
        text = text.strip().removeprefix(end).removesuffix(end)
    return text.strip()


def _filled(text: str, record: Record, listed: bool) -> str:
    """A text with its references filled in; empty when any of them is."""
    values = {name: record.get(name.strip()) for name in REFERENCE.findall(text)}
    if any(is_blank(value) for value in values.values()):
        return ""

    def put(match: Any) -> str:
        value = text_of(values[match[1]])
        return escape(value) if listed else value

    return REFERENCE.sub(put, text)
