"""Effects held against the truth: the plan made again around each opportunity, forced in or forced out."""

from __future__ import annotations

import time

import numpy as np

from benchmarks.selection.measure import Case, Row, posed
from pursuit.selection.effects import Effect, find_effects
from pursuit.selection.firm import Firm
from pursuit.selection.moves import Swap, mend, pairs, singles, uses_of
from pursuit.selection.result import Solution
from pursuit.selection.search import Climb
from pursuit.selection.solve import solve

DETAILED, FLIPPED = 30, 70
"""Effects found with others stepping in or back, and by exchanging the opportunity alone; the rest are priced."""

PATIENCE = 40
"""Exchanges in a row without success after which a plan made again counts as made."""

NEAR = 0.02
"""Share of the mean effect under which a sign says nothing."""


def measure_effects(case: Case, asked: int) -> Row:
    """Signs and errors of ``asked`` opportunities drawn at random, and what the whole list costs against truth.

    The plan is first improved until that stalls, so that what is found around an opportunity is owed to it.
    """
    problem = posed(case)
    solution = solve(problem) if case.work_limit is None else solve(problem, work_limit=case.work_limit)
    settle(solution, solution.firm, frozenset())
    deals = [i for i in range(problem.items) if problem.item_ids[i].startswith("deal")]
    _, listed = timed_effects(solution, deals, 0, 0)
    effects, shown = timed_effects(solution, deals, DETAILED, FLIPPED)
    began, truths = time.process_time(), {}
    for i in drawn(effects, asked, case.seed):
        truth = true_effect(solution, i)
        if truth is not None:
            truths[i] = truth
    each = (time.process_time() - began) / max(len(truths), 1)
    return {
        "size": case.size, "seed": case.seed, "tightness": case.tightness, "asked": len(truths),
        "list_seconds": round(listed, 4), "shown_seconds": round(shown, 2), "truth_seconds_each": round(each, 2),
        "times_cheaper": round(each * problem.items / max(listed, 1e-9), 1),
        "mean_effect": float(np.mean([abs(truth) for truth in truths.values()])),
        **{basis: judged([i for i in truths if effects[i].basis == basis], truths, effects)
           for basis in ("resolved", "flipped", "priced")},
        "all": judged(list(truths), truths, effects),
    }  # fmt: skip


def timed_effects(
    solution: Solution, deals: list[int], detailed: int, flipped: int
) -> tuple[dict[int, Effect], float]:
    """Effects, and the processor time they took."""
    began = time.process_time()
    effects = find_effects(
        solution, deals, detailed=detailed, flipped=flipped, report=lambda done, total: True
    )
    return effects, time.process_time() - began


def drawn(effects: dict[int, Effect], asked: int, seed: int) -> list[int]:
    """Those found in detail, up to a third; of the rest as many found one way as the other, by chance."""
    rng = np.random.default_rng(seed)
    by = {basis: [i for i in effects if effects[i].basis == basis] for basis in ("flipped", "priced")}
    detailed = [i for i in effects if effects[i].basis == "resolved"][: asked // 3]
    left = asked - len(detailed)
    flipped = [int(i) for i in rng.permutation(by["flipped"])[: left // 2]]
    return [*detailed, *flipped, *(int(i) for i in rng.permutation(by["priced"])[: left - len(flipped)])]


def judged(items: list[int], truths: dict[int, float], effects: dict[int, Effect]) -> dict[str, float]:
    """Share of signs that are right, and the mean error over the mean effect."""
    true = np.array([truths[i] for i in items])
    said = np.array([effects[i].value for i in items])
    if not len(true):
        return {"count": 0}
    clear = np.abs(true) > NEAR * np.abs(list(truths.values())).mean()
    return {
        "count": len(items),
        "signs": round(float((np.sign(true) == np.sign(said))[clear].mean()), 4) if np.any(clear) else 1.0,
        "error": round(float(np.abs(said - true).mean() / max(np.abs(true).mean(), 1e-12)), 4),
    }


def true_effect(solution: Solution, item: int) -> float | None:
    """What the best plan found with an opportunity is worth over the best one found without it."""
    firm, p = solution.firm, solution.firm.c.problem
    held, none = int(firm.choice[item]), int(p.item_start[item])
    others = [none] if held != none else [o for o in p.options_of(item) if o != none and p.allowed[o]]
    found = []
    for option in others:
        swap = mend(firm.c, firm, ((held,), (option,)), solution.scores)
        if swap is not None:
            found.append(settle(solution, firm.copied(), frozenset({item}), swap))
    if not found:
        return None
    return (firm.worth().objective - max(found)) * (1 if held != none else -1)


def settle(solution: Solution, firm: Firm, pinned: frozenset[int], swap: Swap | None = None) -> float:
    """Make an exchange, then improve the rest until that stalls; what the plan is worth then."""
    c = firm.c
    if swap is not None:
        firm.take(*swap)
    climb = Climb(firm, firm.worth(), lambda tried, value: True)
    uses = uses_of(c)
    while True:
        gained = 0.0
        slack = max(solution.bound - climb.worth.objective, 0.0)
        for moves in (
            singles(c, firm, solution.scores, slack, firm.promises(firm.slopes())),
            pairs(c, firm, solution.scores, uses, 40),
        ):
            free = (s for s in moves if not pinned & {int(firm.item_of[o]) for o in s[1]})
            gained += climb.over(free, 10_000, PATIENCE)
        if gained <= 1e-5 * abs(climb.worth.objective):
            return climb.worth.objective
