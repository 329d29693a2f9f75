"""Every kind of contradiction in a firm's records is found, and the fault names its record and column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from pursuit.domain import (
    Company,
    Course,
    Operation,
    Opportunity,
    Option,
    PaymentMilestone,
    ProjectMode,
    Resource,
    Work,
)
from pursuit.domain.validation import SHEETS_WITH_IDS
from pursuit.errors import CompanyError, Fault
from pursuit.units import Money

Changed = Callable[..., Company]
DOLLARS = Money(100, "USD")

NOWHERE: list[tuple[str, dict[str, Any], str]] = [
    ("resources", {"calendar": "X"}, "MC · calendar"),
    ("accounts", {"segment": "X"}, "A1 · segment"),
    ("accounts", {"needs": ("N1", "X")}, "A1 · needs"),
    ("accounts", {"courses": (Course("grow", {"X": 1.0}),)}, "A1 · courses"),
    ("segments", {"needs": ("X",)}, "S1 · needs"),
    ("needs", {"technology": "X"}, "N1 · technology"),
    ("routings", {"operations": (Operation("X"),)}, "R1 · work_center"),
    ("products", {"routing": "X"}, "P1 · routing"),
    ("products", {"technologies": ("X",)}, "P1 · technologies"),
    ("products", {"effort": {"X": 1.0}}, "P1 · effort"),
    ("opportunities", {"account": "X"}, "O1 · account"),
    ("opportunities", {"product": "X"}, "O1 · product"),
    ("opportunities", {"segment": "X"}, "O1 · segment"),
    ("opportunities", {"strategic": {"X": 1.0}}, "O1 · strategic"),
    ("opportunities", {"options": (Option("a", effort={"X": 1.0}),)}, "O1/a · effort"),
    ("opportunities", {"options": (Option("a", work=(Work("X", 1.0),)),)}, "O1/a · work"),
    ("opportunities", {"options": (Option("a", technologies=("X",)),)}, "O1/a · technologies"),
    ("projects", {"account": "X"}, "J1 · account"),
    ("projects", {"work": (Work("X", 1.0),)}, "J1 · work"),
    ("contracts", {"account": "X"}, "K1 · account"),
    ("contracts", {"product": "X"}, "K1 · product"),
    ("investments", {"capacity": {"X": 1.0}}, "I1 · capacity"),
    ("investments", {"effort": {"X": 1.0}}, "I1 · effort"),
    ("investments", {"technology": "X"}, "I1 · technology"),
    ("quotes", {"opportunity": "X"}, "X · opportunity"),
    ("statements", {"account": "X"}, "X · account"),
    ("invoices", {"account": "X"}, "V1 · account"),
    ("deliveries", {"account": "X"}, "D1 · account"),
]

UNSOUND: list[tuple[str, dict[str, Any], str]] = [
    ("limits", {"id": " "}, "id"),
    ("resources", {"kind": "robot"}, "MC · kind"),
    ("resources", {"hours_per_week": -1.0}, "MC · hours_per_week"),
    ("resources", {"hours_per_week": float("nan")}, "MC · hours_per_week"),
    ("resources", {"overtime_hours": -1.0}, "MC · overtime_hours"),
    ("resources", {"subcontract_share": 1.1}, "MC · subcontract_share"),
    ("accounts", {"relationship": 1.2}, "A1 · relationship"),
    ("accounts", {"default_probability": -0.1}, "A1 · default_probability"),
    ("accounts", {"courses": (Course("dump"),)}, "A1 · courses"),
    ("accounts", {"courses": (Course("keep", retention=2.0),)}, "A1 · retention"),
    ("products", {"material_share": 1.5}, "P1 · material_share"),
    ("opportunities", {"win_probability": 45.0}, "O1 · win_probability"),
    ("opportunities", {"quantity": -1.0}, "O1 · quantity"),
    ("opportunities", {"payments": (PaymentMilestone("order", 0.9),)}, "O1 · payments"),
    ("opportunities", {"payments": (PaymentMilestone("later", 1.0),)}, "O1 · payments"),
    ("opportunities", {"closed": date(2025, 12, 31)}, "O1 · closed"),
    ("opportunities", {"amount": None, "product": "", "options": ()}, "O1 · amount"),
    ("opportunities", {"pinned": "express"}, "O1 · pinned"),
    ("opportunities", {"options": (Option("a", win_probability=1.1),)}, "O1/a · win_probability"),
    ("opportunities", {"options": (Option("a", work=(Work("MC", -1.0),)),)}, "O1/a · hours"),
    ("opportunities", {"options": (Option("a", work=(Work("MC", 1.0, weeks=0),)),)}, "O1/a · weeks"),
    ("projects", {"work": (Work("MC", float("inf")),)}, "J1 · hours"),
    ("opportunities", {"likelihood": "hot"}, "O1 · likelihood"),
    ("grades", {"probability": 1.5}, "A · probability"),
    ("contracts", {"called": 130.0}, "K1 · called"),
    ("contracts", {"minimum": 130.0}, "K1 · minimum"),
    ("contracts", {"every_weeks": 0}, "K1 · every_weeks"),
    ("contracts", {"ends": date(2026, 1, 4)}, "K1 · ends"),
    ("contracts", {"payments": (PaymentMilestone("order", 0.9),)}, "K1 · payments"),
    ("projects", {"payments": (PaymentMilestone("order", 1.1),)}, "J1 · payments"),
    ("projects", {"modes": (ProjectMode("faster"),)}, "J1 · modes"),
    ("investments", {"kind": "house"}, "I1 · kind"),
    ("goals", {"measure": "fame"}, "G1 · measure"),
    ("invoices", {"paid": date(2025, 12, 31)}, "V1 · paid"),
]


def sheet_of(sheet: str, column: str) -> str:
    """Options have a sheet of their own, and are named deal/option."""
    return "options" if "/" in column else sheet


def faults_of(make: Callable[[], Company]) -> tuple[Fault, ...]:
    with pytest.raises(CompanyError) as caught:
        make()
    return caught.value.faults


@pytest.mark.parametrize(("sheet", "fields", "column"), NOWHERE)
def test_names_that_lead_nowhere(changed: Changed, sheet: str, fields: dict[str, Any], column: str) -> None:
    """A name no record has is the one fault, said at the record that uses it, with the name itself."""
    (fault,) = faults_of(lambda: changed(sheet, **fields))
    assert (fault.sheet, fault.column, fault.value) == (sheet_of(sheet, column), column, "X")
    assert fault.mend


@pytest.mark.parametrize(("sheet", "fields", "column"), UNSOUND)
def test_values_that_cannot_be(changed: Changed, sheet: str, fields: dict[str, Any], column: str) -> None:
    """A value out of range, an unknown word, dates in the wrong order: one fault at the right record."""
    (fault,) = faults_of(lambda: changed(sheet, **fields))
    assert (fault.sheet, fault.column) == (sheet_of(sheet, column), column)
    assert fault.problem
    assert fault.mend


def test_a_deal_is_open_won_or_lost(company: Company) -> None:
    """Another word for an outcome is a fault of its own."""
    deal = replace(company.opportunities[1], outcome="maybe")
    (fault,) = faults_of(lambda: replace(company, opportunities=(company.opportunities[0], deal)))
    assert (fault.sheet, fault.column, fault.value) == ("opportunities", "O2 · outcome", "maybe")


@pytest.mark.parametrize(
    "sheet",
    sorted(SHEETS_WITH_IDS),
)
def test_no_id_stands_twice(company: Company, sheet: str) -> None:
    """Two records of a sheet with one id are a fault."""
    records = getattr(company, sheet)
    faults = faults_of(lambda: replace(company, **{sheet: (*records, records[0])}))
    assert {(f.sheet, f.value, f.problem) for f in faults} == {
        (sheet, records[0].id, "This id stands twice.")
    }


def test_no_option_stands_twice_in_a_deal(company: Company, changed: Changed) -> None:
    """Two options of one deal need two names; other deals may use the same ones."""
    (fault,) = faults_of(lambda: changed("opportunities", options=(Option("a"), Option("b"), Option("a"))))
    assert (fault.sheet, fault.column, fault.value) == ("options", "O1/a · id", "a")
    twin = replace(company.opportunities[0], id="O3")
    assert len(replace(company, opportunities=(*company.opportunities, twin)).open_opportunities) == 2


def test_something_to_do_it_with_and_something_to_decide() -> None:
    """A firm without resources or without an open opportunity is no input for a plan."""
    faults = faults_of(lambda: Company("Empty", "KRW", date(2026, 3, 2), (), ()))
    assert [fault.sheet for fault in faults] == ["resources", "opportunities"]


@pytest.mark.parametrize(
    ("sheet", "fields"),
    [
        ("resources", {"overtime_cost": DOLLARS}),
        ("opportunities", {"amount": DOLLARS}),
        ("opportunities", {"options": (Option("a", price=DOLLARS),)}),
        ("accounts", {"credit_limit": DOLLARS}),
        ("accounts", {"courses": (Course("keep", cost=DOLLARS),)}),
        ("segments", {"trust_value": DOLLARS}),
        ("products", {"list_price": DOLLARS}),
        ("projects", {"amount": DOLLARS}),
        ("investments", {"weekly_cost": DOLLARS}),
        ("limits", {"exposure": DOLLARS}),
        ("invoices", {"net_amount": DOLLARS}),
        ("quotes", {"net_amount": DOLLARS}),
    ],
)
def test_foreign_money_needs_a_rate(company: Company, changed: Changed, sheet: str, fields: Any) -> None:
    """An amount in another currency is a fault without a rate, wherever it stands, and none with one."""
    assert changed(sheet, **fields).rates
    (fault,) = faults_of(lambda: replace(changed(sheet, **fields), rates=()))
    assert (fault.sheet, fault.column.split(" · ")[-1], fault.value) == (sheet, "currency", "USD")


def test_the_firms_own_cash_is_in_its_currency(company: Company) -> None:
    """Cash in a foreign currency is refused even where a rate is known."""
    assert company.finance is not None
    foreign = replace(company.finance, floor=DOLLARS)
    (fault,) = faults_of(lambda: replace(company, finance=foreign))
    assert (fault.sheet, fault.value) == ("finance", "USD")


def test_all_faults_come_at_once(company: Company) -> None:
    """Three unrelated faults are told together."""
    first, *rest = company.opportunities
    faults = faults_of(
        lambda: replace(
            company,
            opportunities=(replace(first, win_probability=2.0, product="X"), *rest),
            resources=(replace(company.resources[0], kind="robot"), company.resources[1]),
        )
    )
    assert {fault.column for fault in faults} == {"MC · kind", "O1 · win_probability", "O1 · product"}


def test_two_sheets_are_enough() -> None:
    """Without sheets on accounts, products or segments, their names in a deal are labels, not faults."""
    deal = Opportunity("O", "Somebody", product="Thing", segment="Kind", amount=Money(1, "KRW"))
    firm = Company("Small", "KRW", date(2026, 3, 2), (Resource("R", "Bench"),), (deal,))
    assert firm.open_opportunities == (deal,)
