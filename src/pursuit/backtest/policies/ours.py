"""Our own plan, made anew every Monday from the books as they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pursuit.backtest.decisions import Decisions
from pursuit.domain import Company

if TYPE_CHECKING:
    from pursuit.planning import Settings

WORK = 60
"""Solver steps of a weekly re-plan; a plan people read takes ten times as many."""
FUTURES = 24


class Ours:
    """Chooses with :func:`pursuit.planning.choose.choose` and does what it says.

    Parameters
    ----------
    settings
        Of the choice; a lighter one than that of a plan by default. The seed moves on with every week.
    """

    name = "ours"

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings

    def decide(self, company: Company) -> Decisions:
        """Choose again."""
        from pursuit.planning import Settings  # the solver is loaded only where it is used
        from pursuit.planning.choose import choose

        settings = self.settings or Settings(scenarios=FUTURES, work_limit=WORK, seconds=None)
        choice = choose(company, replace(settings, seed=settings.seed + company.as_of.toordinal()))
        deals = choice.words("opportunity")
        begun = {investment.id for investment in company.investments if investment.pinned}
        return Decisions(
            pursue={
                ref: facts.offer.id for ref, facts in deals.items() if facts.word == "pursue" and facts.offer
            },
            decline=frozenset(ref for ref, facts in deals.items() if facts.word == "decline"),
            courses={ref: facts.word for ref, facts in choice.words("account").items()},
            modes={ref: facts.word for ref, facts in choice.words("project").items()},
            invest=frozenset(
                ref
                for ref, facts in choice.words("investment").items()
                if facts.word != "no" and facts.start == 0 and ref not in begun
            ),
        )
