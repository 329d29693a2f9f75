"""What the shop floor really schedules passes the rules for schedules, with hours shown rounded."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from pursuit.domain import Company, Opportunity, Option, Project, Resource, Work, offers_of
from pursuit.planning.checks.case import Case
from pursuit.planning.checks.schedule import load_problems, row_problems, step_problems, work_problems
from pursuit.scheduling import FloorProblem, carry_out, rows_of
from pursuit.units import Money, WeekAxis

RULES = (row_problems, load_problems, work_problems, step_problems)
AXIS = WeekAxis(date(2026, 3, 2), 16)
RESOURCES = ("R0", "R1", "R2")


def random_work(rng: np.random.Generator) -> tuple[Work, ...]:
    """One to four pieces of work, some side by side, some twice on a resource."""
    steps = np.sort(rng.integers(1, 4, rng.integers(1, 5)))
    return tuple(
        Work(str(rng.choice(RESOURCES)), float(rng.uniform(0.5, 120)), int(step), name=f"op{n % 2}")
        for n, step in enumerate(steps)
    )


def random_company(rng: np.random.Generator) -> Company:
    """Three resources, five projects and eight deals."""
    price = Money(1_000_000, "KRW")
    return Company(
        name="무작위 가상 공업",
        currency="KRW",
        as_of=AXIS.start,
        resources=tuple(
            Resource(name, name, hours_per_week=80, overtime_hours=16, overtime_cost=price)
            for name in RESOURCES
        ),
        opportunities=tuple(
            Opportunity(f"O{n}", "A", amount=price, options=(Option("standard", work=random_work(rng)),))
            for n in range(8)
        ),
        projects=tuple(
            Project(
                f"P{n}", f"P{n}", "A", AXIS.friday(int(rng.integers(1, 20))), price, work=random_work(rng)
            )
            for n in range(5)
        ),
    )


def scheduled(company: Company, rng: np.random.Generator) -> tuple[dict[str, Any], FloorProblem]:
    """The parts of a plan that the rules read: projects loaded whole, deals by their chance."""
    works = {project.id: project.work for project in company.projects}
    works |= {opp.id: offers_of(company, opp)[0].work for opp in company.open_opportunities}
    pieces = [(order, piece) for order, work in enumerate(works.values()) for piece in work]
    due = [AXIS.index(project.due) for project in company.projects] + [12] * 8
    hours = np.full((3, AXIS.weeks), 80.0)
    problem = FloorProblem(
        start=AXIS.start,
        capacity=hours,
        overtime=hours / 5,
        order_ids=tuple(works),
        release=np.concatenate([np.zeros(5), rng.integers(0, 8, 8)]),
        due=due,
        weight=np.ones(13),
        firm=np.arange(13) < 5,
        op_order=[order for order, _ in pieces],
        op_resource=[RESOURCES.index(piece.resource) for _, piece in pieces],
        op_hours=[piece.hours for _, piece in pieces],
        op_rate=np.full(len(pieces), 60.0),
        op_step=[piece.step for _, piece in pieces],
    )
    schedule = carry_out(problem, np.where(problem.firm, 1.0, rng.uniform(0.1, 0.9, 13)))
    rows = [
        {
            "order": row.order,
            "operation": pieces[row.op][1].name,
            "work_center": RESOURCES[row.resource],
            "start": AXIS.monday(row.first).isoformat(),
            "end": AXIS.friday(row.last).isoformat(),
            "hours": row.hours,
            "firm": row.firm,
            "due": company.projects[int(row.order[1:])].due.isoformat() if row.firm else None,
            "late": row.late,
            "weeks": [{"week": AXIS.monday(week).isoformat(), "hours": hours} for week, hours in row.weeks],
        }
        for row in rows_of(problem, schedule, 1)
    ]
    finishes = [
        AXIS.friday(week).isoformat() if week < AXIS.weeks else None for week in schedule.finish.tolist()
    ]
    plan = {
        "horizon": {"start": AXIS.start.isoformat(), "weeks": AXIS.weeks, "end": AXIS.end.isoformat()},
        "decisions": [
            {"opportunity": opp.id, "decision": "pursue", "option": "standard"}
            for opp in company.open_opportunities
        ],
        "projects": [
            {"project": project.id, "mode": "as_planned", "finish": finish}
            for project, finish in zip(company.projects, finishes, strict=False)
        ],
        "allocation": [
            {"resource": name, "week": AXIS.monday(week).isoformat(), "capacity": 80.0}
            for name in RESOURCES
            for week in range(AXIS.weeks)
        ],
        "schedule": rows,
    }
    return plan, problem


@pytest.mark.parametrize("seed", range(40))
def test_real_schedules_pass(seed):
    """Loaded by the floor, rounded to a tenth of an hour, written as rows: no rule complains."""
    rng = np.random.default_rng(seed)
    company = random_company(rng)
    plan, problem = scheduled(company, rng)
    assert len(plan["schedule"]) > 0.5 * len(problem.op_hours)
    case = Case(plan, company)
    assert [told for rule in RULES for told in rule(case)] == []
