"""What investments bring: when their gain covers their cost, and the deals that would not be gone for without them."""

from __future__ import annotations

from concurrent.futures import Executor
from dataclasses import dataclass

import numpy as np

from pursuit.domain import Investment
from pursuit.planning.basis import Record, Solved
from pursuit.planning.changes import Change
from pursuit.planning.differences import Difference
from pursuit.planning.model import OptionFacts
from pursuit.planning.what_if import Case, WhatIf, compare
from pursuit.selection.problem import Floats


@dataclass(frozen=True)
class Payback:
    """One investment that the plan makes, against the best plan without it.

    Attributes
    ----------
    investment
        Its id.
    effect
        Objective with it less objective without; never negative.
    gain, cost
        Money it brings over all weeks planned before its own cost (mean), and what it costs in that time.
    weeks
        Weeks from its beginning until what it has brought covers what it has cost; None where that is not within the
        weeks planned.
    deals
        Opportunities gone for with it and not without it: they justify it.
    others
        What else is decided otherwise without it.
    """

    investment: str
    effect: float
    gain: float
    cost: float
    weeks: int | None
    deals: tuple[str, ...]
    others: tuple[Difference, ...]


def paybacks(plan: Solved, *, executor: Executor | None = None) -> list[Payback]:
    """Each investment that the plan makes, by itself, against the plan chosen anew without it.

    What a deal brings is counted in the week it is due; what cannot be told by deal (hours saved, lateness spared) is
    spread evenly over the weeks from the investment's arrival on.
    """
    made = [ref for (kind, ref), facts in plan.chosen.items() if kind == "investment" and facts.word != "no"]
    pinned = {investment.id for investment in plan.basis.company.investments if investment.pinned}
    made = [ref for ref in made if ref not in pinned]
    asked = [WhatIf(ref, (Change("pin", ref, "set", 0.0, word="no"),)) for ref in made]
    compared = compare(plan, plan.basis.settings, asked, executor=executor)
    return [
        _payback(compared.plan, compared.base, case)
        for case in compared.cases
        if compared.plan.chosen["investment", case.name].word != "no"
    ]


def _payback(plan: Solved, base: Case, without: Case) -> Payback:
    facts = plan.chosen["investment", without.name]
    own = -float(plan.model.problem.value[_number(plan, facts)].mean())
    gain = base.expected - without.expected + own
    earned, paid = _earned(plan, without, facts, gain), _paid(plan, facts)
    covered = np.flatnonzero(earned[facts.start :] >= paid[facts.start :] - 1e-6)
    deals = tuple(
        d.record[1]
        for d in without.differences
        if d.record[0] == "opportunity" and d.before is not None and d.before.word == "pursue"
        and (d.after is None or d.after.word != "pursue")
    )  # fmt: skip
    others = tuple(d for d in without.differences if d.record[1] not in (*deals, without.name))
    effect = base.objective - without.objective
    weeks = int(covered[0]) + 1 if len(covered) and gain > 0 else None
    return Payback(without.name, effect, gain, float(paid[-1]), weeks, deals, others)


def _number(plan: Solved, facts: OptionFacts) -> int:
    span = plan.options[facts.kind, facts.ref]
    return next(o for o in span if plan.model.facts[o] is facts)


def _earned(plan: Solved, without: Case, facts: OptionFacts, gain: float) -> Floats:
    """(T,) money earned by the end of each week because the investment is there."""
    T = plan.basis.situation.weeks
    by_week, told = np.zeros(T), 0.0
    for difference in without.differences:
        now = plan.chosen[difference.record]
        if now.kind == "opportunity" and now.word == "pursue" and not _pursued(difference.record, without):
            worth = sum(now.parts.values())
            by_week[min(now.due, T - 1)] += worth
            told += worth
    arrives = min(facts.start + _investment(plan, facts.ref).lead_weeks, T - 1)
    by_week[arrives:] += (gain - told) / (T - arrives)
    return np.asarray(by_week.cumsum())


def _pursued(record: Record, case: Case) -> bool:
    return record in case.taken and case.taken[record].word == "pursue"


def _paid(plan: Solved, facts: OptionFacts) -> Floats:
    """(T,) money paid by the end of each week, what it is still worth at the horizon not taken off."""
    company, T = plan.basis.company, plan.basis.situation.weeks
    investment = _investment(plan, facts.ref)
    paid = np.zeros(T)
    paid[facts.start] = company.home(investment.cost)
    if investment.weekly_cost:
        paid[facts.start + investment.lead_weeks :] += company.home(investment.weekly_cost)
    return np.asarray(paid.cumsum())


def _investment(plan: Solved, ref: str) -> Investment:
    return next(investment for investment in plan.basis.company.investments if investment.id == ref)
