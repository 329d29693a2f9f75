"""Exact answers by HiGHS, for judging: a choice's best loading and worth, the best choice of all; no solver code."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.highs import carried_out, extensive, second_stage
from pursuit.selection.checker import check, objective, soft_cost, worth_before_work
from pursuit.selection.loaded import Loading
from pursuit.selection.problem import SelectionProblem
from tests.selection.problems import choices

__all__ = [
    "Exact",
    "best_by_programmes",
    "carried_out",
    "exact",
    "extensive",
    "keeps_limits",
    "second_stage",
    "sizes",
]


@dataclass(frozen=True)
class Exact:
    """A choice, carried out as cheaply as can be, and what is claimed about it."""

    choice: np.ndarray
    loading: Loading
    values: np.ndarray
    value: float
    row_cost: float
    bound: float

    def faults(self, p: SelectionProblem) -> list[str]:
        """What the checker says."""
        claims = {name: getattr(self, name) for name in ("value", "values", "row_cost", "bound")}
        return check(p, self.choice, self.loading, **claims)


def exact(p: SelectionProblem, choice) -> Exact:
    """The choice's worth when every scenario is carried out by linear programme; its bound is its own value."""
    choice = np.asarray(choice, dtype=np.int64)
    costs, loading = carried_out(p, choice)
    before, cash = worth_before_work(p, choice)
    values, rows = before - cash - costs, soft_cost(p, choice)
    value = objective(p, values, rows)
    return Exact(choice, loading, values, value, rows, value)


def nothing_done(p: SelectionProblem) -> Loading:
    """No work in any scenario."""
    none = np.zeros(0, np.int64)
    return Loading(np.zeros(p.scenarios + 1, np.int64), none, none, np.zeros(0))


def keeps_limits(p: SelectionProblem, choice) -> bool:
    """Whether pins, needs and hard rows hold."""
    idle = replace(p, sure=np.full(p.options, -1), if_won=np.full(p.options, -1))
    idle = replace(idle, base_bundle=np.zeros(0, np.int64), base_scenario=np.zeros(0, np.int64))
    return not check(idle, choice, nothing_done(p))


def best_by_programmes(p: SelectionProblem) -> tuple[float, np.ndarray | None]:
    """Objective and choice of the best of all choices, each carried out by linear programme; (-inf, None) if none."""
    answers = [exact(p, choice) for choice in choices(p) if keeps_limits(p, choice)]
    best = max(answers, key=lambda answer: answer.value, default=None)
    return (-np.inf, None) if best is None else (best.value, best.choice)


def sizes(p: SelectionProblem, choice) -> np.ndarray:
    """(S,) money that moves in each scenario, against which a difference is small or large."""
    before, cash = worth_before_work(p, choice)
    costs = carried_out(p, choice)[0]
    return (
        np.abs(p.base_value)
        + np.abs(p.value[choice]).sum(axis=0)
        + cash
        + costs
        + 1e-9 * np.abs(before).max()
    )
