"""The demo firm is repeatable, complete and sound."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from pursuit.demo import DemoFirm, make_firm
from pursuit.demo.shop import resources

SMALL = {"accounts": 30, "open_deals": 40, "closed_deals": 120}


def test_the_same_seed_makes_the_same_firm(firm: DemoFirm) -> None:
    """Two firms of one seed are equal to the last won, company and truth."""
    again = make_firm()
    assert again.company.content_hash == firm.company.content_hash
    assert again.truth == firm.truth


def test_another_seed_makes_another_firm(firm: DemoFirm) -> None:
    """A seed changes customers, deals and money, not only ids."""
    other = make_firm(8)
    assert other.company.content_hash != firm.company.content_hash
    names = {account.name for account in firm.company.accounts}
    assert len(names & {account.name for account in other.company.accounts}) < 20


def test_the_firm_has_the_size_it_is_asked_for(firm: DemoFirm) -> None:
    """Counts of every kind of record are those of a firm of 150 people with three years of books."""
    c = firm.company
    assert len(c.accounts) == 90
    assert len(c.open_opportunities) == 250
    assert len(c.closed_opportunities) == 1200
    assert len(c.projects) == 12
    assert len(c.investments) == 6
    assert len(c.goals) == 4
    assert 10 <= len(c.resources) <= 14
    assert 8 <= len(c.products) <= 15
    assert sum(not technology.held for technology in c.technologies) in (2, 3)
    assert len(c.invoices) > 900
    assert len(c.deliveries) > 500
    assert Counter(Counter(s.account for s in c.statements).values()).keys() == {3}
    assert sum(bool(account.courses) for account in c.accounts) >= 40
    assert {len(opp.options) for opp in c.open_opportunities} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("as_of", [date(2025, 9, 1), date(2027, 1, 4)])
def test_any_seed_and_day_make_a_sound_firm(seed: int, as_of: date) -> None:
    """A firm passes every check of the domain whatever the seed, the day and the size."""
    firm = make_firm(seed, as_of=as_of, **SMALL)
    assert len(firm.company.open_opportunities) == 40
    assert len(firm.company.closed_opportunities) == 120
    assert set(firm.truth.default_probability) == {account.id for account in firm.company.accounts}


def test_a_firm_too_small_for_its_story_is_refused() -> None:
    """Too few records raise an error that names the least."""
    with pytest.raises(ValueError, match="24 accounts"):
        make_firm(accounts=5)


def test_nothing_happens_out_of_time(firm: DemoFirm) -> None:
    """Deals close after they come in and before today; what is open lies ahead; bills are of the past."""
    c = firm.company
    for opp in c.closed_opportunities:
        assert opp.created is not None
        assert opp.closed is not None
        assert opp.created <= opp.closed < c.as_of
    for opp in c.open_opportunities:
        assert opp.created is not None
        assert opp.decide_by is not None
        assert opp.expected_close is not None
        assert opp.requested_date is not None
        assert opp.created < c.as_of < opp.decide_by <= opp.expected_close < opp.requested_date
    assert all(invoice.issued < c.as_of for invoice in c.invoices)
    assert all(delivery.delivered < c.as_of for delivery in c.deliveries)
    assert all(project.due > c.as_of for project in c.projects)
    assert all(quote.sent < c.as_of for quote in c.quotes)
    assert all(account.last_contact and account.last_contact < c.as_of for account in c.accounts)


def test_overtime_stays_within_the_law() -> None:
    """No resource has more than twelve hours of overtime a head and week, dearer than regular hours."""
    for resource in resources():
        assert resource.headcount is not None
        assert resource.overtime_hours <= 12 * resource.headcount
        assert resource.overtime_cost is not None
        assert resource.hourly_cost is not None
        assert resource.overtime_cost.amount > resource.hourly_cost.amount


def test_business_numbers_have_a_right_check_digit(firm: DemoFirm) -> None:
    """Numbers pass the public checksum and lie in a range that no tax office hands out."""
    numbers = [account.business_number for account in firm.company.accounts if account.business_number]
    assert len(set(numbers)) == len(numbers) >= 80
    for number in numbers:
        assert number.startswith("099-00-")
        d = [int(digit) for digit in number.replace("-", "")]
        total = sum(x * w for x, w in zip(d, (1, 3, 7, 1, 3, 7, 1, 3, 5), strict=False)) + d[8] * 5 // 10
        assert d[9] == (10 - total % 10) % 10


def test_quotes_run_down_to_the_amount_that_stands(firm: DemoFirm) -> None:
    """Revisions are numbered and dated in order, fall in price and end at the amount, VAT told apart."""
    c = firm.company
    by_deal: dict[str, list[tuple[int, date, int]]] = {}
    for quote in c.quotes:
        by_deal.setdefault(quote.opportunity, []).append(
            (quote.revision, quote.sent, quote.net_amount.amount)
        )
        if quote.net_amount.currency == "KRW":
            assert quote.gross_amount is not None
            assert abs(quote.gross_amount.amount - 1.1 * quote.net_amount.amount) <= 1
        else:
            assert quote.gross_amount is None
    deals = {opp.id: opp for opp in c.opportunities}
    assert max(len(revisions) for revisions in by_deal.values()) >= 3
    for name, revisions in by_deal.items():
        amount = deals[name].amount
        assert amount is not None
        assert [number for number, _, _ in revisions] == list(range(1, len(revisions) + 1))
        assert [day for _, day, _ in revisions] == sorted(day for _, day, _ in revisions)
        assert [price for _, _, price in revisions] == sorted((p for _, _, p in revisions), reverse=True)
        assert revisions[-1][2] == amount.amount


def test_exports_are_in_dollars_with_a_rate_for_every_day(firm: DemoFirm) -> None:
    """A few deals abroad are in dollars, bear no VAT, and can be told in won on any day of the books."""
    c = firm.company
    abroad = [opp for opp in c.opportunities if opp.amount is not None and opp.amount.currency == "USD"]
    assert 5 <= len(abroad) <= 80
    assert any(opp.outcome == "open" for opp in abroad)
    for opp in abroad:
        assert opp.gross_amount is None
        assert opp.amount is not None
        assert 2e7 * 0.8 < c.home(opp.amount, opp.created) < 1.6e9
    assert all(i.vat is None for i in c.invoices if i.net_amount.currency == "USD")
