"""The firm's books as of a Monday: all a policy gets to see."""

from __future__ import annotations

from dataclasses import replace

from pursuit.backtest.world.state import Deal, Order, State
from pursuit.backtest.world.working import added
from pursuit.domain import Account, Company, Investment, LatePenalty, Opportunity, Option, Project, Work
from pursuit.units import Money


def books_of(state: State) -> Company:
    """A snapshot of the firm on the Monday of the week, with nothing in it that nobody could know.

    Hours are those planned, not those that will really be needed; a deal that is gone for shows the effort that
    is left of the option pursued; an investment under way shows what is left of its time and cost.
    """
    base = state.base
    finance = replace(base.finance, opening_cash=Money(state.cash, base.currency)) if base.finance else None
    return replace_trusted(
        base,
        as_of=state.monday,
        opportunities=(*state.closed, *(_open(state, deal) for deal in state.deals.values())),
        accounts=tuple(_account(state, account) for account in base.accounts),
        projects=tuple(_project(state, order) for order in state.orders.values()),
        resources=tuple(
            replace(resource, hours_per_week=resource.hours_per_week + added(state, resource.id))
            for resource in base.resources
        ),
        technologies=tuple(replace(t, held=t.id in state.held) for t in base.technologies),
        investments=tuple(made for i in base.investments if (made := _investment(state, i)) is not None),
        invoices=(*state.paid_invoices, *(bill.invoice for bill in state.bills)),
        deliveries=tuple(state.deliveries),
        quotes=(),
        finance=finance,
    )


def replace_trusted(company: Company, **changes: object) -> Company:
    """A copy with other records, not checked anew: all of them come from records that were."""
    made = object.__new__(Company)
    for name in company.__dataclass_fields__:
        object.__setattr__(made, name, changes.get(name, getattr(company, name)))
    return made


def _open(state: State, deal: Deal) -> Opportunity:
    """As it stands; once it was gone for, every option with the effort and the money that are still to be spent."""
    if deal.whole == 0 and deal.paid == 0:
        return deal.opportunity
    options = deal.opportunity.options or (Option(next(iter(deal.offers))),)
    return replace(deal.opportunity, options=tuple(_left(state, deal, option) for option in options))


def _left(state: State, deal: Deal, option: Option) -> Option:
    offer, spent = deal.offers[option.id], deal.prepared
    effort = {name: hours * (1 - spent) for name, hours in offer.effort.items() if spent < 1}
    cost = max(offer.pursuit_cost - deal.paid, 0)
    return replace(
        option,
        effort=effort
        or {next(iter(state.resources)): 0.0},  # an empty one would mean the product's usual effort
        pursuit_cost=Money(cost, state.base.currency) if cost else None,
    )


def _account(state: State, account: Account) -> Account:
    customer = state.customers[account.id]
    return replace(account, relationship=round(customer.relationship, 3), last_contact=customer.contact)


def _project(state: State, order: Order) -> Project:
    """An order under way: the work, the money and the payments that are still to come.

    The penalty's rate is stated against the money still to come, so that it is the same money.
    """
    own = next((p for p in state.base.projects if p.id == order.id), None)
    share = sum(part.share for part in order.unbilled)
    penalty = order.penalty
    if penalty and 0 < share < 1:
        penalty = LatePenalty(penalty.rate_per_day / share, penalty.cap / share)
    return Project(
        id=order.id,
        name=order.name,
        account=order.account,
        due=order.due,
        amount=Money(round(order.price * share), state.base.currency),
        work=tuple(
            Work(
                piece.resource,
                round(piece.planned * (1 - piece.done), 4),
                piece.step,
                max(1, round(piece.weeks * (1 - piece.done))),
                None,
                piece.name,
            )
            for piece in order.pieces
            if piece.done < 1 - 1e-9
        ),
        late_penalty=penalty,
        payments=tuple(replace(part, share=part.share / share) for part in order.unbilled),
        modes=own.modes if own else (),
    )


def _investment(state: State, investment: Investment) -> Investment | None:
    """One still to be decided as it is, one under way as decided with what is left, none that has arrived."""
    building = state.buildings.get(investment.id)
    if building is None:
        return investment
    if building.ready >= 0:
        return None
    return replace(
        investment,
        cost=Money(0, investment.cost.currency),
        lead_weeks=max(investment.lead_weeks - (state.week - building.begun), 0),
        effort={name: hours for name, hours in building.effort.items() if hours > 0},
        starts=(0,),
        pinned="0",
    )
