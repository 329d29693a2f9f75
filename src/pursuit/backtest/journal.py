"""Everything that happened in a replay, a line each: what the measures and the checker read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

MoneyKind = Literal[
    "payment",  # a customer pays
    "materials",
    "hours",  # regular hours used
    "overtime",
    "subcontract",
    "pursuit",
    "care",  # courses
    "fixed",  # wages and rent
    "investment",
    "penalty",
    "breach",
    "refund",
    "interest",  # cash below the floor, at the firm's price of it
]
EventKind = Literal[
    "arrived",
    "pursued",
    "declined",
    "won",
    "lost",
    "lapsed",
    "withdrawn",
    "refused",  # a decision that could not be carried out
    "delivered",
    "breached",
    "invoiced",
    "paid",
    "written_off",
    "defaulted",
    "left",  # an account that is a customer no more
    "broke_down",
    "invested",
    "ready",  # an investment that arrived
    "in_work",  # an order not delivered at the end; ``amount`` is what it is worth so far
]


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that moved in a week: minor units of the firm's currency, received (+) or paid (-)."""

    week: int
    kind: MoneyKind
    record: str
    amount: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours worked in a week for a record on a resource; ``how`` they were got."""

    week: int
    resource: str
    record: str
    hours: float
    how: Literal["regular", "overtime", "subcontract"]


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a record in a week; ``amount`` in minor units where money is meant."""

    week: int
    kind: EventKind
    record: str
    account: str = ""
    amount: int = 0
    late_days: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """Hours there were in a week on a resource: regular after failures and holidays, and overtime on top."""

    week: int
    resource: str
    regular: float
    overtime: float


@dataclass(slots=True)
class Journal:
    """All lines of a replay, in the order in which they were written."""

    opening_cash: int = 0
    weeks: int = 0  # that were decided; in those after them only what was sold is finished
    payments: list[Payment] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    offered: list[Offered] = field(default_factory=list)
    cash: list[int] = field(default_factory=list)  # at the end of each week
    under_way: list[int] = field(default_factory=list)  # worth of orders not delivered, likewise
