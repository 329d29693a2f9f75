"""Exchanges worth trying: single ones with what they need or strand, and pairs on shared work."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pursuit.selection.compiled import Compiled
from pursuit.selection.firm import Firm
from pursuit.selection.problem import Bools, Floats, Ints

Swap = tuple[tuple[int, ...], tuple[int, ...]]


def uses_of(c: Compiled) -> Bools:
    """(O, R) whether an option's work touches a resource."""
    p, k = c.problem, c.problem.packages
    owner = np.repeat(np.arange(len(k)), np.diff(k.use_start))
    by_bundle = np.zeros((k.bundles + 1, len(p.capacity)), dtype=bool)
    by_bundle[c.work.bundle_of[owner], k.use_resource] = True
    return by_bundle[c.work.sure] | by_bundle[c.work.if_won]  # row -1 is empty


def singles(c: Compiled, firm: Firm, scores: Floats, slack: float, promise: Floats | None) -> Iterator[Swap]:
    """Single exchanges, the most promising by price first, each with what it needs or strands.

    An option whose score lies more than ``slack`` (bound less best value) under its item's best cannot be part of any
    better choice (reduced-cost fixing; Crowder, Johnson & Padberg 1983), and one whose ``promise`` (O,) is nothing
    cannot help as things are; neither is tried, unless others need it. Without promises all others are.
    """
    p = c.problem
    loss = scores[firm.choice][firm.item_of] - scores
    open_scores = np.where(p.allowed, scores, -np.inf)
    best = np.maximum.reduceat(open_scores, p.item_start[:-1])[firm.item_of]
    linked = np.zeros(p.options, dtype=bool)
    linked[p.need_provider] = True
    fit = p.allowed & (best - scores <= slack)
    if promise is not None:
        fit &= (promise > 0) | linked
    order = np.flatnonzero(fit)
    for option in order[np.argsort(loss[order], kind="stable")]:
        held = int(firm.choice[firm.item_of[option]])
        if option != held:
            yield from with_needs(c, firm, held, int(option), scores)


def with_needs(c: Compiled, firm: Firm, held: int, option: int, scores: Floats) -> Iterator[Swap]:
    """The exchange itself, mended where needs or exclusive rows ask for it; with dependants invited as well."""
    mended = mend(c, firm, ((held,), (option,)), scores)
    if mended is not None:
        yield mended
    invited = _invited(c, firm, option, scores)
    if invited:
        drops = [held, *(int(firm.choice[firm.item_of[o]]) for o in invited)]
        swap: Swap = (tuple(drops), (option, *invited))
        if firm.needs_met(swap):
            yield swap


def mend(c: Compiled, firm: Firm, swap: Swap, scores: Floats, depth: int = 6) -> Swap | None:
    """The exchange with what it needs taken along and what it strands or excludes let go; None if impossible."""
    p = c.problem
    drops, adds = list(swap[0]), list(swap[1])
    for _ in range(depth):
        moved = {int(firm.item_of[o]) for o in adds}
        unmet = firm.unmet((drops, adds))
        if unmet:
            k = unmet[0]
            needy = int(p.need_option[k])
            if needy in adds:
                open_ = [
                    int(q)
                    for q in p.need_provider[p.need_start[k] : p.need_start[k + 1]]
                    if p.allowed[q] and int(firm.item_of[q]) not in moved
                ]
                if not open_:
                    return None
                step = max(open_, key=lambda q: scores[q])
            else:
                found = _best_other(c, firm, needy, scores, moved)
                if found is None:
                    return None
                step = found
        else:
            clash = firm.excluded((drops, adds), moved)
            if clash is None:
                return tuple(drops), tuple(adds)
            found = _best_other(c, firm, clash, scores, moved)
            if found is None:
                return None
            step = found
        drops.append(int(firm.choice[firm.item_of[step]]))
        adds.append(step)
    return None


def _best_other(c: Compiled, firm: Firm, held: int, scores: Floats, moved: set[int]) -> int | None:
    """The best option without needs that could be taken instead of ``held``."""
    p = c.problem
    i = int(firm.item_of[held])
    if i in moved:
        return None
    ways = [o for o in p.options_of(i) if p.allowed[o] and o != held and not firm.needs(o)]
    return max(ways, key=lambda o: scores[o]) if ways else None


def _invited(c: Compiled, firm: Firm, option: int, scores: Floats) -> list[int]:
    """Options that a newly taken provider makes possible and that its price would like."""
    p = c.problem
    best: dict[int, int] = {}
    for o in firm.served_by(option):
        i = int(firm.item_of[o])
        if p.allowed[o] and firm.choice[i] != o and scores[o] > scores[firm.choice[i]] - 1e-9 and o != option:
            best[i] = o if i not in best or scores[o] > scores[best[i]] else best[i]
    best.pop(int(firm.item_of[option]), None)
    return sorted(best.values())


def pairs(c: Compiled, firm: Firm, scores: Floats, uses: Bools, width: int, tries: int = 6) -> Iterator[Swap]:
    """One in for one out on shared work: the best refused against the weakest taken."""
    p = c.problem
    current = scores[firm.choice]
    default = p.item_start[:-1]
    fit = p.allowed.copy()
    fit[firm.choice] = False
    fit[default] = False
    candidates = np.flatnonzero(fit)
    ins = candidates[np.argsort((current[firm.item_of] - scores)[candidates], kind="stable")][:width]
    margins = current - scores[default]
    outs: Ints = np.flatnonzero((firm.choice != default) & p.allowed[default])
    outs = outs[np.argsort(margins[outs], kind="stable")]
    for option in ins:
        i = int(firm.item_of[option])
        tried = 0
        for j in outs:
            if j != i and bool(np.any(uses[option] & uses[int(firm.choice[j])])):
                swap: Swap = ((int(firm.choice[i]), int(firm.choice[j])), (int(option), int(default[j])))
                mended = mend(c, firm, swap, scores)
                if mended is not None:
                    yield mended
                tried += 1
            if tried >= tries:
                break
