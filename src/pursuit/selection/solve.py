"""Problem -> solve -> result: prices give a proven bound and say what to try; exact exchanges find the choice."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count, islice
from threading import Lock

import numpy as np

from pursuit.selection.bound import Prices, admissible
from pursuit.selection.compiled import Compiled, compile_problem
from pursuit.selection.dual import Dual, find_prices
from pursuit.selection.exact import Going, always
from pursuit.selection.feasible import feasible_choice, no_choice
from pursuit.selection.firm import Firm
from pursuit.selection.moves import pairs, singles, uses_of
from pursuit.selection.problem import Ints, SelectionProblem
from pursuit.selection.repair import repaired, rounded
from pursuit.selection.result import Moment, Progress, Report, Solution
from pursuit.selection.search import Climb
from pursuit.selection.worth import Worth, carried_out

DEFAULT_WORK = 450
"""Work limit where none is given: one unit prices every item once, or tries one exchange."""


KICKS, AFTER_KICK = 30, 8
"""Kicks in a row without success after which it is enough, and exchanges in a row after one of them."""


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
    begun: float = field(default_factory=time.process_time)
    history: list[Moment] = field(default_factory=list)

    def tell(self, phase: str, step: int, steps: int) -> bool:
        """Report progress; False when the user or the clock says stop."""
        last = self.history[-1] if self.history else None
        if last is None or (last.value, last.bound) != (self.value, self.bound):
            seconds = time.process_time() - self.begun
            self.history.append(Moment(seconds, self.work, self.value, self.bound))
        if not self.report(Progress(phase, step, steps, self.value, self.bound)):
            self.stopped = "cancelled"
        elif self.deadline is not None and time.monotonic() > self.deadline:
            self.stopped = "clock"
        return not self.stopped

    def going(self) -> Going:
        """Reports each step of a loading, from whichever thread; small ones are never left half done."""
        if self.c.small:
            return always
        lock, done = Lock(), count(1)

        def step(steps: int) -> bool:
            with lock:
                return not self.stopped and self.tell("load", next(done), steps)

        return step


def solve(
    problem: SelectionProblem,
    *,
    work_limit: int = DEFAULT_WORK,
    seconds: float | None = None,
    report: Report = lambda progress: True,
    start: Ints | None = None,
    prices: Prices | None = None,
    seed: int = 0,
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
    seed
        Kept with a result; nothing in this search is left to chance.

    Raises
    ------
    SolveError
        When no choice satisfies the pins, the needs and the hard limits together.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    run = _Run(compile_problem(problem), report, deadline, work_limit)
    prices = None if prices is None else admissible(run.c, prices)
    dual = _prices(run, max(work_limit * 30 // 100, 5), prices)
    firm, worth = _first_choice(run, dual, start)
    worth = _exchange(run, firm, worth, dual)
    ended = "limit" if run.work >= work_limit else "converged"
    if not run.stopped:
        dual = _prices(run, work_limit * 10 // 100, dual.prices, dual)
    if not worth.feasible:
        raise no_choice(problem)
    worth, loading = carried_out(run.c, firm.choice, firm.known(), run.going())
    return Solution(
        choice=firm.choice.copy(),
        values=worth.values,
        objective=worth.objective,
        bound=max(dual.bound, worth.objective),
        row_cost=worth.row_cost,
        status=run.stopped or ended,
        firm=firm,
        loading=loading,
        prices=dual.prices,
        scores=dual.scores,
        work=run.work,
        history=tuple(run.history),
    )


def _prices(run: _Run, steps: int, start: Prices | None, known: Dual | None = None) -> Dual:
    """Better prices within ``steps``, never worse than those known."""

    def note(step: int, bound: float) -> bool:
        run.bound = bound if run.bound is None else min(bound, run.bound)
        return run.tell("bound", step, steps)

    if steps < 1:
        assert known is not None
        return known
    floor = -np.inf if run.value is None else run.value
    dual = find_prices(run.c, steps, floor, note, start)
    run.work += dual.steps
    return dual if known is None or dual.bound <= known.bound else known


def _first_choice(run: _Run, dual: Dual, start: Ints | None) -> tuple[Firm, Worth]:
    """The better of the choice the prices make and the choice given to begin with."""
    found: list[tuple[Firm, Worth]] = []
    begin = rounded(run.c, dual.share, dual.scores)
    for choice in [begin] if start is None else [begin, start]:
        firm = Firm(run.c, repaired(run.c, choice, dual.scores), dual.prices.hour, run.going())
        found.append((firm, firm.worth()))
    if not any(worth.feasible for _, worth in found):
        firm = Firm(run.c, feasible_choice(run.c, dual.scores), dual.prices.hour, run.going())
        found.append((firm, firm.worth()))
    best = max(found, key=lambda pair: (pair[1].feasible, pair[1].objective))
    run.value = best[1].objective if best[1].feasible else None
    return best


def _exchange(run: _Run, firm: Firm, worth: Worth, dual: Dual) -> Worth:
    """Rounds of single exchanges and of pairs until a whole round gains next to nothing."""
    uses = uses_of(run.c)
    phase = "exchange"

    def note(tried: int, value: float) -> bool:
        if climb.worth.feasible:
            run.value = value if run.value is None else max(run.value, value)
        return run.tell(phase, run.work + tried, run.work_limit)

    climb = Climb(firm, worth, note)
    while not run.stopped and run.work + climb.tried < run.work_limit:
        gained = 0.0
        for phase, patience in (("exchange", 60), ("pairs", 30)):
            slack = dual.bound - climb.worth.objective if climb.worth.feasible else np.inf
            if phase == "exchange":
                promise = None if run.c.small else firm.promises(firm.slopes())
                moves = singles(run.c, firm, dual.scores, slack, promise)
            else:
                moves = pairs(run.c, firm, dual.scores, uses, 40)
            left = run.work_limit - run.work - climb.tried
            gained += climb.over(moves, left, patience if climb.worth.feasible else left)
        if not climb.worth.feasible or gained <= 2e-5 * abs(climb.worth.objective):
            break
    if climb.worth.feasible and not run.stopped:
        phase = "kicks"
        _kick(run, climb, dual)
    run.work += climb.tried
    return climb.worth


def _kick(run: _Run, climb: Climb, dual: Dual) -> None:
    """Force options in that do not help by themselves, each with what it makes worth while, until none has for long.

    Where deals are few and large, single exchanges and pairs get stuck (iterated local search; Lourenço, Martin &
    Stützle 2003).
    """
    firm, failed = climb.firm, 0
    while failed < KICKS and not climb.stopped and run.work + climb.tried < run.work_limit:
        best, choice = climb.worth, firm.choice.copy()
        wanted = singles(run.c, firm, dual.scores, dual.bound - best.objective, None)
        swap = next(islice(wanted, failed, None), None)
        if swap is None:
            return
        climb.tried += 1
        if not firm.allowed(swap):
            failed += 1
            continue
        firm.take(*swap)
        climb.worth = firm.worth()
        kicked = {int(firm.item_of[o]) for o in swap[1]}
        moves = singles(run.c, firm, dual.scores, np.inf, None)
        others = (move for move in moves if not kicked & {int(firm.item_of[o]) for o in move[1]})
        climb.over(others, run.work_limit - run.work - climb.tried, AFTER_KICK)
        if climb.worth.feasible and climb.worth.objective > best.objective + 1e-9 * abs(best.objective):
            failed = 0
        else:
            firm.go_to(choice)
            climb.worth = firm.worth()
            failed += 1
