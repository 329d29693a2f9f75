"""The plan: beliefs, futures, choice, floor, effects, fresh futures, document; one direction, no side doors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from pursuit.domain import Company
from pursuit.forecast import believe, draw_scenarios
from pursuit.planning.document import write_document
from pursuit.planning.floor import (
    Conflict,
    Floor,
    build_floor,
    conflicts_of,
    expected_schedule,
    finish_by_future,
    learned,
)
from pursuit.planning.model import Model, Settings, Situation, build_model
from pursuit.planning.model.loads import Loads, sure_packages
from pursuit.planning.today import choose_as_today
from pursuit.planning.valuation import FreshValues, value_on_fresh
from pursuit.scheduling import FloorSchedule
from pursuit.selection.effects import Effect, find_effects
from pursuit.selection.problem import Bools, Floats, Ints
from pursuit.selection.result import Progress, Report, Solution
from pursuit.selection.solve import solve
from pursuit.units import WeekAxis

ROUNDS = 3
"""Most times the choice is made again because the floor could not carry it."""


@dataclass(frozen=True)
class Round:
    """One round of harmony: what the choice was worth, and what the floor could not carry."""

    objective: float
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Answer:
    """Everything a plan document is written from."""

    settings: Settings
    situation: Situation
    model: Model
    solution: Solution
    bound: float
    rounds: tuple[Round, ...]
    floor: Floor
    schedule: FloorSchedule
    finish: Ints  # (N, S)
    effects: dict[int, Effect]
    fresh: FreshValues
    today: Ints
    status: str


def make_plan(
    company: Company, settings: Settings | None = None, report: Report = lambda progress: True
) -> dict[str, Any]:
    """Make a plan for ``company``.

    Parameters
    ----------
    company
        The firm.
    settings
        Horizon, attitude to risk, seed, limits.
    report
        Receives progress; answers False to stop, which hands back the best plan so far.

    Returns
    -------
    dict
        A plan document (see docs/plan-format.md), to be judged by :func:`pursuit.planning.verify_plan`.

    Raises
    ------
    SolveError
        When pins, technologies and hard limits leave no choice.
    """
    return write_document(answer(company, settings or Settings(), report))


def answer(company: Company, settings: Settings, report: Report) -> Answer:
    """All results of planning, before they are put into words."""
    going = _Going(report)
    going.tell("believe", 0, 1)
    axis = WeekAxis.following(company.as_of, settings.weeks)
    long_axis = Situation.long_axis_of(axis)
    beliefs = believe(company, long_axis)
    futures = draw_scenarios(company, beliefs, long_axis, scenarios=settings.scenarios, seed=settings.seed)
    s = Situation(company, axis, beliefs, futures)
    s, model, solution, bound, rounds, floor, schedule = _harmony(s, settings, going)
    problem = model.problem
    deals = [i for i in range(problem.items) if model.facts[problem.item_start[i]].kind != "account"]
    effects = find_effects(
        solution,
        deals,
        detailed=settings.detailed,
        flipped=max(400 - settings.detailed, 0),
        report=lambda done, total: going.tell("effects", done, total),
    )
    going.tell("promise", 0, 1)
    won = _won(floor, problem.won)
    finish = finish_by_future(floor, won, futures.hours_factor)
    going.tell("fresh", 0, 1)
    today = choose_as_today(s, model)
    fresh = value_on_fresh(s, settings, solution.choice, today)
    status = "cancelled" if going.stopped else solution.status
    return Answer(
        settings, s, model, solution, bound, rounds, floor, schedule, finish, effects, fresh, today, status
    )


@dataclass
class _Going:
    """Passes progress on and remembers that the user asked to stop."""

    report: Report
    stopped: bool = False
    value: float | None = None
    bound: float | None = None

    def __call__(self, progress: Progress) -> bool:
        self.value, self.bound = progress.value, progress.bound
        if not self.stopped and not self.report(progress):
            self.stopped = True
        return not self.stopped

    def tell(self, phase: str, step: int, steps: int) -> bool:
        return self(Progress(phase, step, steps, self.value, self.bound))


def _harmony(
    s: Situation, settings: Settings, going: _Going
) -> tuple[Situation, Model, Solution, float, tuple[Round, ...], Floor, FloorSchedule]:
    """Choose, let the floor try, tighten what it could not carry, choose again.

    The bound is that of the first round: the floor as it is, before any cut, so it holds for every later round.
    """
    model = build_model(s, settings.risk_aversion)
    solution = solve(model.problem, work_limit=settings.work_limit, seconds=settings.seconds, report=going)
    bound = solution.bound
    rounds: list[Round] = []
    while True:
        floor = build_floor(s, model, solution.choice, presales_hours(solution, model))
        schedule = expected_schedule(floor)
        conflicts = conflicts_of(s, floor, schedule)
        rounds.append(Round(solution.objective, conflicts))
        going.tell("floor", len(rounds), ROUNDS)
        if not conflicts or len(rounds) > ROUNDS or going.stopped:
            break
        s = learned(s, conflicts)
        model = build_model(s, settings.risk_aversion)
        solution = solve(
            model.problem,
            work_limit=max(settings.work_limit // 3, 20),
            seconds=settings.seconds,
            report=going,
            start=solution.choice,
            prices=solution.prices,
        )
    return s, model, solution, bound, tuple(rounds), floor, schedule


def presales_hours(solution: Solution, model: Model) -> Floats:
    """(R, T) mean hours that presales, account care and investments take."""
    facts = model.facts
    own = [o for o in solution.choice if facts[o].kind != "project" and facts[o].word != "defer"]
    loads = Loads(model.problem, solution.loading)
    return loads.weekly(sure_packages(model.problem, np.array(own, dtype=np.int64)))


def _won(floor: Floor, won: Bools) -> Bools:
    """(N, S) whether each order of the floor comes."""
    rows = [np.ones(won.shape[1], bool) if order.firm else won[order.option] for order in floor.orders]
    return np.array(rows).reshape(len(floor.orders), won.shape[1])
