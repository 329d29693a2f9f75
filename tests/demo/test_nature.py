"""The demo firm's nature carries on by the laws the firm was made by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from math import exp

import numpy as np
import pytest

from pursuit.backtest.luck import Luck
from pursuit.demo import DemoFirm, make_firm
from pursuit.demo.market import SEASON
from pursuit.demo.nature import DemoNature, demo_nature
from pursuit.domain import offers_of


@pytest.fixture(scope="module")
def nature(firm: DemoFirm) -> DemoNature:
    return demo_nature(firm)


def test_open_deals_keep_their_true_chances(firm: DemoFirm, nature: DemoNature) -> None:
    """Log-odds of every option are those of the truth, and customers decide no sooner than expected."""
    assert nature.hidden.keys() == {deal.id for deal in firm.company.open_opportunities}
    for deal in firm.company.open_opportunities:
        hidden = nature.hidden[deal.id]
        for option, odds in hidden.log_odds.items():
            assert 1 / (1 + exp(-odds)) == pytest.approx(firm.truth.win_probability[deal.id, option])
        assert deal.expected_close is not None
        assert hidden.decides >= (deal.expected_close - firm.company.as_of).days // 7


def test_inquiries_come_at_the_true_rate_with_the_season(firm: DemoFirm, nature: DemoNature) -> None:
    """Over some years newcomers by segment are as many as the truth says, more in the busy months."""
    most = max(nature.laws.growth.values())
    by_segment: dict[str, int] = dict.fromkeys(firm.truth.arrivals, 0)
    by_month, weeks = np.zeros(12), np.zeros(12)
    for week in range(104):
        month = (firm.company.as_of + timedelta(weeks=week, days=3)).month - 1
        found = nature.newcomers(week, Luck(3))
        by_month[month] += len(found)
        weeks[month] += 1
        for newcomer in found:
            by_segment[newcomer.opportunity.segment] += 1
    for segment, count in by_segment.items():
        hoped = most * firm.truth.arrivals[segment] * 104
        assert abs(count - hoped) < 4 * hoped**0.5 + 0.02 * hoped
    assert np.corrcoef(by_month / weeks, SEASON)[0, 1] > 0.8


def test_newcomers_of_a_week_do_not_depend_on_what_was_asked_before(
    firm: DemoFirm, nature: DemoNature
) -> None:
    """A fresh nature answers for one week as one asked for others before; ids never come twice."""
    before = [nature.newcomers(week, Luck(5)) for week in (9, 3, 4)]
    assert demo_nature(firm).newcomers(3, Luck(5)) == before[1]
    ids = [n.opportunity.id for week in range(40) for n in nature.newcomers(week, Luck(5))]
    ids += [deal.id for deal in firm.company.opportunities]
    assert len(ids) == len(set(ids))


def test_newcomers_and_call_offs_are_sound(firm: DemoFirm, nature: DemoNature) -> None:
    """They pass the firm's own checks, can be gone for on the Monday they are seen, and have odds for each option."""
    coming = [(week, n) for week in (0, 20) for n in nature.newcomers(week, Luck(2))]
    replace(firm.company, opportunities=tuple(n.opportunity for _, n in coming), quotes=())
    for week, newcomer in coming:
        deal, seen = newcomer.opportunity, firm.company.as_of + timedelta(weeks=week + 1)
        assert deal.created == seen - timedelta(weeks=1)
        assert deal.decide_by is not None
        assert deal.decide_by >= seen + timedelta(days=4)
        assert newcomer.hidden.decides > week
        assert set(newcomer.hidden.log_odds) == {offer.id for offer in offers_of(firm.company, deal)}
    order = nature.repeat_order(firm.company.accounts[0].id, 4, 0, Luck(2))
    assert order is not None
    assert order.outcome == "won"
    assert offers_of(firm.company, order)[0].work
    assert order == nature.repeat_order(firm.company.accounts[0].id, 4, 0, Luck(2))
    assert nature.repeat_order("nobody", 4, 0, Luck(2)) is None


def test_what_is_won_is_near_what_the_past_won(firm: DemoFirm, nature: DemoNature) -> None:
    """Newcomers are won about as often as the closed deals were."""
    coming = [n for week in range(60) for n in nature.newcomers(week, Luck(1))]
    hoped = np.mean([1 / (1 + exp(-n.hidden.log_odds["standard"])) for n in coming])
    won = np.mean([deal.outcome == "won" for deal in firm.company.closed_opportunities])
    assert abs(won - hoped) < 0.06


def test_another_firm_or_day_is_refused(firm: DemoFirm) -> None:
    """What is hidden can only be made again from the firm's own seed, and a replay starts on a Monday."""
    with pytest.raises(ValueError, match="seed 8"):
        demo_nature(firm, 8)
    small = make_firm(3, as_of=date(2026, 3, 4), accounts=24, open_deals=20, closed_deals=50)
    with pytest.raises(ValueError, match="Monday"):
        demo_nature(small, 3)
