"""What is drawn in a made-up firm follows the distributions that docs/firm-types.md names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from math import exp, log

import numpy as np
import pytest
from scipy.stats import chisquare, kstest, norm

from pursuit.backtest.luck import Luck
from pursuit.demo.firm import AS_OF
from pursuit.demo.types import KINDS, TypeFirm, make_type
from pursuit.demo.types.clients import make_clients
from pursuit.demo.types.deals import Deal, make_deal
from pursuit.demo.types.dice import Dice
from pursuit.demo.types.firm import BLUEPRINTS
from pursuit.demo.types.life import per_week, who_asks
from pursuit.demo.types.winning import raised, way_of

SURE = 1e-4
"""A test fails if luck alone would look so odd less often than once in ten thousand."""


def deals(kind: str, count: int) -> list[Deal]:
    """Inquiries of one market each in turn."""
    bp, luck = BLUEPRINTS[kind], Luck(11)
    clients = make_clients(bp, luck, AS_OF)
    made = []
    for n in range(count):
        dice = Dice(luck, ("test", n))
        made.append(make_deal(bp, who_asks(bp.markets[n % len(bp.markets)], clients, dice), dice))
    return made


@pytest.mark.parametrize("kind", KINDS)
def test_inquiries_are_poisson_with_the_season(kind: str, firm_of: Callable[[str], TypeFirm]) -> None:
    """Weekly counts have the rate of their market and month and scatter as Poisson counts do."""
    firm, bp = firm_of(kind), firm_of(kind).nature.blueprint
    most = max(firm.nature.laws.growth.values())
    counts, rates, months = [], [], []
    for seed in range(3):
        for week in range(52):
            monday = firm.company.as_of + timedelta(weeks=week)
            counts.append(len(firm.nature.newcomers(week, Luck(seed))))
            rates.append(most * sum(per_week(bp, market, 300, monday) for market in bp.markets))
            months.append((monday + timedelta(days=3)).month)
    seen, expected, month = np.array(counts), np.array(rates), np.array(months)
    dispersion = float(((seen - expected) ** 2 / expected).sum())
    assert abs(dispersion - len(seen)) < 4 * (2 * len(seen)) ** 0.5 * 1.1
    by_month = [(seen[month == m].sum(), expected[month == m].sum()) for m in range(1, 13)]
    found, hoped = (np.array(part, float) for part in zip(*by_month, strict=True))
    assert chisquare(found, hoped * found.sum() / hoped.sum()).pvalue > SURE
    assert abs(found.sum() / hoped.sum() - 1) < 4 / hoped.sum() ** 0.5


@pytest.mark.parametrize("kind", KINDS)
def test_sizes_are_log_normal_around_what_is_typical(kind: str) -> None:
    """Quantiles of a size over the customer's typical one are those of a log-normal between its bounds."""
    bp = BLUEPRINTS[kind]
    scores = []
    for deal in deals(kind, 1500):
        typical = deal.article.typical * deal.client.size
        low, high = log(bp.smallest / typical) / bp.spread, log(deal.article.largest / typical) / bp.spread
        if low < -1.2 and high > 1.2:
            scores.append(log(deal.listed / typical) / bp.spread)
    edges = [-1.0, -0.5, 0.0, 0.5, 1.0]
    seen = np.histogram(scores, [-np.inf, *edges, np.inf])[0]
    shares = np.diff([0, *norm.cdf(edges), 1])
    assert len(scores) > 400
    assert np.abs(seen / len(scores) - shares).max() < 0.04, (
        "quantities are rounded, so a little room is left"
    )


def test_customers_decide_after_a_gamma_time() -> None:
    """The weeks until a decision over their mean are gamma of the blueprint's shape."""
    bp = BLUEPRINTS["project_engineering"]
    times = [deal.cycle / bp.cycle / deal.client.market.cycle for deal in deals("project_engineering", 1000)]
    assert kstest(times, "gamma", (bp.cycle_shape, 0, 1 / bp.cycle_shape)).pvalue > SURE
    assert kstest(times, "gamma", (2.0, 0, 0.5)).pvalue < SURE, "another shape would be noticed"


def test_failure_is_logistic_in_a_hidden_health_around_the_rate_of_the_sector() -> None:
    """Log-odds of default over those of the sector are normal with the spread named."""
    scores = []
    clients = [c for k in KINDS for seed in (5, 6, 7) for c in make_clients(BLUEPRINTS[k], Luck(seed), AS_OF)]
    for client in clients:
        if not client.role:
            rate = client.market.sectors[client.sector]
            scores.append(log(client.default / (1 - client.default)) - log(rate / (1 - rate)))
    assert kstest(scores, norm(0, 1.05).cdf).pvalue > SURE
    assert kstest(scores, norm(0, 0.7).cdf).pvalue < SURE


@pytest.mark.parametrize("kind", ["job_shop", "assembly_distributor"])
def test_bills_are_paid_an_exponential_time_late(kind: str, firm_of: Callable[[str], TypeFirm]) -> None:
    """Days late over the customer's own mean are exponential, but for weekends and what is not paid yet."""
    firm = firm_of(kind)
    drag = firm.nature.laws.payment_drag
    long_ago = firm.company.as_of - timedelta(days=300)
    late = [
        ((i.paid - i.due).days if i.paid else 999) / drag[i.account]
        for i in firm.company.invoices
        if i.due < long_ago and drag[i.account] > 6
    ]
    assert len(late) > 100
    for at in (0.5, 1.0, 2.0):
        assert abs(np.mean([x > at for x in late]) - exp(-at)) < 0.09
    assert 0.8 < np.mean(np.minimum(late, 20)) < 1.25


@pytest.mark.parametrize("kind", KINDS)
def test_a_deal_is_won_as_often_as_its_chance_and_oftener_the_further_it_came(kind: str) -> None:
    """Shares won, of all deals and of those that reached each stage, are those of the law."""
    bp, luck = BLUEPRINTS[kind], Luck(3)
    deal = next(d for d in deals(kind, 50) if not d.silent)
    odds = -0.7
    ways = [way_of(bp, deal, f"deal {n}", [odds], luck) for n in range(4000)]
    for stage in bp.stages:
        there = [way.won for way in ways if stage.name in [name for name, _ in way.stages]]
        chance = 1 / (1 + exp(-odds - raised(bp, stage.name)))
        assert abs(np.mean(there) - chance) < 4 * (chance * (1 - chance) / len(there)) ** 0.5
    rates = [raised(bp, stage.name) for stage in bp.stages]
    assert rates == sorted(rates)
    assert rates[0] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize("kind", KINDS)
def test_the_past_was_won_by_the_same_law(kind: str, firm_of: Callable[[str], TypeFirm]) -> None:
    """The share of closed deals won is near what newcomers are won with on average."""
    firm = firm_of(kind)
    closed = firm.company.closed_opportunities
    coming = [n.hidden for week in range(40) for n in firm.nature.newcomers(week, Luck(2))]
    hoped = np.mean([1 / (1 + exp(-h.log_odds["standard"])) if h.decides < 10**6 else 0.0 for h in coming])
    won = np.mean([deal.outcome == "won" for deal in closed])
    assert abs(won - hoped) < 0.02 + 3.5 * (hoped * (1 - hoped) / len(closed)) ** 0.5


def test_call_offs_come_at_the_rate_of_each_customer() -> None:
    """Over many firms the call-offs of the last year are as many as the customers' rates say."""
    seen = hoped = 0.0
    for seed in range(4):
        firm = make_type("assembly_distributor", seed, 60)
        bp, since = firm.nature.blueprint, firm.company.as_of - timedelta(weeks=52)
        growth = (1 + bp.growth) ** -0.75  # delivered in the last year, so ordered some months before
        known = [c for c in firm.nature.clients if c.since < since]
        hoped += sum(c.repeats for c in known) * growth
        names = {c.id for c in known}
        seen += sum(
            d.order.startswith("B") and d.delivered >= since and d.account in names
            for d in firm.company.deliveries
        )
    assert abs(seen - hoped) < 4 * hoped**0.5 + 0.06 * hoped
