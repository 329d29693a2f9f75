"""A choice that keeps every pin, need and hard limit, or the proof that there is none: a small 0-1 programme."""

from __future__ import annotations

import numpy as np

from pursuit.errors import SolveError
from pursuit.selection.compiled import Compiled
from pursuit.selection.problem import Floats, Ints, SelectionProblem

NODES = 20_000
"""Most branches looked at; a count, not a clock, so that the answer does not depend on the machine."""

NONE = (
    "No choice satisfies the pins, the technologies needed and the hard limits together. "
    "Release a pin or raise a limit."
)


def no_choice(problem: SelectionProblem) -> SolveError:
    """That there is no choice, with the smallest set of demands that cannot hold together where it is found."""
    from pursuit.selection.conflicts import smallest_conflict, words_of  # seldom needed

    conflict = smallest_conflict(problem)
    return SolveError(NONE if conflict is None else words_of(conflict))


def feasible_choice(c: Compiled, scores: Floats) -> Ints:
    """The choice of (nearly) the best sum of ``scores`` (O,) among those that break nothing.

    Raises
    ------
    SolveError
        When there is none.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp  # slow to import, seldom needed
    from scipy.sparse import csr_array, vstack

    p = c.problem
    O, K = p.options, len(p.need_option)
    one_each = csr_array((np.ones(O), (p.item_of, np.arange(O))), shape=(p.items, O))
    need = np.repeat(np.arange(K), np.diff(p.need_start))
    provided = csr_array((np.ones(len(need)), (need, p.need_provider)), shape=(K, O))
    asked = csr_array((np.ones(K), (np.arange(K), p.need_option)), shape=(K, O))
    hard = np.flatnonzero(~np.isfinite(p.rows.penalty))
    scale = np.maximum(np.abs(p.rows.limit[hard]), 1.0)
    table = csr_array((p.rows.coefficient, (p.rows.row_of, p.rows.option)), shape=(len(p.rows), O))
    limits = csr_array(table[hard].multiply(1.0 / scale[:, None]))
    low = np.concatenate([np.ones(p.items), np.full(K + len(hard), -np.inf)])
    high = np.concatenate([np.ones(p.items), np.zeros(K), p.rows.limit[hard] / scale])
    worth = np.where(p.allowed, scores, 0.0)
    result = milp(
        -worth / max(float(np.abs(worth).max()), 1e-12),
        integrality=np.ones(O, np.int64),
        bounds=Bounds(0, p.allowed.astype(float)),
        constraints=LinearConstraint(vstack([one_each, asked - provided, limits]), low, high),
        options={"node_limit": NODES, "mip_rel_gap": 0.01},
    )
    if result.x is None:
        raise no_choice(p)
    taken = np.where(p.allowed, result.x, -1.0)
    return np.array([max(p.options_of(i), key=lambda o: taken[o]) for i in range(p.items)], dtype=np.int64)
