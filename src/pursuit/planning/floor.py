"""The chosen work on the shop floor: can it be carried out, when is each order done, what must the choice learn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pursuit.domain import ProjectMode, Work
from pursuit.planning.model import Model, Situation
from pursuit.planning.model.assumptions import GOODWILL_PER_WEEK, LATE_WEEKS
from pursuit.scheduling import FloorProblem, FloorSchedule, carry_out, promise_weeks
from pursuit.selection.problem import Bools, Floats, Ints

TOLERANCE = 0.5
"""Hours of an order that may stay unplaced before the floor counts as unable to carry it."""


@dataclass(frozen=True)
class FloorOrder:
    """One order the floor may have to carry: a project or an opportunity with one of its offers."""

    ref: str
    option: int
    firm: bool
    chance: float
    release: int
    due: int
    weight: float
    work: tuple[Work, ...]
    names: tuple[str, ...]


@dataclass(frozen=True)
class Floor:
    """Chosen orders as a floor problem, hours and chances beside it; presales hours are taken off first."""

    orders: tuple[FloorOrder, ...]
    problem: FloorProblem
    scale: Floats
    presales: Floats  # (R, T)


@dataclass(frozen=True)
class Conflict:
    """An order the floor cannot carry in time, the resource that lacks the hours, and how many from when to when."""

    ref: str
    resource: int
    hours: float
    first: int
    last: int


def build_floor(s: Situation, model: Model, choice: Ints, presales: Floats) -> Floor:
    """Put the chosen work on the floor, with the capacity that chosen investments add."""
    orders = [*_projects(s, model, choice), *_deals(s, model, choice)]
    gain = np.zeros_like(s.capacity)
    for option in choice:
        where = np.flatnonzero(model.problem.gain_option == option)
        if len(where):
            gain += model.problem.capacity_gain[where[0]]
    rows = [
        (n, piece) for n, order in enumerate(orders) for piece in sorted(order.work, key=lambda w: w.step)
    ]
    rows = [(n, piece) for n, piece in rows if piece.hours > 0]
    shares = Situation(
        s.company, s.axis, s.beliefs, s.futures
    )  # the floor is what it is, not what the choice was told
    problem = FloorProblem(
        start=s.axis.start,
        capacity=shares.capacity + gain,
        overtime=s.overtime,
        order_ids=tuple(order.ref for order in orders),
        release=np.array([order.release for order in orders]),
        due=np.array([order.due for order in orders]),
        weight=np.array([order.weight for order in orders]),
        firm=np.array([order.firm for order in orders], dtype=bool),
        op_order=np.array([n for n, _ in rows], dtype=np.int64),
        op_resource=np.array([s.resource_index[piece.resource] for _, piece in rows], dtype=np.int64),
        op_hours=np.array([piece.hours for _, piece in rows]),
        op_rate=np.array([piece.max_hours_per_week or piece.hours / piece.weeks for _, piece in rows]),
        op_step=np.array([piece.step for _, piece in rows], dtype=np.int64),
    )
    return Floor(tuple(orders), problem, np.array([order.chance for order in orders]), presales)


def _projects(s: Situation, model: Model, choice: Ints) -> list[FloorOrder]:
    by_id = {project.id: project for project in s.company.projects}
    orders = []
    for option in choice:
        facts = model.facts[option]
        if facts.kind != "project":
            continue
        project = by_id[facts.ref]
        mode = next((m for m in project.modes if m.kind == facts.word), ProjectMode("as_planned"))
        work = tuple(_scaled(piece, mode.hours_factor) for piece in project.work)
        due = max(s.axis.index(project.due), 0) + mode.delay_weeks
        release = mode.delay_weeks if mode.kind == "paused" else 0
        weight = GOODWILL_PER_WEEK * s.company.home(project.amount)
        orders.append(
            FloorOrder(project.id, int(option), True, 1.0, release, due, weight, work, _names(s, work))
        )
    return orders


def _scaled(piece: Work, factor: float) -> Work:
    return Work(
        piece.resource, piece.hours * factor, piece.step, piece.weeks, piece.max_hours_per_week, piece.name
    )


def _deals(s: Situation, model: Model, choice: Ints) -> list[FloorOrder]:
    orders = []
    for option in choice:
        facts = model.facts[option]
        if facts.kind == "opportunity" and facts.word == "pursue" and facts.offer is not None:
            offer = facts.offer
            weight = GOODWILL_PER_WEEK * offer.price
            orders.append(
                FloorOrder(
                    facts.ref,
                    int(option),
                    False,
                    facts.chance,
                    facts.start,
                    facts.due,
                    weight,
                    offer.work,
                    _names(s, offer.work),
                )
            )
    return orders


def _names(s: Situation, work: tuple[Work, ...]) -> tuple[str, ...]:
    return tuple(piece.name or s.company.resource_by_id[piece.resource].name for piece in work)


def expected_schedule(floor: Floor) -> FloorSchedule:
    """Firm work whole and pursued deals at their chance, loaded finitely; presales come first."""
    return carry_out(floor.problem, floor.scale, background=floor.presales)


def conflicts_of(s: Situation, floor: Floor, schedule: FloorSchedule) -> tuple[Conflict, ...]:
    """Orders whose work does not fit between release and the last week in which late work still counts."""
    problem, found = floor.problem, []
    hours, _ = problem.loads(floor.scale)
    used = np.zeros_like(problem.capacity)
    np.add.at(used, problem.op_resource, schedule.hours)
    room = problem.capacity + problem.overtime - used - floor.presales
    first_op = problem.first_op
    for n, order in enumerate(floor.orders):
        last = order.due + LATE_WEEKS
        if last >= s.weeks:
            continue
        ops = range(int(first_op[n]), int(first_op[n + 1]))
        missing = {op: hours[op] - schedule.hours[op, : last + 1].sum() for op in ops}
        if sum(missing.values()) <= TOLERANCE:
            continue
        short = [op for op in ops if missing[op] > 1e-6]
        # The step that holds the others up is the earliest one short; on it, the scarcest resource.
        step = min(int(problem.steps[op]) for op in short)
        op = min(
            (op for op in short if problem.steps[op] == step),
            key=lambda op: float(room[problem.op_resource[op], order.release : last + 1].sum()),
        )
        found.append(
            Conflict(order.ref, int(problem.op_resource[op]), float(missing[op]), order.release, last)
        )
    return tuple(found)


def learned_cut(s: Situation, conflicts: tuple[Conflict, ...]) -> Floats:
    """(R, T) hours the next choice must do without: what was missing, twice, spread over the order's window."""
    cut = np.zeros_like(s.capacity) if s.cut is None else s.cut.copy()
    for conflict in conflicts:
        span = slice(conflict.first, conflict.last + 1)
        share = s.capacity[conflict.resource, span]
        if share.sum() > 0:
            cut[conflict.resource, span] += 2 * conflict.hours * share / share.sum()
    return np.minimum(cut, Situation(s.company, s.axis, s.beliefs, s.futures).capacity)


def finish_by_future(floor: Floor, won: Bools, hours_factor: Floats) -> Ints:
    """(N, S) week in which each order would be done if it came, the others coming as drawn."""
    S = won.shape[1]
    background = np.repeat(floor.presales[:, :, None], S, axis=2)
    return promise_weeks(floor.problem, won, hours_factor, background, np.arange(len(floor.orders)))
