"""Which account a cell names: by its code, else its business number, else its name in any spelling."""

from __future__ import annotations

from collections import defaultdict

from pursuit.intake.cells.business_number import plain_number
from pursuit.intake.findings import Findings
from pursuit.intake.records.names import legal_form, same_firm
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.catalogue import SHEETS


def settle_accounts(tables: Tables, findings: Findings) -> None:
    """Bring every cell that names an account to its code, and report firms that stand twice.

    A business number is the firm's own key, so two rows that carry one are a fault. A name is matched without its
    legal form; where that fits several accounts, or the legal forms differ, it is asked and never guessed. Whatever is
    not the code itself is told.
    """
    rows = tables["accounts"]
    numbers = _numbers(rows, findings)
    names: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        names[same_firm(row["name"])].append(row)
    _tell_alike(names, findings)
    codes = {row["id"] for row in rows}
    found: dict[str, tuple[str, str]] = {}
    for sheet in SHEETS if rows else ():
        for column in sheet.columns:
            if column.ref != "accounts":
                continue
            changed = False
            for row in tables[sheet.name]:
                written = row[column.name]
                if not written or written in codes:
                    continue
                if written not in found:
                    found[written] = _find(written, numbers, names)
                code, way = found[written]
                _settle(row, column.name, code, way, findings)
                changed = changed or bool(code)
            if changed and column.name in sheet.key:
                _check_doubles(tables[sheet.name], sheet.key, findings)


def _numbers(rows: list[Row], findings: Findings) -> dict[str, Row]:
    """Accounts by business number; a fault for every number that stands twice."""
    numbers: dict[str, Row] = {}
    for row in rows:
        number = row["business_number"]
        first = numbers.setdefault(number, row) if number else row
        if first is not row:
            problem = (
                "This business number stands twice: {first} in row {row} and {second} here are one firm."
            )
            findings.error(
                row.place("business_number"), number, problem, "Keep one of the rows, or correct the number.",
                first=first["name"], row=first.number, second=row["name"],
            )  # fmt: skip
    return numbers


def _tell_alike(names: dict[str, list[Row]], findings: Findings) -> None:
    for alike in names.values():
        for row in alike[1:]:
            given = {other["business_number"] for other in alike}
            if len(given) < len(alike) or None in given or "" in given:
                problem = "{first} in row {row} has the same name but for its legal form or spelling."
                mend = "Keep one of the rows if it is one firm; fill in both business numbers if it is not."
                findings.warn(
                    row.place("name"), row["name"], problem, mend, first=alike[0]["name"], row=alike[0].number
                )


def _find(written: str, numbers: dict[str, Row], names: dict[str, list[Row]]) -> tuple[str, str]:
    """The code of the account, and how it was found: number, name, several, form, or empty for not at all."""
    if match := numbers.get(plain_number(written)):
        return match["id"], "number"
    alike = names.get(same_firm(written), [])
    if len(alike) > 1:
        exact = [row for row in alike if row["name"] == written]
        return (exact[0]["id"], "name") if len(exact) == 1 else ("", "several")
    if not alike:
        return "", ""
    forms = {legal_form(written), legal_form(alike[0]["name"])} - {""}
    return (alike[0]["id"], "name") if len(forms) < 2 else ("", "form")


def _check_doubles(rows: list[Row], key: tuple[str, ...], findings: Findings) -> None:
    """Rows that were two as written but belong to one account."""
    first: dict[tuple[object, ...], Row] = {}
    for row in rows:
        before = first.setdefault(tuple(row[name] for name in key), row)
        if before is not row and not findings.at(row.place(key[-1])):
            problem, mend = "This stands twice; row {row} says it first.", "Keep one of the rows."
            findings.error(row.place(key[-1]), row[key[-1]], problem, mend, row=before.number)


def _settle(row: Row, column: str, code: str, way: str, findings: Findings) -> None:
    place, written = row.place(column), row[column]
    if code:
        row.values[column] = code
    if way == "number":
        problem = "The customer is named by its business number; the account {code} carries it."
        findings.warn(place, written, problem, "Nothing, if that is right.", code=code)
    elif way == "name":
        problem = "The customer is named by its name; the account {code} carries it, whatever its spelling."
        findings.warn(place, written, problem, "Nothing, if that is right.", code=code)
    elif way == "several":
        problem = "Several accounts carry this name."
        findings.error(
            place, written, problem, "Write the code or the business number of the one that is meant."
        )
    elif way == "form":
        problem = "Only an account of another legal form carries this name."
        findings.error(
            place, written, problem, "Write its code if it is meant, or add the customer to accounts."
        )
