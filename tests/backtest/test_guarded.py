"""A policy's faults are told with its name, the Monday and the place; its answers are judged before they are used."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pursuit.backtest.decisions import Decisions
from pursuit.backtest.policies import POLICIES
from pursuit.backtest.policies.guarded import Guarded, problems_of
from pursuit.backtest.race import race
from pursuit.backtest.replay import replay
from pursuit.domain import Company
from pursuit.errors import PolicyError
from tests.backtest.small import SmallNature


class Sudden:
    """Fails in its third week."""

    name = "sudden"

    def __init__(self) -> None:
        self.weeks = 0

    def decide(self, company: Company) -> Decisions:
        """Decide twice."""
        self.weeks += 1
        if self.weeks == 3:
            raise KeyError("O-1")
        return Decisions()


def nature(seed: int) -> SmallNature:
    return SmallNature()


def test_a_fault_has_its_monday_its_place_and_its_books() -> None:
    """An exception inside a policy ends a race as one error that says where, and carries what the policy saw."""
    with pytest.raises(PolicyError) as told:
        race(nature, {"amount": POLICIES["amount"], "mine": Sudden}, [5], weeks=6)
    error = told.value
    assert (error.policy, error.monday, error.seed) == ("mine", "2026-03-16", 5)
    assert error.problem.startswith("KeyError: 'O-1' (test_guarded.py, line ")
    assert isinstance(error.books, Company)
    assert error.books.as_of == date(2026, 3, 16)


def test_a_policy_that_cannot_be_made() -> None:
    """A fault on making a policy is told without a Monday."""

    def broken() -> Any:
        raise RuntimeError("no licence")

    with pytest.raises(PolicyError, match=r"The policy mine failed: RuntimeError: no licence") as told:
        Guarded("mine", broken, 1)
    assert told.value.monday == ""


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (None, "NoneType, not Decisions"),
        (Decisions(pursue=["O-1"]), "pursue is list"),  # type: ignore[arg-type]
        (Decisions(pursue={"O-1": 3}), "not a str"),  # type: ignore[dict-item]
        (Decisions(promise={"O-1": "2026-05-01"}), "not a date"),  # type: ignore[dict-item]
        (Decisions(decline="O-1"), "decline"),  # type: ignore[arg-type]
        (Decisions(invest=frozenset({1})), "invest"),  # type: ignore[arg-type]
        (Decisions(courses={1: "keep"}), "courses"),  # type: ignore[dict-item]
        (Decisions(modes=None), "modes"),  # type: ignore[arg-type]
    ],
)
def test_answers_that_mean_nothing(answer: Any, word: str) -> None:
    """What is no decision is named, and never reaches the world."""
    assert word in next(problems_of(answer))


def test_sound_answers_pass_unchanged() -> None:
    """Guarding a policy changes nothing in its year."""
    plain = replay(SmallNature(), POLICIES["amount"](), seed=3, weeks=20)
    guarded = replay(SmallNature(), Guarded("amount", POLICIES["amount"], 3), seed=3, weeks=20)
    assert plain.journal == guarded.journal
