"""A firm with one scarce machine, for what-ifs and re-plans: eight deals, two investments, a goal, a limit, cash."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cache

from pursuit.domain import (
    Account,
    Company,
    Finance,
    Goal,
    Investment,
    Limit,
    Opportunity,
    Option,
    Resource,
    Technology,
    Work,
)
from pursuit.planning import Settings
from pursuit.planning.basis import Basis, Solved, solved
from tests.planning.firms import MONDAY, won

SETTINGS = Settings(weeks=13, scenarios=20, fresh=0, work_limit=120, risk_aversion=0.3, seconds=None)


def deal(n: int, amount: float, hours: float, chance: float, *, technology: str = "") -> Opportunity:
    """A deal on the machine, decided next week, wanted ten weeks on; a cheap and a dear offer."""
    return Opportunity(
        f"O{n}",
        f"A{n % 3}",
        name=f"Deal {n}",
        amount=won(amount),
        expected_close=MONDAY + timedelta(days=7),
        requested_date=MONDAY + timedelta(days=70),
        options=tuple(
            Option(
                name,
                price=won(amount * price),
                material_cost=won(amount * 0.3),
                win_probability=chance * likely,
                effort={"SAL": 6.0},
                work=(Work("MC", hours, 1, 4), Work("ASM", hours / 4, 2, 2)),
                technologies=(technology,) if technology else (),
            )
            for name, price, likely in (("base", 1.0, 1.0), ("dear", 1.15, 0.75))
        ),
    )


@cache
def tight_firm() -> Company:
    """About twice the machine's hours, if all deals were won."""
    amounts, hours = (60, 50, 45, 40, 38, 30, 25), (150, 120, 140, 90, 160, 70, 90)
    chances = (0.7, 0.6, 0.5, 0.8, 0.6, 0.5, 0.7)
    deals = [deal(n, a * 1e6, h, c) for n, (a, h, c) in enumerate(zip(amounts, hours, chances, strict=True))]
    deals.append(deal(7, 70e6, 60, 0.7, technology="T"))
    return Company(
        name="빠듯",
        currency="KRW",
        as_of=MONDAY,
        resources=(
            Resource("MC", "Machining", hours_per_week=30, headcount=2, hourly_cost=won(20_000)),
            Resource("ASM", "Assembly", hours_per_week=40, hourly_cost=won(20_000)),
            Resource("SAL", "Sales", kind="people", hours_per_week=40, headcount=1),
        ),
        opportunities=tuple(deals),
        accounts=tuple(Account(f"A{n}", f"고객 {n}", sector="기계") for n in range(3)),
        technologies=(Technology("T", "Coating"),),
        investments=(
            Investment("I-T", "Coating line", "technology", won(8e6), lead_weeks=1, technology="T"),
            Investment("I-MC", "Machine", "machine", won(300e6), lead_weeks=3, capacity={"MC": 20.0}),
        ),
        goals=(Goal("G", "Revenue", "revenue", 1e8, 0.02),),
        limits=(Limit("L", "", won(1e9)),),
        finance=Finance(won(5e7), won(1e7), won(0), won(2e6)),
    )


@cache
def tight_plan() -> Solved:
    """Its choice."""
    return solved(Basis.of(tight_firm(), SETTINGS))


def without_deal(company: Company, deal_id: str, outcome: str) -> Company:
    """The same firm after a deal was won or lost."""
    deals = tuple(
        replace(o, outcome=outcome, closed=company.as_of) if o.id == deal_id else o
        for o in company.opportunities
    )
    return replace(company, opportunities=deals)
