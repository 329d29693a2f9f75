"""Names of records that are not there, each with the nearest one that is."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping

from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, SHEETS
from pursuit.intake.sheets.table import plain

_OWNERS = {"opportunity": "opportunities", "project": "projects", "contract": "contracts"}
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")
_MOST = 200  # looking for the nearest of thousands of names takes time; whoever has more faults has another problem


class Known:
    """The ids of one sheet, to be found by what people write for them.

    Parameters
    ----------
    rows
        The sheet's rows.
    column
        The column that names a row.
    """

    def __init__(self, rows: Iterable[Row], column: str = "id") -> None:
        self.ids: dict[str, None] = {}
        self._names: dict[str, str] = {}
        self._found: dict[str, str] = {}
        for row in rows:
            if row[column]:
                self.ids[row[column]] = None
                for text in filter(None, (row[column], row["name"])):
                    self._names.setdefault(_alike(text), row[column])

    def nearest(self, wanted: str) -> str:
        """The id that is meant in all likelihood; empty when none is near."""
        if wanted not in self._found:
            alike = _alike(wanted)
            near = [alike] if alike in self._names else []
            if not near and len(self._found) < _MOST:
                near = difflib.get_close_matches(alike, self._names, 1, 0.6)
            self._found[wanted] = self._names[near[0]] if near else ""
        return self._found[wanted]


def _alike(text: str) -> str:
    """A name as a spreadsheet or a hasty hand may have left it: without signs and zeros before numbers."""
    return _ZEROS.sub("", plain(text))


def check_references(tables: Tables, findings: Findings) -> None:
    """Report every name of a record that is not there; where a sheet is not filled in at all the domain judges."""
    known = {sheet.name: Known(tables[sheet.name]) for sheet in SHEETS}
    for sheet in SHEETS:
        for column in sheet.columns:
            if column.ref and known[column.ref].ids:
                for row in tables[sheet.name]:
                    _check(row, column.name, column.ref, known[column.ref], findings)
    for row in tables["payments"]:
        owner = _OWNERS[row["of"] or "opportunity"]
        _check(row, "id", owner, known.get(owner, Known([])), findings)
    _check_options(tables, findings)


def _check_options(tables: Tables, findings: Findings) -> None:
    """Work must belong to an option of its own opportunity."""
    options: dict[str, list[Row]] = {}
    for row in tables["options"]:
        options.setdefault(row["opportunity"], []).append(row)
    known: Mapping[str, Known] = {name: Known(rows) for name, rows in options.items()}
    for row in tables["option_work"]:
        if not findings.at(row.place("opportunity")):
            own = known.get(row["opportunity"], Known([]))
            _check(row, "option", "options", own, findings)


def _check(row: Row, column: str, sheet: str, known: Known, findings: Findings) -> None:
    """Report each name in a cell that is none of a sheet's, unless the cell was told for something else."""
    value = row[column]
    names = value if isinstance(value, tuple | dict) else (value,)
    missing = [name for name in names if name and name not in known.ids]
    if not missing or findings.at(row.place(column)):
        return
    title = SHEET_BY_NAME[sheet].title(findings.words.lang)
    for name in missing:
        near = known.nearest(name)
        mend = (
            "If it is meant to be {near}, write that; if not, add it to {sheet}."
            if near
            else "Add it to {sheet} or correct it here."
        )
        problem = "There is no such record on the sheet {sheet}."
        findings.error(row.place(column), name, problem, mend, near=near, sheet=title)
