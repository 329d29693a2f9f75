"""Ids that nobody can tell apart by eye: alike but for case, width, blanks or letters that are not shown."""

from __future__ import annotations

import re
import unicodedata

from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.catalogue import SHEETS

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
"""Soft hyphens, marks of direction, joiners of no width and marks of byte order (Unicode, category Cf)."""


def check_lookalikes(tables: Tables, findings: Findings) -> None:
    """Warn of ids that look like another of their sheet, and of ids and references with letters nobody sees."""
    for sheet in SHEETS:
        named = [column.name for column in sheet.columns if column.name == "id" or column.ref]
        for row in tables[sheet.name]:
            for column in named:
                _check_unseen(row, column, findings)
        if sheet.key == ("id",):
            _check_alike(tables[sheet.name], findings)


def _check_unseen(row: Row, column: str, findings: Findings) -> None:
    value = row[column]
    if isinstance(value, str) and not value.isprintable() and _UNSEEN.search(value):
        problem, mend = "It holds letters that nobody sees; it was read with them.", "Type it again."
        findings.warn(row.place(column), ascii(value), problem, mend)


def _check_alike(rows: list[Row], findings: Findings) -> None:
    first: dict[str, Row] = {}
    for row in rows:
        before = first.setdefault(_seen(row["id"] or ""), row)
        if row["id"] and before["id"] != row["id"]:
            problem = (
                "It differs from {other} in row {row} only in case, width, blanks or letters nobody sees."
            )
            mend = "Write both alike if they are one; give one of them another name if they are two."
            findings.warn(row.place("id"), row["id"], problem, mend, other=before["id"], row=before.number)


def _seen(name: str) -> str:
    """What the eye sees of a name."""
    return re.sub(r"\s+", "", _UNSEEN.sub("", unicodedata.normalize("NFKC", name))).casefold()
