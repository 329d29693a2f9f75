"""The demo firm's records follow the laws it was made by."""

from __future__ import annotations

import json
from dataclasses import fields, replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pursuit.demo import DemoFirm
from pursuit.demo.credit import default_probability, grade
from pursuit.demo.winning import STAGES, Situation, play, score, win_probability
from pursuit.domain import Company, offers_of
from pursuit.domain.company import _plain


def test_every_open_option_has_a_true_chance(firm: DemoFirm) -> None:
    """The truth names exactly the options that the company offers, each with a probability."""
    offered = {
        (o.id, offer.id) for o in firm.company.open_opportunities for offer in offers_of(firm.company, o)
    }
    assert set(firm.truth.win_probability) == offered
    assert all(0 < chance < 1 for chance in firm.truth.win_probability.values())


def test_no_truth_stands_in_the_company(firm: DemoFirm) -> None:
    """No number of the truth that forecasts must find is written anywhere in the company."""
    numbers: set[float] = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            for item in value.values():
                collect(item)
        elif isinstance(value, list):
            for item in value:
                collect(item)
        elif isinstance(value, float):
            numbers.add(value)

    collect(json.loads(json.dumps(_plain(firm.company))))
    hidden = {*firm.truth.win_probability.values(), *firm.truth.default_probability.values()}
    assert not hidden & numbers
    assert all(account.default_probability is None for account in firm.company.accounts)
    assert {f.name for f in fields(firm)} == {"company", "truth"}
    assert isinstance(firm.company, Company)


def test_what_the_sales_team_declares_is_a_guess(firm: DemoFirm) -> None:
    """Declared chances stand on few deals and flatter; declared shifts stand on some options only."""
    c, truth = firm.company, firm.truth.win_probability
    declared = [
        (o.win_probability, truth[o.id, "standard"]) for o in c.open_opportunities if o.win_probability
    ]
    assert 1 <= len(declared) <= 20
    assert np.mean([guess - chance for guess, chance in declared]) > 0.03
    assert all(option.win_probability is None for o in c.open_opportunities for option in o.options)
    others = [option for o in c.open_opportunities for option in o.options if option.id != "standard"]
    assert 0.4 < np.mean([option.win_shift != 0 for option in others]) < 0.8


def test_deals_are_won_as_often_as_their_chance_says() -> None:
    """Declared chances stand on few deals and flatter; declared shifts stand on some options."""
    rng = np.random.default_rng(1)
    for case in (Situation("S-SEMI", "소개", 0.8, 1e8), Situation("S-GEN", "입찰", 0.2, 5e8, price=0.05)):
        won = np.mean([play(case, rng)[0] for _ in range(4000)])
        assert abs(won - win_probability(case, STAGES[0])) < 0.03


CASES = st.builds(
    Situation,
    segment=st.sampled_from(["S-SEMI", "S-AUTO", "S-MED"]),
    source=st.sampled_from(["소개", "입찰"]),
    relationship=st.floats(0, 1),
    amount=st.floats(2e7, 1.5e9),
    price=st.floats(-0.2, 0.2),
    late_share=st.floats(0, 0.6),
    references=st.integers(0, 60),
    weeks_short=st.floats(0, 6),
)


@given(CASES, st.integers(0, 3))
def test_a_later_stage_is_nearer_to_the_order(case: Situation, at: int) -> None:
    """Passing a stage never lowers the chance by more than the share ordered at once."""
    assert win_probability(case, STAGES[at]) <= win_probability(case, STAGES[at + 1]) + 0.13
    assert 0 < win_probability(case, STAGES[at]) < 1


@given(CASES, st.floats(0.01, 0.2))
def test_a_lower_price_never_hurts_the_chance(case: Situation, cut: float) -> None:
    """The score falls with the price and with it the chance at every stage."""
    cheaper = replace(case, price=case.price - cut)
    assert score(cheaper) > score(case)
    assert all(win_probability(cheaper, stage) > win_probability(case, stage) for stage in STAGES)


@given(st.floats(-4, 4), st.floats(0.01, 3))
def test_better_accounts_mean_a_better_grade(health: float, more: float) -> None:
    """Default probability falls with the state of the accounts and every probability has a grade."""
    assert default_probability(health + more) < default_probability(health)
    assert grade(default_probability(health))[0] in "ABC"


def test_options_differ_in_what_they_promise(firm: DemoFirm) -> None:
    """Fast is sooner and dearer, a cut is cheaper at the same material, a prototype costs effort."""
    seen = set()
    for opp in firm.company.open_opportunities:
        standard, *others = offers_of(firm.company, opp)
        for offer in others:
            seen.add(offer.id)
            if offer.id == "fast":
                assert offer.lead_weeks < standard.lead_weeks
                assert offer.price > standard.price
            elif offer.id == "cut":
                assert offer.price < standard.price
                assert offer.material_cost == standard.material_cost
            elif offer.id == "prototype":
                assert sum(offer.effort.values()) > 1.3 * sum(standard.effort.values())
                assert offer.pursuit_cost > 0
            else:
                assert set(offer.technologies) > set(standard.technologies)
    assert seen == {"fast", "cut", "prototype", "coating", "module"}
