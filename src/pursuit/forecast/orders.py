"""What each customer has ordered so far, through the pipeline and beside it, as far as the records tell them
apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from pursuit.domain import MATERIAL_SHARE_ASSUMED, Company

BILLING_LAG = timedelta(days=90)
"""Usual time from winning a deal to its bill, where no delivery tells it; an assumption."""


@dataclass
class Orders:
    """Orders of one account over the ``years`` it was watched; margins in minor units of the firm's currency.

    ``piped`` counts won opportunities; ``beside`` counts orders that never were an opportunity (call-offs,
    spare parts), a fraction where only money tells them apart. ``days`` are all days on which the account
    ordered or was billed.
    """

    segment: str
    years: float = 0.0
    piped: float = 0.0
    piped_margin: float = 0.0
    beside: float = 0.0
    beside_margin: float = 0.0
    days: list[date] = field(default_factory=list)

    @property
    def count(self) -> float:
        """All orders."""
        return self.piped + self.beside

    @property
    def margin(self) -> float:
        """Margin of all orders."""
        return self.piped_margin + self.beside_margin


def order_histories(company: Company) -> tuple[str, Mapping[str, Orders]]:
    """Where the orders were read (``won deals``, ``invoices``, ``deliveries`` joined by +), and those of each
    account."""
    histories = {account.id: Orders(account.segment or account.sector) for account in company.accounts}
    sources = [
        name
        for name, found in (
            ("won deals", _read_deals(company, histories)),
            ("invoices", _read_invoices(company, histories)),
            ("deliveries", _read_deliveries(company, histories)),
        )
        if found
    ]
    everything = [day for history in histories.values() for day in history.days]
    start = min(everything, default=company.as_of)
    for account in company.accounts:
        history = histories[account.id]
        history.days.sort()
        begun = max(start, account.since) if account.since else start
        first = min(begun, history.days[0]) if history.days else begun
        history.years = max((company.as_of - first).days / 365.25, 1 / 12 if history.days else 0.0)
    return " + ".join(sources), histories


def _read_deals(company: Company, histories: Mapping[str, Orders]) -> bool:
    found = False
    for deal in company.closed_opportunities:
        if (
            deal.outcome == "won"
            and deal.closed
            and deal.closed <= company.as_of
            and deal.account in histories
        ):
            found = True
            history = histories[deal.account]
            history.piped += 1
            history.days.append(deal.closed)
            if deal.amount:
                history.piped_margin += company.home(deal.amount, deal.closed) * _kept(company, deal.product)
    return found


def _read_invoices(company: Company, histories: Mapping[str, Orders]) -> bool:
    """What was billed beyond the won deals is business beside the pipeline, and so many of the billed
    days."""
    billed: dict[str, dict[date, float]] = defaultdict(lambda: defaultdict(float))
    for invoice in company.invoices:
        if invoice.issued <= company.as_of and invoice.net_amount.amount > 0 and invoice.account in histories:
            margin = company.home(invoice.net_amount, invoice.issued) * _kept(company, invoice.product)
            billed[invoice.account][invoice.issued] += margin
    if not billed:
        return False
    start = min(day for days in billed.values() for day in days)
    from_deals = _billable(company, start)
    for account, by_day in billed.items():
        total = sum(by_day.values())
        history = histories[account]
        history.beside_margin = max(total - from_deals.get(account, 0.0), 0.0)
        history.beside = len(by_day) * history.beside_margin / total
        history.days += list(by_day)
    return True


def _billable(company: Company, start: date) -> Mapping[str, float]:
    """Margin of the won deals billed since ``start``: those delivered since, else those won not long
    before."""
    past = (delivery for delivery in company.deliveries if delivery.delivered <= company.as_of)
    delivered = {delivery.order: delivery.delivered for delivery in past}
    deals = [d for d in company.closed_opportunities if d.outcome == "won" and d.amount and d.closed]
    known = any(deal.id in delivered for deal in deals)
    margins: dict[str, float] = defaultdict(float)
    for deal in deals:
        if not deal.amount or not deal.closed or (known and deal.id not in delivered):
            continue
        billed = delivered[deal.id] if known else deal.closed + BILLING_LAG
        if billed >= start:
            margins[deal.account] += company.home(deal.amount, deal.closed) * _kept(company, deal.product)
    return margins


def _read_deliveries(company: Company, histories: Mapping[str, Orders]) -> bool:
    """Deliveries that name an order which is no opportunity count the orders beside the pipeline exactly."""
    known = {deal.id for deal in company.opportunities}
    orders: dict[str, set[str]] = defaultdict(set)
    for delivery in company.deliveries:
        if delivery.order and delivery.order not in known and delivery.delivered <= company.as_of:
            orders[delivery.account].add(delivery.order)
            if delivery.account in histories:
                histories[delivery.account].days.append(delivery.delivered)
    if not orders:
        return False
    for account, history in histories.items():
        history.beside = float(len(orders[account]))
        if not history.beside:
            history.beside_margin = 0.0
    return True


def _kept(company: Company, product: str) -> float:
    """Share of a price that is left after materials."""
    share = getattr(company.product_by_id.get(product), "material_share", None)
    return 1 - (MATERIAL_SHARE_ASSUMED if share is None else share)
