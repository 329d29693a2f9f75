"""Problem -> solve -> result: prices give a proven bound and say what to try; exact exchanges find the choice."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np

from pursuit.errors import SolveError
from pursuit.selection.bound import Dual, Prices, admissible, find_prices, first_prices, relax
from pursuit.selection.compiled import Compiled, compile_problem
from pursuit.selection.feasible import NONE, feasible_choice
from pursuit.selection.firm import Firm, Worth
from pursuit.selection.problem import Ints, SelectionProblem
from pursuit.selection.result import Progress, Report, Solution
from pursuit.selection.search import climb, exchanges, pairs, repaired

DEFAULT_WORK = 600
"""Work limit where none is given: one unit prices every item once, or tries one exchange."""


@dataclass
class _Run:
    """What a solve knows while it goes on."""

    c: Compiled
    report: Report
    deadline: float | None
    work_limit: int
    work: int = 0
    value: float | None = None
    bound: float | None = None
    stopped: str = ""

    def tell(self, phase: str, step: int, steps: int) -> bool:
        """Report progress; False when the user or the clock says stop."""
        if not self.report(Progress(phase, step, steps, self.value, self.bound)):
            self.stopped = "cancelled"
        elif self.deadline is not None and time.monotonic() > self.deadline:
            self.stopped = "clock"
        return not self.stopped


def solve(
    problem: SelectionProblem,
    *,
    work_limit: int = DEFAULT_WORK,
    seconds: float | None = None,
    report: Report = lambda progress: True,
    start: Ints | None = None,
    prices: Prices | None = None,
) -> Solution:
    """Choose one option for every item.

    Parameters
    ----------
    problem
        The compiled choice.
    work_limit
        Units of work (see ``DEFAULT_WORK``); the same limit gives the same answer on any machine.
    seconds
        A second fence by the clock; a solve it stops says so in its status.
    report
        Receives progress, may stop the solve; the best choice so far is handed back.
    start, prices
        A choice and prices to begin with.

    Raises
    ------
    SolveError
        When no choice satisfies the pins, the needs and the hard limits together.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    run = _Run(compile_problem(problem), report, deadline, work_limit)
    prices = None if prices is None else admissible(run.c, prices)
    dual = _prices(run, max(work_limit * 25 // 100, 5), prices)
    firm, worth = _first_choice(run, dual, start)
    dual = _prices(run, work_limit * 30 // 100, dual.prices, dual)
    worth = _round_again(run, firm, worth, dual)
    worth = _exchange(run, firm, worth, dual)
    run.value = worth.objective
    status = run.stopped or ("limit" if run.work >= work_limit else "converged")
    if not run.stopped:
        dual = _prices(run, work_limit * 10 // 100, dual.prices, dual)
    if not worth.feasible:
        raise SolveError(NONE)
    return Solution(
        choice=firm.choice.copy(),
        values=worth.values,
        objective=worth.objective,
        bound=max(dual.bound, worth.objective),
        row_cost=worth.row_cost,
        status=status,
        firm=firm,
        prices=dual.prices,
        scores=dual.scores,
        work=run.work,
    )


def _prices(run: _Run, steps: int, start: Prices | None, known: Dual | None = None) -> Dual:
    """Better prices within ``steps``, never worse than those known."""

    def note(step: int, bound: float) -> bool:
        run.bound = bound if run.bound is None else min(bound, run.bound)
        return run.tell("bound", step, steps)

    if steps < 1:
        assert known is not None
        return known
    floor = run.value
    if floor is None:
        first = relax(run.c, start or first_prices(run.c)).bound
        floor = first - 0.1 * abs(first)
    dual = find_prices(run.c, steps, floor, note, start)
    run.work += dual.steps
    return dual if known is None or dual.bound <= known.bound else known


def _first_choice(run: _Run, dual: Dual, start: Ints | None) -> tuple[Firm, Worth]:
    """The better of the choice the prices make and the choice given to begin with."""
    found: list[tuple[Firm, Worth]] = []
    begins = [_rounded(run.c, dual)] if start is None else [_rounded(run.c, dual), start]
    for choice in begins:
        firm = Firm(run.c, repaired(run.c, choice, dual.scores))
        found.append((firm, firm.worth()))
    if not any(worth.feasible for _, worth in found):
        firm = Firm(run.c, feasible_choice(run.c, dual.scores))
        found.append((firm, firm.worth()))
    best = max(found, key=lambda pair: (pair[1].feasible, pair[1].objective))
    run.value = best[1].objective
    return best


def _rounded(c: Compiled, dual: Dual) -> Ints:
    """The option of every item that the prices liked most often lately, the score deciding ties."""
    p = c.problem
    ranks = dual.share + 1e-6 * np.argsort(np.argsort(dual.scores)) / max(p.options, 1)
    ranks = np.where(p.allowed, ranks, -np.inf)
    return np.array([max(p.options_of(i), key=lambda o: ranks[o]) for i in range(p.items)], dtype=np.int64)


def _round_again(run: _Run, firm: Firm, worth: Worth, dual: Dual) -> Worth:
    """Go over to the choice of better prices where it is better."""
    choice = repaired(run.c, _rounded(run.c, dual), dual.scores)
    moved = np.flatnonzero(choice != firm.choice)
    drops, adds = [int(o) for o in firm.choice[moved]], [int(o) for o in choice[moved]]
    if not drops:
        return worth
    new = firm.worth((drops, adds))
    if (new.feasible, new.objective) <= (worth.feasible, worth.objective):
        return worth
    firm.take(drops, adds)
    run.value = new.objective
    return firm.worth()


def _exchange(run: _Run, firm: Firm, worth: Worth, dual: Dual) -> Worth:
    """Rounds of single exchanges and of pairs until a whole round gains next to nothing."""
    while not run.stopped and run.work < run.work_limit:
        before = worth.objective
        for phase, most in (("exchange", 0.2), ("pairs", 0.06)):
            slack = dual.bound - worth.objective if worth.feasible else np.inf
            moves = (
                exchanges(run.c, firm, dual.scores, slack)
                if phase == "exchange"
                else pairs(run.c, firm, dual.scores, 60)
            )
            base = run.work

            def note(tried: int, value: float, base: int = base, phase: str = phase) -> bool:
                run.value = value
                return run.tell(phase, base + tried, run.work_limit)

            left = min(run.work_limit - run.work, max(int(most * run.work_limit), 20))
            worth, tried, _, going = climb(firm, worth, moves, dual.prices.weight, left, note)
            run.work += tried
            run.value = worth.objective
            if not going or run.work >= run.work_limit:
                return worth
        if not worth.feasible or worth.objective - before <= 1e-4 * abs(worth.objective):
            break
    return worth
