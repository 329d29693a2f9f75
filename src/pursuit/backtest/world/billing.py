"""Bills go out when their event comes, and are paid when the customer gets round to it, if it still can."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pursuit.backtest.world.state import Bill, Order, State
from pursuit.domain import Invoice, PaymentMilestone
from pursuit.units import Money

HALF = 0.5
"""Share of the hours done at which the interim payment is billed."""


def bill_progress(state: State) -> None:
    """Bill down payments of new orders and interim payments of those half done."""
    for order in state.orders.values():
        for part in list(order.unbilled):
            if part.event == "order" or (part.event == "interim" and order.share >= HALF):
                _send(state, order, part)


def bill_delivery(state: State, order: Order) -> None:
    """Bill all that is left of a delivered order."""
    for part in list(order.unbilled):
        _send(state, order, part)


def _send(state: State, order: Order, part: PaymentMilestone) -> None:
    order.unbilled.remove(part)
    amount = round(order.price * part.share)
    if amount <= 0:
        return
    number = f"{order.id}/{part.event}"
    due = state.friday + timedelta(days=part.days)
    drag = state.laws.payment_drag.get(order.account, 10.0)
    pays = due + timedelta(days=round(state.luck.exponential(drag, "pays", number)))
    money = Money(amount, state.base.currency)
    invoice = Invoice(number, order.account, state.friday, due, money, None, None, order.product)
    state.bills.append(Bill(invoice, order.id, amount, pays))
    state.tell("invoiced", number, order.account, amount)


def collect(state: State) -> None:
    """Take in what is paid by the end of the week."""
    sunday = state.monday + timedelta(days=6)
    for bill in state.bills:
        if bill.settled or bill.pays > sunday:
            continue
        bill.settled = True
        state.move("payment", bill.invoice.id, bill.amount)
        state.tell("paid", bill.invoice.id, bill.invoice.account, bill.amount)
        order = state.orders.get(bill.order)
        if order is not None:
            order.received += bill.amount
    _file(state)


def _file(state: State) -> None:
    """Move settled bills to the books."""
    for bill in state.bills:
        if bill.settled:
            paid = min(max(bill.pays, bill.invoice.issued), state.monday + timedelta(days=6))
            state.paid_invoices.append(replace(bill.invoice, paid=paid))
    state.bills = [bill for bill in state.bills if not bill.settled]
