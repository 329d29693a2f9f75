"""A large, believable plan document made from a seed, for the report's tests; no real firm, no real plan."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np

AS_OF = date(2026, 3, 2)
_HEADS = (
    "윤슬",
    "미르담",
    "솔아람",
    "너울",
    "한별뫼",
    "도담",
    "가온여울",
    "해찬솔",
    "다온재",
    "라온벼리",
    "누리샘",
    "늘찬",
)
_TAILS = ("유압", "기전", "정공", "모빌리티", "산기", "중공업", "테크", "로보틱스")
_SEGMENTS = (
    ("SEG-EQ", "반도체 장비", 0.34),
    ("SEG-RB", "산업용 로봇", 0.30),
    ("SEG-EV", "전기차 부품", 0.24),
    ("SEG-HY", "유압·건설기계", 0.41),
    ("SEG-EN", "에너지 설비", 0.22),
    ("SEG-ME", "의료기기", 0.28),
)
_PRODUCTS = (
    "스핀들 하우징",
    "감속기 케이스",
    "진공 챔버",
    "유압 매니폴드",
    "서보 브래킷",
    "터빈 블레이드 홀더",
    "가이드 레일",
)
_STAGES = ("발굴", "제안", "견적 제출", "협상")
_OWNERS = ("영업1팀", "영업2팀", "기술영업팀", "해외영업팀")
_RESOURCES = (
    ("R-5AX", "5축 가공", "work_center", 320.0),
    ("R-MCT", "머시닝센터", "work_center", 480.0),
    ("R-CNC", "CNC 선반", "work_center", 440.0),
    ("R-GRD", "정밀 연삭", "work_center", 200.0),
    ("R-HT", "열처리", "work_center", 160.0),
    ("R-SRF", "표면처리", "work_center", 180.0),
    ("R-WLD", "용접", "work_center", 240.0),
    ("R-ASM", "조립", "people", 520.0),
    ("R-QC", "검사", "people", 200.0),
    ("R-DES", "설계", "people", 280.0),
    ("R-SAL", "기술영업", "people", 240.0),
    ("R-PM", "생산관리", "people", 120.0),
)


def _day(weeks: float = 0, extra: int = 0) -> str:
    return (AS_OF + timedelta(days=round(weeks) * 7 + extra)).isoformat()


def sample_plan(
    seed: int = 7,
    opportunities: int = 250,
    accounts: int = 90,
    weeks: int = 26,
    lang: str = "ko",
    currency: str = "KRW",
) -> dict[str, Any]:
    """A plan document that satisfies the schema; equal arguments give equal documents."""
    rng = np.random.default_rng(seed)
    customers = _accounts(rng, accounts, lang)
    decisions = _decisions(rng, opportunities, customers, weeks, lang)
    for customer in customers:
        own = [d for d in decisions if d["account"] == customer["account"]]
        customer["open_opportunities"] = len(own)
        customer["pursued"] = sum(d["decision"] == "pursue" for d in own)
    projects = _projects(rng, customers, weeks)
    resources, allocation = _allocation(rng, weeks)
    outcomes = _outcomes(rng, 256)
    plan = {
        "format": "pursuit-plan/1",
        "lang": lang,
        "company": {"name": "보라매솔정밀(가상)", "currency": currency, "hash": f"{seed:02x}" * 32},
        "as_of": AS_OF.isoformat(),
        "seed": seed,
        "horizon": {"start": AS_OF.isoformat(), "weeks": weeks, "end": _day(weeks)},
        "status": "limit",
        "value": outcomes,
        "decisions": decisions,
        "accounts": customers,
        "investments": _investments(decisions),
        "projects": projects,
        "resources": resources,
        "allocation": allocation,
        "spending": _spending(rng, decisions, customers),
        "schedule": _schedule(rng, decisions, projects, weeks),
        "cash": _cash(rng, weeks),
        "segments": _segments(decisions, customers),
        "goals": _goals(),
        "rounds": [
            {
                "round": 1,
                "objective": 13_410_000_000,
                "conflicts": ["5축 가공: 4월 13일 주 38시간 부족", "정밀 연삭: 5월 4일 주 12시간 부족"],
            },
            {"round": 2, "objective": 13_120_000_000, "conflicts": []},
        ],
        "warnings": [
            "영업기회 31건은 마감된 건들이 걸린 기간보다 오래 열려 있어 수주확률을 낮추어 보았습니다.",
            "5월에 현금이 최저 잔고 아래로 내려갈 확률이 12%입니다.",
        ]
        if lang == "ko"
        else [
            "31 opportunities have been open longer than deals ever took; their chance is set lower.",
            "In May cash falls below its floor with a probability of 12%.",
        ],
        "fallbacks": [
            "재무제표가 없는 고객사 22곳: 업종 평균 부도율을 대신 썼습니다.",
            "제품 2종의 재료비 비율이 없어 50%로 가정했습니다.",
        ]
        if lang == "ko"
        else [
            "22 accounts without statements: the default rate of their sector stood in.",
            "Two products without a material share: 50% was assumed.",
        ],
        "models": {
            "win": {
                "method": "base rate by stage, shrunk",
                "deals": 1204,
                "signal": "stage, segment",
                "brier": 0.187,
            },
            "default": {"method": "Altman Z''", "statements": 68, "prior": "sector"},
            "workload": {"spread": 0.18, "projects": 140},
        },
    }
    if currency != "KRW":
        _rescale(plan)
    return plan


def _rescale(plan: dict[str, Any]) -> None:
    """Won amounts read as cents of dollars: every integer that is money, divided by ten."""
    money = {
        "amount",
        "expected_value",
        "effect",
        "value",
        "cost",
        "exposure",
        "price",
        "low",
        "expected",
        "cash",
    }
    money |= {
        "worst_tenth",
        "objective",
        "bound",
        "lifetime_value",
        "lifetime_low",
        "lifetime_high",
        "price_per_hour",
    }
    money |= {
        "contribution_per_bottleneck_hour",
        "margin",
        "pursuit_cost",
        "lifetime",
        "reference",
        "capacity",
    }
    money |= {"others", "goals", "risk"}

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: item // 10
                if key in money and isinstance(item, int) and not isinstance(item, bool)
                else walk(item)
                for key, item in node.items()
            }
        if isinstance(node, list):
            return [item // 10 if type(item) is int else walk(item) for item in node]
        return node

    for key in (
        "value",
        "decisions",
        "accounts",
        "investments",
        "projects",
        "resources",
        "spending",
        "cash",
        "segments",
    ):
        plan[key] = walk(plan[key])
    for entry in plan["rounds"]:
        entry["objective"] //= 10
    value = plan["value"]
    value["scenarios"] = 64
    value["gap"] = (value["bound"] - value["objective"]) / abs(value["bound"])
    value["fresh"]["scenarios"] = len(value["outcomes"]["plan"])


def _accounts(rng: np.random.Generator, count: int, lang: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    names = [f"{head}{tail}" for tail in _TAILS for head in _HEADS]
    for i in range(count):
        value = float(rng.lognormal(20.2, 1.0)) - 1.2e8
        default = float(np.clip(rng.lognormal(-3.9, 0.9), 0.002, 0.5))
        spread = rng.uniform(0.25, 0.8)
        when = (
            "not"
            if value < 5e7 or default > 0.2
            else "now"
            if value > 7e8
            else "next"
            if value > 3e8
            else "later"
        )
        rows.append(
            {
                "account": f"A-{i + 1:03d}",
                "name": names[i % len(names)] + ("" if i < len(names) else f" {i // len(names) + 1}"),
                "segment": _SEGMENTS[int(rng.choice(6, p=[0.22, 0.18, 0.2, 0.22, 0.1, 0.08]))][0],
                "sector": "기계",
                "course": None
                if i % 17 == 16
                else str(rng.choice(["grow", "keep", "keep", "harvest"]))
                if when != "not"
                else str(rng.choice(["let_go", "harvest"])),
                "lifetime_value": round(value),
                "lifetime_low": round(value - abs(value) * spread),
                "lifetime_high": round(value + abs(value) * spread * 1.5),
                "default_probability": round(default, 4),
                "exposure": round(float(rng.lognormal(18.6, 0.9))),
                "rank": 1,
                "when": when,
                "patience": "patient" if rng.random() < 0.35 else "soon",
                "open_opportunities": 0,
                "pursued": 0,
                "reasons": [f"연 {rng.uniform(0.4, 5):.1f}회 재주문, 최근 거래 {rng.integers(1, 20)}개월 전"]
                if lang == "ko"
                else [f"{rng.uniform(0.4, 5):.1f} orders a year, last one {rng.integers(1, 20)} months ago"],
            }
        )
    for rank, row in enumerate(sorted(rows, key=lambda r: -r["lifetime_value"]), start=1):
        row["rank"] = rank
    return rows


def _decisions(
    rng: np.random.Generator, count: int, accounts: list[dict[str, Any]], weeks: int, lang: str
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for i in range(count):
        account = accounts[int(rng.integers(len(accounts)))]
        product = str(rng.choice(_PRODUCTS))
        amount = round(float(np.clip(rng.lognormal(18.6, 0.85), 1.2e7, 3.2e9)), -5)
        win = float(np.clip(rng.beta(2.2, 3.6), 0.03, 0.95))
        width = rng.uniform(0.06, 0.22)
        margin = win * amount * rng.normal(0.24, 0.12)
        cost = -amount * rng.uniform(0.002, 0.012)
        crowded = rng.random() < 0.45
        parts = {
            "margin": margin,
            "pursuit_cost": cost,
            "lifetime": win * amount * rng.uniform(0, 0.09),
            "reference": win * amount * rng.uniform(0, 0.03),
            "capacity": -win * amount * (rng.uniform(0.05, 0.3) if crowded else rng.uniform(0, 0.04)),
            "others": -win * amount * (rng.uniform(0.02, 0.2) if crowded else 0.0),
            "goals": win * amount * rng.uniform(0, 0.01),
            "risk": -win * amount * rng.uniform(0, 0.02),
        }
        parts = {key: round(item) for key, item in parts.items()}
        effect = sum(parts.values())
        decision = "pursue" if effect > 0 and rng.random() < 0.86 else "defer" if effect > -2e6 else "decline"
        start = int(rng.integers(3, max(4, weeks - 4)))
        rows.append(
            {
                "opportunity": f"O-{i + 1:04d}",
                "name": f"{product} {int(rng.integers(20, 900))}EA",
                "account": account["account"],
                "segment": account["segment"],
                "product": product,
                "stage": str(rng.choice(_STAGES)),
                "owner": str(rng.choice(_OWNERS)),
                "amount": int(amount),
                "decision": decision,
                "option": "standard" if decision == "pursue" else None,
                "option_name": str(rng.choice(["표준 납기", "단납기 할증", "분납"]))
                if decision == "pursue"
                else None,
                "decide_by": _day(int(rng.integers(0, 8)), 4) if rng.random() < 0.8 else None,
                "win_probability": {
                    "mean": round(win, 3),
                    "low": round(max(0.0, win - width), 3),
                    "high": round(min(1.0, win + width), 3),
                },
                "expected_value": parts["margin"] + parts["pursuit_cost"] + parts["lifetime"],
                "effect": effect,
                "effect_parts": parts,
                "effect_basis": "resolved" if i % 8 == 0 else "priced",
                "displaces": [],
                "contribution_per_bottleneck_hour": round(float(rng.uniform(2e4, 3.2e5)))
                if crowded
                else None,
                "bottleneck": str(rng.choice(["R-5AX", "R-GRD"])) if crowded else None,
                "promise": {
                    "p50": _day(start, 4),
                    "p80": _day(start + 2, 4),
                    "p95": _day(start + 4, 4) if start + 4 < weeks else None,
                }
                if decision != "decline"
                else None,
                "requested_date": _day(start + int(rng.integers(2, 12)), 2) if rng.random() < 0.8 else None,
                "pinned": i % 61 == 5,
                "stale": i % 8 == 3,
                "reasons": _reasons(rng, win, decision, crowded, lang),
            }
        )
    pursued = [row for row in rows if row["decision"] == "pursue"] or rows
    for row in rows:
        for other in (
            rng.choice(len(pursued), size=min(len(pursued), int(rng.integers(1, 4))), replace=False)
            if row["bottleneck"]
            else ()
        ):
            if pursued[other] is not row:
                row["displaces"].append(
                    {
                        "opportunity": pursued[other]["opportunity"],
                        "name": pursued[other]["name"],
                        "value": abs(row["effect_parts"]["others"]) // 3 + 1,
                        "how": "delayed" if rng.random() < 0.5 else "pushed_out",
                    }
                )
    return rows


def _reasons(rng: np.random.Generator, win: float, decision: str, crowded: bool, lang: str) -> list[str]:
    hours = int(rng.integers(20, 260))
    if lang == "ko":
        found = [f"같은 단계의 마감 {rng.integers(30, 400)}건 가운데 {win:.0%}를 수주했습니다."]
        if crowded:
            found.append(f"제약 자원인 5축 가공을 {hours}시간 씁니다.")
        found.append(
            {
                "pursue": "지금 추진하는 것이 기다리는 것보다 낫습니다.",
                "defer": "결정일까지 기다려도 잃는 것이 거의 없습니다.",
            }.get(decision, f"같은 시간을 쓰는 다른 건이 시간당 {rng.integers(3, 20)}만원을 더 법니다.")
        )
        return found
    found = [f"Of {rng.integers(30, 400)} closed deals at this stage, {win:.0%} were won."]
    if crowded:
        found.append(f"It takes {hours} hours of 5-axis machining, which is scarce.")
    found.append(
        {
            "pursue": "Going now is better than waiting.",
            "defer": "Little is lost by waiting for the decision date.",
        }.get(decision, f"Other work earns {rng.integers(30, 200)} thousand won more in the same hour.")
    )
    return found


def _allocation(rng: np.random.Generator, weeks: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    resources, cells = [], []
    levels = [1.04, 0.84, 0.78, 0.97, 0.7, 0.6, 0.55, 0.8, 0.74, 0.66, 0.72, 0.5]
    for (code, name, kind, hours), level in zip(_RESOURCES, levels, strict=True):
        load_sum = cap_sum = 0.0
        for week in range(weeks):
            capacity = hours * (0.8 if week in (9, 13) else 0.6 if week == 22 else 1.0)
            wave = 1 + 0.2 * np.sin((week + 3) / 4.2) + rng.normal(0, 0.06)
            load = max(0.0, hours * level * wave)
            committed = load * max(0.06, 0.9 - week * 0.045)
            over = float(np.clip((load / capacity - 0.82) * 2.1, 0, 0.99))
            cells.append(
                {
                    "resource": code,
                    "week": _day(week),
                    "capacity": round(capacity, 1),
                    "committed": round(committed, 1),
                    "expected_load": round(load, 1),
                    "overtime": round(max(0.0, load - capacity) * 0.7 + over * hours * 0.03, 1),
                    "subcontract": round(max(0.0, load - capacity) * 0.3, 1),
                    "overload_probability": round(over, 3),
                }
            )
            load_sum, cap_sum = load_sum + load, cap_sum + capacity
        resources.append(
            {
                "resource": code,
                "name": name,
                "kind": kind,
                "bottleneck": code in ("R-5AX", "R-GRD"),
                "price_per_hour": {"R-5AX": 86_000, "R-GRD": 41_000}.get(code, 0),
                "utilization": round(load_sum / cap_sum, 3),
            }
        )
    return resources, cells


def _projects(rng: np.random.Generator, accounts: list[dict[str, Any]], weeks: int) -> list[dict[str, Any]]:
    modes = ["as_planned"] * 8 + ["slower", "paused", "stripped", "as_planned"]
    rows = []
    for i, mode in enumerate(modes):
        due = int(rng.integers(3, weeks - 4))
        late = float(np.clip(rng.beta(1.2, 5), 0, 1))
        rows.append(
            {
                "project": f"P-{i + 1:02d}",
                "name": f"{_PRODUCTS[i % len(_PRODUCTS)]} 수행 {i + 1}차",
                "account": accounts[int(rng.integers(len(accounts)))]["account"],
                "mode": mode,
                "due": _day(due, 4),
                "finish": _day(due + (2 if late > 0.3 else -1), 4) if mode != "paused" else None,
                "late_probability": round(late, 3),
                "effect": 0 if mode == "as_planned" else int(rng.integers(4, 60)) * 1_000_000,
                "reasons": ["5축 가공 시간을 다른 수주에 씁니다."] if mode != "as_planned" else [],
            }
        )
    return rows


def _schedule(
    rng: np.random.Generator, decisions: list[dict[str, Any]], projects: list[dict[str, Any]], weeks: int
) -> list[dict[str, Any]]:
    rows = []
    work = [(p["project"], p["name"], True, p["due"], 1.0) for p in projects]
    work += [
        (d["opportunity"], d["name"], False, d["requested_date"], d["win_probability"]["mean"])
        for d in decisions
        if d["decision"] == "pursue"
    ]
    for order, name, firm, due, chance in work:
        at = int(rng.integers(0, weeks // 2)) if not firm else int(rng.integers(0, 4))
        for step in sorted(rng.choice(9, size=int(rng.integers(2, 6)), replace=False).tolist()):
            length = int(rng.integers(1, 4))
            if at + length > weeks:
                break
            end = _day(at + length - 1, 4)
            hours = float(rng.uniform(10, 90)) * chance
            rows.append(
                {
                    "order": order,
                    "name": name,
                    "operation": _RESOURCES[step][1],
                    "work_center": _RESOURCES[step][0],
                    "start": _day(at),
                    "end": end,
                    "hours": round(hours, 1),
                    "firm": firm,
                    "due": due,
                    "late": bool(due and end > due),
                    "weeks": [
                        {"week": _day(at + k), "hours": round(hours / length, 1)} for k in range(length)
                    ],
                }
            )
            at += length
    return rows


def _outcomes(rng: np.random.Generator, count: int) -> dict[str, Any]:
    plan = np.sort(rng.normal(14.0e9, 1.9e9, count) - rng.exponential(0.9e9, count)).round().astype(int)
    today = np.sort(rng.normal(12.6e9, 2.5e9, count) - rng.exponential(1.4e9, count)).round().astype(int)
    tail = count // 10
    objective, bound = 13_120_000_000, 13_890_000_000
    return {
        "expected": 13_480_000_000,
        "worst_tenth": 10_300_000_000,
        "objective": objective,
        "bound": bound,
        "gap": (bound - objective) / bound,
        "risk_aversion": 0.1,
        "scenarios": 64,
        "fresh": {"scenarios": count, "expected": int(plan.mean()), "worst_tenth": int(plan[:tail].mean())},
        "today": {
            "rule": "amount_x_probability",
            "expected": int(today.mean()),
            "worst_tenth": int(today[:tail].mean()),
            "pursued": 148,
        },
        "outcomes": {"plan": plan.tolist(), "today": today.tolist()},
    }


def _investments(decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    unlocked = [d["opportunity"] for d in decisions if d["decision"] == "pursue"][:7]
    rows = [
        ("5축 가공기 1대 증설", "machine", "now", 0, 980_000_000, 640_000_000, 41.0, []),
        ("의료기기 세정·검증 기술", "technology", "now", 0, 220_000_000, 310_000_000, 29.0, unlocked),
        ("정밀 연삭 야간조", "shift", "later", 9, 60_000_000, 95_000_000, 17.5, unlocked[:1]),
        ("기술영업 2명 채용", "hire", "no", None, 140_000_000, -22_000_000, None, []),
        ("로봇 감속기 공용 솔루션", "solution", "no", None, 350_000_000, -64_000_000, None, []),
        ("자동 검사 라인", "machine", "no", None, 410_000_000, -180_000_000, None, []),
    ]
    return [
        {
            "investment": f"I-{i}",
            "name": name,
            "kind": kind,
            "decision": decision,
            "start": None if start is None else _day(start),
            "cost": cost,
            "effect": effect,
            "payback_weeks": payback,
            "unlocks": unlocks,
            "reasons": ["제약 자원의 시간을 주당 80시간 늘립니다."]
            if decision != "no"
            else ["늘어나는 시간보다 비용이 큽니다."],
        }
        for i, (name, kind, decision, start, cost, effect, payback, unlocks) in enumerate(rows, start=1)
    ]


def _spending(
    rng: np.random.Generator, decisions: list[dict[str, Any]], accounts: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    names = {a["account"]: a["name"] for a in accounts} | {code: name for code, name, _ in _SEGMENTS}
    rows = []
    by: dict[tuple[str, str], list[float]] = {}
    for d in decisions:
        if d["decision"] != "pursue":
            continue
        numbers = [float(rng.uniform(10, 120)), float(rng.uniform(20, 300)), d["amount"] * 0.4]
        rows.append(("opportunity", d["opportunity"], d["name"], numbers))
        for key in (("account", d["account"]), ("segment", d["segment"])):
            by[key] = [a + b for a, b in zip(by.get(key, [0.0, 0.0, 0.0]), numbers, strict=True)]
    rows += [(kind, code, names[code], numbers) for (kind, code), numbers in by.items()]
    return [
        {
            "by": kind,
            "id": code,
            "name": name,
            "people_hours": round(n[0], 1),
            "machine_hours": round(n[1], 1),
            "cash": round(n[2]),
        }
        for kind, code, name, n in rows
    ]


def _cash(rng: np.random.Generator, weeks: int) -> list[dict[str, Any]]:
    months = max(1, round(weeks / 4.33))
    balance, rows = 2_400_000_000.0, []
    for i in range(months):
        balance += [-420e6, -380e6, -150e6, 310e6, 520e6, 640e6][i % 6]
        low = balance - 260e6 * (i + 1) ** 0.7
        rows.append(
            {
                "month": f"{2026 + (2 + i) // 12}-{(2 + i) % 12 + 1:02d}",
                "expected": round(balance),
                "low": round(low),
                "below_floor_probability": [0.0, 0.04, 0.12, 0.06, 0.02, 0.01][i % 6],
            }
        )
    return rows


def _segments(decisions: list[dict[str, Any]], accounts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for code, name, rate in _SEGMENTS:
        own = [d for d in decisions if d["segment"] == code]
        life = sum(a["lifetime_value"] for a in accounts if a["segment"] == code)
        rows.append(
            {
                "segment": code,
                "name": name,
                "accounts": sum(a["segment"] == code for a in accounts),
                "open_opportunities": len(own),
                "pursued": sum(d["decision"] == "pursue" for d in own),
                "value": sum(d["expected_value"] for d in own if d["decision"] == "pursue") + life,
                "rank": 1,
                "win_rate": rate if code != "SEG-ME" else None,
                "reasons": [],
            }
        )
    rows.sort(key=lambda r: -r["value"])
    for rank, row in enumerate(rows, start=1):
        row["rank"] = rank
    return rows


def _goals() -> list[dict[str, Any]]:
    return [
        {
            "goal": "G1",
            "name": "반도체 장비 매출",
            "measure": "revenue",
            "target": 6e9,
            "expected": 6.9e9,
            "shortfall": 0,
            "price": 0,
        },
        {
            "goal": "G2",
            "name": "전사 마진",
            "measure": "margin",
            "target": 5.2e9,
            "expected": 4.8e9,
            "shortfall": 4e8,
            "price": 40_000_000,
        },
        {
            "goal": "G3",
            "name": "의료기기 신규 수주",
            "measure": "wins",
            "target": 6,
            "expected": 3.8,
            "shortfall": 2.2,
            "price": 66_000_000,
        },
        {
            "goal": "G4",
            "name": "로봇 전략 점수",
            "measure": "strategic",
            "target": 40,
            "expected": 44.5,
            "shortfall": 0,
            "price": 0,
        },
    ]
