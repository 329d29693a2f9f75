"""The years before today as they really went: what closed, what is still open, what was delivered and what was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Hidden
from pursuit.demo.figures import days, last_workday, workday
from pursuit.demo.types.blueprint import Blueprint, Market
from pursuit.demo.types.clients import Client
from pursuit.demo.types.deals import Deal, lead_weeks, make_call_off, make_deal
from pursuit.demo.types.dice import Dice
from pursuit.demo.types.offers import make_options
from pursuit.demo.types.table import Seen, lay, record, told
from pursuit.demo.types.winning import Standing, log_odds, raised, way_of
from pursuit.domain import Delivery, Opportunity

BOOKS = 104
"""Weeks of history in the firm's books."""
_BEFORE = 80
"""Weeks lived before the books begin, so that there are references and open deals when they do."""
_SWEPT = 30.0
"""Mean weeks after which somebody strikes a deal off that the customer never decided."""


@dataclass(frozen=True, slots=True)
class Order:
    """Work sold; ``delivered`` is None while it is under way."""

    id: str
    deal: Deal
    closed: date
    promised: date
    delivered: date | None


@dataclass
class Life:
    """All that happened up to today."""

    closed: list[Opportunity]
    open: list[Opportunity]
    hidden: dict[str, Hidden]
    orders: list[Order]
    standing: Standing


def per_week(bp: Blueprint, market: Market, per_year: int, monday: date) -> float:
    """Inquiries of a market in a week, at today's level."""
    return per_year * market.share / 52 * market.season[(monday + timedelta(days=3)).month - 1]


def who_asks(market: Market, clients: tuple[Client, ...], dice: Dice) -> Client:
    """The customer of a market that an inquiry comes from."""
    mine = {client.id: client for client in clients if client.market.id == market.id}
    return mine[dice.pick({name: client.pull for name, client in mine.items()}, "who")]


def live(bp: Blueprint, clients: tuple[Client, ...], per_year: int, as_of: date, luck: Luck) -> Life:
    """Live the years before ``as_of``: every inquiry was gone for with the standard offer."""
    life = Life([], [], {}, _call_offs(bp, clients, as_of, luck), Standing())
    for order in life.orders:
        _deliver(life, order, luck)
    waiting = []
    for number, (day, market, dice) in enumerate(_inquiries(bp, per_year, as_of, luck), start=1):
        deal = make_deal(bp, who_asks(market, clients, dice), dice)
        stage = _play(life, bp, deal, f"D-{number:04d}", day, as_of, luck, dice)
        if stage:
            waiting.append((deal, f"D-{number:04d}", Seen(day, as_of, stage, raised(bp, stage)), dice))
    for deal, id_, seen, dice in waiting:  # stated at the firm's standing of today
        standing = life.standing.of(deal.client.id, deal.client.market.id, as_of)
        opportunity, life.hidden[id_] = lay(bp, deal, id_, seen, standing, as_of, dice)
        life.open.append(opportunity)
    begin = as_of - timedelta(weeks=BOOKS)
    life.closed = [deal for deal in life.closed if deal.closed and deal.closed >= begin]
    return life


def _inquiries(bp: Blueprint, per_year: int, as_of: date, luck: Luck) -> Iterator[tuple[date, Market, Dice]]:
    """Days of inquiries in order, Poisson by week with the season, fewer the longer ago."""
    for week in range(-BOOKS - _BEFORE, 0):
        monday = as_of + timedelta(weeks=week)
        grown = (1 + bp.growth) ** (week / 52)
        found = []
        for market in bp.markets:
            rate = per_week(bp, market, per_year, monday) * grown
            for n in range(luck.poisson(rate, "inquiries", market.id, week)):
                dice = Dice(luck, ("inquiry", market.id, week, n))
                found.append((monday + timedelta(days=int(dice.uniform("day", 0, 5))), market, dice))
        yield from sorted(found, key=lambda each: each[0])


def _play(
    life: Life, bp: Blueprint, deal: Deal, id_: str, day: date, as_of: date, luck: Luck, dice: Dice
) -> str:
    """Let a deal run its course up to today; the stage it is in if it is still open, else nothing."""
    standing = life.standing.of(deal.client.id, deal.client.market.id, day)
    _, odds = make_options(bp, deal, log_odds(bp, deal, *standing), 99, dice)
    way = way_of(bp, deal, f"past {id_}", list(odds.values()), luck)
    lasts = 7 * (deal.cycle + dice.exponential(_SWEPT, "swept")) if way.ends is None else max(way.ends, 1.0)
    closed = last_workday(day + days(lasts))
    if closed >= as_of:
        return way.stage((as_of - day).days)
    if deal.article.upcoming:
        return ""  # never quoted so far
    made = replace(
        record(deal, id_, day),
        stage=way.stages[-1][0],
        outcome="won" if way.won else "lost",
        closed=max(closed, day),
        requested_date=workday(max(closed, day) + days(7 * deal.asked)),
        win_probability=told(deal, odds["standard"], dice),
    )
    life.closed.append(made)
    if way.won and made.closed:
        life.standing.wins.append((deal.client.market.id, made.closed))
        order = _order(bp, deal, id_, made.closed, as_of, dice)
        life.orders.append(order)
        _deliver(life, order, luck)
    return ""


def _order(bp: Blueprint, deal: Deal, id_: str, closed: date, as_of: date, dice: Dice) -> Order:
    """An order with its promise, and its delivery if that is past; goods of the bottleneck are late more often."""
    promised = workday(closed + timedelta(weeks=lead_weeks(bp, deal.article, deal.quantity)))
    heavy = deal.article.hours.get(bp.bottleneck, 0.0)
    heaviest = max(article.hours.get(bp.bottleneck, 0.0) for article in bp.articles)
    ordinary, added = bp.late
    if dice.happens(ordinary + added * heavy / heaviest, "late"):
        delivered = workday(promised + days(2 + dice.gamma(1.6, 12, "late by")))
    else:
        delivered = max(closed, last_workday(promised - days(dice.uniform("early", 0, 5))))
    return Order(id_, deal, closed, promised, delivered if delivered < as_of else None)


def _call_offs(bp: Blueprint, clients: tuple[Client, ...], as_of: date, luck: Luck) -> list[Order]:
    made = []
    for client in clients:
        for week in range(-BOOKS - _BEFORE, 0):
            monday = as_of + timedelta(weeks=week)
            rate = client.repeats / 52 * (1 + bp.growth) ** (week / 52) * (monday >= client.since)
            for n in range(luck.poisson(rate, "call-offs", client.id, week) if rate else 0):
                dice = Dice(luck, ("call-off", client.id, week, n))
                deal = make_call_off(bp, client, dice)
                made.append(_order(bp, deal, f"B{-week:03d}-{client.id}-{n}", monday, as_of, dice))
    return made


def _deliver(life: Life, order: Order, luck: Luck) -> None:
    """Put a delivery into the record, complete and without complaint as the laws say."""
    if order.delivered is None:
        return
    late = order.delivered > order.promised
    life.standing.deliveries.append(
        Delivery(
            f"L-{order.id}",
            order.deal.client.id,
            order.promised,
            order.delivered,
            luck.happens((0.98, 0.94)[late], "in full", order.id),
            luck.happens((0.02, 0.22)[late], "complains", order.id),
            order.id,
        )
    )
