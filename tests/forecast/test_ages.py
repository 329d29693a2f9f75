"""Old deals fade and stale ones are recognised by how long closed deals took."""

from datetime import date

import numpy as np
import pytest

from pursuit.forecast.ages import fit_clock
from pursuit.forecast.rates import beta_interval


def _clock(deal, closed, open_ages):
    deals = [deal(f"C{n}", outcome, days=days) for n, (days, outcome) in enumerate(closed)]
    return fit_clock(deals, [deal(f"O{n}", age=age) for n, age in enumerate(open_ages)], date(2026, 3, 2))


def test_aalen_johansen_by_hand(deal):
    """Four closed deals and two forgotten ones, worked out on paper.

    At risk on day 10: 6, 20: 5, 30: 4, 40: 3; so 5/6, 4/5, 3/4, 2/3 stay open and 1/3 of all are never
    decided.
    """
    clock = _clock(deal, [(10, "lost"), (20, "won"), (30, "lost"), (40, "won")], [100, 200])
    assert clock.decided[0] == pytest.approx(4 / 6)
    assert clock.decided[10] == pytest.approx(3 / 5)
    assert clock.decided[30] == pytest.approx(1 / 3)
    assert clock.decided[40] == 0
    assert (clock.longest, clock.beyond, clock.closed) == (40, 2, 4)


def test_open_deals_censor_only_from_their_age_on(deal):
    """A deal that is young today says nothing about old ages."""
    young = _clock(deal, [(10, "won"), (50, "lost")], [5, 5, 5])
    none = _clock(deal, [(10, "won"), (50, "lost")], [])
    assert young.decided[6:].tolist() == none.decided[6:].tolist()


def test_the_chance_falls_with_age_where_deals_lie_forgotten(deal):
    """With zombies in the pipeline, every further day makes a decision less likely."""
    closed = [(d, "won" if d % 2 else "lost") for d in range(1, 100)]
    clock = _clock(deal, closed, [300] * 100)
    mean, _ = clock.at(np.arange(0, 400))
    assert (np.diff(mean) <= 1e-12).all()
    assert mean[0] == pytest.approx(0.5, abs=0.01)


def test_stale_deals_obey_the_rule_of_three(deal):
    """None of n forgotten deals was decided: the 95 % bound is about 3/n just past the longest age."""
    clock = _clock(deal, [(d, "won") for d in range(1, 101)], [150] * 300)
    mean, variance = clock.at(np.array([100]))
    _, high = beta_interval(mean, variance)
    assert mean[0] < 0.005
    assert high[0] == pytest.approx(3 / 300, rel=0.1)


def test_one_deal_older_than_all_is_not_given_up(deal):
    """A single record-breaker among hundred closed deals proves little: its interval stays wide."""
    clock = _clock(deal, [(d, "won") for d in range(1, 101)], [102])
    mean, variance = clock.at(np.array([102]))
    low, high = beta_interval(mean, variance)
    assert low[0] < 0.1
    assert high[0] > 0.5


def test_without_dates_there_is_no_clock(deal):
    """Closed deals without dates tell nothing about ages."""
    assert fit_clock([deal("C", "won", created=None)], [deal("O")], date(2026, 3, 2)) is None


def test_the_bound_of_a_stale_deal_goes_on_falling(deal):
    """Long past the longest age, mean and upper bound are far below what they were just past it."""
    clock = _clock(deal, [(d, "won") for d in range(1, 101)], [2000] * 30)
    mean, variance = clock.at(np.array([101, 1000]))
    _, high = beta_interval(mean, variance)
    assert mean[1] < 0.1 * mean[0]
    assert high[1] < 0.1 * high[0]
    assert variance[1] / variance[0] == pytest.approx((mean[1] / mean[0]) ** 2)
