"""The chosen work on the shop floor: can it be carried out, when is each order done, what must the choice learn."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pursuit.domain import ProjectMode, Work
from pursuit.planning.model import Model, Situation
from pursuit.planning.model.assumptions import GOODWILL_PER_WEEK, LATE_WEEKS
from pursuit.planning.model.commitments import released
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
    """An order the floor cannot carry in time.

    ``resource`` lacks ``hours`` between the weeks ``first`` and ``last``. ``after`` is the week in which the steps
    before ``step`` are done, None where the step is not held up by them.
    """

    ref: str
    resource: int
    hours: float
    first: int
    last: int
    step: int
    after: int | None


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
    real = replace(s, cut=None)  # the floor is what it is, not what the choice was told
    problem = FloorProblem(
        start=s.axis.start,
        capacity=real.capacity + gain,
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
    by_id = {project.id: project for project in s.running}
    orders = []
    for option in choice:
        facts = model.facts[option]
        if facts.kind != "project":
            continue
        project = by_id[facts.ref]
        mode = next((m for m in project.modes if m.kind == facts.word), ProjectMode("as_planned"))
        work = tuple(_scaled(piece, mode.hours_factor) for piece in project.work)
        due = max(s.axis.index(project.due), 0) + mode.delay_weeks
        release = released(s, project, mode)
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
        before = [other for other in ops if problem.steps[other] < step]
        after = max((int(np.flatnonzero(schedule.hours[o] > 0).max(initial=0)) for o in before), default=None)
        resource, short_hours = int(problem.op_resource[op]), float(missing[op])
        found.append(Conflict(order.ref, resource, short_hours, order.release, last, step, after))
    return tuple(found)


def learned(s: Situation, conflicts: tuple[Conflict, ...]) -> Situation:
    """What the next choice must know: steps that cannot begin earlier, or hours the floor cannot give.

    A step held up by those before it may from now on only be planned from the week in which the floor had them done; if
    that is already known, or nothing holds it up, the missing hours (twice, spread over the window) are cut instead.
    """
    cut = np.zeros_like(s.capacity) if s.cut is None else s.cut.copy()
    earliest = dict(s.earliest)
    for conflict in conflicts:
        key = (conflict.ref, conflict.step)
        if conflict.after is not None and conflict.after > earliest.get(key, conflict.first):
            earliest[key] = conflict.after
            continue
        span = slice(conflict.first, conflict.last + 1)
        share = s.capacity[conflict.resource, span]
        if share.sum() > 0:
            cut[conflict.resource, span] += 2 * conflict.hours * share / share.sum()
    return replace(s, cut=np.minimum(cut, replace(s, cut=None).capacity), earliest=earliest)


def finish_by_future(floor: Floor, won: Bools, hours_factor: Floats) -> Ints:
    """(N, S) week in which each order would be done if it came, the others coming as drawn."""
    S = won.shape[1]
    background = np.repeat(floor.presales[:, :, None], S, axis=2)
    return promise_weeks(floor.problem, won, hours_factor, background, np.arange(len(floor.orders)))
