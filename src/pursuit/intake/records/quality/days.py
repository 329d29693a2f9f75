"""Days that contradict each other or the day of the data."""

from __future__ import annotations

from datetime import timedelta

from pursuit.intake.findings import Findings
from pursuit.intake.records.frame import Frame
from pursuit.intake.records.rows import Row, Tables

PAST = {
    "opportunities": ("created", "closed"),
    "accounts": ("since", "last_contact"),
    "quotes": ("sent",),
    "statements": ("year_end",),
    "invoices": ("issued", "paid"),
    "deliveries": ("delivered",),
}
"""Columns of what has happened already."""
ORDERED = {"quotes": ("sent", "valid_until"), "invoices": ("issued", "due")}
"""Columns of which the second comes after the first; deals and payments the domain checks itself."""
STALE = timedelta(days=90)
"""How long after the day on which it was thought to be decided an open deal is doubted."""


def check_days(tables: Tables, frame: Frame, findings: Findings) -> None:
    """Warn of what lies in the future and cannot, of days in the wrong order, and of deals left lying."""
    for sheet, columns in PAST.items():
        for row in tables[sheet]:
            for column in columns:
                if frame.day_known and row[column] and row[column] > frame.as_of:
                    problem = "It lies after the day of the data ({day})."
                    mend = "Correct it, or the day of the data."
                    findings.warn(row.place(column), row[column], problem, mend, day=frame.as_of)
    for sheet, (first, second) in ORDERED.items():
        for row in tables[sheet]:
            if row[first] and row[second] and row[second] < row[first]:
                problem = "It ends before it begins."
                findings.warn(row.place(second), row[second], problem, "Correct one of the dates.")
    for row in tables["opportunities"]:
        _check_deal(row, frame, findings)


def _check_deal(row: Row, frame: Frame, findings: Findings) -> None:
    outcome = row["outcome"] or "open"
    if outcome == "open" and row["closed"]:
        problem, mend = "It is open but has a day of closing.", "Correct the outcome, or empty the day."
        findings.warn(row.place("closed"), row["closed"], problem, mend)
    elif outcome != "open" and not row["closed"] and not findings.at(row.place("closed")):
        problem, mend = "It was won or lost, but not said when.", "Fill in the day it was closed."
        findings.warn(row.place("closed"), row["id"], problem, mend)
    expected = row["expected_close"]
    if outcome == "open" and expected and frame.day_known and frame.as_of - expected > STALE:
        problem = "It is still open long after the day it was thought to be decided."
        findings.warn(row.place("expected_close"), expected, problem, "Close it, or say when it is decided.")
