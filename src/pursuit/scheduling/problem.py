"""What the shop floor is asked to do, and what it would do: two frozen values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pursuit.errors import SolveError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class FloorProblem:
    """Orders, their operations and the hours there are; R resources, T weeks, N orders, P operations.

    Attributes
    ----------
    start
        Monday of week 0.
    capacity, overtime
        (R, T) regular hours and the extra hours allowed on top.
    order_ids
        N names, each once.
    release, due
        (N,) first week in which work may be done (0 or more) and last week that is in time (may lie outside
        the axis).
    weight
        (N,) cost of one week of lateness, in any one unit.
    firm
        (N,) already sold: goes before everything that is not.
    op_order, op_resource
        (P,) indices; operations of one order stand together, in step order.
    op_hours, op_rate
        (P,) hours of the whole operation and most hours of it in one week.
    op_step
        (P,) step number; operations of an order with the same number run side by side. None: one after the
        other.

    Raises
    ------
    SolveError
        With everything that is wrong with the arrays.
    """

    start: date
    capacity: Floats
    overtime: Floats
    order_ids: tuple[str, ...]
    release: Ints
    due: Ints
    weight: Floats
    firm: Bools
    op_order: Ints
    op_resource: Ints
    op_hours: Floats
    op_rate: Floats
    op_step: Ints | None = None

    def __post_init__(self) -> None:
        for name in ("capacity", "overtime", "weight", "op_hours", "op_rate"):
            self._freeze(name, np.float64)
        for name in ("release", "due", "op_order", "op_resource"):
            self._freeze(name, np.int64)
        self._freeze("firm", np.bool_)
        if self.op_step is None:
            object.__setattr__(self, "op_step", np.arange(len(self.op_order)))
        self._freeze("op_step", np.int64)
        faults = list(self._shape_faults()) or list(self._value_faults())
        if faults:
            raise SolveError("The shop floor cannot be computed: " + "; ".join(faults))

    def _freeze(self, name: str, kind: type) -> None:
        array: NDArray[Any] = np.array(getattr(self, name), dtype=kind)
        array.setflags(write=False)
        object.__setattr__(self, name, array)

    def _shape_faults(self) -> Iterator[str]:
        if self.capacity.ndim != 2:
            yield "capacity is not a table of resources by weeks"
        if self.overtime.shape != self.capacity.shape:
            yield "overtime and capacity differ in shape"
        for name in ("release", "due", "weight", "firm"):
            if getattr(self, name).shape != (len(self.order_ids),):
                yield f"{name} does not have one entry per order"
        for name in ("op_order", "op_resource", "op_hours", "op_rate", "op_step"):
            if getattr(self, name).shape != self.op_order.shape or self.op_order.ndim != 1:
                yield f"{name} does not have one entry per operation"

    def _value_faults(self) -> Iterator[str]:
        if self.start.weekday() != 0:
            yield f"week 0 starts on a Monday; {self.start} is none"
        if len(set(self.order_ids)) != len(self.order_ids):
            yield "an order stands twice"
        for name in ("capacity", "overtime", "weight", "op_hours", "op_rate", "release"):
            values = getattr(self, name)
            if not (np.isfinite(values).all() and (values >= 0).all()):
                yield f"{name} holds a value that is negative or no number"
        if ((self.op_order < 0) | (self.op_order >= len(self.order_ids))).any():
            yield "an operation belongs to no order"
        if ((self.op_resource < 0) | (self.op_resource >= self.resources)).any():
            yield "an operation needs a resource that is not there"
        step = np.diff(self.steps)
        if (np.diff(self.op_order) < 0).any() or ((np.diff(self.op_order) == 0) & (step < 0)).any():
            yield "operations are not in the order of their orders and steps"
        if ((self.op_rate <= 0) & (self.op_hours > 0)).any():
            yield "an operation with hours has no weekly rate"

    @property
    def resources(self) -> int:
        """Number of resources R."""
        return int(self.capacity.shape[0])

    @property
    def weeks(self) -> int:
        """Number of weeks T."""
        return int(self.capacity.shape[1])

    @property
    def steps(self) -> Ints:
        """(P,) step numbers, never None."""
        assert self.op_step is not None
        return self.op_step

    @property
    def first_op(self) -> Ints:
        """(N + 1,) operations of order n are ``first_op[n]:first_op[n + 1]``."""
        return np.searchsorted(self.op_order, np.arange(len(self.order_ids) + 1)).astype(np.int64)

    def loads(self, scale: Floats, hours_factor: Floats | None = None) -> tuple[Floats, Floats]:
        """Hours to place and most hours a week of each operation, both (P,), orders scaled by ``scale``.

        A scale below 1 (a chance) slows the weekly rate as well, so that the work keeps its shape in time; a
        scale above 1 and ``hours_factor`` (overruns) lengthen it.
        """
        share = scale[self.op_order]
        overrun = 1.0 if hours_factor is None else hours_factor[self.op_resource]
        return self.op_hours * share * overrun, self.op_rate * np.minimum(share, 1.0)

    def left(self, background: Floats | None = None) -> tuple[Floats, Floats]:
        """Regular and overtime hours (R, T) that ``background`` leaves; it takes regular hours first."""
        if background is None:
            return self.capacity.copy(), self.overtime.copy()
        over = np.maximum(background - self.capacity, 0)
        return np.maximum(self.capacity - background, 0), np.maximum(self.overtime - over, 0)


@dataclass(frozen=True, eq=False)
class FloorSchedule:
    """Hours per operation and week.

    Attributes
    ----------
    hours
        (P, T) hours of each operation in each week, overtime included.
    overtime
        (R, T) overtime hours among them.
    finish
        (N,) week in which the last hour is done; T when that is beyond the axis; the release week of an order
        without any hours (never beyond T).
    late
        (N,) weeks finished after the due week; 0 for an order without any hours.
    rule
        The priority rule that gave the least weighted lateness.
    """

    hours: Floats
    overtime: Floats
    finish: Ints
    late: Ints
    rule: str

    def weighted_lateness(self, problem: FloorProblem, scale: Floats | None = None) -> float:
        """Sum over orders of weeks late times the order's weight, and times ``scale`` (N,) where given."""
        return float(self.late @ (problem.weight if scale is None else problem.weight * scale))
