"""What a choice is worth: in each scenario, its work carried out at least cost, and in one number."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pursuit.selection.bound import balance
from pursuit.selection.compiled import Compiled
from pursuit.selection.exact import Going, Known, always, carry_out
from pursuit.selection.loaded import Loading
from pursuit.selection.problem import TAIL, Bools, Floats, Ints
from pursuit.selection.repair import unmet_needs


@dataclass(frozen=True, slots=True)
class Worth:
    """What a choice is worth: by scenario, and in one number."""

    values: Floats
    objective: float
    row_cost: float
    feasible: bool


def worst_tenth_mean(values: Floats) -> float:
    """Mean of the worst tenth of equally likely values (CVaR at 10 %; Rockafellar & Uryasev 2000, eq. 3).

    The tenth is met exactly: where it is no whole number of scenarios, the last one counts in part.
    """
    ordered = np.sort(values)
    mass = TAIL * len(ordered)
    whole = int(np.floor(mass + 1e-9))
    total = float(ordered[:whole].sum())
    rest = mass - whole
    if rest > 1e-9:
        total += rest * float(ordered[whole])
    return total / mass


def blend(values: Floats, risk_aversion: float) -> float:
    """``(1 - risk_aversion) * mean + risk_aversion * mean of the worst tenth``."""
    return (1 - risk_aversion) * float(values.mean()) + risk_aversion * worst_tenth_mean(values)


def before_loading(c: Compiled, values: Floats, cash: Floats, rows: Floats) -> tuple[Floats, float]:
    """(S,) worth before work is carried out, cash under the floor paid for; and what soft rows cost.

    Parameters
    ----------
    values, cash, rows
        (S,) worth of the options taken, (S, M) balance, (C,) use of the rows.
    """
    p = c.problem
    if p.cash.months:
        values = values - p.cash.penalty * np.maximum(p.cash.floor - cash, 0.0).sum(axis=1)
    soft = np.isfinite(p.rows.penalty)
    excess = np.maximum(rows - p.rows.limit, 0.0)[soft]
    return values, float((excess * p.rows.penalty[soft]).sum())


def within_rows(c: Compiled, rows: Floats) -> bool:
    """Whether (C,) uses of the rows keep every hard one."""
    p = c.problem
    hard = ~np.isfinite(p.rows.penalty)
    room = 1e-9 * np.maximum(np.abs(p.rows.limit[hard]), 1.0)
    return bool(np.all(rows[hard] <= p.rows.limit[hard] + room))


def regular_hours(c: Compiled, choice: Ints) -> Floats:
    """(R, T) regular hours, those that chosen investments add included."""
    hours = c.problem.capacity
    for option in choice:
        if int(option) in c.gain:
            hours = hours + c.gain[int(option)]
    return np.ascontiguousarray(np.maximum(hours, 0.0))


def bundles_on(c: Compiled, choice: Ints) -> Bools:
    """(S, B) whether a bundle comes with the choice."""
    p, w = c.problem, c.work
    on = np.zeros((p.scenarios, p.packages.bundles), dtype=np.bool_)
    for option in choice:
        for bundle, won in ((w.sure[option], True), (w.if_won[option], p.won[option])):
            if bundle >= 0:
                on[:, bundle] = won
    return on


def carried_out(
    c: Compiled, choice: Ints, known: Known | None = None, going: Going = always
) -> tuple[Worth, Loading]:
    """What a choice is worth when its work is carried out at least cost in every scenario, and how that is done.

    ``known`` is a loading close to that, if there is one; ``going`` may stop half way (see ``exact.carry_out``).
    """
    p = c.problem
    shares = carry_out(c, bundles_on(c, choice), regular_hours(c, choice), known=known, going=going)
    rows = p.rows.use(choice, p.options)
    before, row_cost = before_loading(c, p.base_value + p.value[choice].sum(axis=0), balance(c, choice), rows)
    values = before - shares.cost
    start = np.searchsorted(shares.scenario, np.arange(p.scenarios + 1)).astype(np.int64)
    feasible = within_rows(c, rows) and not len(unmet_needs(c, choice))
    return (
        Worth(values, blend(values, p.risk_aversion) - row_cost, row_cost, feasible),
        Loading(start, shares.package, shares.week, shares.share),
    )
