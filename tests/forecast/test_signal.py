"""Traits speak only where they foretell later deals; elsewhere the plan says there is no signal."""

import numpy as np

from pursuit.domain import Account
from pursuit.forecast.signal import NO_SIGNAL, find_signal
from pursuit.forecast.stages import fit_funnel


def _signal(company):
    return find_signal(company, fit_funnel(company.closed_opportunities, company.open_opportunities))


def _sources(count, seed=1):
    return np.random.default_rng(seed).choice(["fair", "friend", "web"], size=count).tolist()


def test_a_planted_trait_is_found_and_moves_the_right_deals(deal, firm, history):
    """Deals by recommendation win 70 %, others 30 %: the trait is named, and an open deal of each kind is
    told apart."""
    sources = _sources(500)
    chances = [0.7 if source == "friend" else 0.3 for source in sources]
    deals = history(chances, source=sources, owner=_sources(500, 2))
    signal = _signal(firm(*deals, deal("O-1", source="friend"), deal("O-2", source="web")))
    assert signal.name == "source"
    assert signal.loss < signal.base_loss
    assert signal.shift[0] > 0.5 > 0 > signal.shift[1]


def test_shuffled_outcomes_carry_no_signal(deal, firm, history):
    """The same deals with outcomes drawn blindly: no trait is used, whatever the seed."""
    sources = _sources(400)
    for seed in range(12):
        deals = history(
            [0.45] * 400, seed, source=sources, owner=_sources(400, seed), competitors=[(s,) for s in sources]
        )
        signal = _signal(firm(*deals))
        assert signal.name == NO_SIGNAL
        assert not signal.shift.any()
        assert signal.tested == 240


def test_a_trait_written_after_the_outcome_is_refused(deal, firm, history):
    """Competitors noted only in lost deals would foretell perfectly and are worthless: they are not tried."""
    deals = history([0.5] * 300)
    noted = [d if d.outcome == "won" else deal(d.id, "lost", competitors=("X",), days=9) for d in deals]
    signal = _signal(firm(*noted))
    assert signal.name == NO_SIGNAL
    assert "competitor" not in signal.tried


def test_thirty_deals_are_too_few_to_try(firm, history):
    """Below sixty closed deals no trait is even tried, however well it seems to fit."""
    deals = history([1.0] * 15 + [0.0] * 15, source=["a"] * 15 + ["b"] * 15)
    signal = _signal(firm(*deals))
    assert signal.name == NO_SIGNAL
    assert signal.tested == 0


def test_a_trait_that_stopped_working_fails_in_time_order(firm, history):
    """Friends won 90 % for long and hardly ever of late: over all deals they still look better, but later
    deals are foretold worse than by the base rate, so nothing is used."""
    sources = _sources(600)
    chances = [(0.9 if n < 420 else 0.02) if s == "friend" else 0.4 for n, s in enumerate(sources)]
    signal = _signal(firm(*history(chances, source=sources)))
    assert signal.loss > signal.base_loss
    assert signal.name == NO_SIGNAL


def test_a_measured_trait_of_the_account_is_used(deal, firm, history):
    """Wins follow the relationship with the account: found as a number, not as a name."""
    rng = np.random.default_rng(3)
    accounts = tuple(Account(f"A{n}", f"A{n}", relationship=float(rng.random())) for n in range(40))
    who = rng.integers(0, 40, size=600)
    chances = [0.2 + 0.6 * (accounts[n].relationship or 0) for n in who]
    deals = history(chances, account=[f"A{n}" for n in who])
    best = max(accounts, key=lambda a: a.relationship or 0)
    worst = min(accounts, key=lambda a: a.relationship or 0)
    company = firm(*deals, deal("O-1", account=best.id), deal("O-2", account=worst.id), accounts=accounts)
    signal = _signal(company)
    assert "relationship" in signal.name
    assert signal.shift[0] > 0.6
    assert signal.shift[1] < -0.6


def test_a_hint_is_not_yet_a_signal(firm, history):
    """Friends won a little more often in 300 deals: better in time order, yet with odds below 20 to 1."""
    sources = _sources(300)
    deals = history([0.58 if s == "friend" else 0.42 for s in sources], 5, source=sources)
    signal = _signal(firm(*deals))
    assert signal.loss < signal.base_loss
    assert signal.name == NO_SIGNAL
