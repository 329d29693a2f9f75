"""Amounts as blueprints write them."""

from __future__ import annotations

from pursuit.domain import Finance
from pursuit.units import Money


def krw(millions: float) -> Money:
    """Money from millions of won."""
    return Money(round(millions * 1e6), "KRW")


def purse(cash: float, floor: float, line: float, fixed: float) -> Finance:
    """The firm's own money in millions of won: opening cash, floor, credit line, wages and rent a month."""
    return Finance(krw(cash), krw(floor), krw(line), krw(fixed))
