"""A plan may carry the value of its replay or not; what does not go together in it is refused."""

from __future__ import annotations

import copy

import jsonschema

from pursuit.planning import check_plan
from pursuit.planning.checks.structure import plan_schema
from tests.planning.spoiling.replayed import SOUND
from tests.planning.tiny import tiny_company, tiny_plan


def test_with_and_without() -> None:
    """The checker and the schema take a plan with a sound replay, with one of one world, and without any."""
    company = tiny_company()
    plan = tiny_plan(company)
    one = {"seeds": 1, "low": None, "high": None, "ahead": {"mean": 100_000, "low": None, "high": None}}
    for replayed in (None, SOUND, SOUND | one):
        told = copy.deepcopy(plan)
        if replayed is not None:
            told["value"]["replayed"] = replayed
        assert check_plan(told, company) == ()
        jsonschema.validate(told, plan_schema())


def test_no_other_field() -> None:
    """A field the format does not know has no place in a replay either."""
    company = tiny_company()
    plan = copy.deepcopy(tiny_plan(company))
    plan["value"]["replayed"] = SOUND | {"profit": 1}
    assert check_plan(plan, company) != ()
