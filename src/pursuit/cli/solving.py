"""``pursuit solve``: a problem from one file, its best choice with the proof into another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pursuit.cli.session import Session
from pursuit.cli.watching import N, Watch
from pursuit.errors import Fault, InputError
from pursuit.words import Words, format_percent

if TYPE_CHECKING:
    from pursuit.selection.problem import SelectionProblem
    from pursuit.selection.result import Solution

ENDING = ".npz"
MOST_KINDS = 20
"""Kinds of options told by name; where there are more, options are counted by their place in their item."""
DEAREST = 5
STOPPING = N("Finishing with the best choice so far; press Ctrl-C again to abort.")
STATUS = {
    "converged": N("The search went on until it found nothing better."),
    "limit": N("The search ended at the work limit; a higher one may find more."),
    "clock": N("The search ended by the clock; the same command may end elsewhere another time."),
    "cancelled": N("The search was cancelled; this is the best choice until then."),
}


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be solved, how, and where the result goes; None leaves a matter to the file or the solver."""

    problem: Path
    out: Path
    work_limit: int | None
    seed: int
    seconds: float | None
    risk_aversion: float | None
    force: bool


class BareWatch(Watch):
    """Shows progress in the unit of the file, whose currency nobody knows."""

    def _money(self, amount: float) -> str:
        return figure(amount)


def run_solve(task: Task, it: Session) -> None:
    """Read, solve, write, and say what came of it.

    Raises
    ------
    InputError
        When the problem cannot be read, or the result would take the place of a file.
    SolveError
        When no choice is possible.
    """
    check_out(task, it.words)
    it.screen.tell(it.words("Reading {name}", name=task.problem))
    from pursuit.selection.archive import load_problem, save_result

    problem = load_problem(task.problem, it.words.lang)
    if task.risk_aversion is not None:
        problem = replace(problem, risk_aversion=task.risk_aversion)
    task.out.parent.mkdir(parents=True, exist_ok=True)
    it.folder = task.out.parent

    from pursuit.selection.solve import solve

    limits: dict[str, Any] = {} if task.work_limit is None else {"work_limit": task.work_limit}
    with BareWatch(it.words, "", it.screen, STOPPING) as watch:
        solution = solve(problem, seconds=task.seconds, seed=task.seed, report=watch, **limits)
        save_result(solution, problem, task.out, seed=task.seed)
    for line in told(solution, problem, it.words):
        it.screen.say(line)
    it.screen.say(it.words("Written: {file}", file=task.out))


def check_out(task: Task, words: Words) -> None:
    """Refuse a name for the result that would surprise somebody, before any work is done."""
    if task.out.suffix.lower() != ENDING:
        problem, mend = words("The result's name must end in .npz."), words("Name it so.")
    elif task.out.exists() and task.out.resolve() == task.problem.resolve():
        problem, mend = (
            words("The result would take the place of its problem."),
            words("Choose another name."),
        )
    elif task.out.exists() and not task.force:
        problem, mend = words("This file is there already."), words("Choose another name, or add --force.")
    else:
        return
    raise InputError([Fault(str(task.out), "", 0, "", "", problem, mend)])


def told(solution: Solution, problem: SelectionProblem, words: Words) -> Iterator[str]:
    """The result in a few lines."""
    from pursuit.selection.worth import worst_tenth_mean

    yield words("Value: {value}", value=figure(solution.objective))
    gap = format_percent(solution.gap, words.lang, 2)
    yield words("Proven limit: {bound} (gap {gap})", bound=figure(solution.bound), gap=gap)
    mean, worst = figure(float(solution.values.mean())), figure(worst_tenth_mean(solution.values))
    yield words("Mean of the scenarios: {mean}; mean of the worst tenth: {worst}", mean=mean, worst=worst)
    if solution.row_cost:
        yield words("Broken soft limits cost: {cost}", cost=figure(solution.row_cost))
    yield words(STATUS[solution.status])
    yield from solution.fallbacks
    yield words("Options taken, of {count} items:", count=f"{problem.items:,}")
    for kind, count in kinds_taken(solution, problem, words):
        yield f"  {kind}: {count:,}"
    yield from _prices(solution, problem, words)


def kinds_taken(solution: Solution, problem: SelectionProblem, words: Words) -> list[tuple[str, int]]:
    """How many items take which kind of option, the most frequent first.

    A kind is what follows the last dot, colon or slash of an option's name.
    """
    named = [re.split(r"[.:/]", name)[-1] for name in problem.option_ids]
    chosen = [int(option) for option in solution.choice]
    if len(set(named)) <= MOST_KINDS:
        kinds = [named[option] for option in chosen]
    else:
        places = [option - int(start) for option, start in zip(chosen, problem.item_start[:-1], strict=True)]
        kinds = [words("option {number} of its item, from 0", number=place) for place in places]
    return sorted(Counter(kinds).items(), key=lambda pair: (-pair[1], pair[0]))


def _prices(solution: Solution, problem: SelectionProblem, words: Words) -> Iterator[str]:
    """What is scarce, and what one more unit of it is worth in the mean of the weighted scenarios."""
    import numpy as np

    prices = solution.prices
    hour = np.einsum("s,srt->rt", prices.weight, prices.hour)
    scarce = _dearest(hour.mean(axis=1) if hour.size else hour.sum(axis=1))
    if scarce:
        yield words("Dearest hours (resources and weeks counted from 0):")
    for r in scarce:
        week = int(hour[r].argmax())
        mean, most = figure(float(hour[r].mean())), figure(float(hour[r, week]))
        yield "  " + words(
            "resource {r}: {mean} an hour in the mean of the weeks, {most} in week {week}",
            r=r, mean=mean, most=most, week=week,
        )  # fmt: skip
    limits = _dearest(prices.row)
    if limits:
        yield words("Dearest limits:")
    for c in limits:
        yield "  " + words(
            "{name}: {price} a unit", name=problem.rows.names[c], price=figure(float(prices.row[c]))
        )
    cash = np.einsum("s,sm->m", prices.weight, prices.cash)
    months = _dearest(cash)
    if months:
        yield words("Cash under its floor (months counted from 0):")
    for m in months:
        yield "  " + words("month {m}: {price} a unit of money", m=m, price=figure(float(cash[m])))


def _dearest(prices: Any) -> list[int]:
    """The places of the highest prices above zero, the highest first."""
    order = (-prices).argsort(kind="stable")[:DEAREST]
    return [int(n) for n in order if prices[n] > 0]


def figure(amount: float) -> str:
    """A number to read: whole from a thousand on, else four digits."""
    return f"{amount:,.0f}" if abs(amount) >= 1000 else f"{amount:.4g}"
