"""All beliefs together: complete, repeatable, and honest about what is missing."""

import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.domain import Account, Company, Opportunity, Resource
from pursuit.forecast import believe, draw_scenarios
from pursuit.units import Money, WeekAxis
from pursuit.words import Words

AS_OF = date(2026, 3, 2)
AXIS = WeekAxis.following(AS_OF, 8)


@st.composite
def _companies(draw):
    deals = []
    for n in range(draw(st.integers(1, 25))):
        outcome = draw(st.sampled_from(["won", "lost", "open"])) if n else "open"
        created = draw(st.none() | st.integers(0, 900).map(lambda d: AS_OF - timedelta(days=d)))
        closed = None
        if outcome != "open":
            closed = draw(st.none() | st.just(AS_OF))
        deals.append(
            Opportunity(
                f"O{n}",
                draw(st.sampled_from(["", "A0", "A1"])),
                amount=Money(draw(st.integers(0, 10**9)), "KRW") if n % 4 or outcome == "open" else None,
                stage=draw(st.sampled_from(["", "quote", "talks", "협상"])),
                outcome=outcome,
                created=created,
                closed=closed,
                win_probability=draw(st.none() | st.floats(0, 1)),
            )
        )
    accounts = (Account("A0", "a", sector="x"), Account("A1", "b", default_probability=draw(st.floats(0, 1))))
    return Company("f", "KRW", AS_OF, (Resource("R", "r"),), tuple(deals), accounts=accounts)


@settings(max_examples=60, deadline=None)
@given(_companies())
def test_any_company_gets_sound_beliefs_and_futures(company):
    """Whatever is missing: probabilities lie in their intervals, every sentence can be spoken, futures can be
    drawn."""
    beliefs = believe(company, AXIS)
    assert list(beliefs.opportunities) == [deal.id for deal in company.open_opportunities]
    assert list(beliefs.accounts) == [account.id for account in company.accounts]
    chances = [b.win for b in beliefs.opportunities.values()] + [b.default for b in beliefs.accounts.values()]
    for chance in chances:
        assert 0 <= chance.low <= chance.mean <= chance.high <= 1
        assert chance.basis
        assert 1 <= len(chance.reasons) <= 4
    for account in beliefs.accounts.values():
        assert 0 <= account.lifetime_low <= account.lifetime_value <= account.lifetime_high
        assert 0 <= account.retention <= 1
    reasons = [r for chance in chances for r in chance.reasons] + list(beliefs.fallbacks)
    for lang in ("ko", "en"):
        for reason in reasons:
            assert "{" not in Words(lang)(reason.message, **reason.values)
    drawn = draw_scenarios(company, beliefs, AXIS, scenarios=5, seed=0)
    assert drawn.luck.shape == (len(company.open_opportunities), 5)


def test_beliefs_cannot_be_changed_and_carry_their_cards(firm, axis):
    """Frozen, with a model card for each forecast."""
    beliefs = believe(firm(), axis)
    assert set(beliefs.cards) == {"win", "default", "repeat", "arrivals"}
    with pytest.raises(dataclasses.FrozenInstanceError):
        beliefs.signal = "x"
    assert beliefs.cards["win"]["as_of"] == "2026-03-02"


def test_the_same_company_is_believed_the_same(firm, history, axis):
    """No clock and no global chance in it."""
    company = firm(*history([0.4] * 80))
    assert believe(company, axis) == believe(company, axis)
