"""Money in and out by month: when an order, a project, an investment pays and is paid."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import numpy as np

from pursuit.domain import Account, Offer, Opportunity, PaymentMilestone
from pursuit.planning.model.situation import Situation
from pursuit.selection.problem import Bools, Floats

DEFAULT_PAYMENT_DAYS = 60


class CashCalendar:
    """Puts flows into months and adds them up; without finances there are no months and every flow is empty."""

    def __init__(self, s: Situation) -> None:
        self.s = s
        self.months = s.axis.months() if s.company.finance else ()
        self._month_of = (
            [self.months.index(s.axis.month(w)) for w in range(s.axis.weeks)] if self.months else []
        )
        self.futures = s.futures.size

    def empty(self) -> Floats:
        """(M, S) of nothing."""
        return np.zeros((len(self.months), self.futures))

    def put(self, flow: Floats, week: float, money: Floats | float) -> None:
        """Add ``money`` (S,) to the month of ``week``; what falls behind the horizon is left out."""
        if self.months and week < self.s.axis.weeks:
            flow[self._month_of[max(int(week), 0)]] += money

    def received(
        self,
        flow: Floats,
        price: float,
        payments: tuple[PaymentMilestone, ...],
        account: Account | None,
        start: int,
        due: int,
        share: Floats,
        default: Bools,
    ) -> None:
        """Add the payments of an order; a customer who fails pays only what falls due at the order."""
        for m in payments or (PaymentMilestone("delivery", 1.0),):
            usual = (account.payment_days or 0) + account.note_days if account else 0
            days = m.days or usual or DEFAULT_PAYMENT_DAYS
            week = {"order": start, "interim": (start + due) / 2, "delivery": due}[m.event] + days / 7
            paid = share if m.event == "order" else share * ~default
            self.put(flow, week, price * m.share * paid)

    def of_offer(
        self,
        opp: Opportunity,
        offer: Offer,
        account: Account | None,
        start: int,
        due: int,
        share: Floats,
        default: Bools,
    ) -> Floats:
        """Cumulative (M, S) flow of pursuing an offer; ``share`` (S,) is how much of it is won in each future."""
        flow = self.empty()
        if not self.months:
            return flow
        self.received(flow, offer.price, opp.payments, account, start, due, share, default)
        hours = sum(p.hours * self.s.hourly_cost[self.s.resource_index[p.resource]] for p in offer.work)
        self.put(flow, (start + due) / 2, -share * (offer.material_cost + hours))
        self.put(flow, 0, -float(offer.pursuit_cost))
        return flow.cumsum(axis=0)

    def of_weeks(self, weeks: Iterable[tuple[float, float]]) -> Floats:
        """Cumulative (M, S) flow of certain payments, (week, money) each."""
        flow = self.empty()
        for week, money in weeks:
            self.put(flow, week, money)
        return flow.cumsum(axis=0)

    def base(self, arrivals: Floats) -> Floats:
        """(S, M) balance without any choice: opening cash, fixed cost, projects, open invoices, deals to come.

        ``arrivals`` is (M, S), not cumulative.
        """
        s, finance = self.s, self.s.company.finance
        if finance is None:
            return np.zeros((self.futures, 0))
        flow = self.empty() + arrivals
        per_week = s.company.home(finance.fixed_cost) * 12 / 52.18
        for week in range(s.axis.weeks):
            self.put(flow, week, -per_week)
        for invoice in s.company.invoices:
            if invoice.paid is None:
                due = max(invoice.due, s.company.as_of + timedelta(days=14))
                money = s.company.home(invoice.net_amount)
                self.put(flow, s.axis.index(due), np.where(self._alive(invoice.account), float(money), 0.0))
        for project in s.running:
            account = s.company.account_by_id.get(project.account)
            rest = tuple(m for m in project.payments if m.event != "order") or (
                PaymentMilestone("delivery", 1.0),
            )
            due_week = s.week(project.due)
            begun = s.week(project.release) if project.release else 0
            ones = np.ones(self.futures)
            self.received(
                flow,
                s.company.home(project.amount),
                rest,
                account,
                begun,
                due_week,
                ones,
                ~self._alive(project.account),
            )
            if project.material_cost:
                self.put(flow, (begun + due_week) / 2, -float(s.company.home(project.material_cost)))
        return (s.company.home(finance.opening_cash) + flow.cumsum(axis=0)).T.copy()

    def _alive(self, account: str) -> Bools:
        index = self.s.account_index.get(account)
        return ~self.s.futures.default[index] if index is not None else np.ones(self.futures, bool)
