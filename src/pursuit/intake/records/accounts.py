"""Which account a cell names: by its code, else its business number, else its name in any spelling."""

from __future__ import annotations

from collections import defaultdict

from pursuit.intake.cells.business_number import plain_number
from pursuit.intake.findings import Findings
from pursuit.intake.records.names import firm_key, legal_form, same_firm
from pursuit.intake.records.rows import Row, Tables
from pursuit.intake.sheets.catalogue import SHEETS


def settle_accounts(tables: Tables, findings: Findings) -> None:
    """Bring every cell that names an account to its code, and report firms that stand twice.

    A business number is the firm's own key, so two rows that carry one are a fault. A name is matched without its
    legal form; where that fits several accounts, or the legal forms differ, it is asked and never guessed. Whatever is
    not the code itself is told.
    """
    joined = _join_spellings(tables, findings)
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
                    code = joined.get(written)
                    found[written] = (code, "joined") if code else _find(written, numbers, names)
                code, way = found[written]
                _settle(row, column.name, code, way, findings)
                changed = changed or bool(code)
            if changed and column.name in sheet.key:
                _check_doubles(tables[sheet.name], sheet.key, findings)


def _join_spellings(tables: Tables, findings: Findings) -> dict[str, str]:
    """Take rows that are one firm under several spellings as one; the codes that fell away, each with the one kept.

    They are where they carry one business number, or where a row is but a name that deals gave; and only where no
    column of theirs says two things. With two rows of their own codes it is open which is meant, so nothing is joined.
    """
    alike: dict[str, list[Row]] = defaultdict(list)
    for row in tables["accounts"]:
        alike[firm_key(row["name"])].append(row)
    joined: dict[str, str] = {}
    for rows in alike.values():
        coded = [row for row in rows if row["id"] != row["name"]]
        first = (coded or rows)[0]
        numbers = {row["business_number"] for row in rows}
        if len(coded) > 1 and (len(numbers) > 1 or not all(numbers)):
            continue
        for row in rows:
            if row["id"] != first["id"] and _agree(first, row):
                joined[row["id"]] = first["id"]
                _take_over(first, row, findings)
    tables["accounts"] = [row for row in tables["accounts"] if row["id"] not in joined]
    return joined


def _agree(one: Row, other: Row) -> bool:
    """Whether no column but code and name says different things in two rows."""
    columns = {*one.values, *other.values} - {"id", "name"}
    return all(one[c] == other[c] or is_nothing(one[c]) or is_nothing(other[c]) for c in columns)


def is_nothing(value: object) -> bool:
    """Whether a typed cell says nothing."""
    return value is None or value in ("", (), {})


def _take_over(first: Row, row: Row, findings: Findings) -> None:
    for column, value in row.values.items():
        if is_nothing(first[column]):
            first.values[column] = value
    problem = "It is {first} of row {row} in another spelling; both were taken as one customer."
    mend = "Nothing, if that is right; if they are two firms, fill in the business numbers of both."
    findings.warn(row.place("name"), row["name"], problem, mend, first=first["name"], row=first.number)


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
                row.place("business_number"), number, problem,
                "Write one name for it everywhere and keep one row of it, or correct the number.",
                first=first["name"], row=first.number, second=row["name"],
            )  # fmt: skip
    return numbers


def _tell_alike(names: dict[str, list[Row]], findings: Findings) -> None:
    for alike in names.values():
        for row in alike[1:]:
            given = {other["business_number"] for other in alike}
            if len(given) < len(alike) or None in given or "" in given:
                problem = "{first} in row {row} has the same name but for its legal form or spelling."
                mend = (
                    "Write one name everywhere if it is one firm (in a list of customers keep one row); fill in both "
                    "business numbers if it is not."
                )
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
