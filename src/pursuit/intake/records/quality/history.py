"""Columns that say the same of every deal, so that nothing can be learnt from them."""

from __future__ import annotations

from collections.abc import Sequence

from pursuit.intake.findings import Findings, Place
from pursuit.intake.records.rows import Row, Tables

ENOUGH = 10
"""Deals from which a column that never changes is told."""


def check_history(tables: Tables, findings: Findings) -> None:
    """Warn of histories that hold one day, one outcome, one amount or one chance."""
    deals = tables["opportunities"]
    closed = [row for row in deals if row["outcome"] in ("won", "lost")]
    still_open = [row for row in deals if (row["outcome"] or "open") == "open"]
    if _constant(deals, "created"):
        problem = "All deals were created on one day; how long deals take cannot be learnt from that."
        mend = "Export the day on which each became known, not that of a migration."
        _warn(deals, "created", problem, mend, findings)
    if _constant(closed, "closed"):
        problem = "All deals were closed on one day; how long deals take cannot be learnt from that."
        _warn(closed, "closed", problem, "Export the day on which each was decided.", findings)
    if _constant(closed, "outcome"):
        problem = "All closed deals ended alike; what wins a deal cannot be learnt from that."
        _warn(closed, "outcome", problem, "Export lost deals too, or won ones.", findings)
    for column in ("amount", "win_probability"):
        if _constant(still_open, column):
            problem = "It is the same for all open deals, as if it had been filled in for form's sake."
            _warn(still_open, column, problem, "Empty the column if nobody has estimated it.", findings)


def _constant(rows: Sequence[Row], column: str) -> bool:
    values = {row[column] for row in rows}
    return len(rows) >= ENOUGH and len(values) == 1 and None not in values


def _warn(rows: Sequence[Row], column: str, problem: str, mend: str, findings: Findings) -> None:
    place = rows[0].place(column)
    findings.warn(Place(place.file, place.sheet, 0, place.column), rows[0][column], problem, mend)
