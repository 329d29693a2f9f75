"""Figures of a column that is counted in thousands, millions or per cent, brought to whole units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from statistics import median
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.figures import Amount, number_in, read_number
from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.cells.read import Read, is_blank, read_noted, says_nothing
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.units import ONE, PERCENT, Unit
from pursuit.intake.sheets.table import Column, Sheet

_FITTING = {
    "money": {"money", "figure"},
    "share": {"share", "figure"},
    "number": {"share", "figure", "pieces"},
    "integer": {"figure", "pieces"},
}
_ANY_UNIT = {"goals", "statements", "rates"}  # their numbers may be sums of money
_PLAIN = re.compile(r"[\d\s.,+\-()△▲−]+")
_OWN = re.compile(r"[조억만천백십원%₩$€£¥]|(?<![A-Za-z])[A-Za-z]{3}(?![A-Za-z])")


_FAR_BELOW = 10
"""How many times smaller than half of the others a figure of 1 or less is, to be doubted as per cent."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How the figures of one column are brought to whole units."""

    column: Column
    unit: Unit

    def read(self, raw: object, habits: Habits = UNKNOWN) -> Read:
        """The value of a cell that is not blank, as `read_noted` gives it, in whole units.

        Raises
        ------
        CellError
            When the cell cannot be read, or names a unit of its own.
        """
        scale = self.unit.scale
        if scale == ONE or says_nothing(raw):
            return read_noted(self.column, raw, habits)
        if isinstance(raw, str) and not _PLAIN.fullmatch(text := _fold(raw)) and not _OWN.search(text):
            read_noted(
                self.column, raw, habits
            )  # no figure at all; if it is one after all, it is refused below
        if names_its_unit(raw, self.unit):
            return read_noted(self.column, raw, habits)
        value, note = number_in(raw, habits)
        return read_noted(self.column, value * scale, habits)[0], note


def names_its_unit(raw: object, unit: Unit) -> bool:
    """Whether a cell names the very unit of its column (40% under ``(%)``) and so needs no scaling.

    Raises
    ------
    CellError
        When it names another: nobody can say which of the two counts.
    """
    if not isinstance(raw, str) or _PLAIN.fullmatch(text := _fold(raw)):
        return False
    if unit.scale == PERCENT and text.endswith("%"):
        return True
    raise CellError(
        "The cell names a unit of its own, and so does its column.",
        "Write the figure alone, or take the unit out of the header.",
    )


def _fold(raw: str) -> str:
    return unicodedata.normalize("NFKC", raw).strip()


def measures(
    grid: Grid, sheet: Sheet, columns: Mapping[int, Column], findings: Findings
) -> dict[str, Measure]:
    """Per column how its figures are brought to whole units, for those that are counted in others.

    Every column (or the table, where a note above it says so) is reported once with what it was multiplied by.
    What does not fit (a percentage of money), or could be read in two ways (0.4 under ``(%)``), is a fault.
    """
    found: dict[str, Measure] = {}
    by_note = False
    for at, column in columns.items():
        unit = grid.unit(at, column.kind)
        if unit is None or (unit.scale == ONE and not unit.currency and not unit.unclear):
            continue
        own = at < len(grid.units) and grid.units[at] is not None
        place = Place(grid.file, grid.title, grid.top, grid.shown[at] if grid.shown else grid.header[at])
        if own and not _fits(unit, column, sheet, place, findings):
            continue
        found[column.name] = Measure(column, unit)
        if unit.scale == PERCENT:
            check_percent(grid, at, place, findings)
        elif own and unit.scale != ONE:
            problem = "The figures of this column were multiplied by {scale}, as its header says."
            findings.warn(place, "", problem, "Nothing, if that is right.", scale=f"{unit.scale:,f}")
        by_note = by_note or (not own and unit.scale != ONE)
    if grid.note is not None:
        _tell_note(grid, sheet, by_note, findings)
    return found


def _tell_note(grid: Grid, sheet: Sheet, used: bool, findings: Findings) -> None:
    assert grid.note is not None
    place, note = Place(grid.file, grid.title, grid.top), grid.note
    if sheet.name in ("goals", "statements") and grid.money_scale != ONE:
        if sheet.name == "goals":
            problem = "A note about units cannot say which figures of this sheet are money."
            findings.error(place, note.text, problem, "Write whole units, and delete the note.")
    elif used and grid.money_scale != ONE:
        problem = "Every sum of money in this table was multiplied by {scale}, as the note above it says."
        findings.warn(place, note.text, problem, "Nothing, if that is right.", scale=f"{grid.money_scale:,f}")
    if note.with_vat:
        problem = (
            "The note above the table says that VAT is in the sums; each column is read as its header says."
        )
        findings.warn(place, note.text, problem, "Name the columns with VAT so: gross_amount.")


def _fits(unit: Unit, column: Column, sheet: Sheet, place: Place, findings: Findings) -> bool:
    allowed = unit.kind in _FITTING.get(column.kind, ()) or (unit.scale == ONE and unit.kind != "money")
    if allowed or (unit.kind == "money" and sheet.name in _ANY_UNIT and column.kind == "number"):
        if unit.unclear:
            problem = "The sign of the currency belongs to several."
            findings.error(place, place.column, problem, "Write its three letters, like USD.")
        return True
    problem = "The unit in the header does not fit what the column holds."
    findings.error(
        place, place.column, problem, "Correct the header: {help}", help=findings.words(column.help)
    )
    return False


def check_percent(grid: Grid, at: int, place: Place, findings: Findings) -> None:
    """Tell that a column is per cent, or that this is unclear.

    0.4 under (%) may be 0.4 % or, in a cell formatted so, 40 %: clear only if some figure is above 1.
    """
    figures = dict(_figures(grid, at))
    if large := [figure for figure in figures.values() if figure > 1]:
        problem = "The figures of this column were read as per cent, as its header says."
        findings.warn(place, "", problem, "Nothing, if that is right.")
        for row, figure in figures.items():
            if 0 < figure <= 1 and _FAR_BELOW * figure < median(large):
                problem = "It is far smaller than the others; read as per cent, perhaps it is a share."
                mend = "Write the sign too: 40% or 0.4%."
                findings.warn(replace(place, row=row), f"{figure:f}", problem, mend)
    elif any(figures.values()):
        first = next(filter(None, figures.values()))
        problem = "A figure of 1 or less in a column of per cent can be read in two ways."
        findings.error(place, f"{first:f}", problem, "Write the sign too: 40% or 0.4%.")


def _figures(grid: Grid, at: int) -> Iterator[tuple[int, Decimal]]:
    """Row and absolute value of each plain figure in a column."""
    for row, cells in grid.rows:
        raw = cells[at] if at < len(cells) else None
        if is_blank(raw) or (isinstance(raw, str) and not _PLAIN.fullmatch(_fold(raw))):
            continue
        try:
            yield row, abs(read_number(raw))
        except CellError:
            continue


def settle_currencies(found: Mapping[str, Measure], rows: list[Any], findings: Findings) -> None:
    """Give sums that name no currency that of their unit; a fault, once per column, where the row contradicts."""
    for name, measure in found.items():
        code = measure.unit.currency
        bare = (
            [row for row in rows if isinstance(row[name], Amount) and not row[name].currency] if code else []
        )
        for row in bare:
            if row["currency"] in (None, "", code):
                row.values[name] = Amount(row[name].value, code)
        clash = next((row for row in bare if row["currency"] not in (None, "", code)), None)
        if clash is not None:
            problem = "The row is in another currency than the unit of its column or table ({code})."
            mend = "Correct one of them."
            findings.error(clash.place("currency"), clash["currency"], problem, mend, code=code)
