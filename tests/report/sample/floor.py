"""A made-up floor: resources, load, projects and the schedule."""

from __future__ import annotations

from typing import Any

import numpy as np

from .facts import PRODUCTS, RESOURCES, day


def allocation(rng: np.random.Generator, weeks: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    resources, cells = [], []
    levels = [1.04, 0.84, 0.78, 0.97, 0.7, 0.6, 0.55, 0.8, 0.74, 0.66, 0.72, 0.5]
    for (code, name, kind, hours), level in zip(RESOURCES, levels, strict=True):
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
                    "week": day(week),
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


def projects(rng: np.random.Generator, accounts: list[dict[str, Any]], weeks: int) -> list[dict[str, Any]]:
    modes = ["as_planned"] * 8 + ["slower", "paused", "stripped", "as_planned"]
    rows = []
    for i, mode in enumerate(modes):
        due = int(rng.integers(3, weeks - 4))
        late = float(np.clip(rng.beta(1.2, 5), 0, 1))
        rows.append(
            {
                "project": f"P-{i + 1:02d}",
                "name": f"{PRODUCTS[i % len(PRODUCTS)]} 수행 {i + 1}차",
                "account": accounts[int(rng.integers(len(accounts)))]["account"],
                "mode": mode,
                "due": day(due, 4),
                "finish": day(due + (2 if late > 0.3 else -1), 4) if mode != "paused" else None,
                "late_probability": round(late, 3),
                "effect": 0 if mode == "as_planned" else int(rng.integers(4, 60)) * 1_000_000,
                "reasons": ["5축 가공 시간을 다른 수주에 씁니다."] if mode != "as_planned" else [],
            }
        )
    return rows


def schedule(
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
            end = day(at + length - 1, 4)
            hours = float(rng.uniform(10, 90)) * chance
            rows.append(
                {
                    "order": order,
                    "name": name,
                    "operation": RESOURCES[step][1],
                    "work_center": RESOURCES[step][0],
                    "start": day(at),
                    "end": end,
                    "hours": round(hours, 1),
                    "firm": firm,
                    "due": due,
                    "late": bool(due and end > due),
                    "weeks": [
                        {"week": day(at + k), "hours": round(hours / length, 1)} for k in range(length)
                    ],
                }
            )
            at += length
    return rows
