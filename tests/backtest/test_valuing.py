"""A plan's value week by week: the plan and today's way in the same worlds, with one meaning of money."""

from __future__ import annotations

from functools import partial

import pytest

from pursuit.backtest.fitted import believed, fitted_nature
from pursuit.backtest.policies import Follow, by_amount
from pursuit.backtest.race import race
from pursuit.backtest.valuing import replay_plan
from pursuit.planning import check_plan, make_plan
from pursuit.planning.model import Settings
from tests.planning.firms import small_demo

COMPANY = small_demo()
SETTINGS = Settings(weeks=8, scenarios=16, fresh=16, work_limit=20, detailed=2, lang="ko")


@pytest.fixture(scope="module")
def plan() -> dict[str, object]:
    return make_plan(COMPANY, SETTINGS)


def test_figures_are_those_of_the_replays(plan: dict[str, object]) -> None:
    """Means and lead are those of the plan followed and of today's rule in the natures that the books allow."""
    found = replay_plan(COMPANY, plan, 3)
    assert found is not None
    nature = partial(fitted_nature, COMPANY, beliefs=believed(COMPANY))
    lived = race(nature, {"plan": lambda: Follow(plan), "today": by_amount}, [1, 2, 3], weeks=8)
    assert found["expected"] == round(lived.figure("plan", "profit").mean)
    assert found["today"]["expected"] == round(lived.figure("today", "profit").mean)
    assert found["ahead"]["mean"] == round(lived.ahead("plan", "today").mean)
    assert found["worst_tenth"] == round(lived.worst_tenth("plan"))
    assert (found["seeds"], found["weeks"], found["policy"]) == (3, 8, "plan")
    assert "이익" in found["definition"]


def test_a_plan_with_it_is_sound(plan: dict[str, object]) -> None:
    """The checker takes the plan with what the replay found, with many worlds and with one."""
    for seeds in (1, 2):
        replayed = replay_plan(COMPANY, plan, seeds)
        told = plan | {"value": plan["value"] | {"replayed": replayed}}  # type: ignore[operator]
        assert check_plan(told, COMPANY) == ()


def test_stopped(plan: dict[str, object]) -> None:
    """Stopping keeps the worlds that are whole; before the first there is nothing."""
    assert replay_plan(COMPANY, plan, 3, report=lambda done, all_: done < 1) is None
    kept = replay_plan(COMPANY, plan, 3, 4, report=lambda done, all_: done < 5)
    assert kept is not None
    assert (kept["seeds"], kept["weeks"]) == (2, 4)


def test_investments_of_a_plan_begin_once_even_before_the_first_monday() -> None:
    """A start that lies before the replay begins is made up for on its first Monday, and not repeated."""
    follow = Follow(
        {
            "decisions": [],
            "accounts": [],
            "projects": [],
            "resources": [],
            "investments": [
                {"investment": "I-1", "start": "2020-01-06"},
                {"investment": "I-2", "start": None},
            ],
        }
    )
    assert follow.decide(COMPANY).invest == {"I-1"}
    assert follow.decide(COMPANY).invest == frozenset()
