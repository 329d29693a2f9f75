"""Customers stay, leave, fail, are cared for or forgotten."""

from __future__ import annotations

import math

from pursuit.backtest.world.state import Customer, State, quarter

_PACE = 26.0
"""Weeks over which a course shows in how often a customer asks (e-folding)."""


def live(state: State, *, cared_for: bool = True) -> None:
    """A week in the life of every customer; one that is not ``cared_for`` costs nothing."""
    for name, customer in state.customers.items():
        if not customer.alive:
            continue
        if cared_for:
            _care(state, name, customer)
        if _fails(state, name):
            _fail(state, name, customer)
        elif not state.luck.happens(_stays(state, name, customer), "stays", name, state.week):
            customer.alive = False
            state.tell("left", name, name)


def _care(state: State, name: str, customer: Customer) -> None:
    """What the course costs, and how it moves the customer."""
    laws = state.laws
    course = next((c for c in customer.account.courses if c.kind == customer.course), None)
    if course is not None and course.cost is not None:
        state.move("care", name, -round(state.base.home(course.cost) / 52))
    target = laws.growth.get(customer.course, 1.0) * max(1 - laws.asking * customer.disappointed, 0.0)
    customer.pull += (target - customer.pull) / _PACE
    if (state.friday - customer.contact).days > 7 * laws.neglect_weeks:
        customer.pull *= 1 - laws.neglect_decay
    customer.pull = min(customer.pull, max(laws.growth.values()))


def _stays(state: State, name: str, customer: Customer) -> float:
    """Probability of staying another week; disappointment makes leaving more likely."""
    kept = state.laws.retention
    yearly = kept.get((name, customer.course), kept.get((name, "keep"), 1.0))
    return float(yearly ** ((1 + state.laws.leaving * customer.disappointed) / 52))


def _fails(state: State, name: str) -> bool:
    """Whether a customer fails this week: its own hazard, times its sector's of the quarter."""
    yearly = state.laws.default.get(name, 0.0)
    sector = customer_sector(state, name)
    spread = state.laws.sector_default
    shock = math.exp(spread * state.luck.normal("failing", sector, quarter(state.monday)) - spread**2 / 2)
    hazard = -math.log1p(-min(yearly, 0.99)) * shock / 52
    return state.luck.happens(1 - math.exp(-hazard), "fails", name, state.week)


def customer_sector(state: State, name: str) -> str:
    """Sector whose luck a customer shares; its own where it has none."""
    return state.sector_of(name) or name


def _fail(state: State, name: str, customer: Customer) -> None:
    """What it owes is lost but for a part, and its orders stop where they are."""
    customer.alive = False
    state.tell("defaulted", name, name)
    for bill in state.bills:
        if bill.invoice.account == name and not bill.settled:
            bill.settled = True
            kept = round(bill.amount * (1 - state.laws.loss_given_default))
            state.move("payment", bill.invoice.id, kept)
            state.tell("written_off", bill.invoice.id, name, bill.amount - kept)
    for order in [o for o in state.orders.values() if o.account == name]:
        state.tell("breached", order.id, name, order.price, note="customer failed")
        del state.orders[order.id]
