"""Made-up money: outcomes, investments, spending and cash."""

from __future__ import annotations

from typing import Any

import numpy as np

from .facts import SEGMENTS, day


def outcomes(rng: np.random.Generator, count: int) -> dict[str, Any]:
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
        "replayed": {
            "policy": "plan",
            "definition": "계획 기간의 이익: 납품 매출에서 모든 지출을 뺀 금액입니다.",
            "seeds": 10,
            "weeks": 26,
            "expected": 3_782_000_000,
            "low": 3_042_000_000,
            "high": 4_522_000_000,
            "worst_tenth": 2_072_000_000,
            "today": {"policy": "amount", "expected": 3_040_000_000, "worst_tenth": 1_585_000_000},
            "ahead": {"mean": 742_000_000, "low": -96_000_000, "high": 1_581_000_000},
        },
    }


def investments(decisions: list[dict[str, Any]]) -> list[dict[str, Any]]:
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
            "start": None if start is None else day(start),
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


def spending(
    rng: np.random.Generator, decisions: list[dict[str, Any]], accounts: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    names = {a["account"]: a["name"] for a in accounts} | {code: name for code, name, _ in SEGMENTS}
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


def cash(rng: np.random.Generator, weeks: int) -> list[dict[str, Any]]:
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
