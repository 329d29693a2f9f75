"""Forecasts of the demo firm judged against the truth it was made by."""

import numpy as np
import pytest

from pursuit.forecast import believe
from pursuit.forecast.rates import log_loss
from pursuit.units import WeekAxis

demo = pytest.importorskip("pursuit.demo", reason="the demo firm is not here yet")


@pytest.fixture(scope="module")
def firm_and_beliefs():
    made = demo.make_firm()
    return made, believe(made.company, WeekAxis.following(made.company.as_of, 26))


def _standard(made, beliefs):
    """Forecast and true win probability of the standard options of deals that are not stale."""
    rows = []
    for deal in made.company.open_opportunities:
        belief = beliefs.opportunities[deal.id]
        option = deal.options[0].id if deal.options else "standard"
        if not belief.stale and belief.win.basis != "declared":
            rows.append((belief.win.mean, made.truth.win_probability[deal.id, option]))
    return np.array(rows).T


def test_win_forecasts_are_calibrated_on_average_and_in_halves(firm_and_beliefs):
    """The mean forecast meets the mean truth within 7 points, among hopeful deals and doubtful ones alike."""
    mean, truth = _standard(*firm_and_beliefs)
    assert abs(mean.mean() - truth.mean()) < 0.07
    for half in (mean >= np.median(mean), mean < np.median(mean)):
        assert abs(mean[half].mean() - truth[half].mean()) < 0.1


def test_win_forecasts_beat_the_base_rate_on_the_truth(firm_and_beliefs):
    """Expected log-loss under the truth is lower than that of the best single number."""
    mean, truth = _standard(*firm_and_beliefs)

    def expected(p):
        return float(
            (truth * log_loss(p, np.ones_like(p)) + (1 - truth) * log_loss(p, np.zeros_like(p))).mean()
        )

    assert expected(mean) < expected(np.full_like(truth, truth.mean()))
    assert np.corrcoef(mean, truth)[0, 1] > 0.4


def test_it_finds_a_signal_that_is_really_there(firm_and_beliefs):
    """At least one trait of the demo firm's true win model is used."""
    _, beliefs = firm_and_beliefs
    used = set(beliefs.signal.split(", "))
    assert used & {"relationship", "competitors", "competitor", "source", "amount", "segment"}


def test_default_forecasts_rank_the_accounts(firm_and_beliefs):
    """Accounts that are truly likelier to fail are forecast likelier to fail."""
    made, beliefs = firm_and_beliefs
    ids = [account.id for account in made.company.accounts]
    forecast = np.array([beliefs.accounts[name].default.mean for name in ids])
    truth = np.array([made.truth.default_probability[name] for name in ids])
    ranks = [np.argsort(np.argsort(values)) for values in (forecast, truth)]
    assert np.corrcoef(*ranks)[0, 1] > 0.7
    assert beliefs.accounts[made.truth.roles["near_default"]].default.mean >= np.quantile(forecast, 0.9)


def test_repeat_orders_beside_the_pipeline_meet_the_truth(firm_and_beliefs):
    """Call-offs per year are found by account, without the orders that the pipeline brings."""
    made, beliefs = firm_and_beliefs
    ids = [account.id for account in made.company.accounts]
    forecast = np.array([beliefs.accounts[name].orders_per_year for name in ids])
    truth = np.array([made.truth.repeat_orders[name] for name in ids])
    assert np.corrcoef(forecast, truth)[0, 1] > 0.7
    assert forecast.mean() == pytest.approx(truth.mean(), rel=0.3)
