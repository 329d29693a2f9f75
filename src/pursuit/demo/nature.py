"""The demo firm's nature: the laws it was made by, carried on week by week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import log

import numpy as np

from pursuit.backtest.luck import Key, Luck
from pursuit.backtest.nature import Breakdown, Hidden, Laws, Newcomer
from pursuit.demo.accounts import ORDERS
from pursuit.demo.customers import Customer, make_customers
from pursuit.demo.deals import make_deal, price_position
from pursuit.demo.figures import days, won, workday
from pursuit.demo.firm import DemoFirm
from pursuit.demo.history import CYCLE, LONGEST, Record
from pursuit.demo.inquiries import pull_of
from pursuit.demo.market import MARKETS
from pursuit.demo.options import Open, make_options
from pursuit.demo.pipeline import opportunity_of
from pursuit.demo.rates import rate_on
from pursuit.demo.repeats import call_off
from pursuit.demo.terms import late_penalty, payments
from pursuit.demo.winning import COEFFICIENTS, STAGES, Situation, losses, win_probability
from pursuit.demo.work import full_work, lead_weeks
from pursuit.domain import Company, Opportunity, Option
from pursuit.units import Money

_LATER = 4.0
"""Mean weeks by which customers decide after the day the sales team expects (gamma of shape 2)."""
_SOONER = (0.5, 0.8)
"""Share of the true time until a decision that the sales team expects it to take."""
_FAILURES = {"WC-5AX": Breakdown(0.02, 1.5, 0.2), "WC-HT": Breakdown(0.01, 1.0, 0.33)}
"""One machine of five, one furnace of three: about once a year and once in two; an assumption of the demo."""


@dataclass(frozen=True)
class DemoNature:
    """What is really so in the demo firm; a :class:`pursuit.backtest.nature.Nature`."""

    company: Company
    laws: Laws
    hidden: Mapping[str, Hidden]
    customers: Mapping[str, Customer]
    record: Record
    pulls: Mapping[str, dict[str, float]]  # weight of each customer among those of its market who ask
    arrivals: Mapping[str, float]
    season: tuple[float, ...]

    def newcomers(self, week: int, luck: Luck) -> tuple[Newcomer, ...]:
        """The deals that would come in during a week if every account asked as much as it ever could."""
        monday = self.company.as_of + timedelta(weeks=week)
        month = (monday + timedelta(days=3)).month
        most = max(self.laws.growth.values())
        made = []
        for market in MARKETS:
            rate = most * self.arrivals[market.id] * self.season[month - 1]
            for n in range(luck.poisson(rate, "newcomers", market.id, week)):
                key = ("newcomer", market.id, week, n)
                customer = self.customers[luck.pick(self.pulls[market.id], *key, "who")]
                made.append(self._newcomer(customer, f"N{week:03d}-{market.id[2:]}-{n}", monday, luck, key))
        return tuple(made)

    def _newcomer(
        self, customer: Customer, id_: str, monday: date, luck: Luck, key: tuple[Key, ...]
    ) -> Newcomer:
        rng = np.random.default_rng(int(luck.uniform(*key) * 2**53))
        start = self.company.as_of
        deal = make_deal(rng, customer)
        whole = min(LONGEST, max(21.0, float(rng.gamma(7.0, CYCLE[STAGES[-1]] / 7))))
        closing = workday(monday + days(max(14.0, whole * float(rng.uniform(*_SOONER)))))
        lead = lead_weeks(deal.article, deal.quantity)
        case = Situation(
            customer.market.id, deal.source, customer.relationship, deal.amount,
            price_position(deal, customer, deal.amount), customer.sensitivity, deal.competitors,
            self.record.late_share(customer.id, start), self.record.references(customer.market.id, start),
        )  # fmt: skip
        wished = workday(closing + days(7 * lead * float(rng.uniform(0.70, 1.35))))
        rate = rate_on(self.company.rates, start)
        chance = Open(id_, customer, deal, STAGES[0], monday, closing, wished, case, rate)
        options, chances = make_options(rng, chance)
        seen = monday + timedelta(weeks=1)
        opportunity = replace(opportunity_of(rng, seen, chance), options=options)
        ends, stages = _way(case, whole, max(chances.values()), id_, luck)
        first = (seen - start).days // 7
        marks = {max(first, (monday + days(day) - start).days // 7): stage for stage, day in stages[1:]}
        decides = max(first, (monday + days(ends) - start).days // 7)
        odds = {name: _log_odds(p) for name, p in chances.items()}
        return Newcomer(opportunity, Hidden(odds, decides, case.late_share, case.references, marks))

    def repeat_order(self, account: str, week: int, number: int, luck: Luck) -> Opportunity | None:
        """A call-off under a standing price agreement, as a deal won already."""
        customer = self.customers.get(account)
        if customer is None:
            return None
        rng = np.random.default_rng(int(luck.uniform("repeat", account, week, number) * 2**53))
        monday = self.company.as_of + timedelta(weeks=week)
        deal = call_off(rng, customer, monday).deal
        lead = lead_weeks(deal.article, deal.quantity)
        option = Option(
            "standard",
            material_cost=won(deal.listed * deal.article.material),
            lead_time_weeks=lead,
            work=full_work(deal.article, deal.quantity),
        )
        return Opportunity(
            id=f"R{week:03d}-{account}-{number}",
            account=account,
            name=deal.name,
            product=deal.article.id,
            quantity=float(deal.quantity),
            amount=Money(deal.amount, "KRW"),
            outcome="won",
            created=monday,
            closed=monday,
            requested_date=monday + timedelta(weeks=lead),
            owner=customer.market.team,
            source=deal.source,
            segment=customer.market.id,
            late_penalty=late_penalty(customer, deal.amount),
            payments=payments(customer, deal.amount),
            options=(option,),
        )


def demo_nature(firm: DemoFirm, seed: int = 7) -> DemoNature:
    """The nature of a demo firm.

    Parameters
    ----------
    firm
        The firm, of :func:`pursuit.demo.make_firm`.
    seed
        The seed it was made with: what is hidden of its customers is made again from it.

    Raises
    ------
    ValueError
        When the firm was made with another seed, or its day is no Monday.
    """
    company, truth = firm.company, firm.truth
    customers = {c.id: c for c in make_customers(seed, company.as_of, len(company.accounts))}
    if {c.id: c.name for c in customers.values()} != {a.id: a.name for a in company.accounts}:
        raise ValueError(f"this firm was not made with seed {seed}")
    if company.as_of.weekday() != 0:
        raise ValueError(f"a replay starts on a Monday; {company.as_of} is none")
    wins = [(d.segment, d.closed) for d in company.closed_opportunities if d.outcome == "won" and d.closed]
    record = Record(list(company.deliveries), wins)
    hidden = {opp.id: _hidden(firm, record, opp, Luck(seed)) for opp in company.open_opportunities}
    everybody = tuple(customers.values())
    pulls = {
        m.id: {c.id: pull_of(everybody, c) * c.trend[-1] for c in everybody if c.market is m} for m in MARKETS
    }
    laws = _laws(firm, customers)
    return DemoNature(company, laws, hidden, customers, record, pulls, truth.arrivals, truth.season)


def _hidden(firm: DemoFirm, record: Record, opp: Opportunity, luck: Luck) -> Hidden:
    """An open deal: its true chances, stated at the standing of the day it came in."""
    company, truth = firm.company, firm.truth
    names = [option.id for option in opp.options] or ["standard"]
    late = luck.exponential(_LATER / 2, "later", opp.id) + luck.exponential(_LATER / 2, "later still", opp.id)
    closing, created = opp.expected_close or company.as_of, opp.created or company.as_of
    return Hidden(
        {name: _log_odds(truth.win_probability[opp.id, name]) for name in names},
        round((closing - company.as_of).days / 7 + late),
        record.late_share(opp.account, created),
        record.references(opp.segment, created),
    )


def _laws(firm: DemoFirm, customers: Mapping[str, Customer]) -> Laws:
    truth, c, slope = firm.truth, COEFFICIENTS, _slope()
    growth = Laws().growth
    drag = {name: 1.2 * max(1.5, 5 - 4 * customer.health) for name, customer in customers.items()}
    drag |= {name: drag[name] + 90 for name, one in customers.items() if one.role == "near_default"}
    return Laws(
        weeks_short=c["weeks_short"] * slope,
        late_share=c["late_share"] * slope,
        references=c["references"] * slope,
        hours=truth.hours_factor,
        breakdowns=_FAILURES,
        default=truth.default_probability,
        payment_drag=drag,
        retention=truth.retention,
        orders_per_year={  # the replay multiplies by how much an account asks, which its course moves as well
            (name, course): orders * by / growth[course]
            for name, orders in truth.repeat_orders.items()
            for course, by in ORDERS.items()
        },
    )


def _slope() -> float:
    """Change of the log-odds of winning in the end per unit of score, for a middling deal that has just come in."""
    case = Situation("S-SEMI", "기존고객", 0.5, 1.5e8, references=12)
    sooner, later = (
        win_probability(replace(case, relationship=0.5 + by / COEFFICIENTS["relationship"]), STAGES[0])
        for by in (-0.25, 0.25)
    )
    return (_log_odds(later) - _log_odds(sooner)) / 0.5


def _way(
    case: Situation, whole: float, best: float, id_: str, luck: Luck
) -> tuple[float, list[tuple[str, float]]]:
    """Days until a deal ends, and the stages with the day each is entered.

    The number that decides in a replay whether a deal is won tells beforehand which cannot be: those end at the stage
    where the true law loses them, so that a deal that has come far is a better deal.
    """
    entered = [0.0, *(whole * CYCLE[stage] / CYCLE[STAGES[-1]] for stage in STAGES[:-1])]
    marks = list(zip(STAGES, entered, strict=True))
    if luck.uniform("won", id_) < best:
        return whole, marks
    last = STAGES.index(luck.pick(losses(case), "lost at", id_))
    return whole * CYCLE[STAGES[last]] / CYCLE[STAGES[-1]], marks[: last + 1]


def _log_odds(probability: float) -> float:
    return log(probability / (1 - probability))


__all__ = ["DemoNature", "demo_nature"]
