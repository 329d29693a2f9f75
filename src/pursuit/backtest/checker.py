"""Judges a replay by its journal alone: nothing may come from nothing, get lost or happen twice.

It shares no code with the world that wrote the journal nor with the planner; of the firm it knows only the books of the
first Monday.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pursuit.backtest.journal import Event, Journal
from pursuit.domain import Company

ENDS = ("delivered", "breached", "in_work")
_SLACK_HOURS = 1e-6


def check_replay(start: Company, journal: Journal) -> tuple[str, ...]:
    """Every law a replay breaks, in plain words; empty when it breaks none.

    Laws: money in less money out is the change of cash, week by week; no resource works more hours than there were,
    nor more overtime than allowed; only declared resources work; every won order ends once, delivered, breached or
    in work; every bill is sent once, for no more in all than the order's price, and is paid or written off at most
    once, after it was sent, in full; an order works only between its beginning and its end; penalties of deals known
    on the first Monday stay within their cap, all others within the price; every deal that came in ends at most
    once; investments begin once and arrive after their lead time.
    """
    return tuple(
        problem
        for law in (_cash, _hours, _orders, _bills, _work, _penalties, _deals, _investments)
        for problem in law(start, journal)
    )


def _cash(start: Company, journal: Journal) -> Iterator[str]:
    opening = start.finance.opening_cash.amount if start.finance else 0
    if journal.opening_cash != opening:
        yield f"the replay began with {journal.opening_cash}, the books with {opening}"
    moved: Counter[int] = Counter()
    for line in journal.payments:
        moved[line.week] += line.amount
        income = line.kind == "payment"
        if (line.amount > 0) != income:
            yield f"week {line.week}: {line.kind} of {line.amount} has the wrong sign"
    balance = journal.opening_cash
    for week, cash in enumerate(journal.cash):
        balance += moved[week]
        if balance != cash:
            yield f"week {week}: cash is {cash}, but money moved makes it {balance}"
            return
    late = [line for line in journal.payments if line.week >= len(journal.cash)]
    if late:
        yield f"{len(late)} payments lie after the last week"


def _hours(start: Company, journal: Journal) -> Iterator[str]:
    offered = {(line.week, line.resource): line for line in journal.offered}
    known = {resource.id: resource for resource in start.resources}
    used: dict[tuple[int, str, str], float] = defaultdict(float)
    for line in journal.hours:
        if line.hours < 0:
            yield f"week {line.week}: {line.record} worked {line.hours} hours on {line.resource}"
        used[line.week, line.resource, line.how] += line.hours
    for (week, resource, how), hours in used.items():
        there = offered.get((week, resource))
        if resource not in known or there is None:
            yield f"week {week}: {resource} worked, but is no resource with hours"
        elif how == "subcontract":
            if known[resource].subcontract_cost is None:
                yield f"week {week}: work of {resource} was given outside, which it cannot be"
        else:
            most = there.regular if how == "regular" else there.overtime
            if hours > most + _SLACK_HOURS:
                yield f"week {week}: {resource} worked {hours:.2f} {how} hours of {most:.2f}"
    for line_ in journal.offered:
        if line_.overtime > known[line_.resource].overtime_hours + _SLACK_HOURS:
            yield f"week {line_.week}: {line_.resource} was offered more overtime than allowed"


def _orders(start: Company, journal: Journal) -> Iterator[str]:
    won = Counter(project.id for project in start.projects)
    ends: Counter[str] = Counter()
    born = {project.id: -1 for project in start.projects}
    for event in journal.events:
        if event.kind == "won":
            won[event.record] += 1
            born[event.record] = event.week
        elif event.kind in ENDS:
            ends[event.record] += 1
            if event.record not in won:
                yield f"{event.record} was {event.kind} but never won"
            elif event.kind == "delivered" and event.week < born[event.record]:
                yield f"{event.record} was delivered before it was won"
    for order, times in won.items():
        if times > 1:
            yield f"{order} was won {times} times"
        if ends[order] != 1:
            yield f"{order} ended {ends[order]} times"


def _bills(start: Company, journal: Journal) -> Iterator[str]:
    owed = {
        i.id: (start.home(i.net_amount), -1) for i in start.invoices if i.paid is None
    }  # amount and week it was sent
    settled: Counter[str] = Counter()
    billed: Counter[str] = Counter()
    price = {p.id: start.home(p.amount) for p in start.projects}
    for event in journal.events:
        if event.kind == "won":
            price[event.record] = event.amount
        elif event.kind == "invoiced":
            if event.record in owed:
                yield f"bill {event.record} was sent twice"
            owed[event.record] = (event.amount, event.week)
            billed[event.record.rpartition("/")[0]] += event.amount
        elif event.kind in ("paid", "written_off"):
            settled[event.record] += 1
            if event.record not in owed:
                yield f"bill {event.record} was {event.kind} but never sent"
            elif event.week < owed[event.record][1]:
                yield f"bill {event.record} was {event.kind} before it was sent"
            elif event.kind == "paid" and event.amount != owed[event.record][0]:
                yield f"bill {event.record} of {owed[event.record][0]} was paid with {event.amount}"
    for bill, times in settled.items():
        if times > 1:
            yield f"bill {bill} was settled {times} times"
    received: Counter[str] = Counter()
    for line in journal.payments:
        if line.kind == "payment":
            received[line.record] += line.amount
    for bill, amount in received.items():
        if amount > owed.get(bill, (0, 0))[0]:
            yield f"bill {bill} brought {amount}, more than was owed"
    for order, amount in billed.items():
        if amount > price.get(order, 0) + 3:  # each part is rounded by itself
            yield f"{order} was billed {amount} of a price of {price.get(order, 0)}"


def _work(start: Company, journal: Journal) -> Iterator[str]:
    begins = {project.id: 0 for project in start.projects}
    ends: dict[str, int] = {}
    for event in journal.events:
        if event.kind == "won":
            begins[event.record] = event.week
        elif event.kind in ("delivered", "breached"):
            ends[event.record] = event.week
    for line in journal.hours:
        if line.record in ends and line.week > ends[line.record]:
            yield f"week {line.week}: hours for {line.record}, which ended in week {ends[line.record]}"
            return


def _penalties(start: Company, journal: Journal) -> Iterator[str]:
    price = {p.id: start.home(p.amount) for p in start.projects}
    agreed = {p.id: p.late_penalty for p in start.projects}
    agreed |= {o.id: o.late_penalty for o in start.open_opportunities}
    late: dict[str, Event] = {}
    for event in journal.events:
        if event.kind == "won":
            price[event.record] = event.amount
        elif event.kind in ("delivered", "breached"):
            late[event.record] = event
    for line in journal.payments:
        if line.kind in ("penalty", "breach"):
            if line.record not in late or late[line.record].late_days <= 0:
                yield f"{line.record} paid a penalty without being late"
                continue
            known = agreed.get(
                line.record
            )  # of deals that came in later the first Monday's books know nothing
            cap = known.cap if known else 1.0
            if -line.amount > cap * price.get(line.record, 0) + 1:
                yield f"{line.record} paid a penalty above its cap"


def _deals(start: Company, journal: Journal) -> Iterator[str]:
    there = {opp.id for opp in start.open_opportunities}
    ended: Counter[str] = Counter()
    for event in journal.events:
        if event.kind == "arrived":
            if event.record in there:
                yield f"deal {event.record} came in twice"
            there.add(event.record)
        elif event.kind in ("lost", "lapsed") or (event.kind == "won" and not event.note):
            ended[event.record] += 1
            if event.record not in there:
                yield f"deal {event.record} was {event.kind} but never came in"
    for deal, times in ended.items():
        if times > 1:
            yield f"deal {deal} ended {times} times"


def _investments(start: Company, journal: Journal) -> Iterator[str]:
    known = {investment.id: investment for investment in start.investments}
    begun: dict[str, int] = {}
    for event in journal.events:
        if event.kind == "invested":
            if event.record in begun:
                yield f"investment {event.record} began twice"
            begun[event.record] = event.week
        elif event.kind == "ready":
            if event.record not in begun:
                yield f"investment {event.record} arrived but never began"
            elif event.week + 1 < begun[event.record] + known[event.record].lead_weeks:
                yield f"investment {event.record} arrived before its lead time"
