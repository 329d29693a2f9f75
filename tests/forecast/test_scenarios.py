"""Futures meet every probability, share causes and repeat from their seed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.domain import Account, Company, Opportunity, Resource
from pursuit.forecast import believe, draw_scenarios
from pursuit.forecast.beliefs import ArrivalStream
from pursuit.units import Money, WeekAxis

AS_OF = date(2026, 3, 2)
AXIS = WeekAxis.following(AS_OF, 26)


def _firm(deals=20, accounts=6, sectors=1, first=0):
    made = tuple(
        Account(f"A{n}", f"A{n}", sector=f"S{n % sectors}", default_probability=0.1) for n in range(accounts)
    )
    opportunities = tuple(
        Opportunity(f"O-{n}", f"A{n % accounts}", amount=Money(100, "KRW"))
        for n in range(first, first + deals)
    )
    return Company(
        "f", "KRW", AS_OF, (Resource("R1", "r"), Resource("R2", "r")), opportunities, accounts=made
    )


def _draw(company, scenarios=64, seed=1, **changes):
    beliefs = replace(believe(company, AXIS), **changes)
    return draw_scenarios(company, beliefs, AXIS, scenarios=scenarios, seed=seed)


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 90), st.integers(0, 2**31), st.floats(0, 1))
def test_every_probability_is_met_to_one_scenario(scenarios, seed, p):
    """In each row the number of futures won at p is within one of p S, for any p, size and seed."""
    luck = _draw(_firm(deals=4), scenarios, seed).luck
    assert ((luck > 0) & (luck < 1)).all()
    assert (np.abs((luck < p).sum(axis=1) - p * scenarios) <= 1 + 1e-9).all()


def test_a_sectors_bad_year_loses_deals_and_breaks_customers_together():
    """Within a sector wins go together, and futures with more wins have fewer defaults and fewer lost
    customers."""
    drawn = _draw(_firm(deals=60, accounts=60), 400, sector_correlation=0.3)
    wins = (drawn.luck < 0.5).mean(axis=0)
    assert np.corrcoef(wins, drawn.default.mean(axis=0))[0, 1] < -0.4
    assert np.corrcoef(wins, (drawn.retained < 0.8).mean(axis=0))[0, 1] > 0.4
    assert wins.std() > 2 * np.sqrt(0.25 / 60)


def test_sectors_go_their_own_ways():
    """Wins of different sectors are nearly independent."""
    company = _firm(deals=100, accounts=100, sectors=2)
    wins = _draw(company, 400, sector_correlation=0.3).luck < 0.5
    assert abs(np.corrcoef(wins[::2].mean(axis=0), wins[1::2].mean(axis=0))[0, 1]) < 0.2


def test_the_correlation_is_the_one_asked_for():
    """The mean correlation of two deals' latent luck within a sector is the stated one."""
    from scipy.special import ndtri

    latent = ndtri(_draw(_firm(deals=40, accounts=5), 500, sector_correlation=0.2).luck)
    matrix = np.corrcoef(latent)
    assert matrix[np.triu_indices(40, 1)].mean() == pytest.approx(0.2, abs=0.04)


def test_one_more_opportunity_leaves_all_other_luck_alone():
    """Futures are common to two plans: adding a deal at the front or an account changes no other row."""
    before, after = _draw(_firm(deals=20, first=1)), _draw(_firm(deals=21, first=0))
    assert (before.luck == after.luck[1:]).all()
    assert (before.default == after.default).all()
    assert (before.hours_factor == after.hours_factor).all()
    more = _draw(_firm(deals=20, first=1, accounts=6), seed=1)
    assert (more.luck == before.luck).all()


def test_the_same_seed_draws_the_same_futures_and_another_does_not():
    """Deterministic in the seed."""
    one, two, other = _draw(_firm()), _draw(_firm()), _draw(_firm(), seed=2)
    assert (one.luck == two.luck).all()
    assert one.arrivals == two.arrivals
    assert (one.luck != other.luck).any()


def test_defaults_meet_the_horizons_share_of_the_yearly_rate():
    """Each account fails in floor or ceil of S (1 - (1 - PD) ** years) futures, and in the mean of many
    exactly."""
    drawn = _draw(_firm(deals=1, accounts=300), 64)
    expected = 64 * (1 - 0.9 ** (26 * 7 / 365.25))
    counts = drawn.default.sum(axis=1)
    assert set(counts) == {int(expected), int(expected) + 1}
    assert counts.mean() == pytest.approx(expected, abs=0.1)


def test_hours_overrun_and_underrun_around_one():
    """Factors average one for every resource and scatter as believed."""
    factor = _draw(_firm(), 512, hours_spread=0.2).hours_factor
    assert factor.shape == (2, 512)
    assert factor.mean(axis=1) == pytest.approx(1)
    assert np.log(factor).std(axis=1) == pytest.approx(0.2, abs=0.01)


def test_arrivals_come_at_their_rate_from_their_examples():
    """Counts per week meet the rate and the season; the week already begun counts only for what is left of
    it."""
    stream = ArrivalStream("all", 3.0, 0.5, (2, 5), season=(1.0,) * 4 + (2.0,) + (1.0,) * 7)
    drawn = _draw(_firm(), 200, arrivals=(stream,))
    counts = np.zeros(26)
    for one in drawn.arrivals:
        for at, example, week in one:
            assert (at, example in (2, 5)) == (0, True)
            counts[week] += 1 / 200
    assert counts[1] == pytest.approx(3.0, abs=0.05)
    assert counts[10] == pytest.approx(6.0, abs=0.05)
    assert counts[0] == pytest.approx(3.0 * 6 / 7, abs=0.05)


def test_bad_requests_are_refused():
    """No scenarios or a negative seed is an error, not an empty result."""
    with pytest.raises(ValueError, match="at least one scenario"):
        _draw(_firm(), 0)
    with pytest.raises(ValueError, match="seed of 0 or more"):
        _draw(_firm(), 8, seed=-1)
