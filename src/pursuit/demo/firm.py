"""A demo firm put together: the company as its own books show it, and the truth beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pursuit.demo.accounts import make_accounts
from pursuit.demo.billing import make_invoices
from pursuit.demo.catalogue import ARTICLES, products, routings
from pursuit.demo.credit import default_probability, make_statements
from pursuit.demo.customers import Customer, make_customers
from pursuit.demo.figures import days, dollars
from pursuit.demo.history import Past, Record, late_probability, make_history
from pursuit.demo.inquiries import YEARS, inquiries_per_week
from pursuit.demo.market import MARKETS, SEASON, needs, segments
from pursuit.demo.names import FIRM_NAME
from pursuit.demo.pipeline import make_pipeline
from pursuit.demo.quotes import make_quotes
from pursuit.demo.rates import make_rates, rate_on
from pursuit.demo.repeats import call_off_deliveries, make_call_offs
from pursuit.demo.running import make_projects
from pursuit.demo.shop import BOTTLENECK, calendars, resources, technologies
from pursuit.demo.strategy import finance, goals, investments, limits
from pursuit.demo.terms import late_penalty, payments
from pursuit.demo.truth import Truth
from pursuit.demo.winning import COEFFICIENTS
from pursuit.domain import Account, Company, ExchangeRate, Opportunity, Quote
from pursuit.units import Money

AS_OF = date(2026, 3, 2)
_OVERRUN = {
    "DES": (1.12, 0.22),
    "PRC": (1.08, 0.18),
    "WC-5AX": (1.05, 0.14),
    "ASM": (1.04, 0.15),
    "QA": (1.10, 0.20),
}


@dataclass(frozen=True)
class DemoFirm:
    """A made-up firm: what it knows of itself, and what is really so."""

    company: Company
    truth: Truth


def make_firm(
    seed: int = 7,
    *,
    as_of: date = AS_OF,
    accounts: int = 90,
    open_deals: int = 250,
    closed_deals: int = 1200,
) -> DemoFirm:
    """A Korean maker of machine parts, believable and the same for the same seed.

    Parameters
    ----------
    seed
        Start of all chance in the firm.
    as_of
        The day of the snapshot.
    accounts, open_deals, closed_deals
        How many records of each kind; the shop stays the same, so fewer deals leave it idle.

    Returns
    -------
    DemoFirm
        ``company`` holds only what such a firm has in its files; ``truth`` the laws it was made by.

    Raises
    ------
    ValueError
        With fewer than 24 accounts, 20 open or 50 closed deals: too few for the cross-currents to exist.
    """
    if accounts < 24 or open_deals < 20 or closed_deals < 50:
        raise ValueError("a demo firm has at least 24 accounts, 20 open and 50 closed deals")
    life = _live(seed, as_of, accounts, open_deals, closed_deals)
    opportunities = (
        *(_closed(entry, life.rates) for entry in life.past if not entry.early),
        *life.open_opportunities,
    )
    quotes = make_quotes(seed, as_of, opportunities)
    buyers = {entry.customer.id for entry in life.sold}
    records, retention = make_accounts(seed, life.customers, buyers, _touched(opportunities, quotes))
    company = _books(seed, as_of, life, opportunities, quotes, records)
    return DemoFirm(company, _truth(life, retention, closed_deals))


@dataclass(frozen=True, slots=True)
class _Life:
    """What happened to the firm, before anybody wrote it down."""

    customers: tuple[Customer, ...]
    rates: tuple[ExchangeRate, ...]
    call_offs: list[Past]
    past: list[Past]
    record: Record
    open_opportunities: list[Opportunity]
    chances: dict[tuple[str, str], float]

    @property
    def sold(self) -> list[Past]:
        """Every order, call-offs included."""
        return [*self.call_offs, *(entry for entry in self.past if entry.won)]


def _live(seed: int, as_of: date, accounts: int, open_deals: int, closed_deals: int) -> _Life:
    customers = make_customers(seed, as_of, accounts)
    rates = make_rates(seed, as_of)
    call_offs = make_call_offs(seed, as_of, customers)
    record = Record(call_off_deliveries(seed, call_offs))
    past = make_history(seed, as_of, customers, closed_deals, record)
    open_opportunities, chances = make_pipeline(seed, as_of, customers, open_deals, record, rates)
    return _Life(customers, rates, call_offs, past, record, open_opportunities, chances)


def _books(
    seed: int,
    as_of: date,
    life: _Life,
    opportunities: tuple[Opportunity, ...],
    quotes: tuple[Quote, ...],
    accounts: tuple[Account, ...],
) -> Company:
    """The company as its own files show it; deliveries older than the history are left out."""
    start = as_of - days(365 * YEARS)
    recent = (delivery for delivery in life.record.deliveries if delivery.delivered >= start)
    return Company(
        name=FIRM_NAME,
        currency="KRW",
        as_of=as_of,
        resources=resources(),
        opportunities=opportunities,
        accounts=accounts,
        segments=segments(),
        needs=needs(),
        products=products(),
        routings=routings(),
        technologies=technologies(),
        projects=make_projects(seed, as_of, life.past, life.rates),
        investments=investments(),
        goals=goals(),
        limits=limits(_roles(life.customers)),
        calendars=calendars(as_of),
        quotes=quotes,
        statements=make_statements(seed, as_of, life.customers),
        invoices=make_invoices(seed, as_of, life.sold, life.rates),
        deliveries=tuple(sorted(recent, key=lambda delivery: (delivery.delivered, delivery.id))),
        rates=life.rates,
        finance=finance(),
    )


def _touched(opportunities: Sequence[Opportunity], quotes: Sequence[Quote]) -> dict[str, date]:
    """The last day on which a deal came in from an account or a quote went to it."""
    account = {opp.id: opp.account for opp in opportunities}
    seen = [(opp.account, opp.created) for opp in opportunities if opp.created]
    seen += [(account[quote.opportunity], quote.sent) for quote in quotes]
    last: dict[str, date] = {}
    for name, day in seen:
        last[name] = max(day, last.get(name, day))
    return last


def _roles(customers: tuple[Customer, ...]) -> dict[str, str]:
    roles = {customer.role: customer.id for customer in customers if customer.role}
    return roles | {"bottleneck": BOTTLENECK, "opening_technology": "T-CLEAN", "opened_segment": "S-MED"}


def _truth(life: _Life, retention: dict[tuple[str, str], float], closed_deals: int) -> Truth:
    customers = life.customers
    per_week = inquiries_per_week(closed_deals)
    return Truth(
        win_coefficients=COEFFICIENTS,
        win_probability=life.chances,
        default_probability={c.id: default_probability(c.health) for c in customers},
        price_sensitivity={c.id: c.sensitivity for c in customers},
        repeat_orders={c.id: c.repeats * c.trend[-1] for c in customers},
        retention=retention,
        hours_factor={r.id: _OVERRUN.get(r.id, (1.0, 0.10)) for r in resources()},
        late_probability={article.id: late_probability(article) for article in ARTICLES},
        arrivals={market.id: market.inquiries * per_week for market in MARKETS},
        season=SEASON,
        roles=_roles(customers),
    )


def _closed(entry: Past, rates: Sequence[ExchangeRate]) -> Opportunity:
    """A closed deal as the books show it."""
    deal, customer = entry.deal, entry.customer
    amount = Money(deal.amount, "KRW")
    if customer.abroad:
        amount = dollars(deal.amount, rate_on(rates, entry.created))
    return Opportunity(
        id=entry.id,
        account=customer.id,
        name=deal.name,
        product=deal.article.id,
        quantity=float(deal.quantity),
        amount=amount,
        gross_amount=None if customer.abroad else Money(round(amount.amount * 1.1), "KRW"),
        stage=entry.stage,
        outcome="won" if entry.won else "lost",
        created=entry.created,
        closed=entry.closed,
        requested_date=entry.wished,
        owner="해외영업팀" if customer.abroad else customer.market.team,
        source=deal.source,
        segment=customer.market.id,
        competitors=deal.competitors,
        late_penalty=late_penalty(customer, deal.amount),
        payments=payments(customer, deal.amount),
    )
