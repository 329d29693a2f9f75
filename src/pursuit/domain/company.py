"""The firm as one value: everything a plan is made from, frozen, checked once, with a fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from functools import cached_property
from typing import Any

from pursuit.domain.account import Account, Need, Segment, Statement
from pursuit.domain.contract import Contract
from pursuit.domain.finance import Delivery, ExchangeRate, Finance, Goal, Invoice, Limit
from pursuit.domain.likelihood import Grade
from pursuit.domain.operations import Investment, Product, Project, Resource, Routing, Technology
from pursuit.domain.opportunity import Opportunity, Quote
from pursuit.domain.quiet import QUIET, is_silent
from pursuit.domain.validation import find_faults
from pursuit.errors import CompanyError, InputError
from pursuit.units import Calendar, Money


@dataclass(frozen=True)
class Company:
    """A snapshot of a vendor firm as of one day.

    Only resources and opportunities are needed; whatever else is missing is stood in for by the forecasts, which say
    so. All cross-references are checked on construction.

    Raises
    ------
    CompanyError
        With every record that contradicts another or names something that is not there.
    """

    name: str
    currency: str
    as_of: date
    resources: tuple[Resource, ...]
    opportunities: tuple[Opportunity, ...]
    accounts: tuple[Account, ...] = ()
    segments: tuple[Segment, ...] = ()
    needs: tuple[Need, ...] = ()
    products: tuple[Product, ...] = ()
    routings: tuple[Routing, ...] = ()
    technologies: tuple[Technology, ...] = ()
    projects: tuple[Project, ...] = ()
    investments: tuple[Investment, ...] = ()
    goals: tuple[Goal, ...] = ()
    limits: tuple[Limit, ...] = ()
    calendars: tuple[Calendar, ...] = ()
    quotes: tuple[Quote, ...] = ()
    statements: tuple[Statement, ...] = ()
    invoices: tuple[Invoice, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    rates: tuple[ExchangeRate, ...] = ()
    finance: Finance | None = None
    vat_rate: float = 0.1
    grades: tuple[Grade, ...] = field(default=(), metadata=QUIET)
    contracts: tuple[Contract, ...] = field(default=(), metadata=QUIET)
    notes: tuple[str, ...] = field(
        default=(), metadata={"help": "warnings from reading, carried onto the plan"}
    )

    def __post_init__(self) -> None:
        faults = find_faults(self)
        if faults:
            raise CompanyError(faults)

    @cached_property
    def content_hash(self) -> str:
        """SHA-256 of everything in the snapshot but its notes, which depend on the reader's language.

        Equal content has an equal hash on any machine.
        """
        content = {name: value for name, value in _plain(self).items() if name != "notes"}
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @cached_property
    def account_by_id(self) -> Mapping[str, Account]:
        """Accounts by id."""
        return {account.id: account for account in self.accounts}

    @cached_property
    def product_by_id(self) -> Mapping[str, Product]:
        """Products by id."""
        return {product.id: product for product in self.products}

    @cached_property
    def routing_by_id(self) -> Mapping[str, Routing]:
        """Routings by id."""
        return {routing.id: routing for routing in self.routings}

    @cached_property
    def resource_by_id(self) -> Mapping[str, Resource]:
        """Resources by id."""
        return {resource.id: resource for resource in self.resources}

    @cached_property
    def segment_by_id(self) -> Mapping[str, Segment]:
        """Segments by id."""
        return {segment.id: segment for segment in self.segments}

    @cached_property
    def calendar_by_id(self) -> Mapping[str, Calendar]:
        """Calendars by id."""
        return {calendar.id: calendar for calendar in self.calendars}

    @cached_property
    def open_opportunities(self) -> tuple[Opportunity, ...]:
        """Opportunities still to be decided, in input order."""
        return tuple(opp for opp in self.opportunities if opp.outcome == "open")

    @cached_property
    def closed_opportunities(self) -> tuple[Opportunity, ...]:
        """Opportunities won or lost, in input order."""
        return tuple(opp for opp in self.opportunities if opp.outcome != "open")

    @cached_property
    def win_rate(self) -> float:
        """Share of closed opportunities that were won, one win and two losses taken as known before."""
        won = sum(opp.outcome == "won" for opp in self.closed_opportunities)
        return (won + 1) / (len(self.closed_opportunities) + 3)

    def segment_of(self, opportunity: Opportunity) -> str:
        """Segment of an opportunity: its own, else its account's, else the account's sector, else empty."""
        if opportunity.segment:
            return opportunity.segment
        account = self.account_by_id.get(opportunity.account)
        return (account.segment or account.sector) if account else ""

    def home(self, money: Money, day: date | None = None) -> int:
        """Minor units of the firm's currency that ``money`` was worth on ``day`` (default: as of today).

        Raises
        ------
        InputError
            When no rate between the two currencies is dated on or before that day.
        """
        if money.currency == self.currency:
            return money.amount
        day = day or self.as_of
        known = [
            r for r in self.rates if r.day <= day and {r.base, r.quote} == {money.currency, self.currency}
        ]
        if not known:
            raise InputError(
                f"no exchange rate {money.currency}/{self.currency} on or before {day}; add a row to the rates sheet"
            )
        rate = max(known, key=lambda r: r.day)
        factor = rate.rate if rate.base == money.currency else 1 / rate.rate
        return Money.of(float(money.major) * factor, self.currency).amount


def _plain(value: Any) -> Any:
    """``value`` as JSON-ready data, dataclasses as mappings of their fields."""
    if is_dataclass(value) and not isinstance(value, type):
        held = ((f, getattr(value, f.name)) for f in fields(value))
        return {f.name: _plain(item) for f, item in held if not is_silent(f, item)}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)  # 40 and 40.0 are equal, so their hashes must be
    return value
