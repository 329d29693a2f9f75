"""What is loaded: which packages stand where in a scenario's row, and those of one resource as a table.

The row of a scenario holds, for every loaded package, a *region*: its share in each week of its window, then the share
given outside, then the share not done.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from pursuit.selection.compiled import BIG, BREACH, CAP, DUE, FIRST, LAST, LATE, MOST_OUTSIDE, OUTSIDE, RATE
from pursuit.selection.problem import Floats, Ints

A_FIRST, A_LAST, A_DUE, A_OFF, A_PACKAGE, A_KIND, A_OUT = 0, 1, 2, 3, 4, 5, 6
"""Columns of ``at``: first, last, due week; ``row[off + week]`` is a week's share; the package; its kind; where the
share outside stands (the one not done stands next to it)."""

HOURS, MOST, LATE_COST, LATE_CAP, OUT_COST, OUT_MOST, BREACH_COST = 0, 1, 2, 3, 4, 5, 6
"""Columns of ``per``: hours of a whole package, largest share in a week, money per *hour* late and at most, given
outside, largest share outside, money per hour not done."""

PLAIN, LINKED, STIFF = 0, 1, 2
"""Kinds: moved hour by hour; so moved while its other resources allow; placed only as a whole (least shares)."""


class Book(NamedTuple):
    """What the kernels must know of a loading beside its rows (a named tuple, since compiled code takes those).

    Attributes
    ----------
    offset
        (P,) where a package's region begins in a row.
    kind, chain
        (P,) kind of each package, and its number in ``window`` (-1: its own window holds).
    window
        (S, N, 2) first and last week that packages which stand before or after another keep to in a scenario.
    members, loaded
        (R, N) loaded packages that use each resource, (R,) how many.
    base_start, base
        Packages that always come, by scenario and resource: ``base[base_start[s*R+r] : base_start[s*R+r+1]]``.
    overtime, overtime_cost
        (R, T), (R,).
    hint
        (S, R, T) prices of hours from the dual, to begin with; zeros where there are none.
    tol
        Money below which two costs are equal.
    """

    offset: Ints
    kind: Ints
    chain: Ints
    window: Ints
    members: Ints
    loaded: Ints
    base_start: Ints
    base: Ints
    overtime: Floats
    overtime_cost: Floats
    hint: Floats
    tol: float


@njit(cache=True)
def table_of(s: int, r: int, on: Any, book: Any, w: Any, but: int = -1) -> Any:
    """Number, windows and hourly terms of the packages on a resource in a scenario, all ``but`` one."""
    R = book.overtime.shape[0]
    a, b = book.base_start[s * R + r], book.base_start[s * R + r + 1]
    most = b - a + book.loaded[r]
    at, per = np.empty((most, 7), np.int64), np.empty((most, 7))
    n = 0
    for j in range(a, b):
        if book.base[j] != but:
            _describe(book.base[j], r, s, n, at, per, book, w)
            n += 1
    for j in range(book.loaded[r]):
        p = book.members[r, j]
        if p != but and on[w.bundle_of[p]]:
            _describe(p, r, s, n, at, per, book, w)
            n += 1
    return n, at, per


@njit(cache=True)
def _describe(p: int, r: int, s: int, n: int, at: Any, per: Any, book: Any, w: Any) -> None:
    at[n, A_FIRST], at[n, A_LAST] = window_of(p, s, book, w)
    at[n, A_DUE], at[n, A_OFF] = w.when[p, DUE], book.offset[p] - w.when[p, FIRST]
    at[n, A_OUT] = undone_at(p, book, w) - 1
    at[n, A_PACKAGE], at[n, A_KIND] = p, book.kind[p]
    hours = hours_on(p, r, s, w)
    per[n, HOURS], per[n, MOST] = hours, w.terms[p, RATE]
    per[n, LATE_COST] = w.terms[p, LATE] / hours
    per[n, LATE_CAP] = w.terms[p, CAP] / hours
    possible = w.terms[p, OUTSIDE] < BIG
    per[n, OUT_COST] = w.terms[p, OUTSIDE] / hours if possible else BIG
    per[n, OUT_MOST] = w.terms[p, MOST_OUTSIDE] if possible else 0.0
    per[n, BREACH_COST] = w.terms[p, BREACH] / hours


@njit(cache=True)
def hours_on(p: int, r: int, s: int, w: Any) -> float:
    """Hours that a whole package takes of a resource in a scenario."""
    hours = 0.0
    for u in range(w.use_start[p], w.use_start[p + 1]):
        if w.use_resource[u] == r:
            hours += w.use_hours[u] * w.factor[r, s]
    return hours


@njit(cache=True)
def window_of(p: int, s: int, book: Any, w: Any) -> tuple[int, int]:
    """First and last week that a package keeps to in a scenario."""
    c = book.chain[p]
    if c < 0:
        return w.when[p, FIRST], w.when[p, LAST]
    return book.window[s, c, 0], book.window[s, c, 1]


@njit(cache=True)
def undone_at(p: int, book: Any, w: Any) -> int:
    """Where the share not done of a package stands in the row."""
    return int(book.offset[p] + w.when[p, LAST] - w.when[p, FIRST] + 2)
