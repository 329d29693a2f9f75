"""Prices agreed in advance (단가계약): what a customer will call off, when, and at what price."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pursuit.domain.opportunity import LatePenalty, PaymentMilestone
from pursuit.units import Money


@dataclass(frozen=True, slots=True)
class Contract:
    """A price per unit for a time; the customer calls pieces off as needed.

    Parameters
    ----------
    unit_price
        Net price of one unit.
    starts, ends
        First and last day on which a call-off can be due.
    quantity
        Units expected in all between the two days.
    called
        Units of it called off before the day of the data; what is still to be made of them is a project of its own.
    every_weeks
        Weeks from one call-off to the next.
    minimum
        Units the customer must take in all; None where nothing is promised, so that all of it is expectation.
    """

    id: str
    account: str
    product: str
    unit_price: Money
    starts: date
    ends: date
    quantity: float
    name: str = ""
    called: float = 0.0
    every_weeks: int = 4
    minimum: float | None = None
    late_penalty: LatePenalty | None = None
    payments: tuple[PaymentMilestone, ...] = ()

    @property
    def remaining(self) -> float:
        """Units still expected."""
        return max(self.quantity - self.called, 0.0)
