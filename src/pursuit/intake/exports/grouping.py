"""Several lines of a file become one row, while they are read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.records import NOWHERE, Part, Record, fold, text_of
from pursuit.intake.exports.tablespec import GroupSpec
from pursuit.intake.exports.values import as_date, as_number
from pursuit.intake.findings import Findings, Place

_DIFFERENT = object()


class _Row:
    """The row that lines with one key become."""

    __slots__ = ("blank", "count", "kept", "number", "totals")

    def __init__(self, number: int, width: int) -> None:
        self.number, self.count = number, 0
        self.kept: list[Any] = [None] * width
        self.totals: dict[int, dict[Any, Decimal]] = {}
        self.blank: dict[int, Record] = {}


class Grouping:
    """Gathers the lines of one part by its ``group``."""

    def __init__(self, part: Part, group: GroupSpec, findings: Findings) -> None:
        self.part, self.findings = part, findings
        at = part.columns.at
        resolve = part.columns.name
        self.rule = {
            at[name]: kind
            for kind, names in group.rules().items()
            for wanted in names
            if (name := resolve(wanted)) is not None
        }
        self.by = [at[name] for wanted in group.by if (name := resolve(wanted)) is not None]
        self.weight = {
            at[resolve(name) or name]: at[resolve(by) or by]
            for name, by in group.main.items()
            if resolve(name)
        }
        self.names = {position: name for name, position in at.items()}
        spoken = [*part.spec.columns, *part.spec.make] if part.spec.columns else list(at)
        asked = {*(at[name] for name in spoken if at.get(name, NOWHERE) >= 0), *self.rule}
        self.asked = [(position, self.rule.get(position, "alike")) for position in sorted(asked)]
        self.count = group.count
        if self.count:
            part.columns.add(self.count)

    def gather(self, records: Iterable[Record]) -> Iterator[Record]:
        """One row per key, in the order their first lines stand, with the number of that line."""
        rows: dict[tuple[str, ...], _Row] = {}
        if not self.by:  # told where columns are checked
            return
        for record in records:
            key = tuple(text_of(self._cell(record, at)) for at in self.by)
            if not any(key):
                problem, mend = (
                    "A line without {column} belongs to no record made of that column.",
                    "Fill it in where it is known.",
                )
                shown = ", ".join(self._shown(at) for at in self.by)
                self.findings.warn(self._place(record, self.by[0]), "", problem, mend, column=shown)
                continue
            row = rows.get(key)
            if row is None:
                row = rows[key] = _Row(record.number, len(record.cells))
            self._add(row, record)
        for row in rows.values():
            yield self._finish(row)
        self.part.columns.keep({at for at, _ in self.asked} | {self.part.columns.at.get(self.count, NOWHERE)})

    def _cell(self, record: Record, at: int) -> Any:
        return record.cells[at] if at < len(record.cells) else None

    def _add(self, row: _Row, record: Record) -> None:
        row.kept += [None] * (len(record.cells) - len(row.kept))
        first = not row.count
        row.count += 1
        for at, rule in self.asked:
            value = self._cell(record, at)
            if rule == "alike":
                self._compare(row, at, value, first)
            elif rule == "main":
                self._weigh(row, record, at, value)
            elif rule in ("first", "by"):
                row.kept[at] = value if is_blank(row.kept[at]) else row.kept[at]
            elif rule == "last":
                row.kept[at] = row.kept[at] if is_blank(value) else value
            elif rule == "join":
                row.kept[at] = (row.kept[at] or {}) | ({} if is_blank(value) else {text_of(value): None})
            elif not is_blank(value):
                self._reckon(row, record, at, value, rule)
            elif rule == "sum":
                row.blank.setdefault(at, record)

    @staticmethod
    def _compare(row: _Row, at: int, value: Any, first: bool) -> None:
        """Keep what all lines so far say alike."""
        before = row.kept[at]
        if first:
            row.kept[at] = value
        elif (
            before is not value
            and before is not _DIFFERENT
            and before != value
            and fold(before) != fold(value)
        ):
            row.kept[at] = _DIFFERENT

    def _reckon(self, row: _Row, record: Record, at: int, value: Any, rule: str) -> None:
        try:
            if rule == "sum":
                number = as_number(value, self.part.spec)
                row.kept[at] = number if row.kept[at] is None else row.kept[at] + number
            else:
                day = as_date(value, self.part.spec)
                both = [day] if row.kept[at] is None else [day, row.kept[at]]
                row.kept[at] = min(both) if rule == "earliest" else max(both)
        except CellError as refusal:
            self.findings.error(
                self._place(record, at), value, refusal.problem, refusal.mend, **refusal.values
            )

    def _weigh(self, row: _Row, record: Record, at: int, value: Any) -> None:
        raw = self._cell(record, self.weight[at])
        try:
            weight = Decimal(0) if is_blank(raw) else as_number(raw, self.part.spec)
        except CellError:  # told where that column is summed or drawn
            weight = Decimal(0)
        if not is_blank(value):
            row.totals.setdefault(at, defaultdict(Decimal))[value] += weight

    def _finish(self, row: _Row) -> Record:
        cells = list(row.kept)
        for at, totals in row.totals.items():
            cells[at] = max(totals, key=lambda value: totals[value])
        for at, record in row.blank.items():
            if cells[at] is not None:
                problem, mend = "A blank line of a sum counts as nothing.", "Fill it in where it is kept."
                self.findings.warn(self._place(record, at), "", problem, mend)
        for at, value in enumerate(cells):
            if isinstance(value, dict):
                cells[at] = "|".join(value)
            elif value is _DIFFERENT:
                cells[at] = None
                self._told(at, row.number)
        if self.count:
            cells += [None] * (self.part.columns.at[self.count] - len(cells))
            cells.append(row.count)
        return Record(self.part, row.number, tuple(cells))

    def _told(self, at: int, number: int) -> None:
        """A column whose lines say different things."""
        problem = "The lines of one row say different things here; the cell is left blank."
        mend = "Say in group what becomes of this column."
        place = Place(self.part.grid.file, self.part.grid.title, number, self._shown(at))
        self.findings.warn(place, "", problem, mend)

    def _shown(self, at: int) -> str:
        return self.part.columns.shown(self.names.get(at, ""))

    def _place(self, record: Record, at: int) -> Place:
        return Place(self.part.grid.file, self.part.grid.title, record.number, self._shown(at))
