"""Made-up shop floors for the tests of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np

from pursuit.scheduling import FloorProblem

MONDAY = date(2026, 1, 5)


def floor(**changes: Any) -> FloorProblem:
    """One resource of 40 hours, six weeks, orders a and b with one operation of 60 and 40 hours."""
    values: dict[str, Any] = {
        "start": MONDAY,
        "capacity": np.full((1, 6), 40.0),
        "overtime": np.zeros((1, 6)),
        "order_ids": ("a", "b"),
        "release": [0, 0],
        "due": [1, 3],
        "weight": [1.0, 1.0],
        "firm": [False, False],
        "op_order": [0, 1],
        "op_resource": [0, 0],
        "op_hours": [60.0, 40.0],
        "op_rate": [40.0, 40.0],
    }
    return FloorProblem(**(values | changes))


def random_floor(
    seed: int, orders: int = 8, resources: int = 3, weeks: int = 12, most_ops: int = 4
) -> FloorProblem:
    """A floor with everything mixed: parallel steps, empty operations, closed weeks, late releases."""
    rng = np.random.default_rng(seed)
    counts = rng.integers(0, most_ops + 1, orders)
    order = np.repeat(np.arange(orders), counts)
    ops = len(order)
    step = np.concatenate([np.sort(rng.integers(1, 4, count)) for count in counts]) if ops else np.zeros(0)
    capacity = rng.uniform(10, 60, (resources, weeks)) * (rng.random((resources, weeks)) > 0.1)
    return FloorProblem(
        start=MONDAY,
        capacity=capacity,
        overtime=capacity * rng.uniform(0, 0.3),
        order_ids=tuple(f"o{n}" for n in range(orders)),
        release=rng.integers(0, weeks // 2, orders),
        due=rng.integers(1, weeks + 2, orders),
        weight=rng.uniform(0, 5, orders),
        firm=rng.random(orders) < 0.3,
        op_order=order,
        op_resource=rng.integers(0, resources, ops),
        op_hours=rng.uniform(0, 90, ops) * (rng.random(ops) > 0.05),
        op_rate=rng.uniform(5, 60, ops),
        op_step=step,
    )


def random_scale(problem: FloorProblem, seed: int) -> Any:
    """Scales from absent over chances to whole, with an order that grew."""
    rng = np.random.default_rng(seed)
    return rng.choice([0.0, 0.3, 0.75, 1.0, 1.2], len(problem.order_ids))
