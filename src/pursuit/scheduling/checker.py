"""Judges a floor schedule against its problem; shares no code with what made it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pursuit.scheduling.problem import Floats, FloorProblem, FloorSchedule

HOURS = 1e-6  # hours forgiven to rounding, and share of a quantity forgiven on top


def check_schedule(
    problem: FloorProblem,
    schedule: FloorSchedule,
    scale: Floats | None = None,
    hours_factor: Floats | None = None,
    background: Floats | None = None,
) -> tuple[str, ...]:
    """Everything that ``schedule`` does wrong, as sentences that name the order; empty when it is sound.

    ``scale`` (N,), ``hours_factor`` (R,) and ``background`` (R, T) are those the schedule was made with.
    """
    shapes = {
        "hours": (len(problem.op_hours), problem.weeks),
        "overtime": problem.capacity.shape,
        "finish": problem.due.shape,
        "late": problem.due.shape,
    }
    wrong = [name for name, shape in shapes.items() if getattr(schedule, name).shape != shape]
    if wrong:
        return tuple(f"The table {name} has the wrong shape." for name in wrong)
    if not (np.isfinite(schedule.hours).all() and np.isfinite(schedule.overtime).all()):
        return ("Some hours are not finite numbers.",)
    share = np.ones(len(problem.order_ids)) if scale is None else np.asarray(scale, dtype=np.float64)
    overrun = (
        np.ones(problem.resources) if hours_factor is None else np.asarray(hours_factor, dtype=np.float64)
    )
    taken = (
        np.zeros_like(problem.capacity) if background is None else np.asarray(background, dtype=np.float64)
    )
    needed = problem.op_hours * share[problem.op_order] * overrun[problem.op_resource]
    return (
        *_signs(schedule),
        *_resources(problem, schedule, taken),
        *_operations(problem, schedule, needed, share),
        *_precedence(problem, schedule, needed),
        *_finishes(problem, schedule, needed),
    )


def _signs(schedule: FloorSchedule) -> Iterator[str]:
    if (schedule.hours < 0).any():
        yield "Some operation has negative hours."
    if (schedule.overtime < 0).any():
        yield "Some overtime is negative."


def _resources(problem: FloorProblem, schedule: FloorSchedule, taken: Floats) -> Iterator[str]:
    """Regular hours first, both kinds within what is left."""
    for center in range(problem.resources):
        used = schedule.hours[problem.op_resource == center].sum(axis=0)
        for week in range(problem.weeks):
            place = f"Resource {center}, week {week}"
            extra, before = schedule.overtime[center, week], taken[center, week]
            normal, allowed = problem.capacity[center, week], problem.overtime[center, week]
            free = max(normal - before, 0.0)
            free_extra = max(min(allowed, normal + allowed - before), 0.0)
            slack = HOURS * (1 + normal + allowed)
            if used[week] - extra > free + slack:
                yield f"{place}: {used[week] - extra:g} regular hours where {free:g} are left."
            if extra > free_extra + slack:
                yield f"{place}: {extra:g} hours of overtime where {free_extra:g} are allowed."
            if extra > slack and used[week] - extra < free - slack:
                yield f"{place}: overtime although regular hours are left."


def _operations(
    problem: FloorProblem, schedule: FloorSchedule, needed: Floats, share: Floats
) -> Iterator[str]:
    """Release, weekly rate, and no more hours than the operation has."""
    for op, hours in enumerate(schedule.hours):
        order = problem.op_order[op]
        name = f"Order {problem.order_ids[order]}, operation {op}"
        slack = HOURS * (1 + needed[op])
        rate = problem.op_rate[op] * min(1.0, share[order])
        if (hours[: problem.release[order]] > 0).any():
            yield f"{name}: work before the release in week {problem.release[order]}."
        if hours.max(initial=0) > rate + slack:
            yield f"{name}: {hours.max():g} hours in a week where {rate:g} are possible."
        if hours.sum() > needed[op] + slack:
            yield f"{name}: {hours.sum():g} hours placed where {needed[op]:g} are needed."


def _precedence(problem: FloorProblem, schedule: FloorSchedule, needed: Floats) -> Iterator[str]:
    """At the end of every week no step is further than any operation of an earlier step of its order."""
    for order, name in enumerate(problem.order_ids):
        ops = [op for op in np.flatnonzero(problem.op_order == order) if needed[op] > 0]
        done = {op: np.cumsum(schedule.hours[op]) / needed[op] for op in ops}
        for late in ops:
            for early in ops:
                if problem.steps[early] < problem.steps[late]:
                    ahead = np.flatnonzero(done[late] > done[early] + HOURS)
                    if len(ahead):
                        yield f"Order {name}: operation {late} is ahead of {early} in week {ahead[0]}."


def _finishes(problem: FloorProblem, schedule: FloorSchedule, needed: Floats) -> Iterator[str]:
    """Finish weeks, unfinished orders and lateness are what the hours say."""
    for order, name in enumerate(problem.order_ids):
        ops = np.flatnonzero(problem.op_order == order)
        due = int(problem.due[order])
        if not needed[ops].sum() > 0:
            true, late = min(int(problem.release[order]), problem.weeks), 0
        else:
            complete = bool(
                (schedule.hours[ops].sum(axis=1) >= needed[ops] - HOURS * (1 + needed[ops])).all()
            )
            busy = np.flatnonzero((schedule.hours[ops] > 0).any(axis=0))
            true = int(busy[-1]) if complete and len(busy) else problem.weeks
            late = max(true - due, 0)
        if schedule.finish[order] != true:
            yield f"Order {name}: said to finish in week {schedule.finish[order]}, the hours say {true}."
        if schedule.late[order] != late:
            yield f"Order {name}: said to be {schedule.late[order]} weeks late, the hours say {late}."
