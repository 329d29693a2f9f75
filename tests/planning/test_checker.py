"""The plan checker accepts a sound plan, catches every spoilt one, and imports nothing that makes plans."""

from __future__ import annotations

import ast
import copy
import json
from collections import Counter
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.errors import PlanError
from pursuit.planning import checker
from pursuit.planning.checker import check_plan, verify_plan
from pursuit.planning.checks.case import Case
from pursuit.planning.checks.heading import horizon_problems
from pursuit.planning.checks.money import worst_tenth
from pursuit.planning.checks.structure import plan_schema, structure_problems
from tests.planning.mutations import KINDS, mutations
from tests.planning.tiny import tiny_company, tiny_plan

COMPANY = tiny_company()
PLAN = tiny_plan(COMPANY)
COUNT = 360


def test_sound_plan_passes():
    """A plan that keeps every rule has no problem, before and after a trip through JSON."""
    assert check_plan(PLAN, COMPANY) == ()
    assert check_plan(json.loads(json.dumps(PLAN)), COMPANY) == ()
    verify_plan(PLAN, COMPANY)
    jsonschema.validate(PLAN, plan_schema())


@pytest.mark.parametrize("seed", [1, 2])
def test_every_mutation_is_caught(seed):
    """Hundreds of plans with one planted fault each are all refused, every kind of fault among them."""
    kinds = Counter()
    for name, spoilt in mutations(PLAN, COMPANY, seed, COUNT):
        kinds[name] += 1
        assert check_plan(spoilt, COMPANY), f"{name} passed"
    assert sum(kinds.values()) == COUNT
    assert set(kinds) == set(KINDS)


def test_no_rule_is_idle():
    """Each rule of the checker is the only one that catches some mutation: none could be left out."""
    alone = set()
    for _, spoilt in mutations(PLAN, COMPANY, 4, COUNT):
        case = Case(spoilt, COMPANY)
        if not list(structure_problems(spoilt, plan_schema())) and not list(horizon_problems(case)):
            told = [rule.__name__ for rule in checker.RULES if list(rule(case))]
            alone |= set(told) if len(told) == 1 else set()
    assert alone == {rule.__name__ for rule in checker.RULES}


def test_mutations_repeat():
    """The same seed makes the same mutations, another seed others."""
    first, again, other = ([json.dumps(m) for m in mutations(PLAN, COMPANY, s, 90)] for s in (5, 5, 6))
    assert first == again
    assert first != other


def test_verify_lists_every_problem():
    """A plan with several faults is refused with all of them, each naming its record."""
    plan = copy.deepcopy(PLAN)
    plan["decisions"][0]["effect"] += 1
    plan["projects"][0]["due"] = "2026-04-11"
    plan["cash"][0]["low"] = plan["cash"][0]["expected"] + 1
    with pytest.raises(PlanError) as refused:
        verify_plan(plan, COMPANY)
    assert len(refused.value.problems) == 3
    for record in ("Opportunity O1", "Project P1", "2026-03"):
        assert any(record in problem for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda p: p["decisions"].pop(), "O12 is missing"),
        (lambda p: p["investments"][0].update(decision="no", start=None, unlocks=[]), "neither held"),
        (
            lambda p: p["schedule"][1].update(
                weeks=[{"week": "2026-03-02", "hours": 22.0}], start="2026-03-02", end="2026-03-06"
            ),
            "step 2 is ahead of step 1",
        ),
        (lambda p: p["allocation"][3].update(capacity=120.0), "140.0 regular hours"),
        (lambda p: p["allocation"][0].update(capacity=120.0), "96.0 regular hours"),
        (lambda p: p["accounts"][1].update(exposure=300_000_004), "limit L1"),
        (lambda p: p["schedule"].pop(0), "Project P1 is given 0.0 of the 44.0 hours of MC"),
        (lambda p: p["value"]["fresh"].update(worst_tenth=-6), "worst tenth"),
        (lambda p: p["cash"][1].update(low=50_000_002), "often under the floor"),
        (lambda p: p["allocation"][0].update(resource="Z"), "outside the company or the horizon"),
        (lambda p: p["investments"][0].update(investment="Z"), "investment Z does not exist"),
        (lambda p: p["investments"][0].update(decision="later"), "decided later but started"),
        (lambda p: p["investments"][2].update(decision="now", start="2026-03-02"), "pinned to no"),
        (lambda p: p["projects"][0].update(mode="as_planned", effect=0), "pinned to slower"),
        (lambda p: p["goals"][0].update(shortfall=3e7), "falls short by 2e+07"),
        (lambda p: p["goals"][0].update(price=2_000_000), "give 1000000"),
        (lambda p: p["accounts"].append(p["accounts"][0]), "account A1 stands 2 times"),
        (lambda p: p["accounts"][0].update(account="Z"), "account Z does not exist"),
        (lambda p: p["segments"].append(p["segments"][0]), "Segment S1 stands 2 times"),
        (lambda p: p["segments"][0].update(pursued=3), "has 0 pursued, not 3"),
        (
            lambda p: p["decisions"][2].update(option="standard", option_name="x"),
            "although it is not pursued",
        ),
        (lambda p: p["decisions"][0].update(segment="Z"), "is in segment 'S2', not 'Z'"),
        (lambda p: p["decisions"][0].update(decide_by="2026-03-21"), "must be decided by 2026-03-20"),
        (lambda p: p["value"].update(worst_tenth=600_000_000), "better than its mean"),
        (lambda p: p["schedule"][0].update(work_center="Z"), "there is no resource Z"),
        (lambda p: p["schedule"][0]["weeks"].reverse(), "twice or out of order"),
        (lambda p: p["schedule"].append(p["schedule"][0]), "more operations on a resource"),
    ],
)
def test_sentences_name_what_is_wrong(change, words):
    """The telling figures and names stand in the sentence."""
    plan = copy.deepcopy(PLAN)
    change(plan)
    assert any(words in problem for problem in check_plan(plan, COMPANY)), check_plan(plan, COMPANY)


@pytest.mark.parametrize(
    "change",
    [
        lambda p: p["allocation"][3].update(capacity=140.4),
        lambda p: p["value"].update(objective=p["value"]["objective"] + 3, gap=11_999_997 / 450_000_000),
        lambda p: p["schedule"].pop(2),
        lambda p: p["projects"][1].update(finish=None),
        lambda p: p["decisions"][0].update(promise=None),
        lambda p: p["schedule"].pop(),
    ],
)
def test_what_may_be_is_let_through(change):
    """Rounding, unfinished late work and deals beyond the horizon are no faults."""
    plan = copy.deepcopy(PLAN)
    change(plan)
    if not any(row["order"] == "P2" for row in plan["schedule"]):
        plan["projects"][1]["finish"] = None
    assert check_plan(plan, COMPANY) == ()


def test_worst_tenth_counts_the_last_in_part():
    """Of 25 outcomes the worst tenth is two and a half."""
    assert worst_tenth(range(25)) == pytest.approx((0 + 1 + 0.5 * 2) / 2.5)
    assert worst_tenth([7]) == 7
    assert worst_tenth(range(64)) == pytest.approx((sum(range(6)) + 0.4 * 6) / 6.4)


def test_structure_agrees_with_jsonschema():
    """On every mutation, our walker finds a fault of shape whenever the reference validator does."""
    reference = jsonschema.Draft202012Validator(plan_schema())
    for name, spoilt in mutations(PLAN, COMPANY, 3, 120):
        if next(reference.iter_errors(spoilt), None) is not None:
            assert list(structure_problems(spoilt, plan_schema())), name


def test_unknown_schema_words_are_not_passed_over():
    """A word of JSON Schema that the walker does not know stops it."""
    with pytest.raises(ValueError, match="uniqueItems"):
        list(structure_problems([], {"type": "array", "uniqueItems": True}))


def test_checker_shares_no_code_with_solvers():
    """Neither the checker nor its rules import selection, scheduling, forecast or the planner."""
    root = Path(checker.__file__).parent
    for source in [root / "checker.py", *(root / "checks").glob("*.py")]:
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                inner = name.startswith("pursuit")
                allowed = ("pursuit.errors", "pursuit.units", "pursuit.domain", "pursuit.planning.checks")
                assert not inner or name.startswith(allowed), f"{source.name} imports {name}"


@pytest.mark.parametrize(
    ("key", "value"),
    [("start", "9999-12-27"), ("start", "0001-01-01"), ("weeks", 10**30), ("end", "9999-12-31")],
)
def test_absurd_horizons_are_told(key, value):
    """Horizons beyond the calendar are a problem like any other."""
    plan = copy.deepcopy(PLAN)
    plan["horizon"][key] = value
    assert any("horizon" in problem for problem in check_plan(plan, COMPANY))


def leaves(node, path=()):
    """Every scalar of a document with the way to it."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else None
    if items is None:
        yield path, node
    else:
        for key, item in items:
            yield from leaves(item, (*path, key))


@settings(max_examples=120, deadline=None)
@given(st.data())
def test_never_a_traceback(data):
    """Whatever stands in up to three places of a document, the checker answers with sentences."""
    plan = copy.deepcopy(PLAN)
    places = [path for path, _ in leaves(PLAN)]
    words = st.sampled_from(["", "O1", "P1", "2026-03-02", "2026-03-06", "9999-12-31", "0001-01-01"])
    numbers = st.integers() | st.floats() | st.sampled_from([0, 1, -1, 10**6, 10**18])
    for path in data.draw(st.lists(st.sampled_from(places), min_size=1, max_size=3)):
        node = plan
        for key in path[:-1]:
            node = node[key]
        old = node[path[-1]]
        like = words if isinstance(old, str) else numbers if isinstance(old, int | float) else st.none()
        node[path[-1]] = data.draw(like | st.none() | st.booleans())
    problems = check_plan(plan, COMPANY)
    assert all(isinstance(problem, str) and problem for problem in problems)
