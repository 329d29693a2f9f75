"""Work placed share by share on all its resources at once, the work around it making room along its cheapest paths."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from pursuit.selection.compiled import (
    BIG,
    BREACH,
    CAP,
    DUE,
    FIRST,
    LAST,
    LATE,
    LEAST,
    MOST_OUTSIDE,
    OUTSIDE,
    RATE,
    SPARE_SHARE,
)
from pursuit.selection.paths import desk, linked_along, price_weeks, room_along, send
from pursuit.selection.pricing import late
from pursuit.selection.tables import hours_on, table_of, undone_at, window_of

SHARE_EPS = 1e-9
"""Share of a package that is too little to place."""

HOPE = 0.7
"""Share of the hinted prices at which work must pay to be tried again: they are those of another loading."""

MOST_STEPS = 100
"""Most steps in which one package is placed; what is left then stays undone."""


@njit(cache=True)
def room_in_week(p: int, t: int, book: Any, row: Any, w: Any) -> float:
    """Share of ``p`` that its rate and its least shares still allow in week ``t``."""
    first, last, due = w.when[p, FIRST], w.when[p, LAST], w.when[p, DUE]
    here = row[book.offset[p] + t - first]
    room = w.terms[p, RATE] - here
    least = w.terms[p, LEAST]
    if least > 0:
        if t <= due and here < least - SHARE_EPS:
            room = min(room, least - here)
        else:
            free = w.terms[p, SPARE_SHARE]
            for week in range(first, last + 1):
                done = row[book.offset[p] + week - first]
                free -= max(done - least, 0.0) if week <= due else done
            room = min(room, free)
    return float(room)


@njit(cache=True)
def place_in_spare(p: int, s: int, row: Any, used: Any, book: Any, regular: Any, w: Any) -> bool:
    """Place what is undone of ``p`` into spare regular hours in time: nothing can be cheaper. Whether all of it is."""
    first, last = window_of(p, s, book, w)
    begin, due = w.when[p, FIRST], w.when[p, DUE]
    undone = undone_at(p, book, w)
    for t in range(first, min(last, due) + 1):
        if row[undone] <= SHARE_EPS:
            break
        room = row[undone]
        for u in range(w.use_start[p], w.use_start[p + 1]):
            r = w.use_resource[u]
            room = min(room, (regular[r, t] - used[r, t]) / (w.use_hours[u] * w.factor[r, s]))
        if room > SHARE_EPS:
            room = min(room, room_in_week(p, t, book, row, w))
        if room > SHARE_EPS:
            row[book.offset[p] + t - begin] += room
            row[undone] -= room
            for u in range(w.use_start[p], w.use_start[p + 1]):
                r = w.use_resource[u]
                used[r, t] += room * w.use_hours[u] * w.factor[r, s]
    if row[undone] <= SHARE_EPS:
        row[undone] = 0.0
        return True
    return False


@njit(cache=True)
def worth_placing(p: int, s: int, row: Any, book: Any, w: Any) -> bool:
    """Whether the hinted prices leave hope that work undone could be done for less than its breach costs."""
    first, last = window_of(p, s, book, w)
    due = w.when[p, DUE]
    breach = w.terms[p, BREACH]
    if w.terms[p, OUTSIDE] < breach and row[undone_at(p, book, w) - 1] < w.terms[p, MOST_OUTSIDE] - SHARE_EPS:
        return True
    for t in range(first, last + 1):
        cost = late(t, due, w.terms[p, LATE], w.terms[p, CAP])
        for u in range(w.use_start[p], w.use_start[p + 1]):
            r = w.use_resource[u]
            cost += HOPE * book.hint[s, r, t] * w.use_hours[u] * w.factor[r, s]
        if cost < breach:
            return True
    return False


@njit(cache=True)
def place(p: int, s: int, row: Any, used: Any, on: Any, book: Any, regular: Any, w: Any, dirty: Any) -> bool:
    """Place what is undone of ``p`` at least cost as far as that is cheaper than leaving it; whether anything moved.

    Marks the resources whose work has been moved as ``dirty`` (R,).
    """
    T = used.shape[1]
    before = row[undone_at(p, book, w)]
    if place_in_spare(p, s, row, used, book, regular, w):
        return bool(before > SHARE_EPS)
    first, last = window_of(p, s, book, w)
    begin, due = w.when[p, FIRST], w.when[p, DUE]
    undone = undone_at(p, book, w)
    a, b = w.use_start[p], w.use_start[p + 1]
    tables = [table_of(s, w.use_resource[u], on, book, w, p) for u in range(a, b)]
    desks = [desk(T) for _ in range(a, b)]
    blocked = np.zeros(T, np.bool_)
    for step in range(MOST_STEPS):
        if row[undone] <= SHARE_EPS:
            row[undone] = 0.0
            break
        for j in range(b - a):
            n, at, per = tables[j]
            if step > 0 and b - a > 1:
                desks[j].stale[:] = True
            price_weeks(s, w.use_resource[a + j], n, at, per, row, used, regular, book, w, desks[j])
        best, week = w.terms[p, BREACH], -1
        if w.terms[p, OUTSIDE] < best and row[undone - 1] < w.terms[p, MOST_OUTSIDE] - SHARE_EPS:
            best, week = w.terms[p, OUTSIDE], -2
        for t in range(first, last + 1):
            if blocked[t]:
                continue
            cost = late(t, due, w.terms[p, LATE], w.terms[p, CAP])
            for j in range(b - a):
                push = desks[j].push[t]
                cost = cost + push * hours_on(p, w.use_resource[a + j], s, w) if push < BIG else BIG
                if cost >= best:
                    break
            if cost < best and room_in_week(p, t, book, row, w) > SHARE_EPS:
                best, week = cost, t
        if week == -1:
            break
        if week == -2:
            amount = min(row[undone], w.terms[p, MOST_OUTSIDE] - row[undone - 1])
            row[undone - 1] += amount
            row[undone] -= amount
            continue
        share = min(row[undone], room_in_week(p, week, book, row, w))
        share = _common_room(p, week, share, s, row, used, book, regular, w, tables, desks)
        if share <= SHARE_EPS:
            blocked[week] = True
            continue
        row[undone] -= share
        for j in range(b - a):
            r = w.use_resource[a + j]
            n, at, per = tables[j]
            d = desks[j]
            to, by = d.push_to[week], d.push_by[week]
            send(week, to, by, share * hours_on(p, r, s, w), s, r, at, per, row, used, w, d, dirty)
        row[book.offset[p] + week - begin] += share
    return bool(row[undone] < before - SHARE_EPS)


@njit(cache=True)
def _common_room(
    p: int, week: int, share: float, s: int, row: Any, used: Any, book: Any, regular: Any, w: Any, tables: Any,
    desks: Any,
) -> float:  # fmt: skip
    """Share that the paths on all resources of ``p`` can take together; linked packages on them share their room."""
    a = w.use_start[p]
    linked = 0
    for j in range(len(tables)):
        at = tables[j][1]
        linked += linked_along(week, desks[j].push_to[week], desks[j].push_by[week], at, desks[j])
    if linked > 0:
        share /= 1 + linked  # the package's own room may be leant on as well
    for j in range(len(tables)):
        r = w.use_resource[a + j]
        at, per = tables[j][1], tables[j][2]
        d = desks[j]
        hours = hours_on(p, r, s, w)
        to, by = d.push_to[week], d.push_by[week]
        others = linked - linked_along(week, to, by, at, d) + (1 if len(tables) > 1 and linked > 0 else 0)
        wanted = (
            share * hours * (1 + linked)
        )  # what one path takes, linked work on another may have counted on
        room = room_along(week, to, by, wanted, others, s, r, at, per, row, used, regular, book, w, d)
        share = min(share, room / hours / (1 + linked))
    return share


@njit(cache=True)
def take_out(p: int, s: int, row: Any, used: Any, book: Any, w: Any) -> None:
    """Take a package's work out of the weeks and mark all of it undone."""
    first, last = w.when[p, FIRST], w.when[p, LAST]
    o = book.offset[p]
    for t in range(first, last + 1):
        share = row[o + t - first]
        if share > 0:
            for u in range(w.use_start[p], w.use_start[p + 1]):
                r = w.use_resource[u]
                used[r, t] = max(used[r, t] - share * w.use_hours[u] * w.factor[r, s], 0.0)
            row[o + t - first] = 0.0
    row[o + last - first + 1] = 0.0
    row[o + last - first + 2] = 1.0
