"""Where the parts of a problem are written down, item by item, until it is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from pursuit.domain import Offer
from pursuit.planning.model.flows import Flow, split
from pursuit.planning.model.work import Piece, WorkBook, WorkTerms
from pursuit.selection.problem import Bools, Floats

Kind = Literal["opportunity", "account", "project", "investment"]


@dataclass(frozen=True)
class OptionFacts:
    """What an option means outside the arrays.

    ``parts`` splits its mean value: margin, pursuit_cost, lifetime, reference; they sum to the mean over futures.
    ``chance`` is its probability of being won (1 for what is certain), ``exposure`` the money at risk if won.
    """

    kind: Kind
    ref: str
    word: str
    offer: Offer | None = None
    chance: float = 1.0
    parts: Mapping[str, float] = field(default_factory=dict)
    exposure: float = 0.0
    start: int = 0
    due: int = 0


@dataclass
class Ledger:
    """Growing columns of a selection problem."""

    futures: int
    hourly_cost: Floats
    subcontract_cost: Floats
    subcontract_share: Floats
    hours_factor: Floats
    item_ids: list[str] = field(default_factory=list)
    item_start: list[int] = field(default_factory=lambda: [0])
    facts: list[OptionFacts] = field(default_factory=list)
    allowed: list[bool] = field(default_factory=list)
    value: list[Floats] = field(default_factory=list)
    won: list[Bools] = field(default_factory=list)
    flow: list[Flow] = field(default_factory=list)
    gains: dict[int, Floats] = field(default_factory=dict)
    needs: list[tuple[int, str, int]] = field(default_factory=list)
    provides: list[tuple[int, str, int]] = field(default_factory=list)
    book: WorkBook = field(default_factory=WorkBook)

    def begin(self, item: str) -> None:
        """Start a new item; its first option is what happens when nothing is decided."""
        self.item_ids.append(item)

    def end(self) -> None:
        """Close the item."""
        self.item_start.append(len(self.facts))

    def option(
        self,
        facts: OptionFacts,
        value: Floats,
        *,
        flow: Floats,
        won: Bools | None = None,
        allowed: bool = True,
    ) -> int:
        """Add an option of the current item, its cash ``flow`` (M, S) cumulative; returns its number."""
        won = np.zeros(self.futures, bool) if won is None else won
        self.facts.append(facts)
        self.value.append(np.broadcast_to(value, (self.futures,)).astype(float))
        self.won.append(won)
        self.flow.append(split(flow, won))
        self.allowed.append(allowed)
        return len(self.facts) - 1

    def work(
        self,
        option: int,
        resource: int,
        hours: float,
        window: tuple[int, int, int],
        rate: float,
        terms: WorkTerms,
        *,
        if_won: bool = False,
    ) -> None:
        """Add a package of an option; ``window`` is (first, last, due), ``rate`` the most hours in a week."""
        if hours > 0:
            book = self.book.if_won if if_won else self.book.sure
            book[option].append(self._piece(resource, hours, window, rate, terms))

    def base_work(
        self,
        scenario: int,
        resource: int,
        hours: float,
        window: tuple[int, int, int],
        rate: float,
        terms: WorkTerms,
    ) -> None:
        """Add a package that comes in one scenario whatever is chosen."""
        if hours > 0:
            self.book.base[scenario].append(self._piece(resource, hours, window, rate, terms))

    def _piece(
        self, resource: int, hours: float, window: tuple[int, int, int], rate: float, terms: WorkTerms
    ) -> Piece:
        """Work given outside saves its regular hours, so it costs what is paid on top for the hours expected."""
        first, last, due = window
        extra = float(self.subcontract_cost[resource]) if terms.subcontract else np.inf
        return Piece(
            resource=resource,
            hours=hours,
            first=first,
            last=max(last, first),
            due=due,
            rate=min(max(rate, 1e-6) / hours, 1.0),
            late_cost=terms.late_cost,
            late_cap=terms.late_cap,
            subcontract_cost=extra * hours * float(self.hours_factor[resource].mean()),
            subcontract_share=float(self.subcontract_share[resource]),
            breach_cost=max(terms.breach_cost, 0.0),
        )

    def hours_money(self, resource: int, hours: float) -> Floats:
        """(S,) what ``hours`` cost at the regular rate, overrun included."""
        return np.asarray(hours * self.hourly_cost[resource] * self.hours_factor[resource])

    def providers(self, technology: str, by: int) -> Sequence[int]:
        """Investment options that bring a technology not later than week ``by``."""
        return [option for option, name, week in self.provides if name == technology and week <= by]
