"""Where the parts of a problem are written down, item by item, until it is built."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from pursuit.domain import Offer
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


@dataclass(frozen=True)
class WorkTerms:
    """What lateness, giving outside and not doing it cost, per hour of a package."""

    late_cost: float = 0.0
    late_cap: float = 0.0
    subcontract: bool = False
    breach_cost: float = 0.0


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
    flow: list[Floats | None] = field(default_factory=list)
    gains: dict[int, Floats] = field(default_factory=dict)
    needs: list[tuple[int, str, int]] = field(default_factory=list)
    provides: list[tuple[int, str, int]] = field(default_factory=list)
    package: dict[str, list[float]] = field(default_factory=dict)

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
        won: Bools | None = None,
        flow: Floats | None = None,
        allowed: bool = True,
    ) -> int:
        """Add an option of the current item; returns its number."""
        self.facts.append(facts)
        self.value.append(np.broadcast_to(value, (self.futures,)).astype(float))
        self.won.append(np.zeros(self.futures, bool) if won is None else won)
        self.flow.append(flow)
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
        scenario: int = -1,
    ) -> None:
        """Add a package; ``window`` is (first, last, due). Work given outside or not done saves its regular hours."""
        if hours <= 0:
            return
        first, last, due = window
        cost = float(self.subcontract_cost[resource]) if terms.subcontract else float("inf")
        row = {
            "option": option, "scenario": scenario, "if_won": if_won, "resource": resource, "hours": hours,
            "first": first, "last": max(last, first), "due": due, "rate": max(rate, 1e-6),
            "late_cost": terms.late_cost, "late_cap": terms.late_cap, "subcontract_cost": cost,
            "subcontract_share": float(self.subcontract_share[resource]), "breach_cost": max(terms.breach_cost, 0.0),
        }  # fmt: skip
        for name, value in row.items():
            self.package.setdefault(name, []).append(value)

    def hours_money(self, resource: int, hours: float) -> Floats:
        """(S,) what ``hours`` cost at the regular rate, overrun included."""
        return np.asarray(hours * self.hourly_cost[resource] * self.hours_factor[resource])

    def chance_row(self, coefficient: Mapping[int, float]) -> Floats:
        """A row of coefficients over all options."""
        row = np.zeros(len(self.facts))
        for option, value in coefficient.items():
            row[option] = value
        return row

    def providers(self, technology: str, by: int) -> Sequence[int]:
        """Investment options that bring a technology not later than week ``by``."""
        return [option for option, name, week in self.provides if name == technology and week <= by]
