"""The demo firm's figures look right to somebody who runs such a firm."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta

import numpy as np

from pursuit.demo import DemoFirm
from pursuit.demo.winning import STAGES
from pursuit.domain import Company, Opportunity, offers_of
from pursuit.units import WeekAxis


def amount(company: Company, opp: Opportunity) -> int:
    assert opp.amount is not None
    return company.home(opp.amount)


def test_revenue_and_profit_are_those_of_such_a_firm(firm: DemoFirm) -> None:
    """Three to four and a half hundred 억 a year, and after wages and rent a few percent of it are left."""
    c = firm.company
    revenue = [0.0, 0.0, 0.0]
    for invoice in c.invoices:
        revenue[min(2, (c.as_of - invoice.issued).days // 365)] += c.home(invoice.net_amount)
    assert all(28e9 < year < 46e9 for year in revenue)
    assert c.finance is not None
    price = margin = 0.0
    for opp in c.closed_opportunities:
        if opp.outcome == "won":
            product = c.product_by_id[opp.product]
            assert product.list_price is not None
            assert product.material_share is not None
            price += amount(c, opp)
            margin += amount(c, opp) - product.list_price.amount * opp.quantity * product.material_share
            margin -= sum(
                (op.setup_hours + op.hours_per_unit * opp.quantity) * cost.amount
                for op in c.routing_by_id[product.routing].operations
                if (cost := c.resource_by_id[op.work_center].hourly_cost)
            )
    profit = sum(revenue) / 3 * margin / price - 12 * c.finance.fixed_cost.amount
    assert 0.02 < profit / (sum(revenue) / 3) < 0.12


def test_deals_are_log_normal_between_twenty_million_and_fifteen_hundred_million(firm: DemoFirm) -> None:
    """Sizes spread as sizes do: a median far below the mean, the logarithm near symmetric, round amounts."""
    c = firm.company
    sizes = np.array([amount(c, opp) for opp in c.opportunities], dtype=float)
    assert sizes.min() >= 1.9e7
    assert sizes.max() <= 1.6e9
    assert 1.1 < sizes.mean() / np.median(sizes) < 1.7
    logs = np.log(sizes)
    skew = float(((logs - logs.mean()) ** 3).mean() / logs.std() ** 3)
    assert abs(skew) < 0.5
    assert all(
        o.amount.amount % 100_000 == 0 for o in c.opportunities if o.amount and o.amount.currency == "KRW"
    )


def test_win_rates_depend_on_what_they_should(firm: DemoFirm) -> None:
    """A quarter to a third is won; more with trust and in late stages, less with rivals and cold calls."""
    c = firm.company
    closed = c.closed_opportunities

    def rate(deals: list[Opportunity]) -> float:
        assert len(deals) > 60
        return float(np.mean([opp.outcome == "won" for opp in deals]))

    assert 0.25 <= rate(list(closed)) <= 0.35
    reached = [rate([o for o in closed if STAGES.index(o.stage) >= at]) for at in range(len(STAGES))]
    assert reached == sorted(reached)
    assert reached[-1] > 0.6
    trusted = {a.id for a in c.accounts if a.relationship is not None and a.relationship > 0.6}
    strangers = {a.id for a in c.accounts if a.relationship is not None and a.relationship < 0.4}
    assert (
        rate([o for o in closed if o.account in trusted])
        > rate([o for o in closed if o.account in strangers]) + 0.03
    )
    assert rate([o for o in closed if o.source in ("소개", "기존고객")]) > rate(
        [o for o in closed if o.source in ("홈페이지", "입찰")]
    )
    assert rate([o for o in closed if len(o.competitors) < 2]) > rate(
        [o for o in closed if len(o.competitors) > 1]
    )
    by_segment = [rate([o for o in closed if o.segment == s.id]) for s in c.segments if s.id != "S-MED"]
    assert max(by_segment) - min(by_segment) > 0.04


def test_inquiries_and_deliveries_have_a_season(firm: DemoFirm) -> None:
    """Spring and autumn bring more inquiries than the summer; June and the year end more deliveries."""
    c = firm.company
    months = np.zeros(12)
    for opp in c.closed_opportunities:
        assert opp.created is not None
        if opp.created < c.as_of - timedelta(days=200):
            months[opp.created.month - 1] += 1
    busy, quiet = months[[2, 3, 4, 8, 9, 10]].mean(), months[[6, 7]].mean()
    assert busy > 1.3 * quiet
    delivered = np.zeros(12)
    for delivery in c.deliveries:
        delivered[delivery.promised.month - 1] += 1
    assert delivered[[5, 10, 11]].mean() > 1.15 * delivered[[0, 1, 6, 7]].mean()


def test_one_resource_is_the_bottleneck_and_the_presales_people_are_short(firm: DemoFirm) -> None:
    """Pursuing all loads the five-axis machines 1.5 to 2 times, the rest near 1 or less, sales over 1."""
    c = firm.company
    axis = WeekAxis.following(c.as_of, 26)
    load: defaultdict[str, float] = defaultdict(float)
    presales = 0.0
    for opp in c.open_opportunities:
        standard = offers_of(c, opp)[0]
        chance = firm.truth.win_probability[opp.id, standard.id]
        for piece in standard.work:
            load[piece.resource] += chance * piece.hours
        for who, hours in standard.effort.items():
            load[who] += hours
        presales += standard.effort["SAL"]
    for project in c.projects:
        for piece in project.work:
            load[piece.resource] += piece.hours
    for resource in c.resources:
        calendar = c.calendar_by_id[resource.calendar]
        hours = [resource.hours_per_week * calendar.week_share(axis.monday(week)) for week in range(26)]
        ratio = load[resource.id] / sum(hours)
        if resource.id == firm.truth.roles["bottleneck"]:
            assert 1.5 <= ratio <= 2.0
        else:
            assert 0.55 <= ratio <= 1.25, (resource.id, ratio)
        if resource.id == "SAL":
            assert presales / sum(hours[:16]) > 1.0


def test_no_order_swallows_a_work_centre(firm: DemoFirm) -> None:
    """No step needs more than 60 % of a resource's week, and every lead time has room for its steps."""
    c = firm.company
    for opp in c.open_opportunities:
        for offer in offers_of(c, opp):
            for piece in offer.work:
                assert piece.hours / piece.weeks <= 0.6 * c.resource_by_id[piece.resource].hours_per_week
            assert offer.lead_weeks >= sum(piece.weeks for piece in offer.work)


def test_decisions_and_wishes_are_spread_over_the_half_year(firm: DemoFirm) -> None:
    """Decisions fall in the next 16 weeks, deliveries are wished 6 to 31 weeks out."""
    c = firm.company
    decide = np.array([(o.decide_by - c.as_of).days / 7 for o in c.open_opportunities if o.decide_by])
    wished = np.array(
        [(o.requested_date - c.as_of).days / 7 for o in c.open_opportunities if o.requested_date]
    )
    assert decide.max() <= 16
    assert np.quantile(decide, 0.25) < 4 < 8 < np.quantile(decide, 0.85)
    assert wished.min() >= 6
    assert wished.max() <= 31


def test_some_deals_lie_about_longer_than_any_deal_ever_took(firm: DemoFirm) -> None:
    """A few percent of the pipeline is older than the slowest closed deal and hardly ever won."""
    c = firm.company
    slowest = max((o.closed - o.created).days for o in c.closed_opportunities if o.closed and o.created)
    stale = [o for o in c.open_opportunities if o.created and (c.as_of - o.created).days > slowest]
    assert 0.02 <= len(stale) / 250 <= 0.12
    early = [firm.truth.win_probability[o.id, "standard"] for o in stale if o.stage in STAGES[:2]]
    fresh = [
        firm.truth.win_probability[o.id, "standard"]
        for o in c.open_opportunities
        if o not in stale and o.stage in STAGES[:2]
    ]
    assert np.mean(early) < 0.5 * np.mean(fresh)
