"""What if: a firm planned again under other assumptions, all of them judged on the same futures, side by side.

Each case is chosen anew from the base plan's decisions. Then every case also values the base plan's decisions, and the
base plan every case's, and each keeps the best: so no difference between two cases is a search that went luckier
in one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field

import numpy as np

from pursuit.domain import Company
from pursuit.planning.basis import Basis, Record, Solved, solved, valued
from pursuit.planning.changes import Change, parse_change
from pursuit.planning.differences import Difference, Known, differences, known_of
from pursuit.planning.model import Model, Settings, build_model
from pursuit.planning.warm import Taken, all_taken, prices_from, start_from
from pursuit.selection.bound import Prices
from pursuit.selection.fanout import Kept, fan_out, kept
from pursuit.selection.problem import Floats
from pursuit.selection.worth import worst_tenth_mean

SCARCE = 0.1
"""Share of the dearest resource's worth from which another one is told too."""
SHARE = 3
"""A case may take one part in so many of a whole plan's work: it begins from the base plan."""


@dataclass(frozen=True)
class WhatIf:
    """Changes that hold together, under a name."""

    name: str
    changes: tuple[Change, ...] = ()

    def on(self, basis: Basis, lang: str = "en") -> Basis:
        """The basis with all changes made, one after the other."""
        for change in self.changes:
            basis = change.on(basis, lang)
        return basis


def parse_what_if(text: str, lang: str = "en") -> WhatIf:
    """Changes divided by commas, to be made together (see :func:`pursuit.planning.changes.parse_change`)."""
    return WhatIf(text.strip(), tuple(parse_change(part, lang) for part in text.split(",")))


@dataclass(frozen=True)
class Case:
    """One plan of several.

    Attributes
    ----------
    name
        Of the what-if; empty for the base plan.
    expected, worst_tenth, row_cost, objective, bound
        Its worth in money, and what nobody can exceed.
    values, unmoved
        (S,) worth in each future, what broken soft limits cost taken off: of its decisions, and of the base plan's
        decisions under its assumptions (None where they are not possible).
    other_aims
        Whether goals or risk count otherwise than in the base plan, so that objectives cannot be compared.
    taken, differences
        What it decides, and what of that otherwise than the base plan.
    hour_worth
        Money that one more hour in every week saves, by resource, the dearest first; only bottlenecks.
    """

    name: str
    expected: float
    worst_tenth: float
    row_cost: float
    objective: float
    bound: float
    values: Floats
    unmoved: Floats | None
    taken: Mapping[Record, Taken]
    differences: tuple[Difference, ...] = ()
    hour_worth: Mapping[str, float] = field(default_factory=dict)
    other_aims: bool = False


@dataclass(frozen=True)
class Comparison:
    """The base plan and what the what-ifs come to; ``plan`` is the base plan with everything it was made from."""

    plan: Solved
    base: Case
    cases: tuple[Case, ...]


@dataclass(frozen=True)
class _Shared:
    """What every case begins from."""

    basis: Basis
    model: Model
    prices: Prices
    taken: Mapping[Record, Taken]


@dataclass(frozen=True)
class _Ask:
    shared: Kept[_Shared]
    what_if: WhatIf


@dataclass(frozen=True)
class _Answer:
    """What a case found by itself; ``at_base`` is what its decisions are worth under the base plan's assumptions."""

    taken: Mapping[Record, Taken]
    prices: Prices
    bound: float
    at_base: float


@dataclass(frozen=True)
class _Tell:
    shared: Kept[_Shared]
    what_if: WhatIf
    answer: _Answer
    base: Known


def compare(
    company: Company | Solved,
    settings: Settings,
    what_ifs: Sequence[WhatIf],
    *,
    executor: Executor | None = None,
    report: Callable[[int, int], bool] = lambda done, total: True,
) -> Comparison:
    """Plan a company as it is and under each what-if, on the same futures.

    Parameters
    ----------
    company
        The firm, or a base plan that is there already.
    settings
        As for :func:`pursuit.planning.make_plan`; the floor is not asked, as in :func:`pursuit.planning.choose.choose`.
    what_ifs
        Each with its changes; beliefs and luck stay as they are but for what is changed.
    executor
        Where cases are planned side by side; the result is the same with any.
    report
        Called with steps done and their number; False leaves out the cases not done by then.

    Raises
    ------
    InputError
        When a what-if names something that is not there.
    SolveError
        When a case leaves no choice.
    """
    plan = company if isinstance(company, Solved) else solved(Basis.of(company, settings))
    for what_if in what_ifs:
        what_if.on(plan.basis, settings.lang)  # refuse what cannot be before any work is done
    shared = _Shared(plan.basis, plan.model, plan.solution.prices, all_taken(plan))
    steps = 2 * len(what_ifs)
    with kept(shared, executor) as at:
        asked = [_Ask(at, what_if) for what_if in what_ifs]
        answers = fan_out(_choose, asked, executor, lambda done, _: report(done, steps))
        found = [(w, a) for w, a in zip(what_ifs, answers, strict=True) if a is not None]
        plan = _best_base(plan, [answer for _, answer in found])
        base = known_of(plan)
        telling = [_Tell(at, what_if, answer, base) for what_if, answer in found]
        cases = fan_out(_told, telling, executor, lambda done, _: report(len(what_ifs) + done, steps))
    unmoved = plan.solution.values - plan.solution.row_cost
    return Comparison(plan, _case("", plan, unmoved), tuple(case for case in cases if case is not None))


def _choose(ask: _Ask) -> _Answer:
    """Choose for one case from the base plan's decisions and prices."""
    shared = ask.shared.get()
    basis = ask.what_if.on(shared.basis)
    model = build_model(basis.situation, basis.settings.risk_aversion)
    own = solved(
        basis,
        model=model,
        start=start_from(shared.taken, model, basis),
        prices=prices_from(shared.basis, shared.model, shared.prices, model, basis),
        work_limit=max(basis.settings.work_limit // SHARE, 20),
    )
    taken = all_taken(own)
    back = valued(shared.basis, shared.model, start_from(taken, shared.model, shared.basis), shared.prices)
    at_base = -np.inf if back is None else back.solution.objective
    return _Answer(taken, own.solution.prices, own.solution.bound, at_base)


def _best_base(plan: Solved, answers: Sequence[_Answer]) -> Solved:
    """The base plan, or what a case decided where that is better under the base plan's own assumptions."""
    best = max(answers, key=lambda answer: answer.at_base, default=None)
    if best is None or best.at_base <= plan.solution.objective:
        return plan
    choice = start_from(best.taken, plan.model, plan.basis)
    better = valued(plan.basis, plan.model, choice, plan.solution.prices, plan.solution.bound)
    return better or plan


def _told(task: _Tell) -> Case:
    """The better of a case's own decisions and the base plan's, and how the two plans differ."""
    shared = task.shared.get()
    basis = task.what_if.on(shared.basis)
    model = build_model(basis.situation, basis.settings.risk_aversion)
    own, unmoved = (
        valued(basis, model, start_from(taken, model, basis), task.answer.prices, task.answer.bound)
        for taken in (task.answer.taken, task.base.taken)
    )
    assert own is not None
    if unmoved is not None and all_taken(unmoved) != task.base.taken:
        unmoved = None  # the base plan's decisions are not all possible here
    best = own if unmoved is None or own.solution.objective > unmoved.solution.objective else unmoved
    values = None if unmoved is None else unmoved.solution.values - unmoved.solution.row_cost
    other_aims = any(change.what in ("goal", "risk") for change in task.what_if.changes)
    return _case(task.what_if.name, best, values, tuple(differences(task.base, best)), other_aims)


def _case(
    name: str,
    plan: Solved,
    unmoved: Floats | None,
    found: tuple[Difference, ...] = (),
    other_aims: bool = False,
) -> Case:
    solution = plan.solution
    return Case(
        name=name,
        expected=float(solution.values.mean()),
        worst_tenth=worst_tenth_mean(solution.values),
        row_cost=solution.row_cost,
        objective=solution.objective,
        bound=solution.bound,
        values=solution.values - solution.row_cost,
        unmoved=unmoved,
        taken=all_taken(plan),
        differences=found,
        hour_worth=bottlenecks(plan),
        other_aims=other_aims,
    )


def bottlenecks(plan: Solved) -> dict[str, float]:
    """Money that one more hour in every week of the horizon saves, the choice as it is; the scarce resources only."""
    worth = plan.solution.firm.hour_worth(plan.basis.axis.weeks)
    top = float(worth.max(initial=0.0))
    names = [resource.id for resource in plan.basis.company.resources]
    order = [int(r) for r in np.argsort(-worth, kind="stable") if top > 0 and worth[r] >= SCARCE * top]
    return {names[r]: float(worth[r]) for r in order}


def one_more(plan: Solved, most: int = 3) -> list[WhatIf]:
    """For each of the dearest resources: one more hour a week, and one more head or machine (its pay not counted)."""
    found = []
    for name in list(bottlenecks(plan))[:most]:
        found += [parse_what_if(f"hour:{name}=+1"), parse_what_if(f"unit:{name}=+1")]
    return found
