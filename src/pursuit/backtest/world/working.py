"""A week on the floor: what hours there are, and the fixed, sensible rule by which they are spent.

The rule is the same under every policy: what an investment takes first, since
who decided on it set people aside; then orders that are in danger, then presales and care of customers, then the other
orders by the slack they have left. Overtime goes to orders that would be late without it,
and outside help to those that would be late by more than two weeks even so.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from pursuit.backtest.journal import Offered
from pursuit.backtest.world.office import build, sell_and_care
from pursuit.backtest.world.state import Order, Piece, State

IN_DANGER = 1.0
"""Weeks of slack under which an order goes before the office's own work."""
HELP_FROM = -2.0
"""Weeks of slack under which work is given outside."""
LEAST = 1e-9


def work(state: State) -> None:
    """Spend the week's hours."""
    regular, overtime = hours_there(state)
    for order in state.orders.values():
        for piece in order.pieces:
            piece.given = 0.0
    ranked = sorted((slack(state, order), order.due, order.id) for order in _ready(state))
    orders = [state.orders[name] for _, _, name in ranked]
    endangered = sum(weeks < IN_DANGER for weeks, _, _ in ranked)
    danger, others = orders[:endangered], orders[endangered:]
    build(state, regular)
    _load(state, danger, regular, "regular")
    sell_and_care(state, regular)
    _load(state, others, regular, "regular")
    late = [order for order in orders if slack(state, order) < 0]
    _load(state, late, overtime, "overtime")
    _outside(state, [order for order in late if slack(state, order) < HELP_FROM])


def hours_there(state: State) -> tuple[dict[str, float], dict[str, float]]:
    """Regular and overtime hours of every resource this week: holidays, failures, what was added."""
    regular, overtime = {}, {}
    for name, resource in state.resources.items():
        calendar = state.base.calendar_by_id.get(resource.calendar)
        there = resource.hours_per_week + added(state, name)
        there *= calendar.week_share(state.monday) if calendar else 1.0
        there *= 1 - _lost(state, name)
        regular[name], overtime[name] = (
            max(there, 0.0),
            resource.overtime_hours if resource.overtime_cost else 0.0,
        )
        state.journal.offered.append(Offered(state.week, name, regular[name], overtime[name]))
    return regular, overtime


def added(state: State, resource: str) -> float:
    """Hours a week that investments that have arrived add to a resource, growing over their ramp."""
    total = 0.0
    for building in state.buildings.values():
        hours = building.investment.capacity.get(resource, 0.0)
        if hours and 0 <= building.ready <= state.week:
            ramp = building.investment.ramp_weeks
            total += hours * min(1.0, (state.week - building.ready + 1) / (ramp + 1))
    return total


def _lost(state: State, resource: str) -> float:
    """Share of a resource's hours lost to a failure that began this week or is not over yet."""
    law = state.laws.breakdowns.get(resource)
    if law is None:
        return 0.0
    for back in range(6):
        began = state.week - back
        if state.luck.happens(law.per_week, "breaks", resource, began):
            lasts = max(1, ceil(state.luck.exponential(law.mean_weeks, "broken", resource, began)))
            if back < lasts:
                if back == 0:
                    state.tell("broke_down", resource)
                return law.share_lost
    return 0.0


def _ready(state: State) -> Iterator[Order]:
    for order in state.orders.values():
        if order.delay > 0:
            order.delay -= 1
        elif not order.complete and state.held.issuperset(order.technologies):
            yield order


def slack(state: State, order: Order) -> float:
    """Weeks an order could still lose and be on time, if nothing else stood in its way."""
    weeks: dict[int, float] = {}
    for piece in order.pieces:
        left = piece.real * (1 - piece.done) / max(piece.most, LEAST)
        weeks[piece.step] = max(weeks.get(piece.step, 0.0), left)
    return (order.due - state.friday).days / 7 + 1 - sum(weeks.values())


def _load(state: State, orders: list[Order], room: dict[str, float], how: str) -> None:
    """Give orders what room there is, one after the other; no step runs ahead of the one before it."""
    for order in orders:
        for piece, most in _steps(order):
            hours = min(most, room.get(piece.resource, 0.0))
            if hours > LEAST:
                room[piece.resource] -= hours
                _give(state, order, piece, hours, how)


def _steps(order: Order) -> Iterator[tuple[Piece, float]]:
    """Pieces of an order with the most hours each can still take this week, as the steps before it come along."""
    reached: dict[int, float] = {}
    for piece in order.pieces:
        before = min((share for step, share in reached.items() if step < piece.step), default=1.0)
        yield piece, max(min((before - piece.done) * piece.real, piece.most - piece.given), 0.0)
        reached[piece.step] = min(reached.get(piece.step, 1.0), piece.done)


def _give(state: State, order: Order, piece: Piece, hours: float, how: str) -> None:
    """Put hours into a piece; with the first of an order its material is bought."""
    if not order.begun:
        order.begun = True
        state.move("materials", order.id, -order.material)
    piece.given += hours
    piece.done = min(1.0, piece.done + hours / piece.real)
    state.spend(piece.resource, order.id, hours, how)


def _outside(state: State, orders: list[Order]) -> None:
    """Give away what may be given of orders that are badly late, as fast as their pieces allow."""
    for order in orders:
        for piece, most in _steps(order):
            resource = state.resources[piece.resource]
            if resource.subcontract_cost is None:
                continue
            hours = min(most, max(resource.subcontract_share - piece.outside, 0.0) * piece.real)
            if hours > LEAST:
                piece.outside += hours / piece.real
                _give(state, order, piece, hours, "subcontract")
