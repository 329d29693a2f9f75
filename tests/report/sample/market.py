"""Made-up customers and the opportunities they bring."""

from __future__ import annotations

from typing import Any

import numpy as np

from .facts import HEADS, OWNERS, PRODUCTS, SEGMENTS, STAGES, TAILS, day


def accounts(rng: np.random.Generator, count: int, lang: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    names = [f"{head}{tail}" for tail in TAILS for head in HEADS]
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
                "segment": SEGMENTS[int(rng.choice(6, p=[0.22, 0.18, 0.2, 0.22, 0.1, 0.08]))][0],
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


def decisions(
    rng: np.random.Generator, count: int, accounts: list[dict[str, Any]], weeks: int, lang: str
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for i in range(count):
        account = accounts[int(rng.integers(len(accounts)))]
        product = str(rng.choice(PRODUCTS))
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
                "stage": str(rng.choice(STAGES)),
                "owner": str(rng.choice(OWNERS)),
                "amount": int(amount),
                "decision": decision,
                "option": "standard" if decision == "pursue" else None,
                "option_name": str(rng.choice(["표준 납기", "단납기 할증", "분납"]))
                if decision == "pursue"
                else None,
                "decide_by": day(int(rng.integers(0, 8)), 4) if rng.random() < 0.8 else None,
                "win_probability": {
                    "mean": round(win, 3),
                    "low": round(max(0.0, win - width), 3),
                    "high": round(min(1.0, win + width), 3),
                },
                "expected_value": parts["margin"] + parts["pursuit_cost"] + parts["lifetime"],
                "effect": effect,
                "effect_parts": parts,
                "effect_basis": ("resolved", "priced", "flipped", "priced")[i % 4],
                "displaces": [],
                "contribution_per_bottleneck_hour": round(float(rng.uniform(2e4, 3.2e5)))
                if crowded
                else None,
                "bottleneck": str(rng.choice(["R-5AX", "R-GRD"])) if crowded else None,
                "promise": {
                    "p50": day(start, 4),
                    "p80": day(start + 2, 4),
                    "p95": day(start + 4, 4) if start + 4 < weeks else None,
                }
                if decision != "decline"
                else None,
                "requested_date": day(start + int(rng.integers(2, 12)), 2) if rng.random() < 0.8 else None,
                "pinned": i % 61 == 5,
                "stale": i % 8 == 3,
                "reasons": reasons(rng, win, decision, crowded, lang),
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


def reasons(rng: np.random.Generator, win: float, decision: str, crowded: bool, lang: str) -> list[str]:
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


def segments(decisions: list[dict[str, Any]], accounts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = []
    for code, name, rate in SEGMENTS:
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


def goals() -> list[dict[str, Any]]:
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
