"""What-ifs: changes do what they say, cases are judged on the same futures, differences have their cause."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from pursuit.errors import InputError
from pursuit.planning.basis import solved
from pursuit.planning.changes import Change, parse_change
from pursuit.planning.changing import unit_hours
from pursuit.planning.differences import differences, known_of
from pursuit.planning.information import value_of_knowing
from pursuit.planning.investing import paybacks
from pursuit.planning.model import build_model
from pursuit.planning.rows import comparison_document, information_rows, payback_rows
from pursuit.planning.warm import all_taken, prices_from, start_from
from pursuit.planning.what_if import WhatIf, bottlenecks, compare, one_more, parse_what_if
from tests.planning.tight import SETTINGS, tight_firm, tight_plan


def changed(text):
    return parse_what_if(text).on(tight_plan().basis)


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("capacity:MC=+10%", Change("capacity", "MC", "times", 1.1)),
        ("capacity:MC=-5%", Change("capacity", "MC", "times", 0.95)),
        ("hour:MC=+1", Change("hour", "MC", "add", 1.0)),
        ("win:O1=0.6", Change("win", "O1", "set", 0.6)),
        ("win:O1=x1.2", Change("win", "O1", "times", 1.2)),
        ("win:O1=60%", Change("win", "O1", "set", 0.6)),
        ("price:segment:S 1=-3%", Change("price", "segment:S 1", "times", 0.97)),
        ("speed:MC=50%@3-8", Change("speed", "MC", "set", 0.5, (2, 7))),
        ("risk=0.5", Change("risk", "", "set", 0.5)),
        ("pin:O1=dear", Change("pin", "O1", "set", 0.0, word="dear")),
    ],
)
def test_a_line_says_a_change(text, change):
    """Each form of a change reads as what it means."""
    read = parse_change(text)
    assert (read.what, read.target, read.how, read.weeks, read.word) == (
        change.what, change.target, change.how, change.weeks, change.word,
    )  # fmt: skip
    assert read.number == pytest.approx(change.number)


@pytest.mark.parametrize(
    "text", ["", "capacity", "capacity:MC", "weather=+1", "risk=high", "speed:MC=50%@8-3", "pin:=x"]
)
@pytest.mark.parametrize("lang", ["en", "ko"])
def test_what_cannot_be_read_is_said(text, lang):
    """A line that means nothing is refused in one message, in both languages."""
    with pytest.raises(InputError) as error:
        parse_change(text, lang)
    assert len(error.value.faults) == 1


@pytest.mark.parametrize(
    "text", ["capacity:XX=+1%", "price:O99=+1%", "win:segment:none=0.5", "goal:X=x2", "limit:X=x2", "risk=1.5",
             "pin:O0=other", "pin:I-T=maybe", "pin:nobody=no"],
)  # fmt: skip
def test_what_is_not_there_is_refused_before_any_work(text):
    """A what-if about something unknown is an error that names it."""
    with pytest.raises(InputError):
        compare(tight_plan(), SETTINGS, [parse_what_if(text)])


def test_changes_change_what_they_name_and_nothing_else():
    """Capacity, hours, heads, speed, price, chance, cash, goals, limits, risk and pins, one by one."""
    base = tight_plan().basis
    machine = changed("capacity:MC=+10%").company.resource_by_id["MC"]
    assert machine.hours_per_week == pytest.approx(33)
    assert changed("hour:MC=+1").company.resource_by_id["MC"].hours_per_week == 31
    assert changed("unit:MC=+1").company.resource_by_id["MC"].hours_per_week == 45
    assert unit_hours(base.company.resource_by_id["ASM"]) == 40
    slow, full = changed("speed:MC=50%@3-8").situation.capacity, base.situation.capacity
    assert np.allclose(slow[0, 2:8], 0.5 * full[0, 2:8])
    assert np.allclose(slow[0, 8:], full[0, 8:])
    assert np.allclose(slow[1:], full[1:])
    dear, plain = changed("price:O1=+20%").situation.offers, base.situation.offers
    assert [o.price for o in dear["O1"]] == pytest.approx([1.2 * o.price for o in plain["O1"]])
    assert [o.material_cost for o in dear["O1"]] == [o.material_cost for o in plain["O1"]]
    assert dear["O2"] == plain["O2"]
    chance = changed("win:O1=0.9").beliefs.opportunities["O1"].by_option
    assert chance["base"] == pytest.approx(0.9)
    assert base.beliefs.opportunities["O1"].by_option["dear"] < chance["dear"] < 0.9
    assert changed("win:all=x2").beliefs.opportunities["O3"].by_option["base"] == 1.0
    assert changed("floor=x2").company.finance.floor.amount == 20_000_000
    assert changed("cash=+1000").company.finance.opening_cash.amount == 50_001_000
    assert changed("goal:G=x3").company.goals[0].weight == pytest.approx(0.06)
    assert changed("limit:L=-50%").company.limits[0].exposure.amount == 500_000_000
    assert changed("risk=0.5").settings.risk_aversion == 0.5
    assert changed("pin:O1=pursue").company.open_opportunities[1].pinned == "base"
    assert changed("pin:I-T=no").company.investments[0].pinned == "no"
    both = changed("capacity:MC=+10%,price:O1=+20%")
    assert both.company.resource_by_id["MC"] == machine
    assert both.futures is base.futures


@pytest.fixture(scope="module")
def compared():
    asked = (
        "capacity:MC=-50%",
        "capacity:MC=+50%",
        "win:O0=0.02",
        "pin:O0=decline",
        "hour:MC=+1",
        "goal:all=x0",
        "price:O1=+30%",
    )
    return compare(tight_plan(), SETTINGS, [parse_what_if(text) for text in asked])


def case(compared, name):
    return next(case for case in compared.cases if case.name == name)


def test_more_never_hurts_and_less_never_helps(compared):
    """Capacity, hours and prices up are worth at least nothing; less of them, and a pin, at most nothing."""
    base = compared.base.objective
    for name in ("capacity:MC=+50%", "hour:MC=+1", "price:O1=+30%"):
        assert case(compared, name).objective >= base - 1e-6 * abs(base)
    for name in ("capacity:MC=-50%", "win:O0=0.02", "pin:O0=decline"):
        assert case(compared, name).objective <= base + 1e-6 * abs(base)
    for one in compared.cases:
        assert one.worst_tenth <= one.expected
        assert one.objective <= one.bound * (1 + 1e-9)


def test_an_hour_more_is_worth_about_what_its_price_says(compared):
    """What an hour more saves with the choice as it is lies near what a new choice makes of it, in means."""
    priced = compared.base.hour_worth["MC"]
    gained = case(compared, "hour:MC=+1").expected - compared.base.expected
    assert priced > 0
    assert gained == pytest.approx(priced, rel=0.5)


def test_what_changes_is_told_with_its_cause(compared):
    """A deal judged or pinned otherwise says so; what half the machine drives out names the machine."""
    told = {one.name: {d.record[1]: d for d in one.differences} for one in compared.cases}
    assert told["win:O0=0.02"]["O0"].cause.kind == "chance"
    assert told["pin:O0=decline"]["O0"].cause.kind == "pinned"
    dropped = [d for d in told["capacity:MC=-50%"].values() if d.after.word == "decline"]
    assert dropped
    assert all((d.cause.kind, d.cause.resource) == ("capacity", "MC") for d in dropped)
    assert not differences(known_of(compared.plan), compared.plan)


def test_the_document_holds_all_cases(compared):
    """The rows are plain data; where goals count otherwise, no gain is claimed."""
    document = comparison_document(compared)
    assert [row["name"] for row in document["cases"]] == [c.name for c in compared.cases]
    gains = {row["name"]: row["gain"] for row in document["cases"]}
    assert gains["goal:all=x0"] is None
    assert gains["capacity:MC=-50%"] < 0
    assert document["base"]["gain"] == 0


def test_the_same_with_any_executor_and_stopped_early():
    """Threads change nothing; told to stop, only the cases done are there."""
    asked = [parse_what_if(text) for text in ("hour:MC=+1", "risk=0", "win:O2=0.9")]
    plan = tight_plan()
    serial = compare(plan, SETTINGS, asked)
    with ThreadPoolExecutor(1) as threads:
        other = compare(plan, SETTINGS, asked, executor=threads)
    assert comparison_document(serial) == comparison_document(other)
    early = compare(plan, SETTINGS, asked, report=lambda done, total: False)
    assert [one.name for one in early.cases] == ["hour:MC=+1"]


def test_a_choice_carries_over_to_its_own_problem():
    """Decisions and prices taken over to the same problem are the same decisions and prices."""
    plan = tight_plan()
    again = build_model(plan.basis.situation, 0.3)
    assert (start_from(all_taken(plan), again, plan.basis) == plan.solution.choice).all()
    prices = prices_from(plan.basis, plan.model, plan.solution.prices, again, plan.basis)
    for name in ("hour", "weight", "row", "need", "cash"):
        assert np.allclose(getattr(prices, name), getattr(plan.solution.prices, name))


def test_one_more_asks_about_the_bottleneck():
    """The machine is the scarce one: an hour and a head of it are asked for first."""
    assert list(bottlenecks(tight_plan())) == ["MC"]
    assert [w.name for w in one_more(tight_plan())] == ["hour:MC=+1", "unit:MC=+1"]
    assert WhatIf("nothing").on(tight_plan().basis) is tight_plan().basis


def test_knowing_is_never_worth_less_than_nothing_and_nothing_where_all_is_certain():
    """Information has a value of 0 or more; a deal that is surely lost has nothing to tell."""
    plan = tight_plan()
    found = value_of_knowing(plan, ["O0", "O4"])
    assert all(one.value >= 0 for one in found)
    assert max(one.value for one in found) > 0
    rows = information_rows(found)
    assert [row["opportunity"] for row in rows] == ["O0", "O4"]
    lost = parse_what_if("win:O0=0").on(plan.basis)
    assert value_of_knowing(solved(lost), ["O0"])[0].value == pytest.approx(0.0, abs=1.0)


def test_an_investment_pays_back_when_its_deal_is_due():
    """The coating line exists for one deal; it is covered once that deal is delivered, and never before."""
    (line,) = paybacks(tight_plan())
    plan = tight_plan()
    assert line.investment == "I-T"
    assert line.deals == ("O7",)
    assert line.effect > 0
    assert line.gain > line.cost == 8_000_000
    assert line.weeks == plan.chosen["opportunity", "O7"].due + 1
    assert payback_rows([line])[0]["payback_weeks"] == line.weeks
    assert tight_firm().investments[0].cost.amount == line.cost
