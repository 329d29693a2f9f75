"""What it would be worth to know beforehand how one deal ends: wait and see against the plan (Raiffa 1968, ch. 3)."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from pursuit.planning.basis import Solved
from pursuit.planning.changes import Change
from pursuit.planning.differences import Difference
from pursuit.planning.what_if import Case, WhatIf, compare
from pursuit.selection.problem import TAIL, Floats


@dataclass(frozen=True)
class Information:
    """Value of knowing one deal's outcome.

    ``value`` is money, ``chance`` the probability that it is won; ``if_won`` and ``if_lost`` are what would be decided
    otherwise on hearing so.
    """

    deal: str
    chance: float
    value: float
    if_won: tuple[Difference, ...]
    if_lost: tuple[Difference, ...]


def value_of_knowing(
    plan: Solved, deals: Sequence[str], *, executor: Executor | None = None
) -> list[Information]:
    """Value of perfect information on each of ``deals``, by itself.

    The plan is chosen anew for the case that the deal is surely won and for the one that it is surely lost; both
    together, weighted by their probability, are one distribution of worth. Beside it stands the same for the plan's own
    decisions. The difference is never negative, and an upper limit on what any news of the deal could be worth.
    """
    asked = [WhatIf(f"{deal} {name}", (Change("win", deal, "set", chance),))
             for deal in deals for name, chance in (("won", 1.0), ("lost", 0.0))]  # fmt: skip
    compared = compare(plan, plan.basis.settings, asked, executor=executor)
    cases = {case.name: case for case in compared.cases}
    found = []
    for deal in deals:
        won, lost = cases.get(f"{deal} won"), cases.get(f"{deal} lost")
        if won is not None and lost is not None:
            found.append(_information(compared.plan, deal, won, lost))
    return found


def _information(plan: Solved, deal: str, won: Case, lost: Case) -> Information:
    chance = _chance(plan, deal)
    risk = plan.basis.settings.risk_aversion
    weights = np.concatenate([np.full(len(won.values), chance), np.full(len(lost.values), 1 - chance)])
    knowing = _worth(np.concatenate([won.values, lost.values]), weights, risk)
    value = 0.0
    if won.unmoved is not None and lost.unmoved is not None:
        value = max(knowing - _worth(np.concatenate([won.unmoved, lost.unmoved]), weights, risk), 0.0)
    return Information(deal, chance, value, won.differences, lost.differences)


def _chance(plan: Solved, deal: str) -> float:
    """Probability that the deal is won by the option taken, or by the first that goes for it."""
    facts = plan.chosen[("opportunity", deal)]
    if facts.word == "pursue":
        return facts.chance
    belief = plan.basis.beliefs.opportunities[deal]
    return next(iter(belief.by_option.values()), belief.win.mean)


def _worth(values: Floats, weights: Floats, risk_aversion: float) -> float:
    """Mean and mean of the worst tenth of weighted values, blended."""
    order = np.argsort(values, kind="stable")
    values, mass = values[order], weights[order] / weights.sum()
    before = np.cumsum(mass) - mass
    tail = np.clip(TAIL - before, 0.0, mass)
    return float((1 - risk_aversion) * (values * mass).sum() + risk_aversion * (values * tail).sum() / TAIL)
