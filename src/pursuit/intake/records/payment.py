"""Terms of payment in one cell, or in a column per share, brought to rows of the sheet payments."""

from __future__ import annotations

from typing import Any

from pursuit.intake.cells.terms import Terms
from pursuit.intake.findings import Findings
from pursuit.intake.records.row import Row, Table
from pursuit.intake.records.rows import Tables
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME

_OWNERS = {"opportunities": "opportunity", "projects": "project", "contracts": "contract"}
_SHARES = {"down_share": "order", "interim_share": "interim", "final_share": "delivery"}
Part = tuple[str, float, int]


def settle_payments(tables: Tables, findings: Findings) -> None:
    """Add the rows of payments that records state in their own cells; a fault where they are stated twice.

    A quote's terms count for its opportunity where that states none; of several quotes the latest revision's do.
    """
    stated = {(row["of"] or "opportunity", row["id"]) for row in tables["payments"]}
    for sheet, owner in _OWNERS.items():
        for row in tables[sheet]:
            column, parts = _parts(row, findings)
            if not parts:
                continue
            if (owner, row["id"]) in stated:
                problem = "The terms of payment are stated here and on the sheet payments."
                findings.error(row.place(column), "", problem, "Keep one of the two.")
                continue
            stated.add((owner, row["id"]))
            tables["payments"] += _rows(row, column, owner, row["id"], parts)
    _of_quotes(tables, stated, findings)
    for row in tables["accounts"]:
        _of_account(row, findings)


def _parts(row: Row, findings: Findings) -> tuple[str, list[Part]]:
    """The column that states the terms, and each part: event, share, days."""
    wide = [(event, row[column], 0) for column, event in _SHARES.items() if row[column]]
    terms: Terms | None = row["payment_terms"]
    if wide and terms is not None:
        problem = "The terms of payment stand here and in the columns of shares."
        findings.error(row.place("payment_terms"), "", problem, "Keep one of the two.")
        return "payment_terms", []
    if wide:
        return next(column for column in _SHARES if row[column]), wide
    if terms is None:
        return "", []
    if terms.shares:
        return "payment_terms", list(terms.shares)
    return "payment_terms", [("delivery", 1.0, (terms.days or 0) + (terms.note_days or 0))]


def _of_quotes(tables: Tables, stated: set[tuple[str, Any]], findings: Findings) -> None:
    latest: dict[Any, Row] = {}
    for row in sorted(tables["quotes"], key=lambda row: row["revision"]):
        if row["payment_terms"] is not None or any(row[column] for column in _SHARES):
            latest[row["opportunity"]] = row
    for opportunity, row in latest.items():
        column, parts = _parts(row, findings)
        if parts and ("opportunity", opportunity) not in stated:
            tables["payments"] += _rows(row, column, "opportunity", opportunity, parts)
            problem = "The opportunity states no terms of payment; those of its latest quote count."
            findings.warn(row.place(column), opportunity, problem, "Nothing, if that is right.")


def _of_account(row: Row, findings: Findings) -> None:
    terms: Terms | None = row["payment_terms"]
    if terms is None:
        return
    place = row.place("payment_terms")
    if terms.shares:
        problem = "Shares of a price belong to an opportunity, a project or a contract, not to a customer."
        findings.error(place, "", problem, "Write them there; here stand days, like 60일 or 어음 90일.")
        return
    for column, days in (("payment_days", terms.days), ("note_days", terms.note_days)):
        if days is None:
            continue
        if row[column] not in (None, days):
            problem = "The terms say {days} days, the column of days {other}."
            findings.error(place, "", problem, "Correct one of them.", days=days, other=row[column])
        row.values[column] = days


def _rows(row: Row, column: str, owner: str, record: Any, parts: list[Part]) -> list[Row]:
    """Rows of payments that point at the cell they come from."""
    columns = {
        "of": [owner] * len(parts),
        "id": [record] * len(parts),
        "event": [event for event, _, _ in parts],
        "share": [share for _, share, _ in parts],
        "days": [days for _, _, days in parts],
    }
    shown = dict.fromkeys(columns, row.place(column).column)
    numbers = [row.number] * len(parts)
    return Table(SHEET_BY_NAME["payments"], row.file, row.title, shown, numbers, columns).rows()
