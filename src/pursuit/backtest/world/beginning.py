"""The first Monday: a nature's books taken up as a state."""

from __future__ import annotations

from datetime import timedelta

from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Hidden, Nature
from pursuit.backtest.world.state import Bill, Customer, Order, Piece, State
from pursuit.domain import Invoice, Project, Work

NEVER = 10**6
"""A week that no replay reaches."""


def begin(nature: Nature, luck: Luck) -> State:
    """The state of a firm on the first Monday of a replay.

    Raises
    ------
    ValueError
        When the company's day is no Monday.
    """
    company = nature.company
    if company.as_of.weekday() != 0:
        raise ValueError(f"a replay starts on a Monday; {company.as_of} is none")
    state = State(nature, luck, company.as_of, company, nature.laws)
    state.cash = company.finance.opening_cash.amount if company.finance else 0
    state.journal.opening_cash = state.cash
    state.resources = dict(company.resource_by_id)
    state.held = {technology.id for technology in company.technologies if technology.held}
    state.deliveries = list(company.deliveries)
    for account in company.accounts:
        relationship = 0.5 if account.relationship is None else account.relationship
        contact = account.last_contact or company.as_of
        segment = account.segment or account.sector
        state.customers[account.id] = Customer(account, segment, relationship, contact, before=relationship)
    for opportunity in company.opportunities:
        if opportunity.outcome == "open":
            state.add_deal(opportunity, nature.hidden.get(opportunity.id, Hidden({}, NEVER)))
        else:
            state.closed.append(opportunity)
            if opportunity.outcome == "won" and opportunity.closed:
                state.wins.append((company.segment_of(opportunity), opportunity.closed))
    for project in company.projects:
        state.orders[project.id] = _running(state, project)
    for invoice in company.invoices:
        if invoice.paid is None:
            state.bills.append(_owed(state, invoice))
        else:
            state.paid_invoices.append(invoice)
    return state


def pieces_of(state: State, order: str, work: tuple[Work, ...]) -> list[Piece]:
    """Work as it really will be: each piece's hours times the luck of that order on that resource."""
    made = []
    for at, piece in enumerate(work):
        mean, spread = state.laws.hours.get(piece.resource, (1.0, 0.0))
        factor = state.luck.lognormal(mean, spread, "hours", order, piece.resource, at)
        most = piece.max_hours_per_week or piece.hours / max(piece.weeks, 1)
        made.append(
            Piece(
                piece.resource,
                piece.step,
                piece.hours,
                piece.hours * factor,
                piece.weeks,
                most * factor,
                piece.name,
            )
        )
    return [piece for piece in made if piece.real > 0]


def _running(state: State, project: Project) -> Order:
    """A project under way; what it has been paid for so far is not owed again."""
    company = state.base
    return Order(
        id=project.id,
        name=project.name,
        account=project.account,
        segment=state.customers[project.account].segment if project.account in state.customers else "",
        product="",
        price=company.home(project.amount),
        material=0,
        due=project.due,
        pieces=pieces_of(state, project.id, project.work),
        penalty=project.late_penalty,
        unbilled=[part for part in project.payments if part.event != "order"],
        begun=True,
    )


def _owed(state: State, invoice: Invoice) -> Bill:
    drag = state.laws.payment_drag.get(invoice.account, 10.0)
    pays = invoice.due + timedelta(days=round(state.luck.exponential(drag, "pays", invoice.id)))
    gross = state.base.home(invoice.net_amount)
    return Bill(invoice, "", gross, max(pays, state.start))
