"""The firm as its own files show it: resources, products, accounts, projects under way, bills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from pursuit.backtest.luck import Luck
from pursuit.demo.credit import credit_limit, grade
from pursuit.demo.figures import days, won, workday
from pursuit.demo.shop import CALENDAR, calendars
from pursuit.demo.types.blueprint import Blueprint, Center
from pursuit.demo.types.clients import Client
from pursuit.demo.types.deals import work_of
from pursuit.demo.types.dice import Dice
from pursuit.demo.types.life import BOOKS, Life, Order
from pursuit.demo.types.table import payments, penalty
from pursuit.domain import (
    Account,
    Company,
    Course,
    Invoice,
    LatePenalty,
    Operation,
    PaymentMilestone,
    Product,
    Project,
    ProjectMode,
    Resource,
    Routing,
    Segment,
    Work,
)
from pursuit.units import Money

LED = 30
"""So many of the largest accounts have courses to choose from; the others are simply served."""
ORDERS = {"grow": 1.3, "keep": 1.0, "harvest": 0.7, "let_go": 0.15}
"""Call-offs by course against those on the course keep."""
FULL = 0.75
"""Most of a centre's hours until they are due that the projects under way have left to do."""
_SOON = 4.0
"""Weeks that the fullest weeks ahead are measured over, at least."""
_HOURS = {"grow": 1.5, "keep": 0.5, "harvest": 0.1, "let_go": 0.0}
_COST = {"grow": 0.010, "keep": 0.003, "harvest": 0.001, "let_go": 0.0}  # of a year's business


def write_books(
    bp: Blueprint, clients: tuple[Client, ...], life: Life, per_year: int, as_of: date, luck: Luck
) -> Company:
    """The company on a day."""
    since = as_of - timedelta(weeks=BOOKS)
    deliveries = sorted(life.standing.deliveries, key=lambda d: (d.delivered, d.id))
    return Company(
        name=bp.name,
        currency="KRW",
        as_of=as_of,
        resources=tuple(_resource(center) for center in bp.centers),
        opportunities=(*life.closed, *life.open),
        accounts=tuple(_accounts(bp, clients, life, as_of, per_year, luck)),
        segments=tuple(
            Segment(m.id, m.name, m.needs, Money(m.reference, "KRW"), Money(m.trust, "KRW"))
            for m in bp.markets
        ),
        needs=bp.needs,
        products=tuple(_products(bp)),
        routings=tuple(_routings(bp)),
        technologies=bp.technologies,
        projects=_kept_up(bp, tuple(_projects(bp, life.orders, as_of, luck)), as_of),
        investments=bp.investments,
        goals=bp.goals,
        limits=bp.limits,
        calendars=calendars(as_of),
        invoices=tuple(_invoices(life.orders, since, as_of, luck)),
        deliveries=tuple(d for d in deliveries if d.delivered >= since),
        finance=bp.finance,
    )


def _resource(center: Center) -> Resource:
    """Overtime stays within the legal twelve hours a head and is paid one and a half times."""
    return Resource(
        center.id,
        center.name,
        center.kind,
        hours_per_week=center.hours,
        headcount=center.heads,
        hourly_cost=Money(center.cash, "KRW"),
        overtime_hours=float(round(12 * center.heads * center.overtime)),
        overtime_cost=Money(center.cash + round(1.5 * center.wage), "KRW"),
        subcontract_cost=None if center.outside is None else Money(center.outside, "KRW"),
        subcontract_share=center.outside_share,
        calendar=CALENDAR,
    )


def _routings(bp: Blueprint) -> Iterator[Routing]:
    for article in bp.articles:
        yield Routing(
            f"R-{article.id}",
            tuple(
                Operation(center, name, setup, round(article.price * article.hours[center] / 1e8, 5), weeks)
                for center, (name, setup, weeks) in bp.steps.items()
                if center in article.hours
            ),
        )


def _products(bp: Blueprint) -> Iterator[Product]:
    for a in bp.articles:
        yield Product(
            a.id, a.name, a.family, Money(a.price, "KRW"), a.material, f"R-{a.id}", a.lead, a.technologies,
            a.effort, a.effort_weeks,
        )  # fmt: skip


def _accounts(
    bp: Blueprint, clients: tuple[Client, ...], life: Life, as_of: date, per_year: int, luck: Luck
) -> Iterator[Account]:
    ordered = {order.deal.client.id for order in life.orders}
    touched: dict[str, date] = {}
    for deal in (*life.closed, *life.open):
        if deal.created:
            touched[deal.account] = max(deal.created, touched.get(deal.account, deal.created))
    worth = {c.id: business(bp, clients, c, per_year) for c in clients}
    led = set(sorted(worth, key=lambda name: -worth[name])[:LED]) | {c.id for c in clients if c.role}
    for client in clients:
        dice = Dice(luck, ("account", client.id))
        shade = grade(min(0.9, client.default * dice.around(0.3, "bureau")))
        contact = client.last_contact
        if client.role != "neglected":
            contact = min(max(contact, touched.get(client.id, contact)), as_of - days(1))
        yield Account(
            id=client.id,
            name=client.name,
            business_number=client.business_number,
            sector=client.sector,
            region=client.region,
            segment=client.market.id,
            since=client.since if client.id in ordered else None,
            relationship=client.relationship,
            traits={"구매방식": client.buying, "거래형태": "단가계약" if client.repeats >= 2 else "건별"},
            needs=client.market.needs,
            credit_grade=shade,
            credit_limit=won(
                max(0.5, credit_limit(shade, 1.0) / 8e8) * max(worth[client.id], 4 * bp.smallest)
            ),
            payment_days=client.payment_days,
            note_days=client.note_days,
            last_contact=contact,
            courses=_courses(bp, client, worth[client.id], dice) if client.id in led else (),
        )


def business(bp: Blueprint, clients: tuple[Client, ...], client: Client, per_year: int) -> float:
    """Money a year that a customer asks quotes for or calls off, about."""
    pulls = sum(c.pull for c in clients if c.market.id == client.market.id)
    typical = sum(share * bp.article_by_id[name].typical for name, share in client.products.items()) / sum(
        client.products.values()
    )
    asks = per_year * client.market.share * client.pull / pulls
    return (0.3 * asks * typical + client.repeats * bp.repeat_size) * client.size


def _courses(bp: Blueprint, client: Client, worth: float, dice: Dice) -> tuple[Course, ...]:
    """The four courses; what the managers declare is near the truth, in steps of 0.05 and half orders."""
    seller = next(name for name in ("SAL", bp.centers[-1].id) if name in bp.hours_by_center)
    made = []
    for kind, hours in _HOURS.items():
        stays = round((retention(bp, client)[kind] + dice.normal(f"{kind} stays", 0, 0.04)) * 20) / 20
        orders = client.repeats * ORDERS[kind] * dice.around(0.2, f"{kind} orders")
        made.append(
            Course(
                kind,
                {seller: hours} if hours else {},
                won(_COST[kind] * worth),
                min(0.95, max(0.05, stays)),
                round(orders * 2) / 2,
            )
        )
    return tuple(made)


def retention(bp: Blueprint, client: Client) -> dict[str, float]:
    """True yearly retention by course: a trusting customer stays longer, a neglected one not."""
    shift = 0.06 * (client.relationship - 0.5) - 0.15 * (client.role == "neglected")
    return {kind: round(min(0.98, max(0.05, stays + shift)), 3) for kind, stays in bp.retention.items()}


def _projects(bp: Blueprint, orders: Sequence[Order], as_of: date, luck: Luck) -> Iterator[Project]:
    """Orders won and not delivered yet, soonest first; what is late already is due now.

    The amount is what is still to be billed, and the penalty so much higher that it comes to the same money: nothing
    is billed twice.
    """
    waiting = sorted((o for o in orders if o.delivered is None), key=lambda o: (o.promised, o.id))
    for number, order in enumerate(waiting, start=1):
        dice = Dice(luck, ("project", order.id))
        deal, whole = order.deal, max(1, (order.promised - order.closed).days)
        done = (as_of - order.closed).days / whole * dice.uniform("progress", 0.85, 1.0)
        parts = [part for day, part in _milestones(order) if part.event != "order" and day >= as_of]
        parts = parts or [part for _, part in _milestones(order)][-1:]
        left = sum(part.share for part in parts)
        agreed = penalty(deal.client, deal)
        yield Project(
            id=f"PJ-{number:03d}",
            name=deal.name,
            account=deal.client.id,
            due=max(order.promised, as_of + days(4)),
            amount=Money(round(deal.amount * left), "KRW"),
            work=_left(work_of(bp, deal.article, deal.quantity), done),
            late_penalty=LatePenalty(agreed.rate_per_day / left, agreed.cap / left) if agreed else None,
            payments=tuple(replace(part, share=part.share / left) for part in parts),
            modes=_modes(bp, deal.amount, dice),
        )


def _kept_up(bp: Blueprint, projects: tuple[Project, ...], as_of: date) -> tuple[Project, ...]:
    """The same projects with no more hours left than can be worked until they are due.

    What was promised beyond the regular hours has been worked off so far by overtime and with help from outside.
    """
    most = dict.fromkeys(bp.hours_by_center, 0.0)  # weeks of work over weeks until due, by centre
    load = dict.fromkeys(bp.hours_by_center, 0.0)
    for project in projects:
        for piece in project.work:
            load[piece.resource] += piece.hours / bp.hours_by_center[piece.resource]
            most[piece.resource] = max(
                most[piece.resource], load[piece.resource] / max((project.due - as_of).days / 7, _SOON)
            )
    return tuple(
        replace(
            project,
            work=tuple(
                replace(piece, hours=round(piece.hours * min(1.0, FULL / max(most[piece.resource], FULL)), 1))
                for piece in project.work
            ),
        )
        for project in projects
    )


def _left(work: tuple[Work, ...], done: float) -> tuple[Work, ...]:
    """What remains when a share ``done`` of all weeks has passed: first steps finished, one half done."""
    passed = done * sum(piece.weeks for piece in work)
    left: list[Work] = []
    for piece in work:
        gone = min(1.0, max(0.0, passed / piece.weeks))
        passed -= piece.weeks
        if gone < 0.95:
            weeks = max(1, round(piece.weeks * (1 - gone)))
            hours = round(piece.hours * (1 - gone), 1)
            left.append(replace(piece, hours=hours, weeks=weeks, step=len(left) + 1))
    return tuple(left) or (replace(work[-1], hours=round(work[-1].hours * 0.1, 1), weeks=1, step=1),)


def _modes(bp: Blueprint, amount: int, dice: Dice) -> tuple[ProjectMode, ...]:
    """Large orders can be slowed or paused, at a price."""
    if amount < 4 * bp.smallest:
        return ()
    wait, rest = 1 + round(dice.uniform("slower", 0, 2)), 3 + round(dice.uniform("paused", 0, 3))
    return (
        ProjectMode("as_planned"),
        ProjectMode("slower", wait, 1.03, won(amount * 0.006), "고객과 분할 납품 협의"),
        ProjectMode("paused", rest, 1.08, won(amount * 0.03), "재착수 준비와 재공 보관"),
    )


def _milestones(order: Order) -> Iterator[tuple[date, PaymentMilestone]]:
    """Each milestone with its day; of those that have not come, as promised."""
    half = order.closed + (order.promised - order.closed) / 2
    for part in payments(order.deal.client, order.deal):
        day = {
            "order": order.closed + days(3),
            "interim": half,
            "delivery": order.delivered or date.max - days(9),
        }
        yield workday(day[part.event]), part


def _invoices(orders: Sequence[Order], since: date, as_of: date, luck: Luck) -> Iterator[Invoice]:
    """A bill per milestone reached, paid when the customer gets round to it (exponential days late)."""
    bills = [
        (issued, order.id, part, order)
        for order in orders
        for issued, part in _milestones(order)
        if since <= issued < as_of
    ]
    for number, (issued, name, part, order) in enumerate(sorted(bills, key=lambda b: b[:2]), start=1):
        client = order.deal.client
        due = workday(issued + days(part.days))
        late = luck.exponential(client.drag, "pays", name, part.event)
        paid = max(issued, workday(due + days(late - 1)))
        net = round(order.deal.amount * part.share)
        yield Invoice(
            f"INV-{number:05d}", client.id, issued, due, Money(net, "KRW"), Money(round(net * 0.1), "KRW"),
            paid if paid < as_of else None, order.deal.article.id,
        )  # fmt: skip
