"""A vendor put together from its parts."""

from __future__ import annotations

import numpy as np

from benchmarks.generator.deals import MEAN_HOURS, SECTORS, draw_deals, presales_resources
from benchmarks.generator.options import (
    KINDS,
    Board,
    DealOptions,
    deal_options,
    defer_sheet,
    presales_sheets,
)
from benchmarks.generator.orders import Fixed, Hours, draw_offers, fitted
from benchmarks.generator.sheet import Floats, Ints
from benchmarks.generator.sizes import Size
from benchmarks.generator.strategy import (
    COURSES,
    MODES,
    Technologies,
    care_sheets,
    care_work,
    draw_expansions,
    draw_technologies,
    needy_deals,
    project_sheets,
    project_work,
    quarter_weeks,
)
from benchmarks.generator.terms import draw_money, draw_rows
from benchmarks.generator.vendor import Arrivals, Luck, Vendor

ARRIVING = 0.2
"""Hours of deals not yet known over regular hours, once most work comes from them."""


def make_vendor(
    size: Size, seed: int, tightness: float, risk_aversion: float = 0.3, *, lumpy: bool = False
) -> Vendor:
    """A firm of this size; ``tightness`` is the load if everything were pursued over the regular hours.

    ``lumpy`` lifts the rule that one package may take less than half of a resource's week.
    """
    rng = [np.random.default_rng([seed, 0, part]) for part in range(8)]
    R, T = size.resources, size.weeks
    d = draw_deals(rng[0], size)
    projects, project_due = project_work(rng[1], size)
    care = care_work(rng[1], size)
    fixed = Fixed(
        *(np.concatenate([getattr(projects, k), getattr(care, k)]) for k in ("resource", "hours", "weeks"))
    )
    h, order_hours, fixed_hours = fitted(rng[2], size, d, fixed, tightness, lumpy)
    standard, alternative = needy_deals(rng[3], size, d)
    offers = draw_offers(rng[3], size, d, order_hours, h, standard | alternative)
    o = deal_options(rng[4], size, d, offers)
    normal, heavy = presales_sheets(rng[4], size, d, h, offers, o)
    typical = float(
        (offers.chance * offers.gain).sum() / (offers.chance[offers.work.bundle] @ offers.work.hours).sum()
    )
    lifetime = rng[5].lognormal(np.log(80 * typical), 0.7, len(d.account_sector))
    split = len(projects.hours)
    cared, account_worth = care_sheets(size, h, care, fixed_hours[split:], lifetime)
    under_way, left = project_sheets(
        rng[5], size, h, projects.resource, fixed_hours[:split], project_due, typical
    )
    tech = draw_technologies(rng[6], size, h, offers, np.concatenate([standard, alternative[d.other]]))
    gains, expansion_cost = draw_expansions(rng[6], size, h, typical)
    sheets = (
        offers.work,
        normal,
        heavy,
        defer_sheet(size, d, h, offers, normal, o),
        *cared,
        *under_way,
        *tech.work,
    )
    board, begin = Board(), np.cumsum([0, *(s.bundles for s in sheets)])
    _put_deals(board, size, o, begin)
    accounts = _put_all(board, "account", tuple(COURSES), begin[4:7], len(lifetime), idle=3)
    works = _put_all(board, "project", tuple(MODES), begin[7:10], len(left))
    techs = _put_all(board, "technology", ("none", "now", "later"), begin[10:12], len(tech.cost), idle=0)
    expanded = _put_all(board, "expansion", ("none", "now", "later"), begin[:0], len(gains) // 2)
    cost = np.concatenate([
        o.cost, np.zeros(len(accounts)), -left.ravel(),
        np.column_stack([np.zeros(len(tech.cost)), tech.cost]).ravel(),
        np.column_stack([np.zeros(len(gains) // 2), expansion_cost.reshape(-1, 2)]).ravel(),
    ])  # fmt: skip
    later = np.zeros(len(cost) - len(o.deal), np.int64)
    later[-(len(techs) + len(expanded)) :] = np.tile(
        [0, 0, quarter_weeks(T)], (len(techs) + len(expanded)) // 3
    )
    spent = np.where(np.arange(len(later)) < len(accounts) + len(works), 0.0, cost[len(o.deal) :])
    rows, linked = draw_rows(rng[7], size, d, o)
    luck = Luck(d.account, d.account_sector, SECTORS)
    trial = luck.ranks(rng[7], luck.draw(rng[7], 64)[0], slice(0, size.opportunities))
    needs = _needs(o, tech, int(techs[0]), linked)
    return Vendor(
        size=size,
        item_ids=tuple(board.item_ids),
        option_ids=tuple(board.option_ids),
        item_start=np.concatenate([[0], np.cumsum(np.concatenate(board.counts))]),
        deal=o.deal,
        chance=o.chance,
        gain=o.gain,
        cost=cost,
        account_worth=account_worth,
        account_stay=np.array([stay for _, stay, _ in COURSES.values()]),
        account_option=int(accounts[0]),
        sheets=sheets,
        sure=np.concatenate(board.sure),
        if_won=np.concatenate(board.if_won),
        hours=h,
        overtime_cost=rng[7].uniform(0.25, 0.75, R) * 60,
        gain_option=np.flatnonzero(np.tile([False, True, True], len(gains) // 2)) + expanded[0],
        capacity_gain=gains,
        need_option=needs[0],
        need_start=needs[1],
        need_provider=needs[2],
        rows=rows,
        money=draw_money(rng[7], size, o, offers, spent, later, trial, tightness),
        luck=luck,
        arrivals=_arrivals(size, h, o, typical),
        risk_aversion=risk_aversion,
    )


def _put_deals(board: Board, size: Size, o: DealOptions, begin: Ints) -> None:
    """Options of opportunities: normal and heavy effort share the order, normal effort and the other offer presales."""
    sure = np.where(o.kind == 0, -1, o.deal + begin[1])
    sure = np.where(o.kind == 2, o.deal + begin[2], sure)
    sure[o.kind == 4] = begin[3] + np.arange((o.kind == 4).sum())
    words = np.array(KINDS)[o.kind].tolist()
    board.put("deal", np.bincount(o.deal), words, sure, np.where((o.kind == 0) | (o.kind == 4), -1, o.offer))


def _put_all(
    board: Board, prefix: str, words: tuple[str, ...], begin: Ints, n: int, idle: int | None = None
) -> Ints:
    """``n`` items with the same options; the bundles of the busy ones begin at ``begin``, ``idle`` has none."""
    busy = [k for k in range(len(words)) if k != idle] if len(begin) else []
    sure = np.full((n, len(words)), -1)
    for k, b in zip(busy, begin.tolist(), strict=True):
        sure[:, k] = b + np.arange(n)
    return board.put(prefix, np.full(n, len(words)), list(words) * n, sure.ravel())


def _needs(o: DealOptions, tech: Technologies, first: int, linked: Ints) -> tuple[Ints, Ints, Ints]:
    """Options that need a technology in time, and pairs of opportunities that are only done together."""
    row = np.full(max(int(o.offer.max()) + 1, 1), -1)
    row[tech.offer] = np.arange(len(tech.offer))
    option = np.flatnonzero((o.offer >= 0) & (row[np.maximum(o.offer, 0)] >= 0))
    at = row[o.offer[option]]
    now = first + 3 * tech.technology[at] + 1
    providers = [
        [p, p + 1] if both else [p] for p, both in zip(now.tolist(), tech.late_too[at].tolist(), strict=True)
    ]
    options = option.tolist()
    edge = np.searchsorted(o.deal, np.arange(o.deal[-1] + 2)).tolist()
    for pair in linked.tolist():
        for a, b in (pair, pair[::-1]):
            for mine in range(edge[a] + 1, edge[a + 1]):
                options.append(mine)
                providers.append(list(range(edge[b] + 1, edge[b + 1])))
    start = np.cumsum([0, *map(len, providers)])
    flat = np.array([p for several in providers for p in several], dtype=np.int64)
    return np.array(options, dtype=np.int64), start, flat


def _arrivals(size: Size, h: Hours, o: DealOptions, typical: float) -> Arrivals:
    """Arrivals grow from nothing to their full share in the middle of the horizon; three classes of worth."""
    T = size.weeks
    first = 4 * np.arange(max(1, T // 4))
    last = np.minimum(first + 9, T - 1)
    level = np.clip((first - 2) / max(T / 2, 1), 0, 1) * ARRIVING
    one = MEAN_HOURS * float(o.chance[o.kind == 1].mean())
    resources = np.where(np.arange(size.resources) < presales_resources(size.resources), 0.0, 1.0)
    number = (resources * h.week)[:, None] * level * 4 / one
    classes: Floats = np.array([0.5, 1.0, 1.7])
    share = np.array([0.4, 0.4, 0.2])
    return Arrivals(number[:, :, None] * share, one, classes * 0.9 * typical, first, last)
