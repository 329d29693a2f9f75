"""Other ways to choose, on the very same problem: HiGHS, the mean future, rules people use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.expected import expected_problem
from benchmarks.highs import Answer, extensive
from benchmarks.rules import RULES
from pursuit.selection.problem import Floats, Ints, SelectionProblem

Curve = tuple[tuple[float, float | None, float | None], ...]
SECONDS = {"highs": 300.0, "ev": 60.0}
"""CPU seconds given to peers that would go on."""
PEERS = (*SECONDS, *RULES)


@dataclass(frozen=True)
class Found:
    """A choice (I,), how it ended, what its maker says: value, bound, curve of (cpu, value, bound), worth (S,)."""

    choice: Ints | None
    status: str
    value: float | None = None
    bound: float | None = None
    curve: Curve = ()
    values: Floats | None = None


def by_peer(problem: SelectionProblem, peer: str, seconds: float | None) -> Found:
    """The choice of a peer.

    ``highs`` solves the extensive form, ``ev`` the expected-value problem with HiGHS, ``sort``, ``greedy`` and ``all``
    are rules. What the expected-value problem says of itself is no value of the choice, so it is left out.
    """
    if peer in RULES:
        return Found(RULES[peer](problem), "rule")
    clock = SECONDS[peer] if seconds is None else seconds
    if peer == "highs":
        answer = extensive(problem, seconds=clock)
        bound = answer.bound if np.isfinite(answer.bound) else None
        return Found(answer.choice, _status(answer), answer.value, bound, _curve(answer))
    answer = extensive(expected_problem(problem), seconds=clock)
    return Found(answer.choice, _status(answer))


def _status(answer: Answer) -> str:
    return "no choice" if answer.choice is None else answer.status


def _curve(answer: Answer) -> Curve:
    return tuple((round(cpu, 2), value, None) for cpu, value in answer.history)
