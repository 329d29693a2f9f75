"""In which order the orders are loaded: a few priority rules, of which the best result is kept."""

from __future__ import annotations

import numpy as np

from pursuit.scheduling.problem import Floats, FloorProblem, Ints

RULES = ("due", "latest_start", "apparent_cost")
PATIENCE = 2.0  # look-ahead of the apparent tardiness cost, in mean durations


def sequence_by(problem: FloorProblem, rule: str, scale: Floats) -> Ints:
    """Indices of all N orders in the sequence in which ``rule`` loads them; firm orders always come first.

    Parameters
    ----------
    rule
        ``due``: earliest due week. ``latest_start``: due week less the least weeks the order needs (its
        longest operation at full rate). ``apparent_cost``: greatest ``w / p * exp(-slack / (k * mean p))``
        next, the apparent tardiness cost (Vepsalainen & Morton 1987) with p in weeks of the busiest resource
        and time moving on as that one fills.
    scale
        (N,) how much of each order is there; only the filling of the busiest resource depends on it.

    Raises
    ------
    ValueError
        For a rule not in ``RULES``.
    """
    if rule == "apparent_cost":
        return _by_apparent_cost(problem, scale)
    if rule not in RULES:
        raise ValueError(f"a rule is one of {', '.join(RULES)}, not {rule!r}")
    key = problem.due.astype(np.float64)
    if rule == "latest_start":
        longest = np.zeros(len(problem.order_ids))
        pace = problem.op_hours / np.maximum(problem.op_rate, 1e-12)
        np.maximum.at(longest, problem.op_order, pace)
        key = np.maximum(key + 1 - longest, problem.release)
    return np.lexsort((-problem.weight, key, ~problem.firm)).astype(np.int64)


def _by_apparent_cost(problem: FloorProblem, scale: Floats) -> Ints:
    """Greedy sequence by apparent tardiness cost, firm orders before the others."""
    length = _weeks_on_busiest(problem, scale)
    mean = float(length[length > 0].mean()) if (length > 0).any() else 1.0
    urgency = np.log(np.maximum(problem.weight, 1e-12)) - np.log(np.maximum(length, 1e-9))
    now = 0.0
    sequence: list[int] = []
    for firm in (True, False):
        waiting = np.flatnonzero(problem.firm == firm)
        while len(waiting):
            slack = np.maximum(problem.due[waiting] + 1 - length[waiting] - now, 0)
            slack += np.maximum(problem.release[waiting] - now, 0)
            chosen = int(np.argmax(urgency[waiting] - slack / (PATIENCE * mean)))
            sequence.append(int(waiting[chosen]))
            now += scale[waiting[chosen]] * length[waiting[chosen]]
            waiting = np.delete(waiting, chosen)
    return np.array(sequence, dtype=np.int64)


def _weeks_on_busiest(problem: FloorProblem, scale: Floats) -> Floats:
    """(N,) weeks each whole order would fill the resource that has most to do for its capacity."""
    demand = np.bincount(problem.op_resource, problem.op_hours * scale[problem.op_order], problem.resources)
    usual = np.maximum(np.median(problem.capacity, axis=1), 1e-9)  # holiday weeks aside
    busiest = int(np.argmax(demand / usual)) if problem.resources else 0
    on_it = problem.op_resource == busiest
    length: Floats = np.zeros(len(problem.order_ids))
    np.add.at(length, problem.op_order[on_it], problem.op_hours[on_it] / usual[busiest])
    return length
