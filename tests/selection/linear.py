"""The second stage written again as a linear programme for HiGHS; shares no code with the solver."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import linprog

from pursuit.selection.problem import SelectionProblem


@dataclass
class _Variables:
    """Cost and upper limit of each variable; the lower one is 0."""

    cost: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

    def add(self, cost: float, most: float) -> int:
        self.cost.append(float(cost))
        self.most.append(float(most))
        return len(self.cost) - 1


def loading_cost(p: SelectionProblem, choice, s: int) -> float:
    """Least cost of carrying the chosen work out in scenario ``s``."""
    taken = {int(o) for o in choice}
    room = p.capacity + sum(p.capacity_gain[g] for g, o in enumerate(p.gain_option) if int(o) in taken)
    k, v = p.packages, _Variables()
    done: list[tuple[list[int], float]] = []
    used: dict[tuple[int, int], list[int]] = {}
    for j in range(len(k)):
        o = int(k.option[j])
        if (o >= 0 and (o not in taken or (k.if_won[j] and not p.won[o, s]))) or k.scenario[j] not in (-1, s):
            continue
        hours = k.hours[j] * p.hours_factor[k.resource[j], s]
        parts = []
        for t in range(k.first[j], k.last[j] + 1):
            parts.append(v.add(min(k.late_cost[j] * max(t - k.due[j], 0), k.late_cap[j]), k.rate[j]))
            used.setdefault((int(k.resource[j]), t), []).append(parts[-1])
        if np.isfinite(k.subcontract_cost[j]):
            parts.append(v.add(k.subcontract_cost[j], k.subcontract_share[j] * hours))
        parts.append(v.add(k.breach_cost[j], np.inf))
        done.append((parts, hours))
    if not done:
        return 0.0
    extra = {place: v.add(p.overtime_cost[place[0]], p.overtime[place]) for place in used}
    equal, within = np.zeros((len(done), len(v.cost))), np.zeros((len(used), len(v.cost)))
    for row, (parts, _) in enumerate(done):
        equal[row, parts] = 1
    for row, (place, parts) in enumerate(used.items()):
        within[row, parts] = 1
        within[row, extra[place]] = -1
    result = linprog(
        v.cost,
        A_ub=within,
        b_ub=[room[place] for place in used],
        A_eq=equal,
        b_eq=[hours for _, hours in done],
        bounds=[(0, most) for most in v.most],
        method="highs",
    )
    assert result.status == 0, result.message
    return float(result.fun)
