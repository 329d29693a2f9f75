"""A Monday's decisions carried out; what cannot be done is refused and written down."""

from __future__ import annotations

from pursuit.backtest.decisions import STANDARD, Decisions
from pursuit.backtest.world.selling import close
from pursuit.backtest.world.state import Building, Deal, State
from pursuit.domain import COURSES

_GOOD_CUSTOMER = 0.6
"""Relationship from which being declined is taken amiss."""


def carry_out(state: State, decisions: Decisions) -> None:
    """Change the state by what was decided."""
    for name in sorted(decisions.decline):
        if name in state.deals:
            _decline(state, state.deals[name])
        else:
            state.tell("refused", name, note="not open")
    for name, option in sorted(decisions.pursue.items()):
        deal = state.deals.get(name)
        if deal is None:
            state.tell("refused", name, note="not open")
        else:
            _pursue(state, deal, option or STANDARD)
            deal.promise = decisions.promise.get(name)
    for name, deal in state.deals.items():
        if deal.option and name not in decisions.pursue:
            state.tell("withdrawn", name, deal.opportunity.account)
            deal.option, deal.promise = "", None
    for name, customer in state.customers.items():
        course = decisions.courses.get(name, "keep")
        customer.course = course if course in COURSES else "keep"
    _modes(state, decisions)
    for name in sorted(decisions.invest):
        _invest(state, name)


def _decline(state: State, deal: Deal) -> None:
    customer = state.customers.get(deal.opportunity.account)
    if customer and customer.relationship >= _GOOD_CUSTOMER:
        customer.relationship = max(0.0, customer.relationship + state.laws.trust[3])
    state.tell("declined", deal.id, deal.opportunity.account)
    close(state, deal, "lost")


def _pursue(state: State, deal: Deal, option: str) -> None:
    """Go for a deal with an option; changing to another keeps the share of effort that is spent."""
    offer = deal.offers.get(option)
    if offer is None or not set(offer.technologies) <= state.held | _to_be_had(state):
        state.tell("refused", deal.id, deal.opportunity.account, note=option)
        return
    if deal.option == option:
        return
    spent = deal.prepared if deal.whole > 0 else 0.0
    known = {name: hours for name, hours in offer.effort.items() if name in state.resources}
    left = {name: hours * (1 - spent) for name, hours in known.items()}
    state.move("pursuit", deal.id, -max(offer.pursuit_cost - deal.paid, 0))
    deal.paid = max(deal.paid, offer.pursuit_cost)
    deal.option, deal.effort, deal.whole = option, left, sum(known.values())
    deal.weekly = {name: hours / max(offer.effort_weeks, 1) for name, hours in known.items()}
    state.tell("pursued", deal.id, deal.opportunity.account, note=option)


def _to_be_had(state: State) -> set[str]:
    """Technologies that an investment brings, begun or not: an order won waits until they are there."""
    return {investment.technology for investment in state.base.investments if investment.technology}


def _modes(state: State, decisions: Decisions) -> None:
    """A project that is to go on slower or paused rests for the weeks its mode says, once."""
    for project in state.base.projects:
        order, kind = state.orders.get(project.id), decisions.modes.get(project.id, "as_planned")
        mode = next((m for m in project.modes if m.kind == kind), None)
        if order is None or mode is None or kind == "as_planned" or order.delay:
            continue
        order.delay = max(mode.delay_weeks, 0)
        if mode.cost is not None:
            state.move("care", project.id, -state.base.home(mode.cost))


def _invest(state: State, name: str) -> None:
    found = next((i for i in state.base.investments if i.id == name), None)
    if found is None or name in state.buildings:
        state.tell("refused", name, note="no such investment, or begun already")
        return
    effort = {who: hours for who, hours in found.effort.items() if who in state.resources}
    state.buildings[name] = Building(found, state.week, dict(effort))
    state.move("investment", name, -state.base.home(found.cost))
    state.tell("invested", name, amount=state.base.home(found.cost))
