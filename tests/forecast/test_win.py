"""Win probabilities are shrunk, bounded by honest intervals and explained."""

from datetime import timedelta

import numpy as np
import pytest

from pursuit.domain import Option, Product
from pursuit.forecast.options import PRICE_LOG_ODDS, assumed_shift
from pursuit.forecast.rates import expit, logit
from pursuit.forecast.win import forecast_wins
from pursuit.units import Money


def _messages(found):
    return [reason.message for reason in found]


def test_thirty_deals_give_an_honest_interval(deal, firm, history):
    """Of thirty deals half were won: the forecast is near a half and its interval as wide as thirty deals
    leave it."""
    chance = forecast_wins(firm(*history([1.0, 0.0] * 15), deal("O-1", age=1))).beliefs["O-1"].win
    assert chance.mean == pytest.approx(0.48, abs=0.04)
    assert 0.2 < chance.high - chance.low < 0.4


def test_intervals_cover_the_truth_nine_times_in_ten(deal, firm, history):
    """Over 150 firms with 40 closed deals and a true rate of their own, the 90 % interval holds it in at
    least 86 %."""
    rng = np.random.default_rng(5)
    covered = 0
    for seed in range(150):
        truth = float(rng.beta(4, 4))
        chance = forecast_wins(firm(*history([truth] * 40, seed), deal("O-1", age=1))).beliefs["O-1"].win
        covered += chance.low <= truth <= chance.high
    assert covered / 150 >= 0.86


def test_without_history_the_prior_and_the_fallback_are_named(deal, firm):
    """No closed deal: published rates by stage, wide intervals, and the plan says so."""
    found = forecast_wins(firm(deal("O-1", stage="협상"), deal("O-2", stage="zzz")))
    assert any("No closed deals" in message for message in _messages(found.fallbacks))
    assert {belief.win.basis for belief in found.beliefs.values()} == {"published"}
    assert found.beliefs["O-1"].win.high - found.beliefs["O-1"].win.low > 0.3
    assert not found.beliefs["O-1"].stale


def test_a_stale_deal_is_recognised_and_hardly_won(deal, firm, history):
    """Older than any closed deal ever became, beside fifty others: stale, next to nothing, and the reason
    says why."""
    old = [deal(f"O-{n}", age=300) for n in range(50)]
    found = forecast_wins(firm(*history([0.5] * 200), *old, deal("Y", age=5)))
    stale, young = found.beliefs["O-1"], found.beliefs["Y"]
    assert stale.stale
    assert not young.stale
    assert stale.win.mean < 0.02 < 0.3 < young.win.mean
    assert stale.win.low <= stale.win.mean <= stale.win.high
    reason = next(r for r in stale.win.reasons if "no closed deal ever took longer" in r.message)
    assert reason.values["days"] == 300
    assert reason.values["max"] < 90


def test_what_was_declared_is_taken_as_it_is(deal, firm, history):
    """A declared probability is neither shrunk nor aged away, and its basis says so."""
    declared = deal("O-1", age=999, win_probability=0.8)
    belief = forecast_wins(firm(*history([0.2] * 100), declared)).beliefs["O-1"]
    assert (belief.win.mean, belief.win.low, belief.win.high, belief.win.basis) == (0.8, 0.8, 0.8, "declared")
    assert belief.stale
    assert dict(belief.by_option) == {"standard": 0.8}


def test_options_move_by_their_declared_shift(deal, firm, history):
    """A declared change of the log-odds is applied to the standard option's mean; a declared probability
    replaces it."""
    options = (Option("a"), Option("b", win_shift=1.0), Option("c", win_probability=0.9))
    belief = forecast_wins(firm(*history([0.4] * 100), deal("O-1", options=options))).beliefs["O-1"]
    assert belief.by_option["a"] == belief.win.mean
    assert belief.by_option["b"] == pytest.approx(float(expit(logit(belief.win.mean) + 1)))
    assert belief.by_option["c"] == 0.9


def test_undeclared_options_move_by_named_assumptions(deal, firm, history):
    """Cheaper, sooner and with more effort wins more; dearer wins less; the plan names the assumption."""
    base = {"price": Money(100, "KRW"), "lead_time_weeks": 10, "effort": {"R": 10.0}}
    options = (
        Option("standard", **base),
        Option("cheap", **{**base, "price": Money(90, "KRW")}),
        Option("dear", **{**base, "price": Money(110, "KRW")}),
        Option("fast", **{**base, "lead_time_weeks": 6}),
        Option("heavy", **{**base, "effort": {"R": 20.0}}),
    )
    found = forecast_wins(firm(*history([0.5] * 100), deal("O-1", options=options)))
    by = found.beliefs["O-1"].by_option
    assert by["dear"] < by["standard"] < min(by["cheap"], by["fast"], by["heavy"])
    shift = float(logit(by["cheap"]) - logit(by["standard"]))
    assert shift == pytest.approx(PRICE_LOG_ODDS * np.log(0.9))
    assert any("without a declared effect" in message for message in _messages(found.fallbacks))


def test_assumed_shifts_are_modest(deal, firm):
    """Giving it away for nothing is not assumed to win for certain."""
    from pursuit.domain import offers_of

    options = (Option("a", price=Money(1000, "KRW")), Option("b", price=Money(1, "KRW")))
    company = firm(deal("O-1", options=options))
    offers = offers_of(company, company.open_opportunities[0])
    assert assumed_shift(offers[1], offers[0]) == 1.0


def test_kinds_of_product_have_their_own_clock_only_where_they_differ(deal, firm):
    """Large machines take a year, parts a month: a 100-day-old part is stale, a 100-day-old machine is
    not."""
    products = (Product("M", "M", "machine"), Product("P", "P", "part"))
    closed = [deal(f"M{n}", "won" if n % 2 else "lost", product="M", days=200 + n) for n in range(120)]
    closed += [deal(f"P{n}", "won" if n % 2 else "lost", product="P", days=10 + n % 30) for n in range(120)]
    young = (deal("O-M", product="M", age=100), deal("O-P", product="P", age=100))
    found = forecast_wins(firm(*closed, *young, products=products))
    assert found.beliefs["O-P"].stale
    assert not found.beliefs["O-M"].stale
    alike = [deal(d.id, d.outcome, product=d.product, days=20 + n % 37) for n, d in enumerate(closed)]
    found = forecast_wins(firm(*alike, *young, products=products))
    assert found.beliefs["O-P"].stale == found.beliefs["O-M"].stale is True


def test_customers_that_differ_widen_the_intervals(deal, firm, history):
    """Where some customers nearly always buy and others never, an overall rate is not a customer's rate."""
    who = [f"A{n % 10}" for n in range(50)]  # too few deals for the account to be used as a trait
    width = []
    for wins in ([(n // 10) % 2 for n in range(50)], [n % 2 for n in range(50)]):
        company = firm(*history(wins, account=who), deal("O-1", account="new"))
        chance = forecast_wins(company).beliefs["O-1"].win
        width.append(chance.high - chance.low)
    assert width[1] > 2 * width[0]


def test_every_reason_carries_this_deals_own_figures(deal, firm, history):
    """Two deals of different age and stage have no two sentences in common."""
    closed = history([0.5] * 90, stage=["quote"] * 45 + ["talks"] * 45)
    beliefs = forecast_wins(
        firm(*closed, deal("a", stage="quote", age=3), deal("b", stage="talks", age=44))
    ).beliefs
    said = [{r.message.format(**r.values) for r in beliefs[name].win.reasons} for name in "ab"]
    assert 1 <= len(said[0]) <= 4
    assert not said[0] & said[1]


def test_a_future_creation_date_counts_as_today(deal, firm, history):
    """Dates after the company's day do not make an age negative."""
    ahead = deal("O-1", created=firm(deal("x")).as_of + timedelta(days=9))
    assert forecast_wins(firm(*history([0.5] * 40), ahead)).beliefs["O-1"].age_days == 0
