"""Typed rows to the records of the domain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import MISSING, fields
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar

from pursuit.domain import (
    Account,
    Contract,
    Course,
    Delivery,
    ExchangeRate,
    Finance,
    Goal,
    Grade,
    Investment,
    Invoice,
    LatePenalty,
    Limit,
    Need,
    Operation,
    Opportunity,
    Option,
    PaymentMilestone,
    Product,
    Project,
    ProjectMode,
    Quote,
    Resource,
    Routing,
    Segment,
    Statement,
    Technology,
    Work,
)
from pursuit.intake.findings import Findings
from pursuit.intake.records.frame import Frame
from pursuit.intake.records.rows import Row, Tables, group
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.units import Calendar, minor_digits

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
T = TypeVar("T")
_OWN_DEFAULT = object()

_SIMPLE: dict[str, type] = {
    "segments": Segment,
    "needs": Need,
    "products": Product,
    "technologies": Technology,
    "investments": Investment,
    "limits": Limit,
    "quotes": Quote,
    "invoices": Invoice,
    "deliveries": Delivery,
    "rates": ExchangeRate,
    "grades": Grade,
}


def build_records(tables: Tables, frame: Frame, findings: Findings) -> dict[str, Any]:
    """The keyword arguments of a Company, but for its frame and notes."""
    records: dict[str, Any] = {
        name: tuple(_make(cls, row) for row in tables[name]) for name, cls in _SIMPLE.items()
    }
    payments = _children(tables["payments"], _owner, PaymentMilestone)
    records["resources"] = tuple(_resource(row, findings) for row in tables["resources"])
    records["opportunities"] = _opportunities(tables, payments, findings)
    records["accounts"] = _accounts(tables, findings)
    records["projects"] = _projects(tables, payments, findings)
    records["contracts"] = tuple(
        _make(Contract, row, payments=_take(payments, ("contract", row["id"])), late_penalty=_penalty(row))
        for row in tables["contracts"]
    )
    records["routings"] = tuple(
        Routing(name, tuple(_make(Operation, row) for row in rows))
        for (name,), rows in group(tables["routings"], "id").items()
    )
    records["goals"] = tuple(_goal(row, frame) for row in tables["goals"])
    records["calendars"] = _calendars(tables, findings)
    records["statements"] = tuple(
        _make(Statement, row, currency=row["currency"] or frame.currency) for row in tables["statements"]
    )
    for extra in tables["finance"][1:]:
        findings.error(extra.place(), "", "The firm's cash stands in one row.", "Delete this row.")
    records["finance"] = _make(Finance, tables["finance"][0]) if tables["finance"] else None
    for (kind, name), (rows, _) in payments.items():
        sheet = {"opportunity": "opportunities", "project": "projects", "contract": "contracts"}[kind]
        _orphans(rows, "id", name, sheet, findings)
    return records


def _make(cls: type[T], row: Row, **extra: Any) -> T:
    """A record from the columns that are its fields; blank ones keep the field's default, else are empty."""
    given = {}
    for name, stand_in in _fields(cls, row.sheet.name):  # type: ignore[arg-type]
        value = row[name]
        if value is not None:
            given[name] = value
        elif stand_in is not _OWN_DEFAULT:
            given[name] = stand_in
    return cls(**given | extra)


@cache
def _fields(cls: type, sheet: str) -> tuple[tuple[str, object], ...]:
    """Fields of a record and what stands in each where its column is blank."""
    texts = {column.name for column in SHEET_BY_NAME[sheet].columns if column.kind == "text"}
    return tuple(
        (
            f.name,
            ("" if f.name in texts else None)
            if f.default is MISSING and f.default_factory is MISSING
            else _OWN_DEFAULT,
        )
        for f in fields(cls)
    )


Children = dict[Any, tuple[list[Row], tuple[Any, ...]]]


def _children(rows: Iterable[Row], key: Any, cls: type) -> Children:
    """Rows of a side sheet and the records they make, by the record they belong to."""
    groups: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return {name: (group, tuple(_make(cls, row) for row in group)) for name, group in groups.items()}


def _owner(row: Row) -> tuple[str, str]:
    return row["of"] or "opportunity", row["id"]


def _take(children: Children, key: Any) -> tuple[Any, ...]:
    return children.pop(key, ([], ()))[1]


def _orphans(rows: list[Row], column: str, value: object, sheet: str, findings: Findings) -> None:
    title = SHEET_BY_NAME[sheet].title(findings.words.lang)
    for row in rows:
        if row[column] and not findings.at(row.place(column)):
            problem, mend = (
                "There is no such record on the sheet {sheet}.",
                "Add it to {sheet} or correct it here.",
            )
            findings.error(row.place(column), value, problem, mend, sheet=title)


def _penalty(row: Row) -> LatePenalty | None:
    rate, cap = row["late_penalty_rate"], row["late_penalty_cap"]
    return None if rate is None and cap is None else LatePenalty(rate or 0.0, cap or 0.0)


def _opportunities(tables: Tables, payments: Children, findings: Findings) -> tuple[Opportunity, ...]:
    work = _children(tables["option_work"], lambda row: (row["opportunity"], row["option"]), Work)
    options: dict[str, list[Option]] = {}
    option_rows = group(tables["options"], "opportunity")
    for (opportunity,), rows in option_rows.items():
        options[opportunity] = [
            _make(Option, row, work=_take(work, (opportunity, row["id"]))) for row in rows
        ]
    for (_, option), (rows, _) in work.items():
        _orphans(rows, "option", option, "options", findings)
    for row in tables["opportunities"] if tables["accounts"] else ():
        if not row["account"] and not findings.at(row.place("account")):
            problem, mend = "The customer is not named.", "Fill in the account, if it is known."
            findings.warn(row.place("account"), row["id"], problem, mend)
    made = tuple(
        _make(
            Opportunity,
            row,
            options=tuple(options.pop(row["id"], ())),
            payments=_take(payments, ("opportunity", row["id"])),
            late_penalty=_penalty(row),
        )
        for row in tables["opportunities"]
    )
    for opportunity in options:
        _orphans(option_rows[opportunity,], "opportunity", opportunity, "opportunities", findings)
    return made


def _accounts(tables: Tables, findings: Findings) -> tuple[Account, ...]:
    courses = _children(tables["courses"], lambda row: row["account"], Course)
    made = tuple(_make(Account, row, courses=_take(courses, row["id"])) for row in tables["accounts"])
    for name, (rows, _) in courses.items():
        _orphans(rows, "account", name, "accounts", findings)
    return made


def _projects(tables: Tables, payments: Children, findings: Findings) -> tuple[Project, ...]:
    work = _children(tables["project_work"], lambda row: row["project"], Work)
    modes = _children(tables["project_modes"], lambda row: row["project"], ProjectMode)
    made = tuple(
        _make(
            Project,
            row,
            work=_take(work, row["id"]),
            modes=_take(modes, row["id"]),
            payments=_take(payments, ("project", row["id"])),
            late_penalty=_penalty(row),
        )
        for row in tables["projects"]
    )
    for name, (rows, _) in [*work.items(), *modes.items()]:
        _orphans(rows, "project", name, "projects", findings)
    return made


def _resource(row: Row, findings: Findings) -> Resource:
    known = row["hours_known"]
    if row["hours_per_week"] is None and known is None:
        known = False
        if not findings.at(row.place("hours_per_week")):
            findings.warn(
                row.place("hours_per_week"),
                row["id"],
                "No hours are stated; 40 a week stand in.",
                "Fill in hours_per_week.",
            )
    return _make(Resource, row, **({} if known is None else {"hours_known": known}))


def _goal(row: Row, frame: Frame) -> Goal:
    """Money in a goal is written in major units and kept in minor ones."""
    digits = minor_digits(frame.currency)
    target, weight = (Decimal(repr(row[name])) for name in ("target", "weight"))
    if row["measure"] in ("revenue", "margin"):
        target = target.scaleb(digits)
    else:
        weight = weight.scaleb(digits)
    return _make(Goal, row, target=float(target), weight=float(weight))


def _calendars(tables: Tables, findings: Findings) -> tuple[Calendar, ...]:
    days = group(tables["holidays"], "calendar")
    made = []
    for row in tables["calendars"]:
        own = days.pop((row["id"],), [])
        shares = tuple(
            (1.0 if n < 5 else 0.0) if row[day] is None else row[day] for n, day in enumerate(WEEKDAYS)
        )
        if not any(shares):
            findings.error(
                row.place("monday"), "", "No day of the week is worked.", "Give one day a share above 0."
            )
            shares = (1.0,) * 7
        closed, opened = (
            tuple(day["day"] for day in own if (day["kind"] or "closed") == kind)
            for kind in ("closed", "opened")
        )
        made.append(_make(Calendar, row, weekdays=shares, closed=closed, opened=opened))
    for (name,), rows in days.items():
        _orphans(rows, "calendar", name, "calendars", findings)
    return tuple(made)
