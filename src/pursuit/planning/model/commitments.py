"""Accounts, projects and investments as items."""

from __future__ import annotations

import numpy as np

from pursuit.domain import Account, Course, Investment, Project, ProjectMode
from pursuit.planning.model.assumptions import BREACH_SHARE, GOODWILL_CAP, GOODWILL_PER_WEEK, LATE_WEEKS
from pursuit.planning.model.cash import CashCalendar
from pursuit.planning.model.ledger import Ledger, OptionFacts
from pursuit.planning.model.opportunities import windows
from pursuit.planning.model.situation import Situation
from pursuit.planning.model.work import WorkTerms
from pursuit.selection.problem import Floats


def steady_cost(s: Situation) -> float:
    """Money per hour that stands for work that must be done whatever happens: ten times the dearest overtime."""
    return 10.0 * float(np.max(s.overtime_cost + s.hourly_cost, initial=1.0))


def add_accounts(s: Situation, ledger: Ledger, cash: CashCalendar) -> None:
    """Every account that declares courses becomes an item; keeping it as it is comes first."""
    for row, account in enumerate(s.company.accounts):
        courses = sorted(account.courses, key=lambda course: course.kind != "keep")
        if len(courses) < 2:
            continue
        ledger.begin(f"account:{account.id}")
        for course in courses:
            _course(s, ledger, cash, account, course, row)
        ledger.end()


def _course(
    s: Situation, ledger: Ledger, cash: CashCalendar, account: Account, course: Course, row: int
) -> None:
    belief = s.beliefs.accounts[account.id]
    years = s.axis.weeks / 52.18
    usual = max(belief.retention, 0.05)
    retention = belief.retention if course.retention is None else course.retention
    keep = next((c for c in account.courses if c.kind == "keep"), None)
    base = belief.orders_per_year if keep is None or keep.orders_per_year is None else keep.orders_per_year
    more = course.orders_per_year - base if course.orders_per_year is not None else 0.0
    alive = ~s.futures.default[row]
    stays = (s.futures.retained[row] < retention**years) & alive
    money = s.company.home(course.cost) * years if course.cost else 0.0
    hours = {s.resource_index[r]: h * s.axis.weeks for r, h in course.effort.items()}
    spent = money + sum((ledger.hours_money(r, h) for r, h in hours.items()), np.zeros(ledger.futures))
    # Effort of this horizon keeps or loses the whole relationship, but brings more orders only while it lasts.
    # Counted against what is believed of the account if nothing is changed, so that only the difference a course makes
    # enters the plan's value.
    whole = belief.lifetime_value / usual**years
    usually = whole * ((s.futures.retained[row] < usual**years) & alive)
    lifetime = (whole + more * belief.margin_per_order * years) * stays - usually
    facts = OptionFacts(
        "account",
        account.id,
        course.kind,
        parts={"lifetime": float(lifetime.mean()), "pursuit_cost": -float(np.mean(spent))},
    )
    flow = cash.of_weeks((week, -money / s.axis.weeks) for week in range(s.axis.weeks))
    option = ledger.option(facts, lifetime - spent, flow=flow)
    for r, total in hours.items():
        window = (0, s.axis.weeks - 1, s.axis.weeks - 1)
        terms = WorkTerms(breach_cost=steady_cost(s) * total)
        ledger.work(option, r, total, window, 2 * total / s.axis.weeks, terms)


def add_projects(s: Situation, ledger: Ledger, cash: CashCalendar) -> None:
    """Every project under way and every call-off becomes an item; as planned comes first."""
    for project in s.running:
        modes = project.modes or (ProjectMode("as_planned"),)
        if all(mode.kind != "as_planned" for mode in modes):
            modes = (ProjectMode("as_planned"), *modes)
        ledger.begin(f"project:{project.id}")
        for mode in sorted(modes, key=lambda mode: mode.kind != "as_planned"):
            _mode(s, ledger, cash, project, mode)
        ledger.end()


def released(s: Situation, project: Project, mode: ProjectMode) -> int:
    """First week in which a project can be worked on."""
    begun = s.week(project.release) if project.release else 0
    return begun + (mode.delay_weeks if mode.kind == "paused" else 0)


def _mode(s: Situation, ledger: Ledger, cash: CashCalendar, project: Project, mode: ProjectMode) -> None:
    amount = s.company.home(project.amount)
    agreed = project.late_penalty
    weekly = agreed.rate_per_day * 7 if agreed and agreed.rate_per_day else GOODWILL_PER_WEEK
    cap = agreed.cap if agreed and agreed.cap else GOODWILL_CAP
    cost = s.company.home(mode.cost) if mode.cost else 0
    penalty = min(weekly * mode.delay_weeks, cap) * amount
    hours_cost = sum(
        (
            ledger.hours_money(s.resource_index[w.resource], w.hours * (mode.hours_factor - 1))
            for w in project.work
        ),
        np.zeros(ledger.futures),
    )
    value = -(cost + penalty) - hours_cost
    facts = OptionFacts(
        "project", project.id, mode.kind, parts={"margin": float(np.mean(value))}, due=s.week(project.due)
    )
    flow = cash.of_weeks([(0, -float(cost))])
    allowed = not project.pinned or project.pinned == mode.kind
    option = ledger.option(facts, value, flow=flow, allowed=allowed)
    hours = sum(w.hours for w in project.work) or 1.0
    first = released(s, project, mode)
    due = max(s.axis.index(project.due), 0) + mode.delay_weeks
    for piece, (begin, _, piece_due) in windows(project.work, first, max(due, first), s.weeks):
        r = s.resource_index[piece.resource]
        part = amount * piece.hours / hours
        terms = WorkTerms(weekly * part, cap * part, True, amount * (1 + BREACH_SHARE))
        rate = piece.max_hours_per_week or piece.hours / piece.weeks
        last = min(piece_due + LATE_WEEKS, s.weeks - 1)
        window = s.learned_window(project.id, piece.step, (begin, last, piece_due))
        ledger.work(option, r, piece.hours * mode.hours_factor, window, rate, terms)


def add_investments(s: Situation, ledger: Ledger, cash: CashCalendar) -> None:
    """Every investment becomes an item: not at all, or beginning in one of its weeks."""
    for investment in s.company.investments:
        ledger.begin(f"investment:{investment.id}")
        facts = OptionFacts("investment", investment.id, "no")
        ledger.option(
            facts, np.zeros(ledger.futures), flow=cash.empty(), allowed=investment.pinned in ("", "no")
        )
        for start in investment.starts:
            if start < s.axis.weeks:
                _start(s, ledger, cash, investment, start)
        ledger.end()


def _start(s: Situation, ledger: Ledger, cash: CashCalendar, investment: Investment, start: int) -> None:
    company = s.company
    cost = company.home(investment.cost)
    weekly = company.home(investment.weekly_cost) if investment.weekly_cost else 0
    arrives = start + investment.lead_weeks
    running = max(s.weeks - arrives, 0)
    effort = sum(
        (ledger.hours_money(s.resource_index[r], h) for r, h in investment.effort.items()),
        np.zeros(ledger.futures),
    )
    value = -cost * (1 - investment.residual_share) - weekly * running - effort
    word = "now" if start == 0 else "later"
    allowed = investment.pinned in ("", word, str(start))
    facts = OptionFacts(
        "investment", investment.id, word, parts={"margin": float(np.mean(value))}, start=start
    )
    flow = cash.of_weeks(
        [(start, -float(cost)), *((w, -float(weekly)) for w in range(arrives, s.axis.weeks))]
    )
    option = ledger.option(facts, value, flow=flow, allowed=allowed)
    for resource, hours in investment.effort.items():
        last = min(start + max(investment.effort_weeks, 1) - 1, s.weeks - 1)
        rate = 1.5 * hours / (last - start + 1)
        ledger.work(
            option,
            s.resource_index[resource],
            hours,
            (start, last, last),
            rate,
            WorkTerms(breach_cost=steady_cost(s) * hours),
        )
    if investment.capacity:
        ledger.gains[option] = capacity_gain(s, investment, start)
    if investment.technology:
        ledger.provides.append((option, investment.technology, arrives))


def capacity_gain(s: Situation, investment: Investment, start: int) -> Floats:
    """(R, T) hours an investment adds: from its arrival, growing in equal steps over the ramp-up weeks."""
    gain = np.zeros_like(s.capacity)
    arrives = start + investment.lead_weeks
    for resource, hours in investment.capacity.items():
        r = s.resource_index[resource]
        for week in range(arrives, s.weeks):
            ramp = min((week - arrives + 1) / (investment.ramp_weeks + 1), 1.0)
            gain[r, week] = hours * ramp * s.shares[r, week]
    return gain
