"""A tiny firm and a complete plan for it, written by hand for the checker's tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from pursuit.domain import (
    Account,
    Company,
    Contract,
    Course,
    Finance,
    Goal,
    Investment,
    LatePenalty,
    Limit,
    Operation,
    Opportunity,
    Option,
    Product,
    Project,
    ProjectMode,
    Resource,
    Routing,
    Segment,
    Technology,
    Work,
)
from pursuit.units import Calendar, Money

AS_OF = date(2026, 3, 4)
START = date(2026, 3, 2)
WEEKS = 8
DEALS = 12


def won(amount: int) -> Money:
    return Money(amount, "KRW")


def tiny_company() -> Company:
    """Two resources, twelve open deals, two projects, three investments."""
    return Company(
        name="작은 가상 공업",
        currency="KRW",
        as_of=AS_OF,
        resources=(
            Resource(
                "MC",
                "가공",
                hours_per_week=120,
                overtime_hours=20,
                overtime_cost=won(9_000),
                subcontract_cost=won(50_000),
                calendar="KR",
            ),
            Resource("ASM", "조립", kind="people", hours_per_week=80, calendar="KR"),
        ),
        calendars=(Calendar("KR", "KR"),),
        segments=(Segment("S1", "장비"), Segment("S2", "로봇")),
        accounts=(
            Account("A1", "가", segment="S1", sector="machine", courses=(Course("grow"), Course("keep"))),
            Account("A2", "나", segment="S2", sector="machine"),
            Account("A3", "다", segment="S2", sector="energy"),
        ),
        technologies=(Technology("T1", "밀링", held=True), Technology("T2", "레이저")),
        routings=(Routing("R1", (Operation("MC", "mill", 2, 1.0), Operation("ASM", "fit", 0, 0.6))),),
        products=(Product("PR", "하우징", routing="R1", technologies=("T1",)), Product("BUY", "구매품")),
        contracts=(Contract("K1", "A2", "BUY", won(10_000), date(2026, 3, 20), date(2026, 4, 16), 100.0),),
        opportunities=(*(_deal(n) for n in range(1, DEALS + 1)), Opportunity("X1", "A1", outcome="lost")),
        projects=(
            Project(
                "P1",
                "진행 1",
                "A1",
                date(2026, 4, 10),
                won(50_000_000),
                modes=(ProjectMode("slower", 1, 1.1),),
                pinned="slower",
                work=(Work("MC", 40, 1, name="mill"), Work("ASM", 20, 2, name="fit")),
            ),
            Project(
                "P2", "진행 2", "A2", date(2026, 3, 18), won(80_000_000), work=(Work("MC", 400, name="turn"),)
            ),
        ),
        investments=(
            Investment("I1", "레이저 도입", "technology", won(30_000_000), technology="T2", starts=(0, 4)),
            Investment(
                "I2", "가공기", "machine", won(90_000_000), lead_weeks=2, ramp_weeks=3, capacity={"MC": 40}
            ),
            Investment("I3", "채용", "hire", won(1_000_000), capacity={"MC": 10}, pinned="no"),
        ),
        goals=(
            Goal("G1", "매출", "revenue", 1e9, 0.05),
            Goal("G2", "신규", "wins", 4, 2_000_000, "segment:S2"),
        ),
        limits=(Limit("L1", "account:A2", won(300_000_000)), Limit("L2", "sector:machine", won(900_000_000))),
        finance=Finance(won(200_000_000), won(50_000_000), won(0), won(20_000_000)),
    )


def _deal(number: int) -> Opportunity:
    options: tuple[Option, ...] = ()
    if number % 3 == 1:
        work = (Work("MC", 60, 1, name="cut"), Work("ASM", 30, 2, name="fit"))
        fast = Option("fast", "빠른 납기", price=won(70_000_000), work=work, technologies=("T2",))
        options = (Option("standard", work=work, technologies=("T1",)), fast)
    return Opportunity(
        id=f"O{number}",
        account=f"A{1 + number % 3}",
        product="PR",
        name=f"거래 {number}",
        stage="견적",
        owner="영업 1팀",
        quantity=10,
        amount=won(60_000_000 + number),
        requested_date=date(2026, 4, 24) if number % 2 else None,
        decide_by=date(2026, 3, 20) if number % 4 else None,
        late_penalty=LatePenalty(0.001, 0.1),
        options=options,
        pinned={5: "decline", 6: "defer", 7: "fast"}.get(number, ""),
    )


DECIDED: dict[int, tuple[str, str | None]] = {
    1: ("pursue", "fast"),
    4: ("pursue", "standard"),
    7: ("pursue", "fast"),
    2: ("pursue", "standard"),
    6: ("defer", None),
    8: ("defer", None),
}


def day(week: int, weekday: int = 0) -> str:
    return (START + timedelta(weeks=week, days=weekday)).isoformat()


def tiny_plan(company: Company) -> dict[str, Any]:
    """A plan of the tiny firm that keeps every rule."""
    decisions = [_decision(company, n) for n in range(1, DEALS + 1)]
    plan = sorted(1_000_000 * n - 3_000_000 for n in range(45))
    today = sorted(900_000 * n - 5_000_000 for n in range(45))
    return {
        "format": "pursuit-plan/1",
        "lang": "ko",
        "company": {"name": company.name, "currency": "KRW", "hash": company.content_hash},
        "as_of": AS_OF.isoformat(),
        "seed": 1,
        "horizon": {"start": day(0), "weeks": WEEKS, "end": day(WEEKS)},
        "status": "converged",
        "value": {
            "expected": 500_000_000,
            "worst_tenth": 300_000_000,
            "objective": 400_000_000 + 40_000_000 - 1_000_000 - 1_000_000,
            "bound": 450_000_000,
            "gap": 12_000_000 / 450_000_000,
            "risk_aversion": 0.3,
            "scenarios": 64,
            # the lowest four of 45, and half of the fifth, are the worst tenth
            "fresh": {"scenarios": 45, "expected": 19_000_000, "worst_tenth": round((-6 + 0.5) * 1e6 / 4.5)},
            "today": {
                "rule": "amount_x_probability",
                "expected": 14_800_000,
                "pursued": 5,
                "worst_tenth": round((6 * 0.9 - 20 + 0.5 * (3.6 - 5)) * 1e6 / 4.5),
            },
            "outcomes": {"plan": plan, "today": today},
        },
        "decisions": decisions,
        "accounts": _accounts(company, decisions),
        "investments": [
            _investment("I1", "레이저 도입", "technology", "now", 30_000_000, ["O1", "O7"]),
            _investment("I2", "가공기", "machine", "now", 90_000_000, []),
            _investment("I3", "채용", "hire", "no", 1_000_000, []),
        ],
        "projects": [
            {
                "project": "P1",
                "name": "진행 1",
                "account": "A1",
                "mode": "slower",
                "due": "2026-04-10",
                "finish": "2026-03-20",
                "late_probability": 0.1,
                "effect": 5,
                "reasons": [],
            },
            {
                "project": "P2",
                "name": "진행 2",
                "account": "A2",
                "mode": "as_planned",
                "due": "2026-03-18",
                "finish": "2026-04-10",
                "late_probability": 1.0,
                "effect": 0,
                "reasons": [],
            },
            {
                "project": "K1@2026-03-20",
                "name": "구매품 · 2026-03-20",
                "account": "A2",
                "mode": "as_planned",
                "due": "2026-03-20",
                "finish": "2026-03-06",
                "late_probability": 0.0,
                "effect": 0,
                "reasons": [],
            },
        ],
        "resources": [
            {
                "resource": "MC",
                "name": "가공",
                "kind": "work_center",
                "bottleneck": True,
                "price_per_hour": 9_000,
                "utilization": 0.8,
            },
            {
                "resource": "ASM",
                "name": "조립",
                "kind": "people",
                "bottleneck": False,
                "price_per_hour": 0,
                "utilization": 0.3,
            },
        ],
        "allocation": [_cell(resource, week) for resource in ("MC", "ASM") for week in range(WEEKS)],
        "spending": [
            {
                "by": "account",
                "id": "A1",
                "name": "가",
                "people_hours": 1.0,
                "machine_hours": 2.0,
                "cash": 10,
            },
            {
                "by": "opportunity",
                "id": "O1",
                "name": "O1",
                "people_hours": 1.0,
                "machine_hours": 2.0,
                "cash": 10,
            },
        ],
        "schedule": _schedule(),
        "cash": [
            {"month": "2026-03", "expected": 90_000_000, "low": 60_000_000, "below_floor_probability": 0.0},
            {"month": "2026-04", "expected": 70_000_000, "low": 30_000_000, "below_floor_probability": 0.2},
        ],
        "segments": [_segment("S1", "장비", decisions, 2), _segment("S2", "로봇", decisions, 1)],
        "goals": [
            {
                "goal": "G1",
                "name": "매출",
                "measure": "revenue",
                "target": 1e9,
                "expected": 9.8e8,
                "shortfall": 2e7,
                "price": 1_000_000,
            },
            {
                "goal": "G2",
                "name": "신규",
                "measure": "wins",
                "target": 4,
                "expected": 3.5,
                "shortfall": 0.5,
                "price": 1_000_000,
            },
        ],
        "rounds": [
            {"round": 1, "objective": 1, "conflicts": ["x"]},
            {"round": 2, "objective": 1, "conflicts": []},
        ],
        "warnings": [],
        "fallbacks": [],
        "models": {"win": {"method": "base rate"}},
    }


def _decision(company: Company, number: int) -> dict[str, Any]:
    decision, option = DECIDED.get(number, ("decline", None))
    opportunity = company.open_opportunities[number - 1]
    parts = dict.fromkeys(
        ("margin", "pursuit_cost", "lifetime", "reference", "capacity", "goals", "risk"), number
    )
    late = opportunity.decide_by.isoformat() if opportunity.decide_by else None
    return {
        "opportunity": opportunity.id,
        "name": opportunity.name,
        "account": opportunity.account,
        "segment": company.segment_of(opportunity),
        "product": "하우징",
        "stage": "견적",
        "owner": "영업 1팀",
        "amount": 70_000_000 if option == "fast" else 60_000_000 + number,
        "decision": decision,
        "option": option,
        "option_name": option,
        "decide_by": "2026-04-03" if decision == "defer" else late,
        "win_probability": {"mean": 0.4, "low": 0.2, "high": 0.6},
        "expected_value": 1_000,
        "effect": 7 * number - 100,
        "effect_parts": {**parts, "others": -100},
        "effect_basis": "resolved",
        "displaces": [{"opportunity": "P1", "name": "진행 1", "value": 3, "how": "delayed"}]
        if number < 3
        else [],
        "contribution_per_bottleneck_hour": 900 if number % 2 else None,
        "bottleneck": "MC" if number % 2 else None,
        "promise": {"p50": day(3, 4), "p80": day(4, 4), "p95": day(5, 4) if number % 3 else None}
        if decision == "pursue"
        else None,
        "requested_date": opportunity.requested_date.isoformat() if opportunity.requested_date else None,
        "pinned": bool(opportunity.pinned),
        "stale": False,
        "reasons": [f"수주확률이 {30 + number}%입니다.", f"기여이익이 {number}백만원입니다."],
    }


def _accounts(company: Company, decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for rank, account in enumerate(company.accounts, start=1):
        own = [row for row in decisions if row["account"] == account.id]
        rows.append(
            {
                "account": account.id,
                "name": account.name,
                "segment": account.segment,
                "sector": account.sector,
                "course": "grow" if account.courses else None,
                "lifetime_value": 500,
                "lifetime_low": 100,
                "lifetime_high": 900,
                "default_probability": 0.02,
                "exposure": 200_000_000,
                "rank": rank,
                "when": "now",
                "patience": "soon",
                "open_opportunities": len(own),
                "pursued": sum(row["decision"] == "pursue" for row in own),
                "reasons": [],
            }
        )
    return rows


def _investment(
    id: str, name: str, kind: str, decision: str, cost: int, unlocks: list[str]
) -> dict[str, Any]:
    return {
        "investment": id,
        "name": name,
        "kind": kind,
        "decision": decision,
        "start": None if decision == "no" else day(0),
        "cost": cost,
        "effect": 1,
        "payback_weeks": None,
        "unlocks": unlocks,
        "reasons": [],
    }


def _cell(resource: str, week: int) -> dict[str, Any]:
    # 2 March 2026 is a substitute holiday; the machine of I2 runs from week 2 and is complete in week 5
    machine = {2: 10, 3: 20, 4: 30}.get(week, 40 if week > 4 else 0)
    share = 0.8 if week == 0 else 1.0
    on_machine = resource == "MC"
    return {
        "resource": resource,
        "week": day(week),
        "capacity": round(120 * share + machine if on_machine else 80 * share, 1),
        "committed": 30.0,
        "expected_load": 50.0,
        "overtime": 4.0 if on_machine else 0.0,
        "subcontract": 2.0 if on_machine else 0.0,
        "overload_probability": 0.3 if on_machine else 0.0,
    }


def _schedule() -> list[dict[str, Any]]:
    return [
        _row("P1", "mill", "MC", {1: 22.0, 2: 22.0}, "2026-04-10"),
        _row("P1", "fit", "ASM", {1: 11.0, 2: 11.0}, "2026-04-10"),
        _row("P2", "turn", "MC", {0: 90.0, 1: 90.0, 2: 80.0, 3: 80.0, 4: 60.0}, "2026-03-18", late=True),
        _row("O1", "cut", "MC", {3: 15.0, 4: 15.0}, "2026-04-24"),
        _row("O1", "fit", "ASM", {3: 5.0, 4: 10.0}, "2026-04-24"),
        _row("O2", "mill", "MC", {5: 4.8}, None),
        _row("O2", "fit", "ASM", {5: 2.4}, None),
    ]


def _row(
    order: str, operation: str, center: str, weeks: dict[int, float], due: str | None, late: bool = False
) -> dict[str, Any]:
    return {
        "order": order,
        "name": order,
        "operation": operation,
        "work_center": center,
        "start": day(min(weeks)),
        "end": day(max(weeks), 4),
        "hours": round(sum(weeks.values()), 1),
        "firm": order.startswith("P"),
        "due": due,
        "late": late,
        "weeks": [{"week": day(week), "hours": hours} for week, hours in weeks.items()],
    }


def _segment(segment: str, name: str, decisions: list[dict[str, Any]], rank: int) -> dict[str, Any]:
    own = [row for row in decisions if row["segment"] == segment]
    return {
        "segment": segment,
        "name": name,
        "accounts": {"S1": 1, "S2": 2}[segment],
        "open_opportunities": len(own),
        "pursued": sum(row["decision"] == "pursue" for row in own),
        "value": 1,
        "rank": rank,
        "win_rate": None,
        "reasons": [],
    }
