"""Whole plans: sound, repeatable, bounded, harmonious with the floor, and refused when spoilt."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.errors import PlanError, SolveError
from pursuit.planning import Settings, check_plan, make_plan, verify_plan
from pursuit.planning.checks.structure import plan_schema
from tests.planning.firms import QUICK, congested_firm, random_firm, small_demo, won
from tests.planning.mutations import mutations

GOLDEN = Path(__file__).parent.parent / "golden" / "small-demo.json"


@cache
def plan_text() -> str:
    return json.dumps(make_plan(small_demo(), QUICK))


def test_plan_passes_its_checker_and_schema():
    """A plan of a small demo firm has no problem and has the documented shape."""
    plan = json.loads(plan_text())
    assert check_plan(plan, small_demo()) == ()
    jsonschema.validate(plan, plan_schema())
    assert plan["value"]["bound"] >= plan["value"]["objective"]
    assert {row["decision"] for row in plan["decisions"]} >= {"pursue", "defer"}


def test_same_seed_same_plan():
    """Two runs give the same document to the letter; another seed gives another."""
    assert json.dumps(make_plan(small_demo(), QUICK)) == plan_text()
    assert json.dumps(make_plan(small_demo(), replace(QUICK, seed=2))) != plan_text()


def test_two_hundred_spoilt_plans_are_refused():
    """Every one of 200 mutations of a real plan is caught."""
    count = 0
    for name, spoilt in mutations(json.loads(plan_text()), small_demo(), 5, 200):
        assert check_plan(spoilt, small_demo()), f"{name} passed"
        count += 1
    assert count == 200


def test_plan_of_another_snapshot_is_refused():
    """A plan cannot be passed off as that of a firm that has changed since."""
    changed = replace(small_demo(), name="다른 회사")
    with pytest.raises(PlanError, match="another snapshot"):
        verify_plan(json.loads(plan_text()), changed)


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.integers(0, 10_000))
def test_any_firm_gets_a_sound_plan(seed):
    """Whatever a firm lacks or overdoes, its plan passes the checker and stays under its bound."""
    company = random_firm(seed)
    plan = make_plan(company, Settings(weeks=8, scenarios=16, fresh=16, work_limit=40, detailed=2))
    assert check_plan(plan, company) == ()
    assert plan["value"]["objective"] <= plan["value"]["bound"]


def test_floor_that_cannot_follow_makes_the_choice_think_again():
    """Work that fits by rates but not in the order of its steps comes back, and the choice changes."""
    company = congested_firm()
    plan = make_plan(company, Settings(weeks=20, scenarios=16, fresh=16, work_limit=60, detailed=1))
    assert check_plan(plan, company) == ()
    assert plan["rounds"][0]["conflicts"], "the planted conflict was not seen"
    assert len(plan["rounds"]) >= 2
    assert plan["rounds"][-1]["conflicts"] == []
    assert plan["decisions"][0]["decision"] == "decline"


def test_without_the_conflict_one_round_is_enough():
    """The same firm with finishing open all year pursues the deal at once."""
    company = congested_firm()
    company = replace(company, calendars=(replace(company.calendars[0], closed=()),))
    plan = make_plan(company, Settings(weeks=20, scenarios=16, fresh=16, work_limit=60, detailed=1))
    assert len(plan["rounds"]) == 1
    assert plan["decisions"][0]["decision"] == "pursue"


def test_stop_hands_back_the_best_so_far():
    """A user who stops gets a sound plan that says it was stopped."""
    seen = []

    def stop(progress):
        seen.append(progress)
        return progress.phase != "exchange"

    plan = make_plan(small_demo(), QUICK, stop)
    assert plan["status"] == "cancelled"
    assert check_plan(plan, small_demo()) == ()
    assert seen[-1].phase == "exchange", "progress went on after the stop"


def test_pins_bind():
    """A deal pinned out is declined, one pinned to an option takes it; both say so."""
    company = small_demo()
    plan = json.loads(plan_text())
    pursued = next(row for row in plan["decisions"] if row["decision"] == "pursue")
    other = next(row for row in plan["decisions"] if row["decision"] == "defer")
    option = next(
        o.options[0].id for o in company.opportunities if o.id == other["opportunity"] and o.options
    )

    def pin(opp):
        if opp.id == pursued["opportunity"]:
            return replace(opp, pinned="decline")
        return replace(opp, pinned=option) if opp.id == other["opportunity"] else opp

    pinned = replace(company, opportunities=tuple(pin(opp) for opp in company.opportunities))
    again = {row["opportunity"]: row for row in make_plan(pinned, QUICK)["decisions"]}
    assert again[pursued["opportunity"]]["decision"] == "decline"
    assert again[other["opportunity"]]["option"] == option
    assert again[pursued["opportunity"]]["pinned"]


def test_pins_that_cannot_hold_are_refused_in_words():
    """A pin to an option whose technology nobody can bring ends in one clear message."""
    company = random_firm(1)
    deal = company.opportunities[0]
    option = replace(congested_firm().opportunities[0].options[0], technologies=("T",), work=())
    deal = replace(deal, options=(option,), pinned="v")
    company = replace(company, opportunities=(deal,), investments=())
    with pytest.raises(SolveError, match="pin"):
        make_plan(company, Settings(weeks=8, scenarios=16, fresh=16, work_limit=20))


def test_korean_plan_speaks_korean():
    """No English sentence is left among the reasons and remarks of a Korean plan."""
    plan = make_plan(small_demo(), replace(QUICK, lang="ko"))
    texts = [reason for row in plan["decisions"] for reason in row["reasons"]]
    texts += plan["warnings"] + plan["fallbacks"]
    texts += [
        r
        for table in ("segments", "accounts", "investments", "projects")
        for row in plan[table]
        for r in row["reasons"]
    ]
    for text in texts:
        assert any("가" <= letter <= "힣" for letter in text), text


def test_a_richer_deal_is_worth_more_to_the_firm():
    """Raising one deal's price raises its effect, all else equal."""
    company = congested_firm()
    company = replace(company, calendars=(replace(company.calendars[0], closed=()),))
    deal = replace(company.opportunities[0], amount=won(3e8))
    settings_ = Settings(weeks=20, scenarios=16, fresh=16, work_limit=60, detailed=1)
    poor = make_plan(company, settings_)["decisions"][0]
    rich = make_plan(replace(company, opportunities=(deal,)), settings_)["decisions"][0]
    assert rich["effect"] > poor["effect"]


def test_needs_and_statements_change_what_they_should():
    """Without needs no account tells which are met; without statements default rests on something else."""
    company = small_demo()
    bare = replace(
        company,
        needs=(),
        statements=(),
        accounts=tuple(replace(account, needs=()) for account in company.accounts),
        segments=tuple(replace(segment, needs=()) for segment in company.segments),
    )
    full, less = (
        {row["account"]: row for row in plan["accounts"]}
        for plan in (json.loads(plan_text()), make_plan(bare, QUICK))
    )
    assert any("Needs the firm can meet" in reason for row in full.values() for reason in row["reasons"])
    assert not any("Needs the firm can meet" in reason for row in less.values() for reason in row["reasons"])
    changed = [a for a in full if full[a]["default_probability"] != less[a]["default_probability"]]
    assert len(changed) >= len(full) / 2


def test_golden_plan():
    """The decisions and worth of a small demo firm stay what they were, unless someone means to change them.

    Rewrite with ``python -m tests.golden`` and say in the commit why.
    """
    from tests.golden.__main__ import summary

    golden, now = json.loads(GOLDEN.read_text(encoding="utf-8")), summary(json.loads(plan_text()))
    assert now["decisions"] == golden["decisions"]
    for name, value in golden["value"].items():
        assert now["value"][name] == pytest.approx(value, rel=1e-6), name
