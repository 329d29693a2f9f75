"""Seeded random selection problems, small enough to enumerate or large enough to be hard."""

from __future__ import annotations

import numpy as np

from pursuit.selection.problem import Cash, Packages, Rows, SelectionProblem


def random_problem(
    seed: int,
    *,
    opportunities: int = 6,
    efforts: int = 2,
    resources: int = 2,
    weeks: int = 5,
    scenarios: int = 8,
    tightness: float = 1.6,
    investments: int = 1,
    risk_aversion: float = 0.3,
    arrivals: int = 2,
    with_cash: bool = True,
    with_rows: bool = True,
) -> SelectionProblem:
    rng = np.random.default_rng(seed)
    S, R, T = scenarios, resources, weeks
    item_ids, option_ids, starts = [], [], [0]
    value, won = [], []
    pk = {name: [] for name in Packages.__dataclass_fields__}

    def package(option, scenario, if_won, r, hours, first, last, due, late_cost, sub, breach):
        rate = max(hours / max(rng.integers(1, 4), 1), 1.0)
        for name, item in zip(
            pk,
            (
                option,
                scenario,
                if_won,
                r,
                hours,
                first,
                last,
                due,
                rate,
                late_cost,
                4 * late_cost,
                sub,
                0.6,
                breach,
            ),
            strict=True,
        ):
            pk[name].append(item)

    for s in range(S):
        for _ in range(rng.poisson(arrivals)):
            first = int(rng.integers(0, T))
            hours = float(rng.uniform(5, 20))
            package(
                -1,
                s,
                False,
                int(rng.integers(R)),
                hours,
                first,
                T - 1,
                T - 1,
                0.0,
                np.inf,
                float(rng.uniform(1, 12)),
            )
    sector = rng.normal(size=S)
    for i in range(opportunities):
        item_ids.append(f"o{i}")
        option_ids.append("decline")
        value.append(np.zeros(S))
        won.append(np.zeros(S, bool))
        p_win = rng.uniform(0.2, 0.9)
        luck = np.argsort(np.argsort(0.5 * sector + rng.normal(size=S))) / S + 0.5 / S
        margin = rng.lognormal(6, 0.7)
        for e in range(efforts):
            option = len(option_ids)
            option_ids.append(f"effort{e}")
            p = min(p_win * (1 + 0.2 * e), 0.98)
            w = luck < p
            won.append(w)
            value.append(w * margin - 15.0 * (e + 1))
            for r in range(R):
                hours = float(rng.uniform(10, 40))
                first = int(rng.integers(0, max(T - 2, 1)))
                last = int(rng.integers(first, T))
                due = int(rng.integers(first, last + 1))
                sub = float(rng.uniform(5, 20)) if rng.random() < 0.5 else np.inf
                package(
                    option,
                    -1,
                    True,
                    r,
                    hours,
                    first,
                    last,
                    due,
                    float(rng.uniform(0.5, 3)),
                    sub,
                    2.0 * margin / hours,
                )
            if rng.random() < 0.5:
                package(option, -1, False, 0, 5.0 * (e + 1), 0, T - 1, T - 1, 0.0, np.inf, 200.0)
        starts.append(len(option_ids))
    gain_option, gains, needs = [], [], []
    for i in range(investments):
        item_ids.append(f"invest{i}")
        option_ids += ["no", "now"]
        value += [np.zeros(S), np.full(S, -rng.uniform(50, 300))]
        won += [np.zeros(S, bool)] * 2
        gain = np.zeros((R, T))
        gain[int(rng.integers(R)), 1:] = rng.uniform(10, 30)
        gain_option.append(len(option_ids) - 1)
        gains.append(gain)
        starts.append(len(option_ids))
        needs.append((1, [len(option_ids) - 1]))
    O = len(option_ids)
    packages = Packages(
        **{
            name: np.array(
                v,
                dtype=bool
                if name == "if_won"
                else int
                if name in ("option", "scenario", "resource", "first", "last", "due")
                else float,
            )
            for name, v in pk.items()
        }
    )
    chance = np.array(won).mean(axis=1)
    load = np.zeros(R)
    for p in range(len(packages)):
        share = 1.0 / S if packages.option[p] < 0 else chance[packages.option[p]] / efforts
        load[packages.resource[p]] += packages.hours[p] * share
    capacity = np.repeat((load / tightness / T)[:, None], T, axis=1)
    M = 2 if with_cash else 0
    coefficient = np.zeros((2 if with_rows else 0, O))
    limit, penalty = np.zeros(len(coefficient)), np.zeros(len(coefficient))
    if with_rows:
        coefficient[0] = np.array(won).mean(axis=1) * rng.uniform(1, 3, O)
        limit[0], penalty[0] = 0.6 * coefficient[0].sum() / efforts, np.inf
        coefficient[1] = -np.array(value).mean(axis=1).clip(0)
        limit[1], penalty[1] = 0.5 * coefficient[1].sum() / efforts, 0.3
    flow = np.array(value)[:, None, :] * np.linspace(0.2, 1, max(M, 1))[None, :M, None]
    return SelectionProblem(
        item_ids=tuple(item_ids),
        option_ids=tuple(option_ids),
        item_start=np.array(starts),
        allowed=np.ones(O, bool),
        value=np.array(value),
        won=np.array(won),
        base_value=np.zeros(S),
        packages=packages,
        hours_factor=rng.lognormal(-0.005, 0.1, (R, S)),
        capacity=capacity,
        overtime=capacity * 0.2,
        overtime_cost=rng.uniform(2, 6, R),
        gain_option=np.array(gain_option, dtype=np.int64),
        capacity_gain=np.array(gains).reshape(len(gains), R, T),
        need_option=np.array([o for o, _ in needs], dtype=np.int64),
        need_start=np.cumsum([0] + [len(q) for _, q in needs]),
        need_provider=np.array([q for _, group in needs for q in group], dtype=np.int64),
        rows=Rows(coefficient, limit, penalty),
        cash=Cash(np.full((S, M), 100.0), flow, np.full(M, 50.0), 0.5),
        risk_aversion=risk_aversion,
    )
