"""Each way to decide takes the deals it says it takes, and leaves what no longer fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from pursuit.backtest.decisions import Policy
from pursuit.backtest.policies import Everything, Follow, by_amount, by_bottleneck, first_come
from pursuit.domain import Company, Opportunity, Option, Work
from tests.backtest.small import START, SmallNature, won


def deal(name: str, amount: float, hours: float, age: int, technologies: tuple[str, ...] = ()) -> Opportunity:
    """A deal that takes hours of the machine."""
    option = Option("only", material_cost=won(0), lead_time_weeks=4, effort={"S": 1.0}, work=(Work("M", hours),), technologies=technologies)  # fmt: skip  # noqa: E501
    return Opportunity(
        name, "A1", amount=won(amount), created=START - timedelta(age), win_probability=0.5, options=(option,)
    )


@pytest.fixture
def books() -> Company:
    """Three deals of which the quarter's hours hold two, and one the firm lacks the technology for."""
    deals = (deal("large", 9e7, 1200, 10), deal("dense", 5e7, 300, 20), deal("old", 6e7, 1100, 90))
    return replace(
        SmallNature().company,
        opportunities=(*deals, deal("beyond", 9e8, 1, 5, ("T2",))),
        projects=(),
        calendars=(),
    )


@pytest.mark.parametrize(
    ("make", "taken"),
    [
        (by_amount, {"large", "old"}),  # 1,235 hours hold 600 and 550 by their chance, not 150 more
        (by_bottleneck, {"dense", "large"}),
        (first_come, {"old", "dense"}),
        (Everything, {"large", "dense", "old"}),
    ],
)
def test_what_is_taken(books: Company, make: Callable[[], Policy], taken: set[str]) -> None:
    """Sorted by their own measure, as far as the hours go; never what the firm cannot make."""
    tight = replace(
        books, resources=tuple(replace(r, hours_per_week=95.0) if r.id == "M" else r for r in books.resources)
    )
    decided = make().decide(tight)
    assert set(decided.pursue) == taken
    assert set(decided.pursue.values()) == {"only"}


def test_what_was_begun_goes_on(books: Company) -> None:
    """A rule goes on with a deal it has begun though a better one has come in."""
    policy = first_come()
    assert "large" in policy.decide(books).pursue
    later = replace(
        books,
        as_of=START + timedelta(7),
        opportunities=(*books.opportunities, deal("older", 1e7, 1300, 200)),
        resources=tuple(replace(r, hours_per_week=95.0) if r.id == "M" else r for r in books.resources),
    )
    assert "large" in policy.decide(later).pursue


def plan(**prices: float) -> dict[str, Any]:
    """As much of a plan as following it takes."""
    return {
        "decisions": [
            {"opportunity": "large", "decision": "decline", "option": None},
            {"opportunity": "old", "decision": "pursue", "option": "only"},
        ],
        "accounts": [{"account": "A1", "course": "grow"}],
        "projects": [],
        "resources": [{"resource": r, "price_per_hour": p} for r, p in prices.items()],
        "investments": [{"investment": "I-1", "start": (START + timedelta(14)).isoformat()}],
    }


@pytest.mark.parametrize(("price", "takes"), [(0.0, True), (100_000.0, True), (200_000.0, False)])
def test_a_plan_is_followed_at_its_prices(books: Company, price: float, takes: bool) -> None:
    """What the plan decided is done; a deal it did not know is taken while it brings more than its hours cost."""
    decided = Follow(plan(M=price, S=0.0)).decide(books)  # dense brings 50 million for 300 hours at 20,000
    assert decided.decline == {"large"}
    assert decided.pursue["old"] == "only"
    assert ("dense" in decided.pursue) is takes
    assert "beyond" not in decided.pursue
    assert decided.courses == {"A1": "grow"}


def test_investments_of_a_plan_begin_in_their_week(books: Company) -> None:
    """Not before, and once."""
    policy = Follow(plan(M=0.0))
    begun = [policy.decide(replace(books, as_of=START + timedelta(weeks=week))).invest for week in range(4)]
    assert begun == [frozenset(), frozenset(), {"I-1"}, frozenset()]
