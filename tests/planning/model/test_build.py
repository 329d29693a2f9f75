"""What a company comes to as a problem: hours, money and limits are those of its records."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.domain import Company, LatePenalty, Limit
from pursuit.forecast import believe, draw_scenarios
from pursuit.planning import Settings
from pursuit.planning.model import Model, Situation, build_model
from pursuit.units import WeekAxis
from tests.planning.firms import QUICK, congested_firm, random_firm, small_demo, won


def situation_of(company: Company, settings_: Settings = QUICK) -> Situation:
    axis = WeekAxis.following(company.as_of, settings_.weeks)
    long_axis = Situation.long_axis_of(axis)
    beliefs = believe(company, long_axis)
    futures = draw_scenarios(company, beliefs, long_axis, scenarios=settings_.scenarios, seed=settings_.seed)
    return Situation(company, axis, beliefs, futures)


def model_of(company: Company) -> Model:
    return build_model(situation_of(company), 0.3)


@cache
def demo_model() -> Model:
    return model_of(small_demo())


def options(model, word):
    return [o for o, facts in enumerate(model.facts) if facts.word == word]


def hours(model, bundle) -> float:
    return sum(model.problem.packages.use_hours[p] for p in model.problem.packages.of(bundle))


def test_an_order_brings_its_work_and_a_bid_its_presales():
    """A pursued option's conditional hours are its offer's work, its sure hours the offer's presales."""
    model, p = demo_model(), demo_model().problem
    for o in options(model, "pursue"):
        offer = model.facts[o].offer
        assert hours(model, p.if_won[o]) == pytest.approx(sum(piece.hours for piece in offer.work))
        assert hours(model, p.sure[o]) == pytest.approx(sum(offer.effort.values()))


def test_declining_brings_no_work_and_no_money():
    """Nothing is done and nothing paid for a deal that is declined."""
    model, p = demo_model(), demo_model().problem
    declined = options(model, "decline")
    assert (p.sure[declined] == -1).all()
    assert (p.if_won[declined] == -1).all()
    assert not p.cash.fixed[declined].any()
    assert not np.isin(declined, p.cash.exact_option).any()


def test_deals_to_come_stand_in_one_bundle_a_scenario():
    """Each scenario has at most one bundle of arrivals, and it belongs to no other."""
    p = demo_model().problem
    assert len(set(p.base_scenario.tolist())) == len(p.base_scenario) > 0
    assert p.base_scenario.min() >= 0


def test_effort_levels_of_one_offer_share_its_work():
    """A deal with two effort levels at the same price and date makes the same thing, which stands there once."""
    company = congested_firm()
    deal = company.opportunities[0]
    heavy = replace(deal.options[0], id="heavy", effort={"MILL": 8.0}, win_probability=0.95)
    dear = replace(heavy, id="dear", price=won(3e8))
    deal = replace(deal, options=(deal.options[0], heavy, dear))
    model = model_of(replace(company, opportunities=(deal,)))
    normal, heavy_, dear_ = options(model, "pursue")
    p = model.problem
    assert p.if_won[normal] == p.if_won[heavy_] >= 0
    assert p.if_won[dear_] != p.if_won[normal], "another price is another breach"
    assert p.sure[normal] == -1
    assert hours(model, p.sure[heavy_]) == 8.0


def test_terms_are_for_whole_packages():
    """The pieces of an order bear its late penalty by their hours; not doing one costs price, penalty and trust less
    what is saved."""
    company = congested_firm()
    deal = replace(company.opportunities[0], late_penalty=LatePenalty(0.002, 0.08))
    situation = situation_of(replace(company, opportunities=(deal,)))
    model = build_model(situation, 0.3)
    k, option = model.problem.packages, options(model, "pursue")[0]
    pieces = list(k.of(model.problem.if_won[option]))
    assert len(pieces) == 2
    assert k.late_cost[pieces].tolist() == pytest.approx([0.002 * 7 * 2e8 / 2] * 2)
    assert k.late_cap[pieces].tolist() == pytest.approx([0.08 * 2e8 / 2] * 2)
    saved = 40 * 10_000 * situation.futures.hours_factor.mean(axis=1)
    assert k.breach_cost[pieces].tolist() == pytest.approx([2e8 * 1.1 - 2e7 - s for s in saved])
    assert k.rate[pieces].tolist() == [1.0, 1.0]


def test_subcontracting_costs_what_is_paid_on_top():
    """Giving a package outside costs the subcontractor's hours less the own ones; a resource without one cannot."""
    company = congested_firm()
    mill, finish = company.resources
    mill = replace(mill, subcontract_cost=won(25_000), subcontract_share=0.5)
    situation = situation_of(replace(company, resources=(mill, finish)))
    model = build_model(situation, 0.3)
    k, option = model.problem.packages, options(model, "pursue")[0]
    milled, finished = k.of(model.problem.if_won[option])
    overrun = situation.futures.hours_factor[0].mean()
    assert k.subcontract_cost[milled] == pytest.approx(15_000 * 40 * overrun)
    assert k.subcontract_share[milled] == 0.5
    assert k.subcontract_cost[finished] == np.inf


def test_a_pin_goes_before_a_limit():
    """A deal pinned in beyond an exposure limit raises it to what it takes, and the limit is named."""
    company = congested_firm()
    deal = replace(company.opportunities[0], pinned="v")
    limit = Limit("L", "account:A", won(1e7))
    model = model_of(replace(company, opportunities=(deal,), limits=(limit,)))
    rows = model.problem.rows
    option = options(model, "pursue")[0]
    assert model.raised == ("limit:L",)
    assert rows.limit[rows.names.index("limit:L")] == pytest.approx(0.9 * model.facts[option].exposure)
    free = model_of(replace(company, limits=(limit,)))
    assert free.raised == ()
    assert free.problem.rows.limit[0] == 1e7


def test_rows_count_what_falls_in_their_scope():
    """A goal's row counts what every pursued option in its scope brings; no other option stands in it."""
    model = demo_model()
    rows = model.problem.rows
    by_id = {opp.id: opp for opp in small_demo().open_opportunities}
    assert len(small_demo().goals) > 0
    for n, name in enumerate(rows.names):
        entries = range(rows.start[n], rows.start[n + 1])
        kind, _, ref = name.partition(":")
        if kind == "credit":
            assert {by_id[model.facts[rows.option[e]].ref].account for e in entries} == {ref}
        assert all(model.facts[rows.option[e]].kind == "opportunity" for e in entries)
        assert all((rows.coefficient[e] < 0) == (kind == "goal") for e in entries)
    assert {name for name in rows.names if name.startswith("goal:")} == {
        f"goal:{goal.id}" for goal in small_demo().goals
    }


@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_any_firm_is_a_sound_problem(seed):
    """Whatever a firm lacks or overdoes, its problem passes the gate; every option is worth the sum of its parts."""
    model = model_of(random_firm(seed))
    for option, facts in enumerate(model.facts):
        assert model.problem.value[option].mean() == pytest.approx(
            sum(facts.parts.values()), rel=1e-6, abs=1.0
        )
