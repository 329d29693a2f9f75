"""Money that moved and rules about money: cash, invoices, deliveries, rates, goals, limits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pursuit.units import Money

GOAL_MEASURES = ("revenue", "margin", "wins", "strategic")


@dataclass(frozen=True, slots=True)
class Finance:
    """The firm's own cash.

    ``floor`` is the balance it wants never to go below, ``credit_line`` what a bank would lend beneath zero,
    ``fixed_cost`` wages and rent per month, ``shortfall_rate`` the yearly price of a won of cash under the floor.
    """

    opening_cash: Money
    floor: Money
    credit_line: Money
    fixed_cost: Money
    shortfall_rate: float = 0.24


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """``rate`` units of ``quote`` currency for one of ``base``, from ``day`` on."""

    day: date
    base: str
    quote: str
    rate: float


@dataclass(frozen=True, slots=True)
class Invoice:
    """A bill sent to an account; ``paid`` is None while it is open."""

    id: str
    account: str
    issued: date
    due: date
    net_amount: Money
    vat: Money | None = None
    paid: date | None = None
    product: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was promised and what came: the record behind on-time-in-full."""

    id: str
    account: str
    promised: date
    delivered: date
    in_full: bool = True
    complaint: bool = False
    order: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """A long-term aim: at least ``target`` of a measure from an account, segment, product family or all.

    Parameters
    ----------
    measure
        ``revenue`` or ``margin`` (target in minor units of the firm's currency), ``wins`` (expected number of
        orders) or ``strategic`` (points that opportunities carry under this goal's id).
    scope
        ``segment:ID``, ``sector:NAME``, ``product:ID``, ``family:NAME`` or empty for the whole firm.
    weight
        Money per unit of shortfall: minor units per minor unit for money, minor units per win or point otherwise.
    """

    id: str
    name: str
    measure: str
    target: float
    weight: float
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """Most money the firm wants at risk: expected exposure of a scope (see ``Goal.scope``, also ``account:ID``)."""

    id: str
    scope: str
    exposure: Money
