"""A Company as rows of the input's sheets: the reading turned round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import fields
from decimal import Decimal
from typing import Any

from pursuit.domain import Company, Goal, LatePenalty, PaymentMilestone, Resource
from pursuit.intake.records.build import WEEKDAYS
from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.units import Calendar, Money, minor_digits

Cells = dict[str, Any]

_SAME = (
    "segments",
    "needs",
    "products",
    "technologies",
    "investments",
    "limits",
    "quotes",
    "statements",
    "invoices",
    "deliveries",
    "rates",
    "accounts",
    "grades",
)


def flatten(company: Company) -> dict[str, list[Cells]]:
    """Rows by sheet name; values are those of the domain, money as Money."""
    rows: dict[str, list[Cells]] = {sheet.name: [] for sheet in SHEETS}
    frame = ("name", "currency", "as_of", "vat_rate")
    rows["company"] = [{name: getattr(company, name) for name in frame}]
    for name in _SAME:
        rows[name] = [_cells(record) for record in getattr(company, name)]
    rows["resources"] = [_resource(resource) for resource in company.resources]
    rows["goals"] = [_goal(goal, company.currency) for goal in company.goals]
    rows["finance"] = [_cells(company.finance)] if company.finance else []
    rows["notes"] = [{"text": note} for note in company.notes]
    for account in company.accounts:
        rows["courses"] += _children(account.courses, account=account.id)
    for routing in company.routings:
        rows["routings"] += _children(routing.operations, id=routing.id)
    for calendar in company.calendars:
        rows["calendars"].append(_calendar(calendar))
        for kind, days in (("closed", calendar.closed), ("opened", calendar.opened)):
            rows["holidays"] += [{"calendar": calendar.id, "day": day, "kind": kind} for day in days]
    _opportunities(company, rows)
    _projects(company, rows)
    for contract in company.contracts:
        rows["contracts"].append(_cells(contract) | _penalty(contract.late_penalty))
        rows["payments"] += _payments("contract", contract.id, contract.payments)
    for sheet in SHEETS:
        if any(column.name == "currency" for column in sheet.columns) and sheet.name not in (
            "company",
            "statements",
        ):
            for cells in rows[sheet.name]:
                cells["currency"] = _row_currency(cells)
    return rows


def _cells(record: object) -> Cells:
    return {f.name: getattr(record, f.name) for f in fields(record)}  # type: ignore[arg-type]


def _children(records: Iterable[object], **parent: str) -> Iterator[Cells]:
    for record in records:
        yield parent | _cells(record)


def _row_currency(cells: Cells) -> str:
    """The one currency of a row's sums; empty when there is none, or several that name themselves."""
    codes = {value.currency for value in cells.values() if isinstance(value, Money)}
    return codes.pop() if len(codes) == 1 else ""


def _penalty(penalty: LatePenalty | None) -> Cells:
    return {"late_penalty_rate": penalty.rate_per_day, "late_penalty_cap": penalty.cap} if penalty else {}


def _payments(kind: str, record: str, payments: tuple[PaymentMilestone, ...]) -> Iterator[Cells]:
    return _children(payments, of=kind, id=record)


def _opportunities(company: Company, rows: dict[str, list[Cells]]) -> None:
    for opportunity in company.opportunities:
        rows["opportunities"].append(_cells(opportunity) | _penalty(opportunity.late_penalty))
        rows["options"] += _children(opportunity.options, opportunity=opportunity.id)
        rows["payments"] += _payments("opportunity", opportunity.id, opportunity.payments)
        for option in opportunity.options:
            rows["option_work"] += _children(option.work, opportunity=opportunity.id, option=option.id)


def _projects(company: Company, rows: dict[str, list[Cells]]) -> None:
    for project in company.projects:
        rows["projects"].append(_cells(project) | _penalty(project.late_penalty))
        rows["project_work"] += _children(project.work, project=project.id)
        rows["project_modes"] += _children(project.modes, project=project.id)
        rows["payments"] += _payments("project", project.id, project.payments)


def _resource(resource: Resource) -> Cells:
    return _cells(resource) | {"hours_known": None if resource.hours_known else False}


def _goal(goal: Goal, currency: str) -> Cells:
    """Money in major units, exactly."""
    digits = minor_digits(currency)
    target, weight = Decimal(repr(goal.target)), Decimal(repr(goal.weight))
    if goal.measure in ("revenue", "margin"):
        target = target.scaleb(-digits)
    else:
        weight = weight.scaleb(-digits)
    return _cells(goal) | {"target": target, "weight": weight}


def _calendar(calendar: Calendar) -> Cells:
    return {"id": calendar.id, "country": calendar.country} | dict(
        zip(WEEKDAYS, calendar.weekdays, strict=True)
    )
