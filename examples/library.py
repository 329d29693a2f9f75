"""Pursuit as a library: a firm in a few lines, its plan, its decisions. Run: python -m examples.library"""

from datetime import date

from pursuit.domain import Company, Opportunity, Option, Resource, Work
from pursuit.planning import Settings, make_plan, verify_plan
from pursuit.units import Money

DEALS = ((90_000, 0.6, 420), (70_000, 0.5, 300), (150_000, 0.2, 900), (30_000, 0.8, 260), (12_000, 0.4, 400))


def main() -> None:
    deals = (
        Opportunity(
            f"O{n}",
            account="",
            name=f"Deal {n}",
            amount=Money.of(amount, "USD"),
            win_probability=chance,
            options=(Option("standard", work=(Work("MC", hours, weeks=4),)),),
        )
        for n, (amount, chance, hours) in enumerate(DEALS, start=1)
    )
    mill = Resource("MC", "Machining", hours_per_week=80, hourly_cost=Money.of(45, "USD"))
    company = Company("A small shop", "USD", date(2026, 3, 2), (mill,), tuple(deals))
    plan = make_plan(company, Settings(weeks=13, work_limit=200))
    verify_plan(plan, company)
    for row in plan["decisions"]:
        print(row["name"], row["decision"], f"effect {row['effect'] / 100:+,.0f} USD", row["reasons"][0])


if __name__ == "__main__":
    main()
