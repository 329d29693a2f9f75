"""What the figures of an export's columns are counted in, where a mapping draws on them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from pursuit.intake.exports.fieldspec import REFERENCE, FieldSpec, drawn_columns
from pursuit.intake.exports.records import NOWHERE, Part, Record, Source
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.units import ONE, PERCENT, Unit
from pursuit.intake.records.measures import check_percent, names_its_unit

WHOLE = Unit(ONE, "figure")
"""Whole units, whatever a note above the table says."""

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")


def column_unit(part: Part, name: str) -> Unit | None:
    """What a column is counted in by its header; a made column by that of the one it takes over."""
    at = part.columns.at.get(part.columns.name(name) or name, NOWHERE)
    if 0 <= at < len(part.grid.units):
        return part.grid.units[at]
    made = part.spec.make.get(name, [])
    drawn = drawn_columns(made)
    plain = all(field.column and not field.percent for field in made)
    return column_unit(part, drawn[0]) if len(drawn) == 1 and plain and drawn[0] != name else None


def field_unit(part: Part, source: Source | None, fields: Sequence[FieldSpec], kind: str) -> Unit | None:
    """What the cells that some fields fill are still counted in; None where the note above the table says it.

    Constants, and what a mapping itself says is per cent, are whole; so is a formula's result if a column in
    it names a unit of its own, for formulas reckon with whole units.
    """
    drawn = drawn_columns(fields)
    if not drawn or any(field.percent for field in fields):
        return WHOLE
    units = {_drawn_unit(part, source, name, kind) for name in drawn}
    if any(field.formula for field in fields):
        return WHOLE if any(units) else None
    return next(iter(units)) if len(units) == 1 else next(filter(None, units))


def _drawn_unit(part: Part, source: Source | None, name: str, kind: str) -> Unit | None:
    if part.columns.name(name) is not None or source is None:
        return column_unit(part, name)
    alias, _, column = name.partition(".")
    other = source.joins[alias].parts[:1] if alias in source.joins else []
    if not other:
        return None
    note = other[0].grid.note
    return column_unit(other[0], column) or (note.unit(kind) if note else None) or WHOLE


class Counting:
    """Brings the figures a formula reckons with to whole units, each column told once."""

    def __init__(self, formula: str, title: str, place: Place, findings: Findings) -> None:
        self.title, self.place, self.findings = title, place, findings
        self.numbers = {Decimal(number) for number in _NUMBER.findall(REFERENCE.sub("", formula))}
        self.told: set[tuple[str, str]] = set()

    def whole(self, value: Decimal, raw: Any, record: Record, reference: str) -> Decimal:
        """``value`` as read from ``raw``, in whole units.

        Raises
        ------
        CellError
            When the cell names a unit of its own.
        """
        owner, name = record.owner(reference)
        unit = column_unit(owner.part, name) if owner else None
        if owner is None or unit is None or unit.scale == ONE or names_its_unit(raw, unit):
            return value
        if (owner.part.grid.file, name) not in self.told:
            self.told.add((owner.part.grid.file, name))
            self._tell(owner.part, name, unit)
        return value * unit.scale

    def _tell(self, part: Part, name: str, unit: Unit) -> None:
        grid, at = part.grid, part.columns.at.get(part.columns.name(name) or name, NOWHERE)
        place = Place(grid.file, grid.title, grid.top, part.columns.shown(name))
        if {unit.scale, ONE / unit.scale} & self.numbers:
            problem = "The formula reckons with {number}, but the header of {column} says so already."
            mend = "Take it out of the formula: figures come to it in whole units."
            number = next(iter({unit.scale, ONE / unit.scale} & self.numbers))
            self.findings.error(self.place, "", problem, mend, number=f"{number:f}", column=place.column)
        elif unit.scale == PERCENT and at < len(grid.header):
            check_percent(grid, at, place, self.findings)
        else:
            problem = "The figures of this column were multiplied by {scale}, as its header says."
            mend = "Nothing, if that is right."
            self.findings.warn(place, "", problem, mend, scale=f"{unit.scale:,f}")
