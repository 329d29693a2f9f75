"""How tight a firm is: what would come in over the next year if everything were gone for, against what it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import exp

from pursuit.backtest.luck import Luck
from pursuit.demo.types.firm import TypeFirm
from pursuit.demo.types.winning import NEVER
from pursuit.domain import Offer, Opportunity, offers_of

WEEKS = 52


@dataclass(frozen=True, slots=True)
class Chance:
    """An inquiry or a call-off of the coming year, weighed by how surely it comes.

    ``hours`` by resource and ``contribution`` in won are what it would be for the firm on average if gone for with
    its standard offer: presales for sure, work and margin if won.
    """

    opportunity: Opportunity
    offer: Offer
    weight: float
    win: float
    hours: Mapping[str, float]
    contribution: float


def year_ahead(firm: TypeFirm, seed: int = 1) -> Iterator[Chance]:
    """All inquiries and call-offs of one possible year, accounts asking as they do today."""
    nature, luck = firm.nature, Luck(seed)
    most = max(nature.laws.growth.values())
    held = {technology.id for technology in firm.company.technologies if technology.held}
    for week in range(WEEKS):
        for newcomer in nature.newcomers(week, luck):
            hidden = newcomer.hidden
            odds = hidden.log_odds["standard"]
            win = 0.0 if hidden.decides >= NEVER else 1 / (1 + exp(-odds))
            chance = _chance(firm, newcomer.opportunity, 1 / most, win)
            if set(chance.offer.technologies) <= held:
                yield chance
        for client in nature.clients:
            rate = client.repeats / WEEKS
            for number in range(luck.poisson(rate, "call-offs", client.id, week) if rate else 0):
                order = nature.repeat_order(client.id, week, number, luck)
                if order is not None:
                    yield _chance(firm, order, 1.0, 1.0)


def _chance(firm: TypeFirm, opportunity: Opportunity, weight: float, win: float) -> Chance:
    company = firm.company
    offer = offers_of(company, opportunity)[0]
    effort = {} if opportunity.outcome == "won" else offer.effort
    hours: defaultdict[str, float] = defaultdict(float)
    cost = {r.id: company.home(r.hourly_cost) if r.hourly_cost else 0 for r in company.resources}
    for piece in offer.work:
        mean, _ = firm.nature.laws.hours.get(piece.resource, (1.0, 0.0))
        hours[piece.resource] += win * mean * piece.hours
    for who, spent in effort.items():
        hours[who] += spent
    paid = sum(cost[name] * spent for name, spent in hours.items())
    lost = firm.nature.laws.default.get(opportunity.account, 0.0) / 3 * firm.nature.laws.loss_given_default
    gain = win * (offer.price * (1 - lost) - offer.material_cost) - paid
    return Chance(opportunity, offer, weight, win, hours, gain)


def capacity(firm: TypeFirm) -> Mapping[str, float]:
    """Regular hours of the coming year by resource, after holidays and failures."""
    company, laws = firm.company, firm.nature.laws
    found = {}
    for resource in company.resources:
        calendar = company.calendar_by_id[resource.calendar]
        weeks = sum(calendar.week_share(company.as_of + timedelta(weeks=n)) for n in range(WEEKS))
        law = laws.breakdowns.get(resource.id)
        up = 1 - law.per_week * law.mean_weeks * law.share_lost if law else 1.0
        found[resource.id] = resource.hours_per_week * weeks * up
    return found


def tightness(firm: TypeFirm, seed: int = 1) -> Mapping[str, float]:
    """Load over regular hours by resource, everything gone for and won by its probability, over a year."""
    load: defaultdict[str, float] = defaultdict(float)
    for chance in year_ahead(firm, seed):
        for name, hours in chance.hours.items():
            load[name] += chance.weight * hours
    return {name: load[name] / hours for name, hours in capacity(firm).items()}
