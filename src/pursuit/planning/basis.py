"""What a choice is made from, kept in parts so that a what-if can change one and leave the rest as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from pursuit.domain import Company
from pursuit.forecast import Beliefs, ScenarioSet, believe, draw_scenarios
from pursuit.planning.model import Model, OptionFacts, Settings, Situation, build_model
from pursuit.planning.model.loads import expected_hours
from pursuit.selection.bound import Prices
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from pursuit.selection.problem import Floats, Ints
from pursuit.selection.result import Report, Solution
from pursuit.selection.solve import solve
from pursuit.selection.worth import carried_out
from pursuit.units import WeekAxis

Record = tuple[str, str]
"""Kind of item and id of its record."""


@dataclass(frozen=True)
class Basis:
    """A company, how to plan it, what is believed of it, the futures drawn, and hours that are missing.

    ``cut`` is (R, T) as in :class:`~pursuit.planning.model.Situation`.
    """

    company: Company
    settings: Settings
    beliefs: Beliefs
    futures: ScenarioSet
    cut: Floats | None = None

    @staticmethod
    def of(company: Company, settings: Settings) -> Basis:
        """Believe and draw for a company as it is."""
        beliefs = believe(company, _long_axis(company, settings))
        return Basis(company, settings, beliefs, _futures(company, settings, beliefs))

    def redrawn(self) -> Basis:
        """The same with futures drawn anew, as other weeks, seeds or numbers of futures ask for."""
        return replace(self, futures=_futures(self.company, self.settings, self.beliefs))

    @cached_property
    def axis(self) -> WeekAxis:
        """The horizon."""
        return WeekAxis.following(self.company.as_of, self.settings.weeks)

    @cached_property
    def situation(self) -> Situation:
        """What the model is built from."""
        return Situation(self.company, self.axis, self.beliefs, self.futures, self.cut)


def _long_axis(company: Company, settings: Settings) -> WeekAxis:
    return Situation.long_axis_of(WeekAxis.following(company.as_of, settings.weeks))


def _futures(company: Company, settings: Settings, beliefs: Beliefs) -> ScenarioSet:
    axis = _long_axis(company, settings)
    return draw_scenarios(company, beliefs, axis, scenarios=settings.scenarios, seed=settings.seed)


@dataclass(frozen=True)
class Solved:
    """A choice with everything it was made from."""

    basis: Basis
    model: Model
    solution: Solution

    @cached_property
    def chosen(self) -> Mapping[Record, OptionFacts]:
        """The option taken by each item."""
        taken = (self.model.facts[int(option)] for option in self.solution.choice)
        return {(facts.kind, facts.ref): facts for facts in taken}

    @cached_property
    def options(self) -> Mapping[Record, range]:
        """Numbers of the options of each item."""
        p, facts = self.model.problem, self.model.facts
        spans = (p.options_of(i) for i in range(p.items))
        return {(facts[span[0]].kind, facts[span[0]].ref): span for span in spans}

    @cached_property
    def hours(self) -> Floats:
        """(O, R) mean hours of every option."""
        return expected_hours(self.model.problem)

    @cached_property
    def hour_price(self) -> Floats:
        """(R,) what an hour is worth behind the bound, in the mean of the weeks of the horizon."""
        prices = self.solution.prices
        hour = np.einsum("s,srt->rt", prices.weight, prices.hour)
        return np.asarray(hour[:, : self.basis.axis.weeks].mean(axis=1))


def solved(
    basis: Basis,
    *,
    model: Model | None = None,
    start: Ints | None = None,
    prices: Prices | None = None,
    work_limit: int | None = None,
    report: Report = lambda progress: True,
) -> Solved:
    """The choice for a basis; ``model`` is what :func:`build_model` makes of it, if that is known already.

    Raises
    ------
    SolveError
        When pins, technologies and hard limits leave no choice.
    """
    settings = basis.settings
    model = model or build_model(basis.situation, settings.risk_aversion)
    solution = solve(
        model.problem,
        work_limit=settings.work_limit if work_limit is None else work_limit,
        seconds=settings.seconds,
        report=report,
        start=start,
        prices=prices,
    )
    return Solved(basis, model, solution)


def valued(basis: Basis, model: Model, choice: Ints, prices: Prices, bound: float = np.inf) -> Solved | None:
    """A given choice, its work carried out at least cost; None where it breaks a need or a hard limit."""
    firm = Firm(compile_problem(model.problem), choice, prices.hour)
    worth, loading = carried_out(firm.c, choice)
    if not worth.feasible or not model.problem.allowed[choice].all():
        return None
    solution = Solution(
        choice=choice,
        values=worth.values,
        objective=worth.objective,
        bound=max(bound, worth.objective),
        row_cost=worth.row_cost,
        status="limit",
        firm=firm,
        loading=loading,
        prices=prices,
        scores=np.zeros(model.problem.options),
        work=0,
    )
    return Solved(basis, model, solution)
