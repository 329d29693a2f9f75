"""The whole choice written as one mixed-integer programme for HiGHS; shares no code with the solver."""

from __future__ import annotations

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

from pursuit.selection.problem import TAIL, SelectionProblem


def extensive(p: SelectionProblem, *, relax: bool = False, seconds: float = 60.0) -> tuple[float, float]:
    """Objective of the best choice found and HiGHS's own upper bound (equal for the relaxation)."""
    S, O = p.scenarios, p.options
    k = p.packages
    cost: list[float] = []
    low: list[float] = []
    high: list[float] = []
    rows: list[tuple[dict[int, float], float, float]] = []

    def var(c: float, lo: float, hi: float) -> int:
        cost.append(c)
        low.append(lo)
        high.append(hi)
        return len(cost) - 1

    x = [var(0.0, 0.0, float(p.allowed[o])) for o in range(O)]
    for i in range(p.items):
        rows.append(({x[o]: 1.0 for o in p.options_of(i)}, 1.0, 1.0))
    for n in range(len(p.need_option)):
        terms = {x[int(p.need_option[n])]: 1.0}
        for q in p.need_provider[p.need_start[n] : p.need_start[n + 1]]:
            terms[x[int(q)]] = terms.get(x[int(q)], 0.0) - 1.0
        rows.append((terms, -np.inf, 0.0))
    for c in range(len(p.rows.limit)):
        terms = {x[o]: float(p.rows.coefficients[c, o]) for o in range(O)}
        if np.isfinite(p.rows.penalty[c]):
            terms[var(-p.rows.penalty[c], 0.0, np.inf)] = -1.0
        rows.append((terms, -np.inf, float(p.rows.limit[c])))
    v = [var((1 - p.risk_aversion) / S, -np.inf, np.inf) for _ in range(S)]
    eta = var(p.risk_aversion, -np.inf, np.inf)
    for s in range(S):
        short = var(-p.risk_aversion / (TAIL * S), 0.0, np.inf)
        rows.append(({short: 1.0, v[s]: 1.0, eta: -1.0}, 0.0, np.inf))
        balance = {v[s]: -1.0, **{x[o]: float(p.value[o, s]) for o in range(O)}}
        use: dict[tuple[int, int], dict[int, float]] = {}
        for j in range(len(k)):
            o = int(k.option[j])
            if (o >= 0 and k.if_won[j] and not p.won[o, s]) or (k.scenario[j] >= 0 and k.scenario[j] != s):
                continue
            hours = k.hours[j] * p.hours_factor[k.resource[j], s]
            owner = x[o] if o >= 0 else None
            row: dict[int, float] = {}
            for t in range(k.first[j], k.last[j] + 1):
                y = var(0.0, 0.0, k.rate[j])
                balance[y] = -min(k.late_cost[j] * max(t - k.due[j], 0), k.late_cap[j])
                row[y] = 1.0
                use.setdefault((int(k.resource[j]), t), {})[y] = 1.0
                if owner is not None:
                    rows.append(({y: 1.0, owner: -min(float(k.rate[j]), hours)}, -np.inf, 0.0))
            if np.isfinite(k.subcontract_cost[j]):
                y = var(0.0, 0.0, k.subcontract_share[j] * hours)
                balance[y] = -float(k.subcontract_cost[j])
                row[y] = 1.0
                if owner is not None:
                    rows.append(({y: 1.0, owner: -k.subcontract_share[j] * hours}, -np.inf, 0.0))
            y = var(0.0, 0.0, np.inf)
            balance[y] = -float(k.breach_cost[j])
            row[y] = 1.0
            if owner is None:
                rows.append((row, hours, hours))
            else:
                row[owner] = -hours
                rows.append((row, 0.0, 0.0))
        for (r, t), terms in use.items():
            terms = dict(terms)
            o = var(0.0, 0.0, float(p.overtime[r, t]))
            terms[o] = -1.0
            balance[o] = -float(p.overtime_cost[r])
            for g, option in enumerate(p.gain_option):
                terms[x[int(option)]] = terms.get(x[int(option)], 0.0) - float(p.capacity_gain[g, r, t])
            rows.append((terms, -np.inf, float(p.capacity[r, t])))
        for m in range(len(p.cash.floor)):
            d = var(0.0, 0.0, np.inf)
            balance[d] = -p.cash.penalty
            terms = {d: 1.0, **{x[o]: float(p.cash.flow[o, m, s]) for o in range(O)}}
            rows.append((terms, float(p.cash.floor[m] - p.cash.base[s, m]), np.inf))
        rows.append((balance, -float(p.base_value[s]), -float(p.base_value[s])))
    data, ri, ci = [], [], []
    for n, (terms, _, _) in enumerate(rows):
        for col, a in terms.items():
            data.append(a)
            ri.append(n)
            ci.append(col)
    matrix = csc_array((data, (ri, ci)), shape=(len(rows), len(cost)))
    whole = np.zeros(len(cost))
    if not relax:
        whole[:O] = 1
    res = milp(
        -np.array(cost),
        constraints=LinearConstraint(matrix, [r[1] for r in rows], [r[2] for r in rows]),
        integrality=whole,
        bounds=Bounds(np.array(low), np.array(high)),
        options={"time_limit": seconds, "mip_rel_gap": 1e-9},
    )
    assert res.x is not None, res.message
    bound = res.mip_dual_bound if not relax and res.mip_dual_bound is not None else res.fun
    return -float(res.fun), -float(bound)
