"""Each type has its cross-currents: what a good chooser can see in the books and a naive rule falls for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import exp

import numpy as np
import pytest

from pursuit.backtest.luck import Luck
from pursuit.demo.types import KINDS, TypeFirm
from pursuit.demo.types.blueprint import STYLES
from pursuit.demo.types.clients import Client
from pursuit.demo.types.tightness import year_ahead
from pursuit.demo.types.winning import NEVER
from pursuit.domain import Opportunity

FirmOf = Callable[[str], TypeFirm]


def player(firm: TypeFirm, role: str) -> Client:
    return next(client for client in firm.nature.clients if client.role == role)


@pytest.mark.parametrize("kind", KINDS)
def test_a_customer_with_large_orders_eats_the_bottleneck(kind: str, firm_of: FirmOf) -> None:
    """It asks for more money than most, and every hour of the bottleneck it takes brings less than others' hours."""
    firm = firm_of(kind)
    eater, bottleneck = player(firm, "eater").id, firm.nature.blueprint.bottleneck
    gain: defaultdict[bool, list[float]] = defaultdict(list)
    size: defaultdict[bool, list[float]] = defaultdict(list)
    for chance in year_ahead(firm, 3):
        if chance.opportunity.outcome != "won":
            own = chance.opportunity.account == eater
            size[own].append(chance.offer.price)
            if chance.win and (hours := chance.hours.get(bottleneck, 0.0)) > 0:
                gain[own].append(chance.contribution / hours)
    assert np.median(size[True]) > 1.15 * np.median(size[False])
    assert np.median(gain[True]) < 0.9 * np.median(gain[False])


@pytest.mark.parametrize("kind", KINDS)
def test_a_large_customer_is_near_default_and_its_books_show_it(kind: str, firm_of: FirmOf) -> None:
    """Its grade is low and its bills lie about, though it asks often, for much, at a good price."""
    firm = firm_of(kind)
    failing = player(firm, "failing")
    account = firm.company.account_by_id[failing.id]
    assert firm.nature.laws.default[failing.id] >= 0.2
    assert account.credit_grade.startswith("C") or account.credit_grade.startswith("B-")
    peers = [c for c in firm.nature.clients if c.market.id == failing.market.id]
    assert failing.pull > 2 * np.median([c.pull for c in peers])
    late: defaultdict[str, list[int]] = defaultdict(list)
    for invoice in firm.company.invoices:
        late[invoice.account].append(((invoice.paid or firm.company.as_of) - invoice.due).days)
    others = [days for name, found in late.items() if name != failing.id for days in found]
    assert np.mean(late[failing.id]) > np.mean(others) + 10


@pytest.mark.parametrize("kind", KINDS)
def test_some_deals_are_never_decided_and_always_about_to_close(kind: str, firm_of: FirmOf) -> None:
    """Old deals lie in the pipeline whose closing is near and whose customer will never decide."""
    firm = firm_of(kind)
    never = {name for name, hidden in firm.nature.hidden.items() if hidden.decides >= NEVER}
    c = firm.company

    def age(deal: Opportunity) -> int:
        assert deal.created is not None
        return (c.as_of - deal.created).days

    stale = [deal for deal in c.open_opportunities if deal.id in never]
    alive = [deal for deal in c.open_opportunities if deal.id not in never]
    assert len(stale) >= 4
    assert np.median([age(d) for d in stale]) > 1.5 * np.median([age(d) for d in alive])
    coming = [n.hidden.decides for week in range(52) for n in firm.nature.newcomers(week, Luck(1))]
    assert 0.02 < np.mean([week >= NEVER for week in coming]) < 0.16


@pytest.mark.parametrize("kind", KINDS)
def test_heavy_effort_pays_with_some_and_never_with_others(kind: str, firm_of: FirmOf) -> None:
    """It raises the chance of who talks things through, hardly that of who buys by price; the trait is in the books."""
    firm = firm_of(kind)
    gained: defaultdict[str, list[float]] = defaultdict(list)
    hoped: list[float] = []
    for week in range(52):
        for newcomer in firm.nature.newcomers(week, Luck(6)):
            odds = newcomer.hidden.log_odds
            if "heavy" in odds:
                style = firm.company.account_by_id[newcomer.opportunity.account].traits["구매방식"]
                gained[style].append(odds["heavy"] - odds["standard"])
                option = next(o for o in newcomer.opportunity.options if o.id == "heavy")
                hoped += [option.win_shift] if option.win_shift else []
    assert np.mean(gained[STYLES[0]]) > 0.7 > 0.1 >= np.mean(gained[STYLES[2]])
    assert np.mean(hoped) > 0.4, "the sales team hopes for as much from everybody"


def test_some_teams_hope_more_than_others() -> None:
    """Declared chances flatter, those of one team more than those of another, and closed deals still show it."""
    from pursuit.demo.types import make_type

    firm = make_type("it_services", 2, 900)
    bias: defaultdict[str, list[float]] = defaultdict(list)
    for deal in firm.company.closed_opportunities:
        if deal.win_probability is not None:
            bias[deal.owner].append(deal.win_probability - (deal.outcome == "won"))
    assert np.mean(bias["공공영업팀"]) > np.mean(bias["금융영업팀"]) + 0.05
    assert np.mean([gap for found in bias.values() for gap in found]) > 0.05


@pytest.mark.parametrize("kind", ["project_engineering", "it_services", "machine_builder"])
def test_a_technology_opens_a_segment_that_nobody_could_serve(kind: str, firm_of: FirmOf) -> None:
    """Deals that need it come in and are in the pipeline, none is in the history, and an investment brings it."""
    firm = firm_of(kind)
    upcoming = next(a for a in firm.nature.blueprint.articles if a.upcoming)
    assert all(deal.product != upcoming.id for deal in firm.company.closed_opportunities)
    coming = [n for week in range(52) for n in firm.nature.newcomers(week, Luck(2))]
    asked = [n for n in coming if n.opportunity.product == upcoming.id]
    assert len(asked) >= 5
    held = {t.id for t in firm.company.technologies if t.held}
    missing = set(upcoming.technologies) - held
    assert missing
    assert {i.technology for i in firm.company.investments} >= missing
    assert np.mean([1 / (1 + exp(-n.hidden.log_odds["standard"])) for n in asked]) > 0.1


@pytest.mark.parametrize("kind", KINDS)
def test_references_raise_later_wins_where_few_are_known_yet(kind: str, firm_of: FirmOf) -> None:
    """One segment pays for references, has few of them, and so gains more by the next than the largest one does."""
    firm = firm_of(kind)
    markets = firm.nature.blueprint.markets
    dear = max(markets, key=lambda m: m.points)
    assert dear.points > 0
    known = {c.market.id: firm.nature.standing[c.id][1] for c in firm.nature.clients}
    assert known[dear.id] < max(known.values())
    assert firm.nature.laws.references > 0
    segment = firm.company.segment_by_id[dear.id]
    assert segment.reference_value is not None
    assert segment.reference_value.amount == max(m.reference for m in markets)


def test_the_bottleneck_of_the_job_shop_changes_with_the_season(firm_of: FirmOf) -> None:
    """Milling is wanted in spring and grinding in autumn."""
    wanted = {"MIL": np.zeros(12), "GRD": np.zeros(12)}
    for seed in range(4):
        for chance in year_ahead(firm_of("job_shop"), seed):
            created = chance.opportunity.created
            if created and chance.opportunity.outcome != "won":
                for name, months in wanted.items():
                    months[created.month - 1] += chance.hours.get(name, 0.0)
    ratio = wanted["MIL"] / wanted["GRD"]
    assert ratio[2:6].mean() > 1.25 * ratio[8:11].mean()


@pytest.mark.parametrize("kind", KINDS)
def test_a_good_customer_is_neglected(kind: str, firm_of: FirmOf) -> None:
    """It trusts the firm, pays well, and nobody has called for half a year."""
    firm = firm_of(kind)
    client = player(firm, "neglected")
    account = firm.company.account_by_id[client.id]
    assert account.last_contact is not None
    assert (firm.company.as_of - account.last_contact).days > 180
    assert account.relationship is not None
    assert account.relationship > 0.75
    assert client.price_level > 1.03
    assert account.courses
