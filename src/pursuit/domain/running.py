"""All work the firm is bound to: projects under way, and the call-offs expected of contracts."""

from __future__ import annotations

from datetime import date, timedelta

from pursuit.domain.company import Company
from pursuit.domain.contract import Contract
from pursuit.domain.offers import material_of, routed
from pursuit.domain.operations import Project
from pursuit.units import Money

SPARE_WEEKS = 2
"""Weeks between the usual length of the work and the lead time where the product names none."""


def running_work(company: Company, end: date) -> tuple[Project, ...]:
    """Projects, then the call-offs due before ``end`` as projects of their own, in the order of their contracts."""
    called = (call for contract in company.contracts for call in call_offs(company, contract))
    return (*company.projects, *(call for call in called if call.due < end))


def contract_of(company: Company, work_id: str) -> Contract | None:
    """The contract of which a piece of running work is a call-off; None for a project."""
    name, at, _ = work_id.rpartition("@")
    return next((contract for contract in company.contracts if at and contract.id == name), None)


def call_days(contract: Contract, as_of: date) -> tuple[date, ...]:
    """Days after ``as_of`` on which a contract's call-offs fall due: from its start at its rhythm until its end."""
    step = timedelta(weeks=contract.every_weeks)
    passed = max((as_of - contract.starts).days // step.days + 1, 0)
    days, day = [], contract.starts + passed * step
    while day <= contract.ends:
        days.append(day)
        day += step
    return tuple(days)


def call_offs(company: Company, contract: Contract) -> tuple[Project, ...]:
    """The call-offs still expected of a contract, its remaining units spread evenly over their days.

    Each is named ``contract@day`` and can be begun no earlier than its lead time before that day.
    """
    days = call_days(contract, company.as_of)
    if not days or contract.remaining <= 0:
        return ()
    units = contract.remaining / len(days)
    product = company.product_by_id.get(contract.product)
    price = contract.unit_price * units
    work = routed(company, contract.product, units)
    usual = sum({piece.step: piece.weeks for piece in work}.values()) + SPARE_WEEKS
    lead = timedelta(weeks=(product.lead_time_weeks if product else None) or usual)
    name = contract.name or (product.name if product else contract.product)
    material = Money(material_of(company, contract.product, company.home(price), units), company.currency)
    return tuple(
        Project(
            id=f"{contract.id}@{day.isoformat()}",
            name=f"{name} · {day.isoformat()}",
            account=contract.account,
            due=day,
            amount=price,
            work=work,
            late_penalty=contract.late_penalty,
            payments=contract.payments,
            release=day - lead,
            material_cost=material,
        )
        for day in days
    )
