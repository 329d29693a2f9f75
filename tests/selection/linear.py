"""The second stage of one scenario written down as the mathematics has it, row by row; shares no code with anything."""

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
    k, v = p.packages, _Variables()
    bundles = [int(p.sure[o]) for o in choice] + [int(p.if_won[o]) for o in choice if p.won[o, s]]
    bundles += [int(b) for b, own in zip(p.base_bundle, p.base_scenario, strict=True) if own in (-1, s)]
    coming = [j for b in bundles for j in k.of(b)]
    room = p.capacity + sum(p.capacity_gain[g] for g, o in enumerate(p.gain_option) if o in set(choice))
    week_of: dict[int, dict[int, int]] = {}
    free: dict[int, list[int]] = {}
    equal: list[tuple[dict[int, float], float]] = []
    within: list[tuple[dict[int, float], float]] = []
    used: dict[tuple[int, int], dict[int, float]] = {}
    for j in coming:
        week_of[j] = {}
        for t in range(k.first[j], k.last[j] + 1):
            week_of[j][t] = v.add(min(k.late_cost[j] * max(t - k.due[j], 0), k.late_cap[j]), k.rate[j])
            for u in range(k.use_start[j], k.use_start[j + 1]):
                r = int(k.use_resource[u])
                hours = used.setdefault((r, t), {})
                hours[week_of[j][t]] = hours.get(week_of[j][t], 0.0) + k.use_hours[u] * p.hours_factor[r, s]
        free[j] = [v.add(k.breach_cost[j], np.inf)]
        if np.isfinite(k.subcontract_cost[j]):
            free[j].append(v.add(k.subcontract_cost[j], k.subcontract_share[j]))
        equal.append((dict.fromkeys([*week_of[j].values(), *free[j]], 1.0), 1.0))
        planned = [t for t in week_of[j] if t <= k.due[j]]
        if k.least[j] > 0:  # each week's least share is done in that week, or not at all
            short = [v.add(0.0, k.least[j]) for _ in planned]
            for t, missing in zip(planned, short, strict=True):
                within.append(({week_of[j][t]: -1.0, missing: -1.0}, -k.least[j]))
            within.append(({**dict.fromkeys(short, 1.0), **dict.fromkeys(free[j], -1.0)}, 0.0))
        if k.before[j] >= 0:
            earlier = int(k.before[j])
            for t in week_of[j]:
                done = [y for week, y in week_of[earlier].items() if week < t] + free[earlier]
                worked = [y for week, y in week_of[j].items() if week <= t]
                within.append(({**dict.fromkeys(worked, 1.0), **dict.fromkeys(done, -1.0)}, 0.0))
    for (r, t), hours in used.items():
        extra = v.add(p.overtime_cost[r], p.overtime[r, t])
        within.append(({**hours, extra: -1.0}, max(room[r, t], 0.0)))
    if not coming:
        return 0.0
    unit = max(v.cost) or 1.0  # HiGHS is at its best with numbers around one
    result = linprog(
        np.array(v.cost) / unit,
        A_ub=_matrix(within, len(v.cost)),
        b_ub=[limit for _, limit in within],
        A_eq=_matrix(equal, len(v.cost)),
        b_eq=[limit for _, limit in equal],
        bounds=[(0, most) for most in v.most],
        method="highs",
        options={"presolve": False},  # presolve calls limits that are met to the last bit impossible
    )
    assert result.status == 0, result.message
    return float(result.fun) * unit


def _matrix(rows, columns: int) -> np.ndarray:
    out = np.zeros((len(rows), columns))
    for n, (terms, _) in enumerate(rows):
        out[n, list(terms)] = list(terms.values())
    return out
