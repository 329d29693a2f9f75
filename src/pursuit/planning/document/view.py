"""Look-ups that every part of the document shares."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pursuit.domain import Company, Opportunity, Project
from pursuit.planning.document.hours import hours_table
from pursuit.planning.model import OptionFacts
from pursuit.planning.model.loads import Loads
from pursuit.selection.problem import Floats
from pursuit.units import WeekAxis
from pursuit.words import Words, format_money

if TYPE_CHECKING:
    from pursuit.planning.make import Answer

SCARCE = 0.3
"""Share of the dearest resource's price from which another one counts as a bottleneck too."""


@dataclass(frozen=True)
class View:
    """An answer with its most used parts by name."""

    answer: Answer

    @cached_property
    def company(self) -> Company:
        """The firm."""
        return self.answer.situation.company

    @cached_property
    def axis(self) -> WeekAxis:
        """The horizon."""
        return self.answer.situation.axis

    @cached_property
    def say(self) -> Words:
        """The plan's language."""
        return Words(self.answer.settings.lang)

    def money(self, amount: float) -> str:
        """Minor units of the firm's currency as people write them."""
        return format_money(amount, self.answer.settings.lang, self.company.currency)

    @cached_property
    def running(self) -> tuple[Project, ...]:
        """Projects under way and call-offs."""
        return self.answer.situation.running

    @cached_property
    def item_index(self) -> dict[str, int]:
        """Item number by item id."""
        return {name: n for n, name in enumerate(self.answer.model.problem.item_ids)}

    def chosen(self, item_id: str) -> OptionFacts:
        """The option taken by an item."""
        return self.answer.model.facts[int(self.answer.solution.choice[self.item_index[item_id]])]

    @cached_property
    def open_by_id(self) -> dict[str, Opportunity]:
        """Open opportunities."""
        return {opp.id: opp for opp in self.company.open_opportunities}

    def name_of(self, item: int) -> tuple[str, str]:
        """(id, name) of an item as a reader knows it."""
        facts = self.answer.model.facts[int(self.answer.model.problem.item_start[item])]
        if facts.kind == "opportunity":
            return facts.ref, self.deal_name(self.open_by_id[facts.ref])
        return facts.ref, self.names[facts.kind, facts.ref]

    @cached_property
    def names(self) -> dict[tuple[str, str], str]:
        """Names of accounts, projects and investments by kind and id."""
        company = self.company
        names = {("account", account.id): account.name for account in company.accounts}
        names |= {("project", project.id): project.name for project in self.running}
        return names | {("investment", investment.id): investment.name for investment in company.investments}

    def deal_name(self, opp: Opportunity) -> str:
        """Name of a deal, else its product and customer."""
        product = self.company.product_by_id.get(opp.product)
        return (
            opp.name
            or " · ".join(
                part
                for part in (product.name if product else opp.product, self.account_name(opp.account))
                if part
            )
            or opp.id
        )

    def account_name(self, account: str) -> str:
        """Name of a customer."""
        known = self.company.account_by_id.get(account)
        return known.name if known else account

    @cached_property
    def weekly_worth(self) -> Floats:
        """(R,) money that one more regular hour in every week of the horizon saves, the choice staying as it is."""
        return self.answer.solution.firm.hour_worth(self.axis.weeks)

    @cached_property
    def scarce_price(self) -> Floats:
        """(R,) the same per hour that is really used: divided by the expected number of weeks that are full."""
        firm = self.answer.solution.firm
        full = firm.used[:, :, : self.axis.weeks] >= firm.regular[None, :, : self.axis.weeks] - 1e-3
        weeks = full.mean(axis=0).sum(axis=1)
        return np.where(weeks >= 0.05, self.weekly_worth / np.maximum(weeks, 0.05), 0.0)

    @cached_property
    def bottlenecks(self) -> list[int]:
        """Resources of which one more hour a week would be worth most, the dearest first."""
        top = float(self.weekly_worth.max(initial=0.0))
        order = np.argsort(-self.weekly_worth, kind="stable")
        return [int(r) for r in order if top > 0 and self.weekly_worth[r] >= SCARCE * top]

    @cached_property
    def loads(self) -> Loads:
        """How the chosen work is carried out, in hours."""
        return Loads(self.answer.model.problem, self.answer.solution.loading)

    @cached_property
    def hours(self) -> dict[str, Floats]:
        """Hours by resource and week, see :func:`pursuit.planning.document.hours.hours_table`."""
        return hours_table(self.answer, self.loads)

    @cached_property
    def day_of_friday(self) -> list[str]:
        """Friday of every week of the long axis."""
        long_axis = self.answer.situation.long_axis
        return [long_axis.friday(week).isoformat() for week in range(long_axis.weeks)]
