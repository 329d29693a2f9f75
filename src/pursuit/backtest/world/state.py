"""Everything that is so in a replayed firm at one moment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pursuit.backtest.journal import Event, EventKind, Hours, Journal, MoneyKind, Payment
from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Hidden, Laws, Nature
from pursuit.domain import (
    Account,
    Company,
    Delivery,
    Investment,
    Invoice,
    LatePenalty,
    Offer,
    Opportunity,
    PaymentMilestone,
    Resource,
    offers_of,
)


@dataclass(slots=True)
class Deal:
    """An opportunity, open or closed, and how it is gone for.

    ``effort`` are the presales hours still to be spent on the option pursued, ``whole`` those of all of it.
    """

    opportunity: Opportunity
    hidden: Hidden
    offers: Mapping[str, Offer]
    option: str = ""
    promise: date | None = None
    effort: dict[str, float] = field(default_factory=dict)
    whole: float = 0.0
    weekly: dict[str, float] = field(default_factory=dict)
    standing: float = 0.5  # relationship of its account when it came in
    paid: int = 0  # spent in money on going for it; what one offer needed is there for another

    @property
    def id(self) -> str:
        """Id of the opportunity."""
        return self.opportunity.id

    @property
    def prepared(self) -> float:
        """Share of the presales effort that is spent."""
        return 1.0 - sum(self.effort.values()) / self.whole if self.whole > 0 else 1.0


@dataclass(slots=True)
class Piece:
    """Work of an order on a resource: hours planned and as they really are, and the share that is done."""

    resource: str
    step: int
    planned: float
    real: float
    weeks: int
    most: float  # real hours a week at most
    name: str = ""
    done: float = 0.0  # share
    outside: float = 0.0  # share of it given outside so far
    given: float = 0.0  # real hours it had this week


@dataclass(slots=True)
class Order:
    """Work sold: what was promised, what is left of it and what is still to be billed."""

    id: str
    name: str
    account: str
    segment: str
    product: str
    price: int
    material: int
    due: date
    pieces: list[Piece]
    penalty: LatePenalty | None
    unbilled: list[PaymentMilestone]
    technologies: tuple[str, ...] = ()
    delay: int = 0  # weeks for which it rests
    begun: bool = False
    received: int = 0

    @property
    def share(self) -> float:
        """Share of its hours that is done."""
        hours = sum(piece.planned for piece in self.pieces)
        return sum(piece.planned * piece.done for piece in self.pieces) / hours if hours > 0 else 1.0

    @property
    def stock(self) -> int:
        """What the finished share is worth at the price, and the material that lies ready for the rest at its cost."""
        return round(self.price * self.share + self.material * (1 - self.share) * self.begun)

    @property
    def complete(self) -> bool:
        """Whether every piece is done."""
        return all(piece.done >= 1 - 1e-9 for piece in self.pieces)


@dataclass(slots=True)
class Customer:
    """What is so of an account: its standing, its course, how much of what it could ask it asks."""

    account: Account
    segment: str
    relationship: float
    contact: date
    course: str = "keep"
    pull: float = 1.0  # against what it asks on the course keep
    alive: bool = True
    before: float = 0.5  # relationship at the beginning

    @property
    def disappointed(self) -> float:
        """Relationship lost since the beginning."""
        return max(self.before - self.relationship, 0.0)


@dataclass(slots=True)
class Bill:
    """An invoice sent and when it will really be paid."""

    invoice: Invoice
    order: str
    amount: int
    pays: date
    settled: bool = False


@dataclass(slots=True)
class Building:
    """An investment chosen: hours of our own still to be put into it, and the week it arrives at the earliest."""

    investment: Investment
    begun: int
    effort: dict[str, float]
    ready: int = -1  # week it arrived; -1 while it has not


@dataclass(slots=True)
class State:
    """A firm at one moment of a replay; money in minor units of its currency, home."""

    nature: Nature
    luck: Luck
    start: date
    base: Company
    laws: Laws
    week: int = 0
    cash: int = 0
    deals: dict[str, Deal] = field(default_factory=dict)  # open ones
    closed: list[Opportunity] = field(default_factory=list)
    orders: dict[str, Order] = field(default_factory=dict)  # under way
    customers: dict[str, Customer] = field(default_factory=dict)
    bills: list[Bill] = field(default_factory=list)
    deliveries: list[Delivery] = field(default_factory=list)
    wins: list[tuple[str, date]] = field(default_factory=list)  # (segment, day)
    buildings: dict[str, Building] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)
    paid_invoices: list[Invoice] = field(default_factory=list)
    journal: Journal = field(default_factory=Journal)
    resources: dict[str, Resource] = field(default_factory=dict)

    @property
    def monday(self) -> date:
        """First day of the week."""
        return self.start + timedelta(weeks=self.week)

    @property
    def friday(self) -> date:
        """Last working day of the week, on which everything of the week is written down."""
        return self.monday + timedelta(days=4)

    def move(self, kind: MoneyKind, record: str, amount: int) -> None:
        """Receive (+) or pay (-) money."""
        if amount:
            self.cash += amount
            self.journal.payments.append(Payment(self.week, kind, record, amount))

    def tell(
        self, kind: EventKind, record: str, account: str = "", amount: int = 0, late: int = 0, note: str = ""
    ) -> None:
        """Write an event down."""
        self.journal.events.append(Event(self.week, kind, record, account, amount, late, note))

    def spend(self, resource: str, record: str, hours: float, how: str = "regular") -> None:
        """Write hours down and pay what they cost in cash."""
        if hours <= 0:
            return
        self.journal.hours.append(Hours(self.week, resource, record, hours, how))  # type: ignore[arg-type]
        source = self.resources[resource]
        cost = {
            "regular": source.hourly_cost,
            "overtime": source.overtime_cost,
            "subcontract": source.subcontract_cost,
        }[how]
        if cost is not None:
            kind: MoneyKind = (
                "hours" if how == "regular" else "overtime" if how == "overtime" else "subcontract"
            )
            self.move(kind, record, -round(self.base.home(cost) * hours))

    def sector_of(self, account: str) -> str:
        """Sector of an account; empty where it has none."""
        customer = self.customers.get(account)
        return customer.account.sector if customer else ""

    def add_deal(self, opportunity: Opportunity, hidden: Hidden) -> None:
        """Take an open opportunity up."""
        offers = {offer.id: offer for offer in offers_of(self.base, opportunity)}
        customer = self.customers.get(opportunity.account)
        standing = customer.relationship if customer else 0.5
        self.deals[opportunity.id] = Deal(opportunity, hidden, offers, standing=standing)


def quarter(day: date) -> str:
    """The quarter a day falls in, over which a sector shares its luck."""
    return f"{day.year}Q{(day.month + 2) // 3}"
