"""The second stage: in every scenario the chosen work flows into weeks at least cost, kept so while options change.

A loading begins at least cost (``exact``). After an exchange, work on one resource is moved along cheapest paths until
none improves (``paths``), resource by resource until all rest; work that stays undone there is placed on all its
resources at once (``stiff``).
"""

from __future__ import annotations

from typing import Any

from numba import njit

from pursuit.selection.chains import split_chains
from pursuit.selection.compiled import BREACH, CAP, DUE, FIRST, LAST, LATE, OUTSIDE
from pursuit.selection.flow import EPS
from pursuit.selection.paths import improve
from pursuit.selection.pricing import late
from pursuit.selection.stiff import place, place_in_spare, take_out, worth_placing
from pursuit.selection.tables import A_KIND, A_OUT, A_PACKAGE, BREACH_COST, HOURS, PLAIN, table_of, undone_at

SWEEPS = 4
"""Most times the resources are gone over after an exchange; linked packages make one disturb another."""


@njit(cache=True)
def package_cost(p: int, row: Any, book: Any, w: Any) -> float:
    """Money that lateness, work outside and work undone of one package cost."""
    first, last, due = w.when[p, FIRST], w.when[p, LAST], w.when[p, DUE]
    o = book.offset[p] + last - first + 1
    money = row[o + 1] * w.terms[p, BREACH]
    if row[o] > 0:
        money += row[o] * w.terms[p, OUTSIDE]
    for t in range(max(due + 1, first), last + 1):
        share = row[book.offset[p] + t - first]
        if share > 0:
            money += share * late(t, due, w.terms[p, LATE], w.terms[p, CAP])
    return float(money)


@njit(cache=True)
def resource_cost(s: int, r: int, row: Any, used: Any, on: Any, book: Any, regular: Any, w: Any) -> float:
    """Money that a resource's overtime costs in a scenario, and the packages whose first resource it is."""
    money = 0.0
    for t in range(used.shape[1]):
        over = used[r, t] - regular[r, t]
        if over > 0:
            money += over * book.overtime_cost[r]
    R = used.shape[0]
    for j in range(book.base_start[s * R + r], book.base_start[s * R + r + 1]):
        p = book.base[j]
        if w.use_resource[w.use_start[p]] == r:
            money += package_cost(p, row, book, w)
    for j in range(book.loaded[r]):
        p = book.members[r, j]
        if w.use_resource[w.use_start[p]] == r and on[w.bundle_of[p]]:
            money += package_cost(p, row, book, w)
    return money


@njit(cache=True)
def tidy(
    s: int, dirty: Any, row: Any, used: Any, on: Any, book: Any, regular: Any, w: Any, touched: Any
) -> None:
    """Improve the loading of all dirty resources until none is; what was changed is ``touched`` (R,)."""
    R = used.shape[0]
    for sweep in range(SWEEPS):
        any_dirty = False
        for r in range(R):
            if not dirty[r]:
                continue
            any_dirty = True
            dirty[r] = False
            touched[r] = True
            n, at, per = table_of(s, r, on, book, w)
            improve(s, r, n, at, per, row, used, regular, book, w, dirty)
            if sweep == 0:
                for k in range(n):  # what one resource alone cannot bring back, all together may
                    p = at[k, A_PACKAGE]
                    if at[k, A_KIND] == PLAIN or row[at[k, A_OUT] + 1] * per[k, HOURS] <= EPS:
                        continue
                    if worth_placing(p, s, row, book, w) and place(
                        p, s, row, used, on, book, regular, w, dirty
                    ):
                        for u in range(w.use_start[p], w.use_start[p + 1]):
                            dirty[w.use_resource[u]] = True
        if not any_dirty:
            break
    for r in range(R):
        touched[r] = touched[r] or dirty[r]
        dirty[r] = False


@njit(cache=True)
def evict(s: int, r: int, row: Any, used: Any, on: Any, book: Any, regular: Any, w: Any, dirty: Any) -> None:
    """Where hours have been taken away, leave what no longer fits undone, the cheapest to leave first.

    A package on several resources goes with all of its bundle.
    """
    n, at, per = table_of(s, r, on, book, w)
    for t in range(used.shape[1]):
        while used[r, t] - regular[r, t] - book.overtime[r, t] > EPS:
            best = -1
            for k in range(n):
                p = at[k, A_PACKAGE]
                if w.when[p, FIRST] <= t <= w.when[p, LAST]:
                    here = row[book.offset[p] + t - w.when[p, FIRST]] * per[k, HOURS]
                    if here > EPS * 1e-3 and (best < 0 or _leaves_before(k, best, at, per)):
                        best = k
            if best < 0:
                break
            p = at[best, A_PACKAGE]
            if at[best, A_KIND] == PLAIN:
                over = used[r, t] - regular[r, t] - book.overtime[r, t]
                j = book.offset[p] + t - w.when[p, FIRST]
                share = min(over / per[best, HOURS], row[j])
                row[j] -= share
                row[undone_at(p, book, w)] += share
                used[r, t] -= share * per[best, HOURS]
            else:
                empty(w.bundle_of[p], s, row, used, book, w, dirty)


@njit(cache=True)
def _leaves_before(k: int, best: int, at: Any, per: Any) -> bool:
    if (at[k, A_KIND] == PLAIN) != (at[best, A_KIND] == PLAIN):
        return bool(at[k, A_KIND] == PLAIN)
    return bool(per[k, BREACH_COST] < per[best, BREACH_COST])


@njit(cache=True)
def empty(b: int, s: int, row: Any, used: Any, book: Any, w: Any, dirty: Any) -> None:
    """Take all work of a bundle out of the weeks and leave it undone."""
    for p in range(w.bundle_start[b], w.bundle_start[b + 1]):
        take_out(p, s, row, used, book, w)
        for u in range(w.use_start[p], w.use_start[p + 1]):
            dirty[w.use_resource[u]] = True


@njit(cache=True)
def bring(b: int, s: int, row: Any, used: Any, book: Any, regular: Any, w: Any, dirty: Any) -> None:
    """Bring a bundle in: into spare hours as far as they go, the rest undone for now."""
    for p in range(w.bundle_start[b], w.bundle_start[b + 1]):
        undone = undone_at(p, book, w)
        for j in range(book.offset[p], undone):
            row[j] = 0.0
        row[undone] = 1.0
    split_chains(b, s, book, w)
    for p in range(w.bundle_start[b], w.bundle_start[b + 1]):
        if not place_in_spare(p, s, row, used, book, regular, w):
            for u in range(w.use_start[p], w.use_start[p + 1]):
                dirty[w.use_resource[u]] = True


@njit(cache=True)
def resources_of(b: int, w: Any, touched: Any) -> None:
    """Mark the resources that a bundle uses."""
    for p in range(w.bundle_start[b], w.bundle_start[b + 1]):
        for u in range(w.use_start[p], w.use_start[p + 1]):
            touched[w.use_resource[u]] = True


@njit(cache=True, nogil=True)
def exchange(
    low: int,
    high: int,
    commit: bool,
    which: Any,
    bundles: Any,
    was: Any,
    becomes: Any,
    won: Any,
    rows: Any,
    length: int,
    used: Any,
    on: Any,
    costs: Any,
    regular: Any,
    moved: Any,
    book: Any,
    w: Any,
    out: Any,
) -> None:
    """What exchanging bundles costs in the scenarios ``which[low:high]``; written back only when ``commit``.

    Parameters
    ----------
    bundles, was, becomes
        (N,) bundles concerned, and for before and after: the option in whose winning scenarios it is there, -1 for
        always, -2 for never.
    rows, used, on, costs
        (S, F), (S, R, T), (S, B), (S, R) state of the loading; ``length`` columns of ``rows`` are in use.
    regular, moved
        (R, T) regular hours after the exchange, and (R,) where they differ from before.
    out
        (S,) receives the change of cost.
    """
    R = used.shape[1]
    for n_which in range(low, high):
        s = which[n_which]
        out[s] = 0.0
        any_change = False
        for r in range(R):
            any_change = any_change or moved[r]
        for j in range(len(bundles)):
            if _there(was[j], won, s) != _there(becomes[j], won, s):
                any_change = True
        if not any_change:
            continue
        row = rows[s, :length] if commit else rows[s, :length].copy()
        use = used[s] if commit else used[s].copy()
        here = on[s] if commit else on[s].copy()
        dirty, touched = moved.copy(), moved.copy()
        for j in range(len(bundles)):
            if _there(was[j], won, s) and not _there(becomes[j], won, s):
                empty(bundles[j], s, row, use, book, w, dirty)
                resources_of(bundles[j], w, touched)
                here[bundles[j]] = False
        for r in range(R):
            if moved[r]:
                evict(s, r, row, use, here, book, regular, w, dirty)
        for j in range(len(bundles)):
            if _there(becomes[j], won, s) and not _there(was[j], won, s):
                here[bundles[j]] = True
                resources_of(bundles[j], w, touched)
                bring(bundles[j], s, row, use, book, regular, w, dirty)
        tidy(s, dirty, row, use, here, book, regular, w, touched)
        delta = 0.0
        for r in range(R):
            if touched[r]:
                cost = resource_cost(s, r, row, use, here, book, regular, w)
                delta += cost - costs[s, r]
                if commit:
                    costs[s, r] = cost
        out[s] = delta


@njit(cache=True)
def _there(option: int, won: Any, s: int) -> bool:
    return option == -1 or (option >= 0 and won[option, s])


@njit(cache=True, nogil=True)
def split_all(
    low: int, high: int, bundles: Any, on: Any, base_start: Any, base_package: Any, book: Any, w: Any
) -> None:
    """Split the chains of what comes in scenarios ``low`` to ``high - 1``: of ``bundles`` (N,) and what always does."""
    for s in range(low, high):
        for j in range(base_start[s], base_start[s + 1]):
            p = base_package[j]
            if p == w.bundle_start[w.bundle_of[p]]:
                split_chains(w.bundle_of[p], s, book, w)
        for b in bundles:
            if on[s, b]:
                split_chains(b, s, book, w)


@njit(cache=True, nogil=True)
def fill_spare(
    low: int, high: int, packages: Any, on: Any, base_start: Any, base_package: Any, rows: Any, used: Any, regular: Any,
    book: Any, w: Any,
) -> None:  # fmt: skip
    """Put what is undone of ``packages`` (N,), and of what always comes, into spare regular hours in time."""
    for s in range(low, high):
        for j in range(base_start[s], base_start[s + 1]):
            place_in_spare(base_package[j], s, rows[s], used[s], book, regular, w)
        for p in packages:
            if on[s, w.bundle_of[p]]:
                place_in_spare(p, s, rows[s], used[s], book, regular, w)


@njit(cache=True, nogil=True)
def cost_all(
    low: int, high: int, rows: Any, used: Any, on: Any, costs: Any, regular: Any, book: Any, w: Any
) -> None:
    """(S, R) ``costs`` of the loading as it stands, in the scenarios ``low`` to ``high - 1``."""
    for s in range(low, high):
        for r in range(used.shape[1]):
            costs[s, r] = resource_cost(s, r, rows[s], used[s], on[s], book, regular, w)
