"""What one choice does to the whole firm: the best plan with it less the best plan without it, split and explained."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from pursuit.selection.bound import balance
from pursuit.selection.firm import Firm
from pursuit.selection.marginal import bundle_savings
from pursuit.selection.moves import mend, uses_of
from pursuit.selection.problem import Floats, Ints
from pursuit.selection.result import Solution
from pursuit.selection.worth import Worth, worst_tenth_mean


@dataclass(frozen=True)
class Displaced:
    """Another item that suffers: ``pushed_out`` (else it would be chosen) or ``delayed`` (its work gets dearer)."""

    item: int
    value: float
    how: str


@dataclass(frozen=True)
class Effect:
    """Signed effect of one item on the objective.

    Attributes
    ----------
    with_option, without_option
        The two options compared.
    value
        Objective with less objective without.
    own
        Difference of the two options' mean value, before work is loaded.
    capacity, others, goals, risk
        Rest of ``value``: loading of the whole firm; other items chosen otherwise; limits, goals and cash; risk.
    basis
        ``resolved``: chosen again around the item; ``flipped``: only the item exchanged; ``priced``: from the prices.
    """

    with_option: int
    without_option: int
    value: float
    own: float
    capacity: float
    others: float
    goals: float
    risk: float
    basis: str
    displaces: tuple[Displaced, ...] = field(default=())


def find_effects(
    solution: Solution,
    items: Iterable[int],
    *,
    detailed: int,
    flipped: int,
    report: Callable[[int, int], bool],
) -> dict[int, Effect]:
    """Effects of ``items``.

    Parameters
    ----------
    solution
        The plan; its loading is tried out on and left as it was.
    items
        Items asked about; the closest calls and the largest stakes by price come first.
    detailed, flipped
        How many are resolved, and how many of the rest are flipped exactly; the others are priced.
    report
        Called with done and total; False stops early, the rest is then priced.
    """
    firm, p = solution.firm, solution.firm.c.problem
    base = firm.worth()
    asked = list(items)
    stakes = {i: abs(_priced(solution, i).value) for i in asked}
    ranked = sorted(asked, key=lambda i: (-stakes[i], i))
    effects: dict[int, Effect] = {}
    going = True
    for done, i in enumerate(ranked):
        going = going and report(done, len(ranked))
        chosen = int(firm.choice[i])
        without = int(p.item_start[i])
        others = [o for o in p.options_of(i) if o != without and p.allowed[o]]
        if not going or not others or not p.allowed[without] or done >= detailed + flipped:
            effects[i] = _priced(solution, i)
        elif chosen != without:
            effects[i] = _taken(solution, base, i, done < detailed)
        else:
            effects[i] = _refused(solution, base, i, done < detailed)
    return effects


def _with(solution: Solution, item: int) -> int:
    """The option that stands for going for it: the chosen one, else the best by price."""
    p = solution.firm.c.problem
    chosen, without = int(solution.choice[item]), int(p.item_start[item])
    others = [o for o in p.options_of(item) if o != without]
    allowed = [o for o in others if p.allowed[o]] or others
    if chosen != without or not allowed:
        return chosen
    return max(
        allowed, key=lambda o: float(solution.scores[o]) if np.isfinite(solution.scores[o]) else -np.inf
    )


def _priced(solution: Solution, item: int) -> Effect:
    p = solution.firm.c.problem
    a, b = int(p.item_start[item]), _with(solution, item)
    own = float(p.value[b].mean() - p.value[a].mean())
    scores = solution.scores
    known = np.isfinite(scores[a]) and np.isfinite(scores[b])
    value = float(scores[b] - scores[a]) if known else 0.0
    return Effect(b, a, value, own, value - own, 0.0, 0.0, 0.0, "priced")


def _taken(solution: Solution, base: Worth, item: int, resolve: bool) -> Effect:
    """Effect of an item that is chosen: the plan as it is, less the best found without it."""
    firm = solution.firm
    p = firm.c.problem
    chosen, without = int(firm.choice[item]), int(p.item_start[item])
    drops, adds = [chosen], [without]
    for k in range(len(p.need_option)):  # what rests on it alone goes with it
        o = int(p.need_option[k])
        providers = p.need_provider[p.need_start[k] : p.need_start[k + 1]]
        if firm.choice[p.item_of[o]] != o or chosen not in providers or o in drops:
            continue
        if not any(firm.choice[p.item_of[q]] == q for q in providers if q != chosen):
            drops.append(o)
            adds.append(int(p.item_start[p.item_of[o]]))
    out = firm.worth((drops, adds))
    displaced: list[Displaced] = []
    if resolve:
        for candidate in _candidates(solution, item, chosen):
            held = int(firm.choice[p.item_of[candidate]])
            if held in drops or not firm.needs_met(([*drops, held], [*adds, candidate])):
                continue
            better = firm.worth(([*drops, held], [*adds, candidate]))
            if better.feasible and better.objective > out.objective + 1e-9 * abs(out.objective):
                displaced.append(
                    Displaced(int(p.item_of[candidate]), better.objective - out.objective, "pushed_out")
                )
                out, drops, adds = better, [*drops, held], [*adds, candidate]
        displaced += _delayed(firm, drops[:1], adds[:1], item)
    return _split(solution, base, out, (drops, adds), item, chosen, without, resolve, displaced, sign=1.0)


def _refused(solution: Solution, base: Worth, item: int, resolve: bool) -> Effect:
    """Effect of an item that is not chosen: the best found with it, less the plan as it is."""
    firm = solution.firm
    p = firm.c.problem
    held = int(firm.choice[item])
    best = _best_in(solution, item)
    if best is None:
        return _priced(solution, item)
    wanted, drops, adds, into = best
    displaced: list[Displaced] = []
    if resolve:
        for j in _rivals(solution, item, wanted):
            other, default = int(firm.choice[j]), int(p.item_start[j])
            if other in drops or not firm.allowed(([*drops, other], [*adds, default])):
                continue
            better = firm.worth(([*drops, other], [*adds, default]))
            if better.objective > into.objective + 1e-9 * abs(into.objective):
                own = base.objective - firm.worth(((other,), (default,))).objective
                displaced.append(Displaced(j, max(own, better.objective - into.objective), "pushed_out"))
                into, drops, adds = better, [*drops, other], [*adds, default]
        displaced += _delayed(firm, adds[:1], drops[:1], item)
    return _split(solution, base, into, (drops, adds), item, wanted, held, resolve, displaced, sign=-1.0)


def _best_in(solution: Solution, item: int) -> tuple[int, list[int], list[int], Worth] | None:
    """The best of the two options of an item that the prices like most, with what each needs or excludes."""
    firm, scores = solution.firm, solution.scores
    p, held = firm.c.problem, int(firm.choice[item])
    ways = [o for o in p.options_of(item) if o != p.item_start[item] and o != held and p.allowed[o]]
    ways = sorted(ways, key=lambda o: -scores[o] if np.isfinite(scores[o]) else np.inf)[:2]
    found: list[tuple[int, list[int], list[int], Worth]] = []
    for wanted in ways:
        swap = mend(firm.c, firm, ((held,), (wanted,)), scores)
        if swap is not None and wanted in swap[1]:
            found.append((wanted, list(swap[0]), list(swap[1]), firm.worth(swap)))
    return max(found, key=lambda way: way[3].objective, default=None)


def _split(
    solution: Solution,
    base: Worth,
    other: Worth,
    swap: tuple[list[int], list[int]],
    item: int,
    with_option: int,
    without: int,
    resolve: bool,
    displaced: list[Displaced],
    sign: float,
) -> Effect:
    """``sign`` times (plan as it is less the other plan), part by part; the parts sum to the whole."""
    p = solution.firm.c.problem
    risk_aversion = p.risk_aversion
    mean = float(base.values.mean() - other.values.mean())
    tail = worst_tenth_mean(base.values) - worst_tenth_mean(other.values)
    own = float(p.value[with_option].mean() - p.value[without].mean())
    drops, adds = swap
    change = sum(float(p.value[d].mean() - p.value[a].mean()) for d, a in zip(drops, adds, strict=True))
    others = sign * change - own
    firm = solution.firm
    short = sign * (_cash_short(firm, firm.swapped(drops, adds)) - _cash_short(firm, firm.choice))
    goals = sign * (other.row_cost - base.row_cost) + short
    capacity = sign * mean - own - others - short
    value = sign * (base.objective - other.objective)
    return Effect(
        with_option, without, value, own, capacity, others, goals, sign * risk_aversion * (tail - mean),
        "resolved" if resolve else "flipped", tuple(sorted(displaced, key=lambda d: -d.value)[:8]),
    )  # fmt: skip


def _cash_short(firm: Firm, choice: Ints) -> float:
    """Mean money that cash under the floor costs at a choice."""
    cash = firm.c.problem.cash
    if not cash.months:
        return 0.0
    short = np.maximum(cash.floor - balance(firm.c, choice), 0.0)
    return float(cash.penalty * short.sum(axis=1).mean())


def _candidates(solution: Solution, item: int, chosen: int, width: int = 5) -> list[int]:
    """Options of other items that would use what ``chosen`` sets free, the best by price first."""
    firm = solution.firm
    p, scores = firm.c.problem, solution.scores
    item_of = p.item_of
    gain = scores - scores[firm.choice][item_of]
    uses = uses_of(solution.firm.c)
    shared = (uses & uses[chosen][None, :]).any(axis=1)
    fit = (
        shared
        & p.allowed
        & (item_of != item)
        & np.isfinite(scores)
        & (firm.choice[item_of] != np.arange(p.options))
    )
    order = np.argsort(np.where(fit, -gain, np.inf), kind="stable")[:width]
    return [int(o) for o in order if fit[o]]


def _rivals(solution: Solution, item: int, wanted: int, width: int = 5) -> list[int]:
    """Chosen items that use what ``wanted`` needs, the weakest by price first."""
    firm = solution.firm
    p, scores = firm.c.problem, solution.scores
    default = p.item_start[:-1]
    margin = scores[firm.choice] - scores[default]
    uses = uses_of(solution.firm.c)
    shared = (uses[firm.choice] & uses[wanted][None, :]).any(axis=1)
    fit = (
        shared
        & (firm.choice != default)
        & p.allowed[default]
        & (np.arange(p.items) != item)
        & np.isfinite(margin)
    )
    order = np.argsort(np.where(fit, margin, np.inf), kind="stable")[:width]
    return [int(j) for j in order if fit[j]]


def _delayed(firm: Firm, present: list[int], absent: list[int], item: int) -> list[Displaced]:
    """Items whose own work gets dearer (later, outside, not done) when ``present`` is there instead of ``absent``."""
    p = firm.c.problem
    here = int(firm.choice[item])
    now = loading_by_option(firm)
    swap = ([here], [absent[0] if here == present[0] else present[0]])
    other = firm.copied()
    other.take(*swap)
    then = loading_by_option(other)
    worse = (now - then) if here == present[0] else (then - now)
    least = max(1e-3 * float(np.abs(worse).sum()), 1.0)
    found = []
    for o in np.argsort(-worse, kind="stable")[:6]:
        j = int(p.item_of[o])
        if worse[o] > least and j != item:
            found.append(Displaced(j, float(worse[o]), "delayed"))
    return found


def loading_by_option(firm: Firm) -> Floats:
    """(O,) mean money that lateness, outside work and breach of each chosen option's own work cost."""
    p, w = firm.c.problem, firm.c.work
    bundles = np.array(sorted(firm.shelves.there), dtype=np.int64)
    money = np.empty((len(bundles), p.scenarios))
    free = np.zeros((*p.capacity.shape, p.scenarios))  # hours at no price: only what the work itself costs
    bundle_savings(bundles, firm.shelves.rows, firm.on, free, firm.shelves.book(), w, money)
    mean = dict(zip(bundles.tolist(), money.mean(axis=1).tolist(), strict=True))
    out = np.zeros(p.options)
    for option in firm.choice:
        out[option] = mean.get(int(w.sure[option]), 0.0) + mean.get(int(w.if_won[option]), 0.0)
    return out
