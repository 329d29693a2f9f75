"""Ids that a spreadsheet took for numbers: shortened to 1.23E+11, or robbed of their first zeros."""

from __future__ import annotations

import re

from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.catalogue import SHEETS

_SHORTENED = re.compile(r"\d(?:[.,]\d+)?[Ee]\+\d{1,3}")
_SHARE = 0.5
"""Share of a column's ids that begin with 0 and are of one length, from which shorter numbers look robbed."""


def check_mangled(tables: Tables, findings: Findings) -> None:
    """Report ids of which a spreadsheet has lost digits."""
    for sheet in SHEETS:
        rows = tables[sheet.name]
        for column in sheet.columns:
            if (
                rows
                and column.kind == "text"
                and (column.ref or column.name in (*sheet.key, "business_number"))
            ):
                for row in rows:
                    if isinstance(row[column.name], str) and _SHORTENED.fullmatch(row[column.name]):
                        problem = "The spreadsheet shortened this number; its last digits are lost."
                        mend = "Format the column as text where it is kept, and export it again."
                        findings.error(row.place(column.name), row[column.name], problem, mend)
        if rows and "id" in sheet.key:
            _check_zeros(rows, findings)


def _check_zeros(rows: list[Row], findings: Findings) -> None:
    """Numbers shorter than the rest, where the rest begin with zeros."""
    numbers = [row for row in rows if (row["id"] or "").isdecimal()]
    led = [row["id"] for row in numbers if row["id"].startswith("0")]
    lengths = {len(name) for name in led}
    if len(lengths) != 1 or len(led) < _SHARE * len(numbers):
        return
    for row in numbers:
        if len(row["id"]) < min(lengths):
            problem = "This number is shorter than the others; its first zeros may be lost."
            findings.warn(row.place("id"), row["id"], problem, "Format the column as text and fill them in.")
