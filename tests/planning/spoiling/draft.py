"""A plan being spoilt, and the register of ways to spoil it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from pursuit.domain import Company, Offer, offers_of


@dataclass
class Draft:
    """A copy of a plan to spoil, with its company and a source of chance."""

    plan: dict[str, Any]
    company: Company
    rng: np.random.Generator

    def pick(self, rows: Sequence[Any]) -> Any:
        """One of ``rows``; None when there are none."""
        return rows[int(self.rng.integers(len(rows)))] if len(rows) else None

    def row(self, table: str) -> Any:
        """A row of a table of the plan; None when it is empty."""
        return self.pick(self.plan[table])

    def decided(self, *words: str) -> Any:
        """A decision that is one of ``words``; None when there is none."""
        return self.pick([row for row in self.plan["decisions"] if row["decision"] in words])

    def chosen(self) -> dict[str, Offer]:
        """Chosen offer by pursued opportunity."""
        options = {row["opportunity"]: row["option"] for row in self.plan["decisions"] if row["option"]}
        return {
            opp.id: offer
            for opp in self.company.open_opportunities
            for offer in offers_of(self.company, opp)
            if options.get(opp.id) == offer.id
        }


Kind = Callable[[Draft], Any]
KINDS: dict[str, Kind] = {}
UNKNOWN = "no such record"


def kind(spoil: Kind) -> Kind:
    """Register one way to spoil a plan; it returns False or None where it does not apply."""
    assert spoil.__name__ not in KINDS
    KINDS[spoil.__name__] = spoil
    return spoil


def shift(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def put(row: Any, key: str, value: Any) -> bool:
    if row is None or row[key] == value:
        return False
    row[key] = value
    return True


def change(row: Any, key: str, amount: Any) -> bool:
    return row is not None and row[key] is not None and put(row, key, row[key] + amount)
