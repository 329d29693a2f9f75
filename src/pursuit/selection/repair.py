"""A choice mended: unmet needs and broken hard limits given way to at least loss of score."""

from __future__ import annotations

import numpy as np

from pursuit.selection.compiled import Compiled
from pursuit.selection.problem import Floats, Ints

ROUNDS = 12
"""Most times needs and limits are gone over: mending one may break another."""


def rounded(c: Compiled, share: Floats, scores: Floats) -> Ints:
    """The option of every item with the largest ``share`` (O,), the score deciding ties."""
    p = c.problem
    ranks = share + 1e-6 * np.argsort(np.argsort(scores)) / max(p.options, 1)
    return first_best(np.where(p.allowed, ranks, -np.inf), p.item_start)


def first_best(scores: Floats, item_start: Ints) -> Ints:
    """(I,) option with the highest score of every item, the first of equals."""
    best = np.maximum.reduceat(scores, item_start[:-1])
    is_best = scores >= np.repeat(best, np.diff(item_start))
    positions = np.where(is_best, np.arange(len(scores)), len(scores))
    return np.minimum.reduceat(positions, item_start[:-1]).astype(np.int64)


def repaired(c: Compiled, choice: Ints, scores: Floats) -> Ints:
    """``choice`` with unmet needs and broken hard limits mended, as far as that goes."""
    p = c.problem
    choice = choice.copy()
    barred = ~p.allowed[choice]
    open_best = first_best(np.where(p.allowed, scores, -np.inf), p.item_start)
    choice[barred] = open_best[barred]
    for _ in range(ROUNDS):
        if not (_mend_needs(c, choice, scores) | _mend_rows(c, choice, scores)):
            break
    return choice


def unmet_needs(c: Compiled, choice: Ints) -> Ints:
    """Needs of taken options that no taken option meets."""
    p = c.problem
    taken = np.zeros(p.options, dtype=bool)
    taken[choice] = True
    need = np.repeat(np.arange(len(p.need_option)), np.diff(p.need_start))
    met = np.bincount(need, weights=taken[p.need_provider], minlength=len(p.need_option)) > 0
    return np.flatnonzero(taken[p.need_option] & ~met)


def _mend_needs(c: Compiled, choice: Ints, scores: Floats) -> bool:
    """Take the provider where those who need it lose more without it, else let them go; whether anything changed."""
    p = c.problem
    unmet = unmet_needs(c, choice)
    if not len(unmet):
        return False
    item_of = p.item_of
    needy = np.zeros(p.options, dtype=bool)
    needy[p.need_option] = True
    free = p.allowed & ~needy
    without = first_best(np.where(free, scores, -np.inf), p.item_start)
    loss: dict[int, float] = {}
    for k in unmet:
        o = int(p.need_option[k])
        for q in p.need_provider[p.need_start[k] : p.need_start[k + 1]]:
            if p.allowed[q] and item_of[q] != item_of[o]:
                loss[int(q)] = loss.get(int(q), 0.0) + max(
                    float(scores[o] - scores[without[item_of[o]]]), 0.0
                )
    for q, lost in sorted(loss.items(), key=lambda pair: -pair[1]):
        price = float(scores[choice[item_of[q]]] - scores[q])
        if lost > price:
            choice[item_of[q]] = q
            break  # others may be met by it as well
    else:
        before = choice.copy()
        for k in unmet:
            i = int(item_of[p.need_option[k]])
            if free[without[i]]:  # a pin may leave nothing else
                choice[i] = without[i]
        return not np.array_equal(before, choice)
    return True


def _mend_rows(c: Compiled, choice: Ints, scores: Floats) -> bool:
    """Give way on the hard row broken most, cheapest score per unit first; whether anything changed."""
    p = c.problem
    if not len(p.rows):
        return False
    hard = ~np.isfinite(p.rows.penalty)
    room = 1e-9 * np.maximum(np.abs(p.rows.limit), 1.0)
    excess = np.where(hard, p.rows.use(choice, p.options) - p.rows.limit - room, 0.0)
    changed = False
    item_of = p.item_of
    for c_row in np.flatnonzero(excess > 0):
        span = slice(p.rows.start[c_row], p.rows.start[c_row + 1])
        weight = np.zeros(p.options)
        weight[p.rows.option[span]] = p.rows.coefficient[span]
        items = np.unique(item_of[p.rows.option[span]])
        ways = np.concatenate([np.arange(p.item_start[i], p.item_start[i + 1]) for i in items])
        relief = weight[choice[item_of[ways]]] - weight[ways]
        ways = ways[(relief > 0) & p.allowed[ways]]
        relief = weight[choice[item_of[ways]]] - weight[ways]
        ratio = (scores[choice[item_of[ways]]] - scores[ways]) / np.maximum(relief, 1e-300)
        left = float(excess[c_row])
        moved: set[int] = set()
        for n in np.argsort(ratio, kind="stable"):
            i = int(item_of[ways[n]])
            if left <= 0:
                break
            if i not in moved:
                moved.add(i)
                choice[i] = ways[n]
                left -= float(relief[n])
                changed = True
    return changed
