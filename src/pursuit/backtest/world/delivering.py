"""Orders leave the house, late or on time; those that never come are cancelled by the customer."""

from __future__ import annotations

from datetime import timedelta

from pursuit.backtest.world.billing import bill_delivery
from pursuit.backtest.world.state import Order, State
from pursuit.domain import Delivery


def deliver(state: State) -> None:
    """Deliver what is done and give up what a customer will wait for no longer."""
    for order in list(state.orders.values()):
        if order.complete:
            _hand_over(state, order)
        elif state.friday > order.due + timedelta(weeks=state.laws.patience_weeks):
            _breach(state, order)


def _hand_over(state: State, order: Order) -> None:
    late_days = max((state.friday - order.due).days, 0)
    late = late_days > 0
    laws, luck = state.laws, state.luck
    in_full = luck.happens(laws.in_full[late], "in full", order.id)
    complaint = luck.happens(laws.complaint[late], "complains", order.id)
    if not order.begun:  # nothing to work on: bought and passed on
        state.move("materials", order.id, -order.material)
    if late and order.penalty:
        share = min(order.penalty.rate_per_day * late_days, order.penalty.cap)
        state.move("penalty", order.id, -round(order.price * share))
    state.deliveries.append(
        Delivery(f"D-{order.id}", order.account, order.due, state.friday, in_full, complaint, order.id)
    )
    _trust(state, order.account, laws.trust[1] if late or complaint or not in_full else laws.trust[0])
    state.tell("delivered", order.id, order.account, order.price, late_days, "" if in_full else "short")
    del state.orders[order.id]
    bill_delivery(state, order)


def _breach(state: State, order: Order) -> None:
    """The customer cancels: the penalty at its cap, what it paid goes back, and trust is lost."""
    if order.penalty:
        state.move("breach", order.id, -round(order.price * order.penalty.cap))
    state.move("refund", order.id, -order.received)
    for bill in state.bills:
        if bill.order == order.id and not bill.settled:
            bill.settled = True
            state.tell("written_off", bill.invoice.id, order.account, 0, note="cancelled")
    _trust(state, order.account, state.laws.trust[2])
    late_days = (state.friday - order.due).days
    state.tell("breached", order.id, order.account, order.price, late_days)
    del state.orders[order.id]


def _trust(state: State, account: str, change: float) -> None:
    customer = state.customers.get(account)
    if customer:
        customer.relationship = min(1.0, max(0.0, customer.relationship + change))
        customer.contact = state.friday
