"""A large, believable plan document made from a seed, for the report's tests; no real firm, no real plan."""

from __future__ import annotations

from typing import Any

import numpy as np

from . import floor, market, money
from .facts import AS_OF, day


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
    customers = market.accounts(rng, accounts, lang)
    decisions = market.decisions(rng, opportunities, customers, weeks, lang)
    for customer in customers:
        own = [d for d in decisions if d["account"] == customer["account"]]
        customer["open_opportunities"] = len(own)
        customer["pursued"] = sum(d["decision"] == "pursue" for d in own)
    projects = floor.projects(rng, customers, weeks)
    resources, allocation = floor.allocation(rng, weeks)
    outcomes = money.outcomes(rng, 256)
    plan = {
        "format": "pursuit-plan/1",
        "lang": lang,
        "company": {"name": "보라매솔정밀(가상)", "currency": currency, "hash": f"{seed:02x}" * 32},
        "as_of": AS_OF.isoformat(),
        "seed": seed,
        "horizon": {"start": AS_OF.isoformat(), "weeks": weeks, "end": day(weeks)},
        "status": "limit",
        "value": outcomes,
        "decisions": decisions,
        "accounts": customers,
        "investments": money.investments(decisions),
        "projects": projects,
        "resources": resources,
        "allocation": allocation,
        "spending": money.spending(rng, decisions, customers),
        "schedule": floor.schedule(rng, decisions, projects, weeks),
        "cash": money.cash(rng, weeks),
        "segments": market.segments(decisions, customers),
        "goals": market.goals(),
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
    fields = {
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
    fields |= {
        "worst_tenth",
        "objective",
        "bound",
        "lifetime_value",
        "lifetime_low",
        "lifetime_high",
        "price_per_hour",
    }
    fields |= {
        "contribution_per_bottleneck_hour",
        "margin",
        "pursuit_cost",
        "lifetime",
        "reference",
        "capacity",
    }
    fields |= {"others", "goals", "risk"}

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            return {
                key: item // 10
                if key in fields and isinstance(item, int) and not isinstance(item, bool)
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
