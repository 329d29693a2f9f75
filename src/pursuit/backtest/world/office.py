"""Hours that go into no order: investments, presales and the care of customers."""

from __future__ import annotations

from dataclasses import dataclass

from pursuit.backtest.world.state import State

LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class _Want:
    """Hours wanted of a resource for a record; ``left`` is what they are taken off, None for what never ends."""

    resource: str
    record: str
    hours: float
    left: dict[str, float] | None = None


def build(state: State, room: dict[str, float]) -> None:
    """Spend what investments under way take this week."""
    wants = []
    for name, building in state.buildings.items():
        whole, weeks = building.investment.effort, max(building.investment.effort_weeks, 1)
        wants += [
            _Want(who, name, min(whole[who] / weeks, left), building.effort)
            for who, left in building.effort.items()
        ]
    _share(state, wants, room)


def sell_and_care(state: State, room: dict[str, float]) -> None:
    """Spend what presales and the care of customers take this week, and note whom they kept in touch with."""
    wants = []
    for deal in state.deals.values():
        if deal.option:
            wants += [
                _Want(name, deal.id, min(deal.weekly.get(name, 0.0), left), deal.effort)
                for name, left in deal.effort.items()
            ]
    for each in state.customers.values():
        course = next((c for c in each.account.courses if c.kind == each.course), None)
        if course is not None and each.alive:
            wants += [_Want(name, each.account.id, hours) for name, hours in course.effort.items()]
    for record in _share(state, wants, room):
        deal_ = state.deals.get(record)
        customer = state.customers.get(deal_.opportunity.account if deal_ else record)
        if customer is not None:
            customer.contact = state.friday


def _share(state: State, wants: list[_Want], room: dict[str, float]) -> list[str]:
    """Give everybody the same share of what they want, as far as the hours go; the records that got any."""
    asked: dict[str, float] = {}
    for want in wants:
        asked[want.resource] = asked.get(want.resource, 0.0) + want.hours
    share = {name: min(1.0, room.get(name, 0.0) / total) for name, total in asked.items() if total > 0}
    served = []
    for want in wants:
        given = want.hours * share.get(want.resource, 0.0)
        if given > LEAST:
            room[want.resource] -= given
            state.spend(want.resource, want.record, given)
            if want.left is not None:
                want.left[want.resource] -= given
            served.append(want.record)
    return served
