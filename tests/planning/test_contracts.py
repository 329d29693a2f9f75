"""Call-offs of a contract in a whole plan: hours in the right weeks, money in the right months, nothing twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from typing import Any

import pytest

from pursuit.domain import (
    Account,
    Company,
    Contract,
    Finance,
    Operation,
    Opportunity,
    PaymentMilestone,
    Product,
    Resource,
    Routing,
)
from pursuit.planning import Settings, check_plan, make_plan
from pursuit.units import Money

MONDAY = date(2026, 3, 2)
QUICK = Settings(weeks=13, scenarios=16, fresh=16, work_limit=20, detailed=1, lang="en")
CALLED = ("K@2026-03-20", "K@2026-04-17", "K@2026-05-15")


def won(amount: int) -> Money:
    return Money(amount, "KRW")


def firm(**more: Any) -> Company:
    contract = Contract(
        id="K", account="A", product="P", unit_price=won(1_000_000), starts=date(2026, 1, 23),
        ends=date(2026, 8, 31), quantity=80.0, called=20.0, minimum=50.0,
        payments=(PaymentMilestone("delivery", 1.0, 7),),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "resources": (Resource("MC", "Machining", hours_per_week=40.0), Resource("IDLE", "Idle")),
        "opportunities": (Opportunity("O", "A", amount=won(1_000), win_probability=0.0),),
        "accounts": (Account("A", "Customer", default_probability=0.0),),
        "products": (Product("P", "Housing", material_share=0.4, routing="R", lead_time_weeks=3),),
        "routings": (Routing("R", (Operation("MC", "milling", 2.0, 1.0, 1),)),),
        "contracts": (contract,),
        "finance": Finance(won(0), won(0), won(10**9), won(0)),
    }
    return Company("Firm", "KRW", MONDAY, **fields | more)


@cache
def plan_of(contracts: bool = True, lang: str = "en") -> dict[str, Any]:
    company = firm() if contracts else firm(contracts=())
    return make_plan(company, replace(QUICK, lang=lang))


def test_the_checker_accepts_it() -> None:
    """A plan with call-offs has no problem, and names each one with what it is."""
    plan = plan_of()
    assert check_plan(plan, firm()) == ()
    assert tuple(row["project"] for row in plan["projects"]) == CALLED
    assert [row["mode"] for row in plan["projects"]] == ["as_planned"] * 3
    assert "Call-off under contract K: 10 of Housing expected" in plan["projects"][0]["reasons"][0]
    assert "단가계약 K 발주분" in plan_of(lang="ko")["projects"][0]["reasons"][0]


def test_hours_fall_on_the_right_resource_and_weeks() -> None:
    """Each call-off loads its machine with setup and units, between its release and its due week; nothing else."""
    rows = plan_of()["schedule"]
    assert {row["work_center"] for row in rows} == {"MC"}
    placed = {row["order"]: row for row in rows}
    assert {order: row["hours"] for order, row in placed.items()} == pytest.approx(dict.fromkeys(CALLED, 12))
    for order, row in placed.items():
        due = date.fromisoformat(order.partition("@")[2])
        weeks = [date.fromisoformat(entry["week"]) for entry in row["weeks"]]
        assert all(0 <= (due - week).days < 28 for week in weeks)
    committed = [row for row in plan_of()["allocation"] if row["committed"] > 0]
    assert {row["resource"] for row in committed} == {"MC"}
    assert sum(row["committed"] for row in committed) == pytest.approx(36, abs=0.1)


def test_money_comes_and_goes_by_month() -> None:
    """Each month brings 10 pieces at 1M, paid a week after delivery, less 40 % for material in the weeks before."""
    balance = {row["month"]: row["expected"] for row in plan_of()["cash"]}
    without = {row["month"]: row["expected"] for row in plan_of(contracts=False)["cash"]}
    gained = [balance[month] - without[month] for month in sorted(balance)]
    assert gained == pytest.approx([2_000_000 + 4_000_000, 12_000_000, 18_000_000], abs=4_000_001)
    assert gained[-1] == pytest.approx(3 * 6_000_000)


def test_the_uncertainty_is_said() -> None:
    """What the customer promised of the expected units stands among the things a reader must know."""
    assert any("50% of it is promised" in text for text in plan_of()["fallbacks"])
    assert not any("Call-offs" in text for text in plan_of(contracts=False)["fallbacks"])


@pytest.mark.parametrize("fault", ["left out", "another day", "too much work", "before its release"])
def test_the_checker_finds_what_is_wrong(fault: str) -> None:
    """A call-off that is missing, moved, inflated or begun too early is refused."""
    plan = json.loads(json.dumps(plan_of()))
    row = next(row for row in plan["schedule"] if row["order"] == CALLED[2])
    if fault == "left out":
        plan["projects"].pop()
    elif fault == "another day":
        plan["projects"][0]["due"] = "2026-03-27"
    elif fault == "too much work":
        row["hours"] += 5
        row["weeks"][0]["hours"] += 5
    else:
        row["weeks"][0]["week"] = row["start"] = "2026-03-02"
    assert check_plan(plan, firm())
