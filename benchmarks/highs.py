"""The whole choice written as one mixed-integer programme for HiGHS; shares no code with the solver."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from pursuit.selection.problem import TAIL, SelectionProblem

Terms = dict[int, float]


@dataclass(frozen=True)
class Answer:
    """What HiGHS found: objective (None where it has no choice yet), its upper bound, the choice by item."""

    value: float | None
    bound: float
    choice: NDArray[np.int64] | None


@dataclass
class _Model:
    """A linear programme under construction."""

    cost: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def var(self, cost: float, low: float, high: float) -> int:
        self.cost.append(cost)
        self.low.append(low)
        self.high.append(high)
        return len(self.cost) - 1

    def row(self, terms: Terms, low: float, high: float) -> None:
        self.rows.append((terms, low, high))

    def matrix(self) -> csr_array:
        start = np.cumsum([0, *(len(terms) for terms, _, _ in self.rows)])
        columns = np.fromiter((c for terms, _, _ in self.rows for c in terms), np.int64, start[-1])
        numbers = np.fromiter((a for terms, _, _ in self.rows for a in terms.values()), float, start[-1])
        return csr_array((numbers, columns, start), shape=(len(self.rows), len(self.cost)))


def extensive(p: SelectionProblem, *, relax: bool = False, seconds: float = 60.0) -> Answer:
    """Best choice found within the time; with ``relax`` the linear relaxation, whose value is its bound."""
    m = _Model()
    x = [m.var(0.0, 0.0, float(p.allowed[o])) for o in range(p.options)]
    _first_stage(m, p)
    S, risk = p.scenarios, p.risk_aversion
    eta = m.var(risk, -np.inf, np.inf)
    for s in range(S):
        v = m.var((1 - risk) / S, -np.inf, np.inf)
        short = m.var(-risk / (TAIL * S), 0.0, np.inf)
        m.row({short: 1.0, v: 1.0, eta: -1.0}, 0.0, np.inf)
        balance = {v: -1.0, **{o: float(p.value[o, s]) for o in x}}
        _second_stage(m, p, s, balance)
        m.row(balance, -float(p.base_value[s]), -float(p.base_value[s]))
    result = milp(
        -np.array(m.cost),
        constraints=LinearConstraint(m.matrix(), [r[1] for r in m.rows], [r[2] for r in m.rows]),
        integrality=None if relax else np.arange(len(m.cost)) < p.options,
        bounds=Bounds(np.array(m.low), np.array(m.high)),
        options={"time_limit": seconds, "mip_rel_gap": 1e-9},
    )
    if result.x is None:
        return Answer(None, -float(result.mip_dual_bound or -np.inf), None)
    taken = result.x[: p.options]
    choice = np.array([max(p.options_of(i), key=lambda o: taken[o]) for i in range(p.items)])
    bound = result.fun if relax or result.mip_dual_bound is None else result.mip_dual_bound
    return Answer(-float(result.fun), -float(bound), choice)


def _first_stage(m: _Model, p: SelectionProblem) -> None:
    """One option per item, needs, rows; option o is variable o."""
    for i in range(p.items):
        m.row(dict.fromkeys(p.options_of(i), 1.0), 1.0, 1.0)
    for n in range(len(p.need_option)):
        terms = {int(p.need_option[n]): 1.0}
        for q in p.need_provider[p.need_start[n] : p.need_start[n + 1]]:
            terms[int(q)] = terms.get(int(q), 0.0) - 1.0
        m.row(terms, -np.inf, 0.0)
    for c in range(len(p.rows.limit)):
        terms = {o: float(p.rows.coefficients[c, o]) for o in range(p.options)}
        if np.isfinite(p.rows.penalty[c]):
            terms[m.var(-p.rows.penalty[c], 0.0, np.inf)] = -1.0
        m.row(terms, -np.inf, float(p.rows.limit[c]))


def _second_stage(m: _Model, p: SelectionProblem, s: int, balance: Terms) -> None:
    """Work, overtime and cash of one future; their money goes into ``balance``."""
    k = p.packages
    use: dict[tuple[int, int], Terms] = {}
    for j in range(len(k)):
        o = int(k.option[j])
        if not (o >= 0 and k.if_won[j] and not p.won[o, s]) and k.scenario[j] in (-1, s):
            _package(m, p, j, s, balance, use)
    for (r, t), used in use.items():
        extra = m.var(0.0, 0.0, float(p.overtime[r, t]))
        balance[extra] = -float(p.overtime_cost[r])
        terms = {**used, extra: -1.0}
        for g, option in enumerate(p.gain_option):
            terms[int(option)] = -float(p.capacity_gain[g, r, t])
        m.row(terms, -np.inf, float(p.capacity[r, t]))
    for month in range(len(p.cash.floor)):
        short = m.var(0.0, 0.0, np.inf)
        balance[short] = -p.cash.penalty
        terms = {short: 1.0, **{o: float(p.cash.flow[o, month, s]) for o in range(p.options)}}
        m.row(terms, float(p.cash.floor[month] - p.cash.base[s, month]), np.inf)


def _package(
    m: _Model, p: SelectionProblem, j: int, s: int, balance: Terms, use: dict[tuple[int, int], Terms]
) -> None:
    """Hours of one package by week, outside and not done, tied to the option that brings it."""
    k, owner = p.packages, int(p.packages.option[j])
    hours = float(k.hours[j] * p.hours_factor[k.resource[j], s])
    parts: list[tuple[float, float]] = []  # money per hour, most hours
    for t in range(k.first[j], k.last[j] + 1):
        parts.append((min(k.late_cost[j] * max(t - k.due[j], 0), k.late_cap[j]), min(k.rate[j], hours)))
    weeks = len(parts)
    if np.isfinite(k.subcontract_cost[j]):
        parts.append((k.subcontract_cost[j], k.subcontract_share[j] * hours))
    parts.append((k.breach_cost[j], np.inf))
    whole: Terms = {}
    for n, (money, most) in enumerate(parts):
        y = m.var(0.0, 0.0, most)
        balance[y] = -float(money)
        whole[y] = 1.0
        if n < weeks:
            use.setdefault((int(k.resource[j]), int(k.first[j]) + n), {})[y] = 1.0
        if owner >= 0 and np.isfinite(most):
            m.row({y: 1.0, owner: -float(most)}, -np.inf, 0.0)
    if owner >= 0:
        whole[owner] = -hours
    m.row(whole, 0.0 if owner >= 0 else hours, 0.0 if owner >= 0 else hours)
