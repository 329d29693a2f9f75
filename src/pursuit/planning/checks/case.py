"""One plan beside its company, with the look-ups that the rules share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pursuit.domain import Company, Offer, Opportunity, Project, offers_of, running_work
from pursuit.units import WeekAxis

HOURS = 0.51
"""Hours forgiven, as a plan may show whole hours."""


@dataclass(frozen=True)
class Case:
    """A structurally sound plan document and the company it is said to be for."""

    plan: Mapping[str, Any]
    company: Company

    @cached_property
    def axis(self) -> WeekAxis:
        """The weeks of the plan."""
        horizon = self.plan["horizon"]
        return WeekAxis(date.fromisoformat(horizon["start"]), horizon["weeks"])

    @cached_property
    def week_of(self) -> Mapping[str, int]:
        """Week number by Monday as written in the plan."""
        return {self.axis.monday(week).isoformat(): week for week in range(self.axis.weeks)}

    @cached_property
    def open_by_id(self) -> Mapping[str, Opportunity]:
        """Open opportunities by id."""
        return {opportunity.id: opportunity for opportunity in self.company.open_opportunities}

    @cached_property
    def project_by_id(self) -> Mapping[str, Project]:
        """Projects and call-offs due within the horizon, by id."""
        return {project.id: project for project in running_work(self.company, self.axis.end)}

    @cached_property
    def account_ids(self) -> frozenset[str]:
        """Accounts there are: the company's, or those that its opportunities name where it keeps no list."""
        if self.company.accounts:
            return frozenset(self.company.account_by_id)
        return frozenset(opp.account for opp in self.company.opportunities) | frozenset(
            project.account for project in self.project_by_id.values()
        )

    @cached_property
    def offers(self) -> Mapping[str, tuple[Offer, ...]]:
        """Offers by open opportunity, the standard one first."""
        return {opp.id: offers_of(self.company, opp) for opp in self.company.open_opportunities}

    @cached_property
    def chosen(self) -> Mapping[str, Offer]:
        """Chosen offer by pursued opportunity, where it exists."""
        found = {}
        for row in self.plan["decisions"]:
            for offer in self.offers.get(row["opportunity"], ()):
                if row["decision"] == "pursue" and row["option"] == offer.id:
                    found[row["opportunity"]] = offer
        return found

    @cached_property
    def taken_investments(self) -> Mapping[str, int]:
        """Week in which each chosen investment is started."""
        return {
            row["investment"]: self.axis.index(date.fromisoformat(row["start"]))
            for row in self.plan["investments"]
            if row["decision"] != "no" and row["start"] is not None
        }


def once_each(kind: str, found: Iterable[str], expected: Iterable[str]) -> Iterator[str]:
    """Problems unless ``found`` holds each of ``expected`` exactly once and nothing else."""
    counts, wanted = Counter(found), set(expected)
    for name in sorted(wanted - set(counts)):
        yield f"The {kind} {name} is missing."
    for name in sorted(set(counts) - wanted):
        yield f"The {kind} {name} does not exist in the company."
    for name, count in sorted(counts.items()):
        if count > 1:
            yield f"The {kind} {name} stands {count} times."
