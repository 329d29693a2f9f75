"""The cross-currents of real life are in the demo firm and can be found in its files."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np

from pursuit.demo import DemoFirm
from pursuit.demo.winning import Situation, win_probability
from pursuit.domain import Company, Opportunity, offers_of


def contribution(company: Company, opp: Opportunity) -> float:
    """Price less material and paid hours of the standard offer."""
    offer = offers_of(company, opp)[0]
    hours = sum(
        piece.hours * cost.amount
        for piece in offer.work
        if (cost := company.resource_by_id[piece.resource].hourly_cost)
    )
    return offer.price - offer.material_cost - hours


def test_a_big_customer_is_near_default(firm: DemoFirm) -> None:
    """Its equity melts, its grade falls, its bills lie open, and its next large order is near."""
    c, roles = firm.company, firm.truth.roles
    account = c.account_by_id[roles["near_default"]]
    truth = firm.truth.default_probability
    assert truth[account.id] > 0.15
    assert truth[account.id] == max(truth.values())
    statements = [s for s in c.statements if s.account == account.id]
    equity = [s.equity for s in statements if s.equity is not None]
    assert equity == sorted(equity, reverse=True)
    assert equity[-1] < 0.5 * equity[0]
    assert statements[-1].net_income is not None
    assert statements[-1].net_income < 0
    scale = ["AA", "A", "BBB", "BB", "B", "CCC", "CC", "C"]
    before, now = (grade.rstrip("+-") for grade in (account.traits["전년 신용등급"], account.credit_grade))
    assert scale.index(now) > scale.index(before)
    late = Counter(i.account for i in c.invoices if i.paid is None and i.due < c.as_of)
    assert late.most_common(1)[0][0] == account.id
    deals = [opp for opp in c.open_opportunities if opp.account == account.id]
    largest = max(deals, key=lambda opp: offers_of(c, opp)[0].price)
    assert offers_of(c, largest)[0].price > 8e8
    assert largest.stage == "협상"
    owed = sum(c.home(i.net_amount) for i in c.invoices if i.account == account.id and i.paid is None)
    assert account.credit_limit is not None
    assert owed > account.credit_limit.amount
    assert any(limit.scope == f"account:{account.id}" for limit in c.limits)


def test_a_technology_opens_a_segment(firm: DemoFirm) -> None:
    """A dozen or more deals with fat margins need the clean room, which only an investment brings."""
    c, roles = firm.company, firm.truth.roles
    missing = roles["opening_technology"]
    assert not next(t for t in c.technologies if t.id == missing).held
    assert [i.kind for i in c.investments if i.technology == missing] == ["technology"]
    deals = [o for o in c.open_opportunities if missing in offers_of(c, o)[0].technologies]
    assert len(deals) >= 12
    assert {o.segment for o in deals} == {roles["opened_segment"]}
    share = [contribution(c, o) / offers_of(c, o)[0].price for o in deals]
    others = [contribution(c, o) / offers_of(c, o)[0].price for o in c.open_opportunities if o not in deals]
    assert np.median(share) > np.median(others) + 0.1
    worth = sum(firm.truth.win_probability[o.id, "standard"] * contribution(c, o) for o in deals)
    cost = next(i.cost.amount for i in c.investments if i.technology == missing)
    assert worth > cost
    assert not any(missing in c.product_by_id[o.product].technologies for o in c.closed_opportunities)


def test_a_customer_buys_by_price_alone_and_eats_the_bottleneck(firm: DemoFirm) -> None:
    """It asks most often, pays least for an hour of the bottleneck, and looks hardest at the price."""
    c, roles = firm.company, firm.truth.roles
    account = roles["price_only"]
    asked = Counter(o.account for o in c.opportunities)
    assert asked.most_common(1)[0][0] == account
    assert firm.truth.price_sensitivity[account] == max(firm.truth.price_sensitivity.values())
    per_hour: defaultdict[bool, list[float]] = defaultdict(list)
    margin: defaultdict[bool, list[float]] = defaultdict(list)
    for opp in c.open_opportunities:
        offer = offers_of(c, opp)[0]
        margin[opp.account == account].append(contribution(c, opp) / offer.price)
        hours = sum(p.hours for p in offer.work if p.resource == roles["bottleneck"])
        if hours:
            per_hour[opp.account == account].append(contribution(c, opp) / hours)
    assert np.median(per_hour[True]) < 0.75 * np.median(per_hour[False])
    assert np.median(margin[True]) < np.median(margin[False]) - 0.1
    assert len(per_hour[True]) == len(margin[True])


def test_a_good_customer_is_neglected(firm: DemoFirm) -> None:
    """Nobody called for half a year, though it pays well and at once; its orders fall from year to year."""
    c, roles = firm.company, firm.truth.roles
    account = c.account_by_id[roles["neglected"]]
    assert account.last_contact is not None
    assert account.last_contact == min(a.last_contact for a in c.accounts if a.last_contact)
    assert (c.as_of - account.last_contact).days > 180
    years = Counter((c.as_of - d.delivered).days // 365 for d in c.deliveries if d.account == account.id)
    assert years[2] >= 8
    assert years[0] < 0.5 * years[2]
    deals = [o for o in c.open_opportunities if o.account == account.id]
    same = [o for o in c.opportunities if o.product in {d.product for d in deals} and o.amount]

    def level(opp: Opportunity) -> float:
        price = c.product_by_id[opp.product].list_price
        assert price is not None
        assert opp.amount is not None
        return c.home(opp.amount) / (price.amount * opp.quantity)

    theirs = [level(o) for o in same if o.account == account.id]
    assert np.median(theirs) > 1.05 * np.median([level(o) for o in same if o.account != account.id])
    keep, let_go = (firm.truth.retention[account.id, course] for course in ("keep", "let_go"))
    assert keep > let_go


def test_late_deliveries_come_from_the_bottleneck_and_cost_later_wins(firm: DemoFirm) -> None:
    """Goods of the bottleneck are late far more often, and lateness lowers the chance of later wins."""
    c, roles = firm.company, firm.truth.roles
    by_account: defaultdict[str, list[bool]] = defaultdict(list)
    on_bottleneck: defaultdict[bool, list[bool]] = defaultdict(list)
    product = {o.id: o.product for o in c.closed_opportunities}
    heavy = {p.id for p in c.products if firm.truth.late_probability[p.id] > 0.15}
    assert heavy == {"P-CHM", "P-KNK", "P-IMP", "P-ACT"}
    for delivery in c.deliveries:
        late = delivery.delivered > delivery.promised
        by_account[delivery.account].append(late)
        if delivery.order in product:
            on_bottleneck[product[delivery.order] in heavy].append(late)
    assert 0.18 < np.mean(on_bottleneck[True]) < 0.35
    assert np.mean(on_bottleneck[False]) < 0.12
    often = by_account[roles["often_late"]]
    assert len(often) >= 15
    assert 0.15 < np.mean(often) < 0.5
    case = Situation("S-AERO", "기존고객", 0.6, 2e8)
    assert win_probability(replace(case, late_share=0.3), "견적") < win_probability(case, "견적") - 0.08


def test_projects_can_give_way_at_a_price(firm: DemoFirm) -> None:
    """Every project can be slowed, most can be paused or stripped, later and dearer than as planned."""
    modes = [{m.kind: m for m in project.modes} for project in firm.company.projects]
    assert all({"as_planned", "slower"} <= set(kinds) for kinds in modes)
    assert sum("paused" in kinds and "stripped" in kinds for kinds in modes) >= 5
    for kinds in modes:
        for kind, mode in kinds.items():
            assert (mode.delay_weeks > 0) == (kind != "as_planned")
            assert (mode.cost is not None and mode.cost.amount > 0) == (kind != "as_planned")
