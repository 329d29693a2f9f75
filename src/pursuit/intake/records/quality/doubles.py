"""The same deal under several ids, and the same work as a project and as a contract."""

from __future__ import annotations

from typing import Any

from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Row, Tables


def check_doubles(tables: Tables, findings: Findings) -> None:
    """Warn of deals alike in all but their ids, and of contracts that are projects as well."""
    _check_contracts(tables, findings)
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


def _check_contracts(tables: Tables, findings: Findings) -> None:
    """A contract and a project of one customer that carry one id or name would be worked off twice."""
    projects = {(row["account"], name): row for row in tables["projects"] for name in _names(row)}
    for row in tables["contracts"]:
        twin = next(
            (projects[key] for name in _names(row) if (key := (row["account"], name)) in projects), None
        )
        if twin is not None:
            problem = "The project {project} in row {row} is called the same; both count, work and money."
            mend = "Leave one of them out if they are one; the project holds only what is called off."
            findings.warn(row.place("id"), row["id"], problem, mend, project=twin["id"], row=twin.number)


def _names(row: Row) -> list[str]:
    return [name for name in (row["id"], row["name"]) if name]
