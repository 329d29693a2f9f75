"""The natures of the five types keep the contract of the judge."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Nature
from pursuit.backtest.policies import Everything
from pursuit.backtest.replay import replay
from pursuit.demo.types import KINDS, TypeFirm, make_type
from pursuit.domain import offers_of

FirmOf = Callable[[str], TypeFirm]


@pytest.mark.parametrize("kind", KINDS)
def test_newcomers_of_a_week_do_not_depend_on_what_was_asked_before(kind: str, firm_of: FirmOf) -> None:
    """A fresh nature asked for one week answers as one asked for everything, backwards."""
    nature: Nature = firm_of(kind).nature
    again: Nature = make_type(kind, 3).nature
    backwards = {week: nature.newcomers(week, Luck(8)) for week in reversed(range(12))}
    assert again.newcomers(5, Luck(8)) == backwards[5]
    assert again.newcomers(5, Luck(9)) != backwards[5]
    assert any(backwards.values())


@pytest.mark.parametrize("kind", KINDS)
def test_no_id_comes_twice_in_two_years(kind: str, firm_of: FirmOf) -> None:
    """Ids of newcomers and call-offs over 104 weeks, and of the books, are all different."""
    firm, luck = firm_of(kind), Luck(1)
    ids = [n.opportunity.id for week in range(104) for n in firm.nature.newcomers(week, luck)]
    for week in (0, 50, 103):
        for account in firm.company.accounts[:5]:
            for number in (0, 1):
                order = firm.nature.repeat_order(account.id, week, number, luck)
                assert order is not None
                assert order.outcome == "won"
                ids.append(order.id)
    ids += [deal.id for deal in firm.company.opportunities]
    assert len(ids) == len(set(ids)) > 700


@pytest.mark.parametrize("kind", KINDS)
def test_newcomers_are_sound_deals_in_time(kind: str, firm_of: FirmOf) -> None:
    """They pass the firm's own checks, can be gone for on the Monday they are seen, and every option has its odds."""
    firm = firm_of(kind)
    start = firm.company.as_of
    coming = [(week, n) for week in (0, 1, 17, 40) for n in firm.nature.newcomers(week, Luck(4))]
    replace(firm.company, opportunities=tuple(n.opportunity for _, n in coming))
    for week, newcomer in coming:
        deal, hidden = newcomer.opportunity, newcomer.hidden
        monday = start + timedelta(weeks=week)
        assert deal.created == monday
        assert deal.decide_by is not None
        assert deal.expected_close is not None
        assert deal.requested_date is not None
        assert monday + timedelta(days=11) <= deal.decide_by <= deal.expected_close < deal.requested_date
        assert hidden.decides > week
        assert set(hidden.log_odds) == {offer.id for offer in offers_of(firm.company, deal)}
        assert all(at > week for at in hidden.stages)


@pytest.mark.parametrize("kind", KINDS)
def test_every_customer_and_every_open_deal_has_its_laws(kind: str, firm_of: FirmOf) -> None:
    """Nothing in a replay falls back to a default because a firm's laws are silent."""
    company, nature = firm_of(kind).company, firm_of(kind).nature
    accounts = {account.id for account in company.accounts}
    laws = nature.laws
    assert laws.default.keys() == accounts == laws.payment_drag.keys()
    courses = {(name, course) for name in accounts for course in ("grow", "keep", "harvest", "let_go")}
    assert laws.retention.keys() == courses == laws.orders_per_year.keys()
    assert laws.hours.keys() == {resource.id for resource in company.resources}
    assert nature.hidden.keys() == {deal.id for deal in company.open_opportunities}
    for deal in company.open_opportunities:
        assert set(nature.hidden[deal.id].log_odds) == {option.id for option in deal.options}


@pytest.mark.parametrize("kind", KINDS)
def test_a_quarter_can_be_lived(kind: str, firm_of: FirmOf) -> None:
    """Thirteen weeks in which all is gone for bring in deals, win some and deliver some."""
    lived = replay(firm_of(kind).nature, Everything(), seed=2, weeks=13)
    kinds = {event.kind for event in lived.journal.events}
    assert {"arrived", "pursued", "won", "lost", "delivered", "paid"} <= kinds
