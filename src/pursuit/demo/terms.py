"""Terms of trade: payment milestones, days, late penalties, usual in each segment."""

from __future__ import annotations

from pursuit.demo.customers import Customer
from pursuit.domain import LatePenalty, PaymentMilestone

_SHARES: dict[str, tuple[float, float, float]] = {  # down, interim, final
    "S-SEMI": (0.3, 0.4, 0.3),
    "S-AUTO": (0.0, 0.0, 1.0),
    "S-ROB": (0.3, 0.0, 0.7),
    "S-AERO": (0.3, 0.3, 0.4),
    "S-GEN": (0.2, 0.0, 0.8),
    "S-MED": (0.4, 0.0, 0.6),
}
_PENALTY: dict[str, tuple[float, float]] = {
    "S-SEMI": (0.002, 0.10),
    "S-AUTO": (0.001, 0.10),
    "S-ROB": (0.00125, 0.10),
    "S-AERO": (0.00075, 0.30),
    "S-GEN": (0.001, 0.10),
    "S-MED": (0.00125, 0.10),
}
_SMALL = 6e7
"""Below this an order is paid in one sum after delivery, and nobody writes a penalty into it."""


def payments(customer: Customer, amount: float) -> tuple[PaymentMilestone, ...]:
    """선급 / 중도 / 잔금 of an order; the final payment waits out the note (어음)."""
    if amount < _SMALL:
        return (PaymentMilestone("delivery", 1.0, customer.payment_days + customer.note_days),)
    down, interim, final = _SHARES[customer.market.id]
    parts = (
        PaymentMilestone("order", down, 14),
        PaymentMilestone("interim", interim, 30),
        PaymentMilestone("delivery", final, customer.payment_days + customer.note_days),
    )
    return tuple(part for part in parts if part.share)


def late_penalty(customer: Customer, amount: float) -> LatePenalty | None:
    """지체상금 written into the order; a customer that was let down before asks for three times the rate."""
    if amount < _SMALL:
        return None
    rate, cap = _PENALTY[customer.market.id]
    return LatePenalty(0.00225 if customer.role == "often_late" else rate, cap)
