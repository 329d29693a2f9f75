"""Better choices by exchange: every trial is valued exactly in all futures, the prices only say what to try first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from pursuit.selection.compiled import Compiled
from pursuit.selection.firm import GLANCE, Firm, Worth, needs_met
from pursuit.selection.problem import Floats, Ints

Swap = tuple[tuple[int, ...], tuple[int, ...]]


def repaired(c: Compiled, choice: Ints, scores: Floats) -> Ints:
    """``choice`` with unmet needs and broken hard limits mended at least loss of score."""
    p = c.problem
    item_of = p.item_of
    choice = np.array(
        [
            o if p.allowed[o] else max(p.options_of(i), key=lambda q: (p.allowed[q], scores[q]))
            for i, o in enumerate(choice)
        ],
        dtype=np.int64,
    )
    for _ in range(2 * p.items):
        taken = np.zeros(p.options, dtype=bool)
        taken[choice] = True
        unmet = [
            int(p.need_option[k])
            for k in np.flatnonzero(taken[p.need_option])
            if not taken[p.need_provider[p.need_start[k] : p.need_start[k + 1]]].any()
        ]
        hard = np.flatnonzero(~np.isfinite(p.rows.penalty))
        excess = p.rows.coefficients[hard][:, choice].sum(axis=1) - p.rows.limit[hard]
        broken = hard[excess > 1e-9 * np.maximum(np.abs(p.rows.limit[hard]), 1.0)]
        if not unmet and not len(broken):
            break
        if unmet:
            candidates = [item_of[unmet[0]]]
            weight = None
        else:
            weight = p.rows.coefficients[broken[0]]
            candidates = list(range(p.items))
        step = _least_loss(c, choice, scores, candidates, weight, taken, set(unmet))
        if step is None:
            break
        choice[item_of[step]] = step
    return choice


def _least_loss(
    c: Compiled,
    choice: Ints,
    scores: Floats,
    items: list[int],
    weight: Floats | None,
    taken: object,
    unmet: set[int],
) -> int | None:
    """The option to move to that loses least score per unit of the broken limit."""
    p = c.problem
    best, best_loss = None, np.inf
    blocked = {int(o) for o in p.need_option} if unmet else set()
    for i in items:
        for o in p.options_of(i):
            if o == choice[i] or not p.allowed[o] or o in blocked:
                continue
            relief = 1.0 if weight is None else float(weight[choice[i]] - weight[o])
            loss = float(scores[choice[i]] - scores[o])
            if relief > 0 and loss / relief < best_loss:
                best, best_loss = o, loss / relief
    return best


def exchanges(c: Compiled, firm: Firm, scores: Floats, slack: float) -> Iterator[Swap]:
    """Single exchanges to try, the most promising by price first, each with what it needs or strands.

    An option whose score lies more than ``slack`` (bound less best value) under its item's best cannot be part of any
    better choice, so it is not tried (reduced-cost fixing; Crowder, Johnson & Padberg 1983).
    """
    p = c.problem
    item_of = p.item_of
    current = scores[firm.choice][item_of]
    order = np.argsort(current - scores, kind="stable")
    hopeless = np.maximum.reduceat(scores, p.item_start[:-1])[item_of] - scores > slack
    for o in order:
        option = int(o)
        if hopeless[option]:
            continue
        held = int(firm.choice[item_of[option]])
        if p.allowed[option] and option != held and np.isfinite(scores[option]):
            yield from _with_needs(c, firm, held, option, scores)


def _with_needs(c: Compiled, firm: Firm, held: int, option: int, scores: Floats) -> Iterator[Swap]:
    """The exchange itself; with a provider taken along; with dependants released or invited."""
    p = c.problem
    item_of = p.item_of
    plain: Swap = ((held,), (option,))
    after = firm.swapped((held,), (option,))
    if needs_met(c, after):
        yield plain
    else:
        drops, adds = [held], [option]
        for k in range(len(p.need_option)):
            o = int(p.need_option[k])
            providers = [int(q) for q in p.need_provider[p.need_start[k] : p.need_start[k + 1]]]
            if after[item_of[o]] != o or any(after[item_of[q]] == q for q in providers):
                continue
            if o == option and providers:
                open_ = [q for q in providers if p.allowed[q]]
                if not open_:
                    return
                best = max(open_, key=lambda q: scores[q])
                drops.append(int(after[item_of[best]]))
                adds.append(best)
            else:
                ways = [
                    q for q in p.options_of(int(item_of[o])) if p.allowed[q] and q not in set(p.need_option)
                ]
                if not ways:
                    return
                drops.append(o)
                adds.append(max(ways, key=lambda q: scores[q]))
        if len(set(adds)) == len(adds) and needs_met(c, firm.swapped(drops, adds)):
            yield tuple(drops), tuple(adds)
    invited = _invited(c, firm, option, scores)
    if invited:
        drops = [held, *(int(firm.choice[item_of[o]]) for o in invited)]
        yield tuple(drops), (option, *invited)


def _invited(c: Compiled, firm: Firm, option: int, scores: Floats) -> list[int]:
    """Options that a newly taken provider makes possible and that its price would like."""
    p = c.problem
    item_of = p.item_of
    best: dict[int, int] = {}
    for k in range(len(p.need_option)):
        if option in p.need_provider[p.need_start[k] : p.need_start[k + 1]]:
            o = int(p.need_option[k])
            i = int(item_of[o])
            if p.allowed[o] and firm.choice[i] != o and scores[o] > scores[firm.choice[i]] - 1e-9:
                best[i] = o if i not in best or scores[o] > scores[best[i]] else best[i]
    return sorted(best.values())


def pairs(c: Compiled, firm: Firm, scores: Floats, width: int) -> Iterator[Swap]:
    """One in for one out on shared work: the best refused against the weakest taken."""
    p = c.problem
    item_of = p.item_of
    current = scores[firm.choice]
    default = p.item_start[:-1]
    ins = []
    for o in np.argsort(current[item_of] - scores, kind="stable"):
        if p.allowed[o] and firm.choice[item_of[o]] != o and np.isfinite(scores[o]) and o not in default:
            ins.append(int(o))
        if len(ins) >= width:
            break
    margins = current - scores[default]
    outs = [
        int(i)
        for i in np.argsort(margins, kind="stable")
        if firm.choice[i] != default[i] and p.allowed[default[i]]
    ]
    for option in ins:
        i = int(item_of[option])
        tried = 0
        for j in outs:
            if j != i and bool(np.any(c.uses[option] & c.uses[int(firm.choice[j])])):
                swap: Swap = ((int(firm.choice[i]), int(firm.choice[j])), (option, int(default[j])))
                if needs_met(c, firm.swapped(*swap)):
                    yield swap
                tried += 1
            if tried >= 6:
                break


def climb(
    firm: Firm,
    worth: Worth,
    moves: Iterator[Swap],
    weight: Floats,
    trials: int,
    report: Callable[[int, float], bool],
) -> tuple[Worth, int, int, bool]:
    """Take every exchange that helps, as it is met; most are dismissed at a glance with the futures' ``weight``.

    Returns
    -------
    worth, tried, taken, going
        Worth of the choice after, exchanges tried and taken, and False when told to stop.
    """
    tried = taken = 0
    for drops, adds in moves:
        if tried >= trials:
            break
        item_of = firm.c.problem.item_of
        if any(firm.choice[item_of[d]] != d for d in drops):
            continue  # an exchange taken meanwhile has made this one moot
        tried += 1
        if worth.feasible and len(weight) >= 8 * GLANCE and firm.glance(drops, adds, weight) < 0:
            if tried % 8 == 0 and not report(tried, worth.objective):
                return worth, tried, taken, False
            continue
        new = firm.worth((drops, adds))
        better = new.objective > worth.objective + 1e-9 * abs(worth.objective)
        if (new.feasible and better) or (new.feasible and not worth.feasible):
            firm.take(drops, adds)
            worth = firm.worth()
            taken += 1
        if tried % 8 == 0 and not report(tried, worth.objective):
            return worth, tried, taken, False
    return worth, tried, taken, True
