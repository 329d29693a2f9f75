"""Faults the domain finds in records, taken back to the file, sheet, row and column they came from."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pursuit.errors import Fault
from pursuit.intake.findings import Findings, Place
from pursuit.intake.records.frame import Frame
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME

# (sheet, column) of a domain fault -> sheet and column where a person mends it
_SIDE = {
    ("accounts", "courses"): ("courses", "effort"),
    ("accounts", "retention"): ("courses", "retention"),
    ("opportunities", "payments"): ("payments", "share"),
    ("projects", "payments"): ("payments", "share"),
    ("contracts", "payments"): ("payments", "share"),
    ("options", "work"): ("option_work", "resource"),
    ("options", "hours"): ("option_work", "hours"),
    ("options", "weeks"): ("option_work", "weeks"),
    ("projects", "work"): ("project_work", "resource"),
    ("projects", "hours"): ("project_work", "hours"),
    ("projects", "weeks"): ("project_work", "weeks"),
    ("projects", "modes"): ("project_modes", "kind"),
}
_NAMED_BY = {
    "options": ("opportunity", "id"),
    "option_work": ("opportunity", "option"),
    "courses": ("account",),
    "project_work": ("project",),
    "project_modes": ("project",),
    "quotes": ("opportunity",),
    "statements": ("account",),
    "grades": ("word",),
}
# what the domain says with figures in it, so that it can be said again in another language
_DOMAIN_MESSAGES = (
    "There is no such record on the sheet {sheet}.",
    "Add it to {sheet} or correct it here.",
    "Must lie between {low} and {high}.",
    "Use one of {words}.",
    "Closed before it was created ({day}).",
    "Ends before it starts ({day}).",
    "Paid before it was issued ({day}).",
    "No exchange rate between {one} and {other}.",
    "The firm's own cash is in {code}.",
)
_PATTERNS = tuple(
    (message, re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+)", re.escape(message))))
    for message in _DOMAIN_MESSAGES
)


class Locator:
    """Finds the row of a record by the name the domain gives it."""

    def __init__(self, tables: Tables) -> None:
        self._rows: dict[tuple[str, str], list[Row]] = {}
        for sheet, rows in tables.items():
            for row in rows:
                name = "/".join(str(row[column]) for column in _NAMED_BY.get(sheet, ("id",)))
                self._rows.setdefault((sheet, name), []).append(row)

    def find(self, fault: Fault) -> tuple[Row, str] | None:
        """Row and column of a fault; the row whose cell holds the value, if there are several."""
        record, _, column = fault.column.rpartition(" · ")
        sheet, column = _SIDE.get((fault.sheet, column), (fault.sheet, column))
        rows = self._rows.get((sheet, record)) or self._rows.get((fault.sheet, record))
        if not rows:
            return None
        return next((row for row in rows if _holds(row[column], fault.value)), rows[0]), column


def _holds(value: object, wanted: str) -> bool:
    items: Iterable[object] = value if isinstance(value, tuple | dict) else (value,)
    return wanted in map(str, items)


def place_faults(faults: Iterable[Fault], tables: Tables, frame: Frame, findings: Findings) -> None:
    """Add the domain's faults to ``findings`` with their places, but for those already told."""
    locator = Locator(tables)
    broken = {error.sheet for error in findings.errors}
    new = []
    for fault in faults:
        if fault.column.endswith("currency") and not frame.currency_known:
            continue
        if found := locator.find(fault):
            place = found[0].place(found[1])
            told = found[1] == "id" or findings.at(place)  # ids were looked at when rows were read
        else:
            place = _sheet_place(fault, tables, findings.words.lang)
            sheet = SHEET_BY_NAME[fault.sheet]
            told = bool(broken & {place.sheet, sheet.name, sheet.ko})
        if not told:
            new.append((place, fault))
    for place, fault in new:
        findings.error(place, fault.value, *(_retold(text, findings) for text in (fault.problem, fault.mend)))


def _sheet_place(fault: Fault, tables: Tables, lang: str) -> Place:
    """The place of a fault that is about a whole sheet."""
    rows = [row for rows in ([tables[fault.sheet], *tables.values()]) for row in rows]
    own = tables[fault.sheet]
    sheet = SHEET_BY_NAME[fault.sheet]
    title = own[0].title if own else sheet.title(lang)
    columns = {column.name: column.told(lang) for column in sheet.columns}
    return Place(rows[0].file if rows else "", title, 0, columns.get(fault.column, fault.column))


def _retold(text: str, findings: Findings) -> str:
    for message, pattern in _PATTERNS:
        if match := pattern.fullmatch(text):
            values = match.groupdict()
            if "sheet" in values:
                values["sheet"] = SHEET_BY_NAME[values["sheet"]].title(findings.words.lang)
            return findings.words(message, **values)
    return findings.words(text)
