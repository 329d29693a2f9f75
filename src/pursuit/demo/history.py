"""Three years of deals as they really went, and the deliveries that followed the won ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from numpy.random import Generator

from pursuit.demo.catalogue import Article
from pursuit.demo.customers import Customer
from pursuit.demo.deals import Deal, make_deal, price_position
from pursuit.demo.figures import days, last_workday, stream, workday
from pursuit.demo.inquiries import inquiry_days, who_asks
from pursuit.demo.market import DELIVERY_RUSH
from pursuit.demo.winning import Situation, play
from pursuit.demo.work import lead_weeks
from pursuit.domain import Delivery

CYCLE = {"문의": 60, "상담": 115, "견적": 185, "시제품": 250, "협상": 270}  # usual days until a deal closes
LONGEST = 560
"""Days after which a deal was always closed."""

UNDER_WAY = 12


@dataclass(frozen=True, slots=True)
class Past:
    """A closed deal; ``promised`` only when it was won, ``delivered`` None until it has left.

    ``early`` deals closed before the firm's books begin: only their bills and references are known.
    """

    id: str
    customer: Customer
    deal: Deal
    created: date
    closed: date
    won: bool
    stage: str
    wished: date
    promised: date | None = None
    delivered: date | None = None
    early: bool = False


@dataclass
class Record:
    """What the firm has lived through so far: needed to tell how later deals go."""

    deliveries: list[Delivery] = field(default_factory=list)
    wins: list[tuple[str, date]] = field(default_factory=list)

    def late_share(self, account: str, day: date) -> float:
        """Share of late deliveries in the year before ``day``; three good ones are taken for granted."""
        known = [
            d
            for d in self.deliveries
            if d.account == account and timedelta(0) < day - d.delivered < days(365)
        ]
        return sum(d.delivered > d.promised for d in known) / (len(known) + 3)

    def references(self, segment: str, day: date) -> int:
        """Orders won in a segment in the year before ``day``."""
        return sum(s == segment and timedelta(0) < day - closed < days(365) for s, closed in self.wins)


def late_probability(article: Article, month: int = 3, often: bool = False) -> float:
    """True probability that a delivery is late: the bottleneck makes orders late, in the rush most."""
    heavy = min(1.0, article.hours.get("WC-5AX", 0.0) / 100)
    return min(0.6, 0.05 + (0.19 + 0.13 * often) * heavy * DELIVERY_RUSH[month - 1])


def make_history(
    seed: int, as_of: date, customers: tuple[Customer, ...], count: int, record: Record
) -> list[Past]:
    """``count`` closed deals and the early ones before them, in order of inquiry.

    Wins and deliveries are added to ``record``. What needs a technology the firm lacks was never quoted and
    is not in the history.
    """
    past: list[Past] = []
    buyers = [replace(c, products={p: s for p, s in c.products.items() if p != "P-IML"}) for c in customers]
    for number, created in enumerate(inquiry_days(stream(seed, "history"), as_of, count), start=1):
        rng = stream(seed, "history", number)
        customer = who_asks(rng, buyers, created, as_of)
        deal = make_deal(rng, customer)
        lead = lead_weeks(deal.article, deal.quantity)
        asked = lead * float(rng.uniform(0.70, 1.35))  # weeks the customer gives from order to delivery
        case = Situation(
            customer.market.id,
            deal.source,
            customer.relationship,
            deal.amount,
            price_position(deal, customer, deal.amount),
            customer.sensitivity,
            deal.competitors,
            record.late_share(customer.id, created),
            record.references(customer.market.id, created),
            max(0.0, lead - asked),
        )
        won, stage = play(case, rng)
        cycle = days(min(LONGEST, max(6.0, float(rng.gamma(7.0, CYCLE[stage] / 7)))))
        closed = last_workday(created + cycle)
        if closed >= as_of:
            continue  # such deals stand in the open pipeline
        wished = workday(closed + days(7 * asked))
        entry = Past(f"C-{number:04d}", customer, deal, created, closed, won, stage, wished)
        if won:
            entry = _deliver(rng, entry, as_of)
            record.wins.append((customer.market.id, closed))
            if entry.delivered is not None:
                record.deliveries.append(delivery_of(rng, entry))
        past.append(entry)
    return _in_books(_settle(seed, past, record, as_of), count)


def _in_books(past: list[Past], count: int) -> list[Past]:
    """The same deals, all but the last ``count`` to close marked as early."""
    last = {entry.id for entry in sorted(past, key=lambda e: (e.closed, e.id))[-count:]}
    return [replace(entry, early=entry.id not in last) for entry in past]


def _settle(seed: int, past: list[Past], record: Record, as_of: date) -> list[Past]:
    """Leave the largest undelivered orders under way; move the rest back to where they are delivered."""
    waiting = [entry for entry in past if entry.won and entry.delivered is None]
    ahead = [entry for entry in waiting if entry.promised and entry.promised >= as_of + days(7)]
    kept = {entry.id for entry in sorted(ahead, key=lambda e: -e.deal.amount)[:UNDER_WAY]}
    settled = []
    for number, entry in enumerate(past):
        if entry.won and entry.delivered is None and entry.id not in kept:
            rng = stream(seed, "settling", number)
            entry = _moved(rng, entry, as_of)
            record.deliveries.append(delivery_of(rng, entry))
        settled.append(entry)
    return settled


def _moved(rng: Generator, entry: Past, as_of: date) -> Past:
    """The same deal, all of it so much earlier that it was delivered one to eighteen months ago."""
    if entry.promised is None:
        raise ValueError(f"{entry.id} has no promised date")
    back = max(timedelta(0), entry.promised - as_of) + days(float(rng.uniform(60, 540)))
    promised = workday(entry.promised - back)
    return replace(
        entry,
        created=workday(entry.created - back),
        closed=workday(entry.closed - back),
        wished=workday(entry.wished - back),
        promised=promised,
        delivered=delivery_day(rng, entry.deal.article, entry.customer, promised),
    )


def _deliver(rng: Generator, entry: Past, as_of: date) -> Past:
    lead = 7 * lead_weeks(entry.deal.article, entry.deal.quantity) + float(rng.normal(0, 5))
    promised = workday(entry.closed + days(max(14.0, lead)))
    delivered = delivery_day(rng, entry.deal.article, entry.customer, promised)
    return replace(entry, promised=promised, delivered=delivered if delivered < as_of else None)


def delivery_day(rng: Generator, article: Article, customer: Customer, promised: date) -> date:
    """The day goods really leave, late with the true probability of the product."""
    late = rng.random() < late_probability(article, promised.month, customer.role == "often_late")
    if late:
        return workday(promised + days(2 + float(rng.gamma(1.6, 6))))
    return last_workday(promised - days(float(rng.integers(0, 5))))


def delivery_of(rng: Generator, entry: Past) -> Delivery:
    """What the delivery of a won deal left in the books."""
    if entry.promised is None or entry.delivered is None:
        raise ValueError(f"{entry.id} is not delivered")
    late = entry.delivered > entry.promised
    return Delivery(
        id=f"D-{entry.id}",
        account=entry.customer.id,
        promised=entry.promised,
        delivered=entry.delivered,
        in_full=bool(rng.random() > (0.06 if late else 0.02)),
        complaint=bool(rng.random() < (0.22 if late else 0.02)),
        order=entry.id,
    )
