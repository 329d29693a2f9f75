"""What a public CRM export teaches, and what it does not."""

from collections import Counter

import pytest

from pursuit.forecast import believe
from pursuit.units import WeekAxis


@pytest.fixture(scope="module")
def beliefs(maven):
    return believe(maven, WeekAxis.following(maven.as_of, 13))


def test_it_says_no_signal_and_uses_the_base_rate(beliefs):
    """Nothing in this export tells who wins: the signal says so, and no forecast rests on traits."""
    assert beliefs.signal == "no signal"
    assert any(reason.message.startswith("No signal") for reason in beliefs.fallbacks)
    assert {belief.win.basis for belief in beliefs.opportunities.values()} == {"base rate"}


def test_1291_of_1589_engaging_deals_are_stale(maven, beliefs):
    """The longest closed deal took 138 days; whatever is older is stale and will hardly be won."""
    engaging = [deal for deal in maven.open_opportunities if deal.stage == "Engaging"]
    stale = [beliefs.opportunities[deal.id] for deal in engaging if beliefs.opportunities[deal.id].stale]
    assert (len(engaging), len(stale)) == (1589, 1291)
    assert all(belief.win.mean < 0.001 and belief.win.high < 0.003 for belief in stale)
    assert all(belief.age_days > 138 for belief in stale)


def test_young_deals_win_less_than_the_naive_63_percent(maven, beliefs):
    """Of 8,300 deals begun only 84 % are ever decided, so a young one is won in 0.84 x 0.63 of cases."""
    young = [b for b in beliefs.opportunities.values() if b.age_days is not None and b.age_days < 10]
    assert young
    assert all(0.45 < belief.win.mean < 0.56 for belief in young)


def test_no_sentence_serves_half_the_deals(beliefs):
    """Reasons carry each deal's own figures: no two sentences are all that most deals get."""
    said = Counter(
        tuple(reason.message.format(**reason.values) for reason in belief.win.reasons)
        for belief in beliefs.opportunities.values()
    )
    assert said.most_common(1)[0][1] < len(beliefs.opportunities) / 4


def test_arrivals_rest_on_every_deal_of_the_last_year(maven, beliefs):
    """The weekly rate is the number of deals begun in the last 52 weeks over 52."""
    recent = sum(
        d.created is not None and 0 <= (maven.as_of - d.created).days < 364 for d in maven.opportunities
    )
    assert sum(stream.weekly_rate for stream in beliefs.arrivals) == pytest.approx(recent / 52)
