"""Rules people use today: sort the deals by something, take them until the firm is full.

A rule is a function of the books and a deal; the larger, the sooner the deal is taken. Your own takes a few lines::

    from pursuit.backtest.policies.rules import Sorted

    def newest_first(company, opportunity):
        return opportunity.created.toordinal()

    policy = Sorted("newest first", newest_first)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from pursuit.backtest.decisions import Decisions
from pursuit.domain import Company, Offer, Opportunity, offers_in_turn
from pursuit.units import WeekAxis

HORIZON = 13
"""Weeks of hours such a rule fills: a quarter, as most firms count."""

Rule = Callable[[Company, Opportunity], float]


class Sorted:
    """Takes deals in the order of a rule while their expected hours fit beside the work already sold.

    What it has begun to go for it goes on with. Deals that do not fit wait, and lapse when their day passes. Accounts
    are kept, projects go on as planned, nothing is invested.

    Parameters
    ----------
    name
        As it stands in tables.
    rule
        Worth of a deal; the highest is taken first. Deals of equal worth come in the order of their ids.
    horizon
        Weeks whose regular hours are filled.
    """

    def __init__(self, name: str, rule: Rule, horizon: int = HORIZON) -> None:
        self.name, self.rule, self.horizon = name, rule, horizon
        self._begun: set[str] = set()

    def worth(self, company: Company) -> Callable[[Opportunity], float]:
        """Worth of each deal on a Monday."""
        return lambda opp: self.rule(company, opp)

    def decide(self, company: Company) -> Decisions:
        """Fill the hours there are."""
        offers = standard_offers(company)
        room = free_hours(company, self.horizon)
        worth = self.worth(company)
        ranked = sorted(
            (opp for opp in company.open_opportunities if opp.id in offers),
            key=lambda opp: (opp.id not in self._begun, -worth(opp), opp.id),
        )
        chosen = {}
        for opp in ranked:
            load = expected_load(company, opp, offers[opp.id], self.horizon)
            if opp.id in self._begun or all(room.get(r, 0.0) >= hours for r, hours in load.items()):
                chosen[opp.id] = offers[opp.id].id
                for resource, hours in load.items():
                    room[resource] = room.get(resource, 0.0) - hours
        self._begun = set(chosen)
        return Decisions(pursue=chosen)


class PerBottleneckHour(Sorted):
    """By expected margin per hour of the resource that is fullest: throughput accounting (Goldratt 1984)."""

    def __init__(self) -> None:
        super().__init__("margin per bottleneck hour", lambda company, opp: self.worth(company)(opp))

    def worth(self, company: Company) -> Callable[[Opportunity], float]:
        """Margin per hour of this Monday's bottleneck."""
        bottleneck = _bottleneck(company)

        def per_hour(opp: Opportunity) -> float:
            offer = next(offers_in_turn(company, opp))
            margin = (offer.price - offer.material_cost) * likely(company, opp)
            return margin / max(expected_load(company, opp, offer).get(bottleneck, 0.0), 0.1)

        return per_hour


def by_amount() -> Sorted:
    """By amount times probability: what a sales meeting does."""
    return Sorted("amount x probability", _amount)


def by_bottleneck() -> Sorted:
    """By expected margin per hour of the bottleneck."""
    return PerBottleneckHour()


def first_come() -> Sorted:
    """First come, first served."""
    return Sorted("first come", lambda company, opp: -(opp.created or company.as_of).toordinal())


def standard_offers(company: Company) -> Mapping[str, Offer]:
    """The first offer of every open deal that needs no technology the firm lacks."""
    held = {technology.id for technology in company.technologies if technology.held}
    found = {}
    for opp in company.open_opportunities:
        able = (offer for offer in offers_in_turn(company, opp) if set(offer.technologies) <= held)
        if first := next(able, None):
            found[opp.id] = first
    return found


def likely(company: Company, opp: Opportunity) -> float:
    """The probability people go by: what the seller wrote down, else how often the firm has won so far."""
    return company.win_rate if opp.win_probability is None else opp.win_probability


def free_hours(company: Company, weeks: int) -> dict[str, float]:
    """Regular hours of the coming weeks by resource, less what of the work already sold falls into them."""
    axis = WeekAxis.following(company.as_of, weeks)
    worked = {
        name: sum(calendar.week_share(axis.monday(week)) for week in range(weeks))
        for name, calendar in company.calendar_by_id.items()
    }
    room = {r.id: r.hours_per_week * worked.get(r.calendar, float(weeks)) for r in company.resources}
    for project in company.projects:
        share = min(1.0, weeks / max((project.due - company.as_of).days / 7, 1.0))
        for piece in project.work:
            room[piece.resource] = room.get(piece.resource, 0.0) - share * piece.hours
    return room


def expected_load(company: Company, opp: Opportunity, offer: Offer, weeks: int = HORIZON) -> dict[str, float]:
    """Hours a deal takes in the coming weeks: presales for sure, of the order what falls into them by its chance."""
    closes = max(((opp.expected_close or company.as_of) - company.as_of).days / 7, 0.0)
    share = min(1.0, weeks / max(closes + offer.lead_weeks, 1.0))
    load = dict(offer.effort)
    for piece in offer.work:
        load[piece.resource] = load.get(piece.resource, 0.0) + share * piece.hours * likely(company, opp)
    return load


def _amount(company: Company, opp: Opportunity) -> float:
    return next(offers_in_turn(company, opp)).price * likely(company, opp)


def _bottleneck(company: Company) -> str:
    """The resource with the most work wanted of it against the hours it has."""
    room = free_hours(company, HORIZON)
    wanted: dict[str, float] = {}
    for opp in company.open_opportunities:
        for name, hours in expected_load(company, opp, next(offers_in_turn(company, opp))).items():
            wanted[name] = wanted.get(name, 0.0) + hours
    return max(room, key=lambda name: wanted.get(name, 0.0) / max(room[name], 1.0))
