"""Compiled loading of operations into weeks; imported only when needed, as Numba loads slowly."""

from __future__ import annotations

from numba import njit

from pursuit.scheduling.problem import Bools, Floats, Ints

ROUNDING = 1e-9  # share of an operation that may be left to rounding


@njit(cache=True)
def load_forward(
    first: int,
    last: int,
    release: int,
    overtime_from: int,
    step: Ints,
    resource: Ints,
    hours: Floats,
    rate: Floats,
    regular: Floats,
    extra: Floats,
    placed: Floats,
    placed_extra: Floats,
    done: Floats,
) -> int:
    """Load one order (operations ``first:last``) as early as it goes, overtime from ``overtime_from`` on.

    Takes hours out of ``regular`` and ``extra`` (R, T), writes ``placed`` and ``placed_extra`` (P, T), and
    returns the finish week, T when the axis ends before the work.
    """
    weeks: int = regular.shape[1]
    done[first:last] = 0.0
    placed[first:last, :] = 0.0
    placed_extra[first:last, :] = 0.0
    for week in range(release, weeks):
        allowed = 1.0  # share that the steps before have reached
        reached = 1.0
        for op in range(first, last):
            if op > first and step[op] != step[op - 1]:
                allowed = reached
            if hours[op] <= 0.0:
                continue
            center = resource[op]
            want = min(max(allowed * hours[op] - done[op], 0.0), rate[op])
            take = min(want, regular[center, week])
            regular[center, week] -= take
            more = 0.0
            if week >= overtime_from:
                more = min(want - take, extra[center, week])
                extra[center, week] -= more
            placed[op, week] = take + more
            placed_extra[op, week] = more
            done[op] += take + more
            if hours[op] - done[op] <= ROUNDING * hours[op]:
                done[op] = hours[op]
            reached = min(reached, done[op] / hours[op])
        if reached >= 1.0:
            return week
    return weeks


@njit(cache=True)
def load_order(
    first: int,
    last: int,
    release: int,
    due: int,
    step: Ints,
    resource: Ints,
    hours: Floats,
    rate: Floats,
    regular: Floats,
    extra: Floats,
    trial_regular: Floats,
    trial_extra: Floats,
    placed: Floats,
    placed_extra: Floats,
    done: Floats,
) -> int:
    """Load one order into copies of the free hours (left in ``trial_*``) and return its finish week.

    Regular hours alone if that is in time. Else overtime from the latest week (found by halving) that still
    keeps the due week or, where nothing keeps it, the earliest finish that overtime can give; none at all if
    overtime does not bring the finish forward.
    """
    weeks: int = regular.shape[1]
    args = (step, resource, hours, rate, trial_regular, trial_extra, placed, placed_extra, done)
    trial_regular[:, :] = regular
    trial_extra[:, :] = extra
    plain: int = load_forward(first, last, release, weeks, *args)
    if plain <= due or release >= weeks:
        return plain
    trial_regular[:, :] = regular
    trial_extra[:, :] = extra
    best = load_forward(first, last, release, release, *args)
    target = max(due, best)
    start, beyond = release, weeks
    while plain > target and beyond - start > 1:
        middle = (start + beyond) // 2
        trial_regular[:, :] = regular
        trial_extra[:, :] = extra
        if load_forward(first, last, release, middle, *args) <= target:
            start = middle
        else:
            beyond = middle
    if plain <= target:
        start = weeks
    trial_regular[:, :] = regular
    trial_extra[:, :] = extra
    last_week: int = load_forward(first, last, release, start, *args)
    return last_week


@njit(cache=True)
def load_all(
    sequence: Ints,
    first_op: Ints,
    release: Ints,
    due: Ints,
    step: Ints,
    resource: Ints,
    hours: Floats,
    rate: Floats,
    regular: Floats,
    extra: Floats,
    placed: Floats,
    placed_extra: Floats,
    finish: Ints,
) -> None:
    """Load every order in ``sequence``; fills ``placed``, ``placed_extra`` (P, T) and ``finish`` (N,)."""
    trial_regular = regular.copy()
    trial_extra = extra.copy()
    done = hours.copy()
    for order in sequence:
        first, last = first_op[order], first_op[order + 1]
        finish[order] = load_order(
            first,
            last,
            release[order],
            due[order],
            step,
            resource,
            hours,
            rate,
            regular,
            extra,
            trial_regular,
            trial_extra,
            placed,
            placed_extra,
            done,
        )
        regular[:, :] = trial_regular
        extra[:, :] = trial_extra


@njit(cache=True)
def promise_all(
    sequence: Ints,
    won: Bools,
    asked: Bools,
    first_op: Ints,
    release: Ints,
    due: Ints,
    step: Ints,
    resource: Ints,
    hours: Floats,
    rate: Floats,
    regular: Floats,
    extra: Floats,
    finish: Ints,
) -> None:
    """One future: ``finish`` (N,) of every asked order if it were won, the others as in ``won`` (N,).

    An order only feels those before it in ``sequence``, so one pass answers for all: each asked order is
    tried on the hours left at its turn, and kept there only if this future has won it.
    """
    trial_regular = regular.copy()
    trial_extra = extra.copy()
    done = hours.copy()
    placed = hours.reshape(-1, 1) * regular[:1, :]
    placed_extra = placed.copy()
    for order in sequence:
        if not (won[order] or asked[order]):
            continue
        first, last = first_op[order], first_op[order + 1]
        finish[order] = load_order(
            first,
            last,
            release[order],
            due[order],
            step,
            resource,
            hours,
            rate,
            regular,
            extra,
            trial_regular,
            trial_extra,
            placed,
            placed_extra,
            done,
        )
        if won[order]:
            regular[:, :] = trial_regular
            extra[:, :] = trial_extra
