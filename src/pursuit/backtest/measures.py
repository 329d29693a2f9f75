"""What a replay was worth, measured from its journal."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from pursuit.backtest.journal import Journal
from pursuit.domain import Company

SPENT = (
    "materials",
    "hours",
    "overtime",
    "subcontract",
    "pursuit",
    "care",
    "fixed",
    "penalty",
    "breach",
    "refund",
    "interest",
)
"""Kinds of payments that lower the profit as they are paid; investments are spread over their life."""


@dataclass(frozen=True, slots=True)
class Measures:
    """A replay in figures; money in minor units of the firm's currency.

    Parameters
    ----------
    profit
        Revenue of all orders, those finished after the last Monday too, less everything spent and written off;
        investments less what they are still worth.
    lowest_cash
        Lowest balance at the end of a week that was decided.
    weeks_below
        Weeks decided that ended with cash below the firm's floor.
    on_time
        Share of orders delivered on time and in full.
    overtime
        Overtime hours against all regular hours there were in the weeks decided.
    utilisation
        Regular hours worked against those there were in the weeks decided, of the fullest resource.
    lost_customers
        Accounts that left in the weeks decided; failures are not counted.
    won, delivered, breached
        Orders.
    """

    profit: int
    lowest_cash: int
    weeks_below: int
    on_time: float
    overtime: float
    utilisation: float
    lost_customers: int
    won: int
    delivered: int
    breached: int


def measure(journal: Journal, start: Company) -> Measures:
    """The measures of a replay that began with the books ``start``."""
    events = Counter(event.kind for event in journal.events)
    delivered = [event for event in journal.events if event.kind == "delivered"]
    good = sum(event.late_days == 0 and not event.note for event in delivered)
    cash = journal.cash[: journal.weeks]
    floor = start.finance.floor.amount if start.finance else 0
    regular: defaultdict[str, float] = defaultdict(float)
    worked: defaultdict[str, float] = defaultdict(float)
    for there in journal.offered:
        if there.week < journal.weeks:
            regular[there.resource] += there.regular
    for line in journal.hours:
        if line.how == "regular" and line.week < journal.weeks:
            worked[line.resource] += line.hours
    extra = sum(line.hours for line in journal.hours if line.how == "overtime" and line.week < journal.weeks)
    return Measures(
        profit=profit_by(journal, start, len(journal.cash)),
        lowest_cash=min(cash, default=journal.opening_cash),
        weeks_below=sum(balance < floor for balance in cash),
        on_time=good / len(delivered) if delivered else 1.0,
        overtime=extra / max(sum(regular.values()), 1.0),
        utilisation=max((worked[r] / h for r, h in regular.items() if h > 0), default=0.0),
        lost_customers=sum(e.kind == "left" and e.week < journal.weeks for e in journal.events),
        won=events["won"],
        delivered=len(delivered),
        breached=events["breached"],
    )


def profit_by(journal: Journal, start: Company, week: int) -> int:
    """Profit of the weeks before ``week``: as if the replay had ended then."""
    lines = [line for line in journal.payments if line.week < week]
    events = [event for event in journal.events if event.week < week]
    earned = sum(event.amount for event in events if event.kind == "delivered")
    earned += journal.under_way[week - 1] if week else 0
    written_off = sum(event.amount for event in events if event.kind == "written_off")
    spent = sum(line.amount for line in lines if line.kind in SPENT)
    residual = {i.id: i.residual_share for i in start.investments}
    invested = sum(
        line.amount * (1 - residual.get(line.record, 0.0)) for line in lines if line.kind == "investment"
    )
    return round(earned - written_off + spent + invested)
