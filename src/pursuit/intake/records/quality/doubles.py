"""The same deal under several ids."""

from __future__ import annotations

from typing import Any

from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Row, Tables


def check_doubles(tables: Tables, findings: Findings) -> None:
    """Warn of deals that are alike in account, product, amount and day but for their ids."""
    first: dict[tuple[Any, ...], Row] = {}
    for row in tables["opportunities"]:
        alike = (row["account"], row["amount"], row["created"] or row["expected_close"])
        if not all(alike):
            continue
        before = first.setdefault(
            (*alike, row["product"], row["quantity"], row["outcome"], row["closed"]), row
        )
        if before is not row and before["id"] != row["id"]:
            problem = "Another deal is the same in all but its id: customer, product, amount and day."
            findings.warn(row.place("id"), row["id"], problem, "Delete one of them if it is one deal.")
