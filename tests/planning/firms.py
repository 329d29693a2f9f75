"""Small firms for planning tests: one cut from the demo, one drawn at random, one whose floor cannot follow."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np

from pursuit.demo import make_firm
from pursuit.domain import (
    Account,
    Company,
    Finance,
    Investment,
    LatePenalty,
    Opportunity,
    Option,
    Project,
    Resource,
    Technology,
    Work,
)
from pursuit.planning import Settings
from pursuit.units import Calendar, Money

MONDAY = date(2026, 3, 2)
QUICK = Settings(weeks=13, scenarios=32, fresh=32, work_limit=100, detailed=6, lang="en")


def won(amount: float) -> Money:
    return Money(int(amount), "KRW")


@cache
def small_demo() -> Company:
    return make_firm(3, accounts=24, open_deals=24, closed_deals=80).company


def random_firm(seed: int) -> Company:
    """Resources and deals at random, with whatever else happens to be there."""
    rng = np.random.default_rng(seed)
    resources = tuple(
        Resource(
            f"R{r}",
            f"Resource {r}",
            kind=str(rng.choice(["work_center", "people"])),
            hours_per_week=float(rng.integers(0, 120)),
            hourly_cost=won(20_000) if rng.random() < 0.7 else None,
            overtime_hours=12.0,
            overtime_cost=won(35_000) if rng.random() < 0.6 else None,
            subcontract_cost=won(60_000) if rng.random() < 0.5 else None,
            calendar="KR" if rng.random() < 0.5 else "",
        )
        for r in range(rng.integers(1, 4))
    )
    names = [resource.id for resource in resources]

    def work() -> tuple[Work, ...]:
        return tuple(
            Work(str(rng.choice(names)), float(rng.integers(0, 90)), step, int(rng.integers(1, 4)))
            for step in range(1, int(rng.integers(1, 4)))
        )

    deals = []
    for n in range(rng.integers(1, 8)):
        amount = float(rng.integers(1, 400)) * 1e6
        options = tuple(
            Option(
                f"v{k}",
                price=won(amount * (1 + 0.1 * k)),
                material_cost=won(amount * 0.4),
                win_probability=float(rng.uniform(0, 1)) if rng.random() < 0.7 else None,
                effort={str(rng.choice(names)): float(rng.integers(1, 20))} if rng.random() < 0.6 else {},
                work=work(),
                technologies=("T",) if rng.random() < 0.2 else (),
                lead_time_weeks=int(rng.integers(1, 12)) if rng.random() < 0.5 else None,
            )
            for k in range(rng.integers(0, 3))
        )
        deals.append(
            Opportunity(
                f"O{n}",
                f"A{rng.integers(3)}",
                amount=won(amount),
                options=options,
                decide_by=MONDAY + timedelta(days=int(rng.integers(-20, 80))) if rng.random() < 0.7 else None,
                requested_date=MONDAY + timedelta(days=int(rng.integers(-10, 300)))
                if rng.random() < 0.6
                else None,
                late_penalty=LatePenalty(0.001, 0.1) if rng.random() < 0.5 else None,
                pinned="decline" if rng.random() < 0.1 else "",
            )
        )
    return Company(
        name="임의",
        currency="KRW",
        as_of=MONDAY,
        resources=resources,
        opportunities=tuple(deals),
        accounts=tuple(Account(f"A{n}", f"고객 {n}", sector="기계") for n in range(3)),
        technologies=(Technology("T", "Coating"),),
        calendars=(Calendar("KR", "KR"),),
        investments=(Investment("I", "Coating line", "technology", won(5e7), lead_weeks=2, technology="T"),)
        if rng.random() < 0.5
        else (),
        projects=(Project("P", "Running", "A0", MONDAY + timedelta(days=30), won(5e7), work()),)
        if rng.random() < 0.5
        else (),
        finance=Finance(won(1e8), won(2e7), won(0), won(1e7)) if rng.random() < 0.5 else None,
    )


def congested_firm() -> Company:
    """A firm whose rates add up while its order of steps does not.

    Milling is taken by a project for eight weeks; finishing closes for good after week nine. By rates alone the deal's
    finishing hours fit into the early weeks; on the floor they can only follow its milling, which comes too late.
    """
    closed = tuple(MONDAY + timedelta(days=n) for n in range(9 * 7, 60 * 7))
    return Company(
        name="충돌",
        currency="KRW",
        as_of=MONDAY,
        calendars=(Calendar("ends", closed=closed),),
        resources=(
            Resource("MILL", "Milling", hours_per_week=40, hourly_cost=won(10_000)),
            Resource("FIN", "Finishing", hours_per_week=40, hourly_cost=won(10_000), calendar="ends"),
        ),
        accounts=(Account("A", "고객", sector="기계"),),
        projects=(
            Project("P", "Long job", "A", MONDAY + timedelta(days=60), won(9e8), (Work("MILL", 360, 1, 9),)),
        ),
        opportunities=(
            Opportunity(
                "O",
                "A",
                amount=won(2e8),
                expected_close=MONDAY + timedelta(days=3),
                requested_date=MONDAY + timedelta(days=21),
                options=(
                    Option(
                        "v",
                        material_cost=won(2e7),
                        win_probability=0.9,
                        work=(Work("MILL", 40, 1, 1), Work("FIN", 40, 2, 1)),
                    ),
                ),
            ),
        ),
    )
