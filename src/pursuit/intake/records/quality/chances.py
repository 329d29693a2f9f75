"""Probabilities that an open deal cannot have."""

from __future__ import annotations

from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Tables


def check_chances(tables: Tables, findings: Findings) -> None:
    """Warn of open deals and offers that are said to be certain, one way or the other."""
    still_open = {row["id"] for row in tables["opportunities"] if (row["outcome"] or "open") == "open"}
    for sheet, key in (("opportunities", "id"), ("options", "opportunity")):
        for row in tables[sheet]:
            chance = row["win_probability"]
            if chance in (0, 1) and row[key] in still_open:
                problem = "Nothing is certain as long as the deal is open."
                mend = "Write a chance between 0 and 1, or the outcome if it is decided."
                findings.warn(row.place("win_probability"), f"{chance:.0%}", problem, mend)
