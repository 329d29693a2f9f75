"""Carrying out a plan that was made once, and taking what comes later at the plan's own prices.

Bid-price control (Talluri & van Ryzin 1998): a deal is taken when what it is expected to bring exceeds the hours it
takes at the prices the plan puts on them. It is what a firm does between two plans, and fast enough to be replayed
many times.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from pursuit.backtest.decisions import Decisions
from pursuit.backtest.policies.rules import likely
from pursuit.domain import Company, Offer, Opportunity, offers_of

LAST_CALL = timedelta(days=7)
"""A deferred deal is decided this long before its day."""


class Follow:
    """Does what a plan document says, and decides the rest by its prices.

    Parameters
    ----------
    plan
        A plan (docs/plan-format.md) made for the books the replay begins with.
    """

    name = "plan"

    def __init__(self, plan: Mapping[str, Any]) -> None:
        self.decisions = {row["opportunity"]: row for row in plan["decisions"]}
        self.courses = {row["account"]: row["course"] for row in plan["accounts"] if row["course"]}
        self.modes = {row["project"]: row["mode"] for row in plan["projects"]}
        self.prices = {row["resource"]: float(row["price_per_hour"]) for row in plan["resources"]}
        self.starts = {
            row["investment"]: date.fromisoformat(row["start"])
            for row in plan["investments"]
            if row["start"] is not None
        }
        self._taken: dict[str, str] = {}

    def decide(self, company: Company) -> Decisions:
        """Go on as planned."""
        declined = set()
        for opp in company.open_opportunities:
            row = self.decisions.get(opp.id)
            if opp.id in self._taken or (row and row["decision"] == "defer" and not _last_call(opp, company)):
                continue
            if row and row["decision"] == "decline":
                declined.add(opp.id)
            elif row and row["decision"] == "pursue":
                self._taken[opp.id] = row["option"]
            elif best := self.best(company, opp):
                self._taken[opp.id] = best.id
        open_ = {opp.id for opp in company.open_opportunities}
        due = {name for name, day in self.starts.items() if day < company.as_of + timedelta(weeks=1)}
        self.starts = {name: day for name, day in self.starts.items() if name not in due}
        return Decisions(
            pursue={name: option for name, option in self._taken.items() if name in open_},
            decline=frozenset(declined),
            courses=self.courses,
            modes=self.modes,
            invest=frozenset(due),
        )

    def best(self, company: Company, opp: Opportunity) -> Offer | None:
        """The offer that brings most at the plan's prices; None where none brings anything."""
        held = {technology.id for technology in company.technologies if technology.held}
        able = [offer for offer in offers_of(company, opp) if set(offer.technologies) <= held]
        worth = {offer.id: self.worth(company, opp, offer) for offer in able}
        best = max(able, key=lambda offer: worth[offer.id], default=None)
        return best if best is not None and worth[best.id] > 0 else None

    def worth(self, company: Company, opp: Opportunity, offer: Offer) -> float:
        """Expected margin of an offer less its hours at their cost and at the plan's prices, in minor units."""
        cost = {r.id: company.home(r.hourly_cost) if r.hourly_cost else 0 for r in company.resources}
        margin = float(offer.price - offer.material_cost)
        for piece in offer.work:
            margin -= piece.hours * (cost.get(piece.resource, 0) + self.prices.get(piece.resource, 0.0))
        effort = sum(
            hours * (cost.get(name, 0) + self.prices.get(name, 0.0)) for name, hours in offer.effort.items()
        )
        chance = offer.win_probability if offer.win_probability is not None else likely(company, opp)
        return chance * margin - effort - offer.pursuit_cost


def _last_call(opp: Opportunity, company: Company) -> bool:
    """Whether a deferred deal can wait no longer."""
    day = opp.decide_by or opp.expected_close
    return day is None or day - LAST_CALL <= company.as_of
