"""Finite forward loading: all orders, week by week, within capacity, overtime and rates."""

from __future__ import annotations

import numpy as np

from pursuit.errors import SolveError
from pursuit.scheduling.problem import Floats, FloorProblem, FloorSchedule, Ints
from pursuit.scheduling.sequence import RULES, sequence_by

__all__ = ["FloorProblem", "FloorSchedule", "carry_out"]


def carry_out(
    problem: FloorProblem,
    scale: Floats,
    hours_factor: Floats | None = None,
    background: Floats | None = None,
    rules: tuple[str, ...] = RULES,
) -> FloorSchedule:
    """Load the orders forward, each as early as those before it allow; the rule with least lateness wins.

    Within an order, at the end of every week no step has a larger share done than any operation of the step
    before. Overtime is used only by an order that regular hours alone would make late, from the latest week
    that still saves its due date (or, where nothing saves it, its earliest possible finish). On tiny floors
    of one resource the total weighted lateness is about a tenth above the least possible (the tests compare
    it with an integer programme).

    Parameters
    ----------
    problem
        Orders and hours.
    scale
        (N,) multiplies the hours of each order: 0 absent, 1 as declared, a chance for probability-weighted
        load.
    hours_factor
        (R,) overrun of hours per resource; None for none.
    background
        (R, T) hours already taken (presales, pursuit effort); None for none.
    rules
        Sequences to try, see :func:`pursuit.scheduling.sequence.sequence_by`.

    Raises
    ------
    SolveError
        When an array has the wrong shape or holds a negative number.
    """
    scale, hours_factor, background = _checked(problem, scale, hours_factor, background)
    hours, rate = problem.loads(scale, hours_factor)
    tried = (
        _load(problem, rule, sequence_by(problem, rule, scale), hours, rate, background) for rule in rules
    )
    return min(tried, key=lambda schedule: schedule.weighted_lateness(problem, scale))


def _load(
    problem: FloorProblem, rule: str, sequence: Ints, hours: Floats, rate: Floats, background: Floats | None
) -> FloorSchedule:
    from pursuit.scheduling.kernels import load_all

    regular, extra = problem.left(background)
    placed = np.zeros((len(hours), problem.weeks))
    placed_extra = np.zeros_like(placed)
    finish = np.zeros(len(problem.order_ids), dtype=np.int64)
    load_all(
        sequence,
        problem.first_op,
        problem.release,
        problem.due,
        problem.steps,
        problem.op_resource,
        hours,
        rate,
        regular,
        extra,
        placed,
        placed_extra,
        finish,
    )
    overtime = np.zeros_like(problem.capacity)
    np.add.at(overtime, problem.op_resource, placed_extra)
    busy = np.bincount(problem.op_order, hours, len(problem.order_ids)) > 0
    late = np.where(busy, np.maximum(finish - problem.due, 0), 0)
    return FloorSchedule(placed, overtime, finish, late, rule)


def _checked(
    problem: FloorProblem, scale: Floats, hours_factor: Floats | None, background: Floats | None
) -> tuple[Floats, Floats | None, Floats | None]:
    expected = {
        "scale": (scale, (len(problem.order_ids),)),
        "hours_factor": (hours_factor, (problem.resources,)),
        "background": (background, problem.capacity.shape),
    }
    arrays: list[Floats | None] = []
    for name, (value, shape) in expected.items():
        array = None if value is None else np.asarray(value, dtype=np.float64)
        if array is not None and (array.shape != shape or not (array >= 0).all() or np.isinf(array).any()):
            raise SolveError(f"{name} needs the shape {shape} and numbers of 0 or more")
        arrays.append(array)
    assert arrays[0] is not None
    return arrays[0], arrays[1], arrays[2]
