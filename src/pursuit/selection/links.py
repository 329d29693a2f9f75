"""What a package on several resources at once must respect when its hours move: the room on the other ones."""

from __future__ import annotations

from typing import Any

from numba import njit

from pursuit.selection.compiled import BIG

ROOM_EPS = 1e-6
"""Hours that are too few to count as room."""


@njit(cache=True)
def cost_elsewhere(
    p: int, r: int, t: int, s: int, hours: float, used: Any, regular: Any, book: Any, w: Any
) -> float:
    """Money per hour on ``r`` that working in week ``t`` costs on the package's other resources; ``BIG``: no room."""
    money = 0.0
    for u in range(w.use_start[p], w.use_start[p + 1]):
        q = w.use_resource[u]
        if q == r:
            continue
        spare = regular[q, t] - used[q, t]
        if spare <= ROOM_EPS:
            if spare + book.overtime[q, t] <= ROOM_EPS:
                return BIG
            money += book.overtime_cost[q] * w.use_hours[u] * w.factor[q, s] / hours
    return money


@njit(cache=True)
def saved_elsewhere(
    p: int, r: int, t: int, s: int, hours: float, used: Any, regular: Any, book: Any, w: Any
) -> float:
    """Overtime money per hour on ``r`` that leaving week ``t`` saves on the package's other resources."""
    money = 0.0
    for u in range(w.use_start[p], w.use_start[p + 1]):
        q = w.use_resource[u]
        if q != r and used[q, t] > regular[q, t] + ROOM_EPS:
            money += book.overtime_cost[q] * w.use_hours[u] * w.factor[q, s] / hours
    return money


@njit(cache=True)
def room_elsewhere(
    p: int, r: int, source: int, target: int, s: int, used: Any, regular: Any, book: Any, w: Any
) -> float:
    """Share of ``p`` that its other resources can move from week ``source`` (-1: none) to ``target`` at one cost."""
    share = 1.0
    for u in range(w.use_start[p], w.use_start[p + 1]):
        q = w.use_resource[u]
        if q == r:
            continue
        hours = w.use_hours[u] * w.factor[q, s]
        if target >= 0:
            spare = regular[q, target] - used[q, target]
            share = min(share, (spare if spare > ROOM_EPS else spare + book.overtime[q, target]) / hours)
        if source >= 0:
            over = used[q, source] - regular[q, source]
            if over > ROOM_EPS:
                share = min(share, over / hours)
    return max(share, 0.0)


@njit(cache=True)
def move_elsewhere(p: int, r: int, source: int, target: int, share: float, s: int, used: Any, w: Any) -> None:
    """Take the hours of ``share`` of ``p`` on all resources but ``r`` from one week to another (-1: none)."""
    for u in range(w.use_start[p], w.use_start[p + 1]):
        q = w.use_resource[u]
        if q == r:
            continue
        hours = share * w.use_hours[u] * w.factor[q, s]
        if source >= 0:
            used[q, source] = max(used[q, source] - hours, 0.0)
        if target >= 0:
            used[q, target] += hours
