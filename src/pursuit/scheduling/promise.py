"""When a quote could be delivered, counting what may be won beside it."""

from __future__ import annotations

import numpy as np

from pursuit.errors import SolveError
from pursuit.scheduling.floor import carry_out
from pursuit.scheduling.problem import Bools, Floats, FloorProblem, Ints
from pursuit.scheduling.sequence import sequence_by


def promise_weeks(
    problem: FloorProblem,
    won: Bools,
    hours_factor: Floats,
    background: Floats | None,
    which: Ints,
) -> Ints:
    """Finish week of each asked order in each future, were it won, all others as drawn.

    Orders are loaded by the rule that serves the average future best; see
    :func:`pursuit.scheduling.floor.carry_out`.

    Parameters
    ----------
    won
        (N, S) order n is there in future s.
    hours_factor
        (R, S) overrun of hours.
    background
        (R, T, S) hours already taken; None for none.
    which
        (J,) indices of the orders asked about.

    Returns
    -------
    ndarray
        (J, S) week index; T where the work ends beyond the axis.

    Raises
    ------
    SolveError
        When an array has the wrong shape.
    """
    from pursuit.scheduling.kernels import promise_all

    count, futures = len(problem.order_ids), won.shape[-1]
    shapes = [
        ("won", won.shape, (count, futures)),
        ("hours_factor", hours_factor.shape, (problem.resources, futures)),
    ]
    if background is not None:
        shapes.append(("background", background.shape, (*problem.capacity.shape, futures)))
    for name, shape, wanted in shapes:
        if shape != wanted:
            raise SolveError(f"{name} needs the shape {wanted}, not {shape}")
    asked = np.zeros(count, dtype=np.bool_)
    asked[which] = True
    average = won.mean(axis=1, dtype=np.float64)
    mean_background = None if background is None else background.mean(axis=2)
    rule = carry_out(problem, average, hours_factor.mean(axis=1), mean_background).rule
    whole = np.ones(count)
    sequence = sequence_by(problem, rule, average)
    finish = np.zeros((futures, count), dtype=np.int64)
    for future in range(futures):
        hours, rate = problem.loads(whole, hours_factor[:, future])
        regular, extra = problem.left(None if background is None else background[:, :, future])
        promise_all(
            sequence,
            np.ascontiguousarray(won[:, future]),
            asked,
            problem.first_op,
            problem.release,
            problem.due,
            problem.steps,
            problem.op_resource,
            hours,
            rate,
            regular,
            extra,
            finish[future],
        )
    return np.ascontiguousarray(finish[:, which].T)


def promise_quantiles(finish: Ints, levels: tuple[float, ...] = (0.5, 0.8, 0.95)) -> Ints:
    """Weeks (J, levels) by which each order is done in that share of the futures of ``finish`` (J, S)."""
    return np.quantile(finish, levels, axis=1, method="inverted_cdf").T.astype(np.int64)
