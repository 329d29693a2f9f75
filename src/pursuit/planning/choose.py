"""Only the choice, fast: what a re-plan of a Monday decides, without effects, promises and the document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pursuit.domain import Company
from pursuit.forecast import believe, draw_scenarios
from pursuit.planning.model import Settings, Situation, build_model
from pursuit.planning.model.ledger import OptionFacts
from pursuit.selection.result import Report, Solution
from pursuit.selection.solve import solve
from pursuit.units import WeekAxis


@dataclass(frozen=True)
class Choice:
    """What was chosen for every item, by kind and record, and how good it is known to be."""

    facts: Mapping[tuple[str, str], OptionFacts]
    solution: Solution

    def words(self, kind: str) -> dict[str, OptionFacts]:
        """Chosen options of one kind of item by record."""
        return {ref: facts for (of, ref), facts in self.facts.items() if of == kind}


def choose(
    company: Company, settings: Settings | None = None, report: Report = lambda progress: True
) -> Choice:
    """Choose for every opportunity, account, project and investment of a company.

    Parameters
    ----------
    company
        The firm.
    settings
        As for :func:`pursuit.planning.make_plan`; the floor is not asked and nothing is valued anew.
    report
        Receives progress; answers False to stop with the best so far.

    Raises
    ------
    SolveError
        When pins, technologies and hard limits leave no choice.
    """
    settings = settings or Settings()
    axis = WeekAxis.following(company.as_of, settings.weeks)
    long_axis = Situation.long_axis_of(axis)
    beliefs = believe(company, long_axis)
    futures = draw_scenarios(company, beliefs, long_axis, scenarios=settings.scenarios, seed=settings.seed)
    situation = Situation(company, axis, beliefs, futures)
    model = build_model(situation, settings.risk_aversion)
    solution = solve(model.problem, work_limit=settings.work_limit, seconds=settings.seconds, report=report)
    chosen = (model.facts[int(option)] for option in solution.choice)
    return Choice({(facts.kind, facts.ref): facts for facts in chosen}, solution)
