"""The world keeps its laws under any policy, and lets nobody look ahead."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.backtest.checker import check_replay
from pursuit.backtest.decisions import Decisions
from pursuit.backtest.luck import Luck
from pursuit.backtest.policies import POLICIES
from pursuit.backtest.replay import replay
from pursuit.backtest.world.beginning import begin
from pursuit.backtest.world.books import books_of
from pursuit.domain import Company
from pursuit.domain.validation import find_faults
from tests.backtest.small import Dice, SmallNature


@settings(max_examples=25, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6), per_week=st.floats(0, 6), hours=st.floats(10, 200))
def test_laws_of_conservation(seed: int, per_week: float, hours: float) -> None:
    """Whatever is decided, money, hours, orders, bills and deals add up, judged from the journal alone."""
    nature = SmallNature(per_week, hours)
    lived = replay(nature, Dice(seed), seed=seed, weeks=40)
    assert check_replay(nature.company, lived.journal) == ()


@settings(max_examples=5, deadline=None, derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_books_are_sound(seed: int) -> None:
    """Books put together without checking would pass every check a company makes."""
    lived = replay(SmallNature(), Dice(seed), seed=seed, weeks=30)
    assert list(find_faults(lived.books)) == []


class Remembering:
    """Passes a policy's decisions on and keeps them."""

    def __init__(self, name: str) -> None:
        self.inner, self.name = POLICIES[name](), name
        self.decided: list[Decisions] = []

    def decide(self, company: Company) -> Decisions:
        """Decide as the policy does."""
        decided = self.inner.decide(company)
        self.decided.append(decided)
        return decided


def test_changing_the_future_changes_no_decision() -> None:
    """Two worlds that part in week 8 see the same decisions up to then, from every policy, and differ afterwards."""
    for name in POLICIES:
        weeks = 12 if name == "ours" else 24
        one, other = Remembering(name), Remembering(name)
        first = replay(SmallNature(), one, seed=4, weeks=weeks)
        second = replay(SmallNature(tilt_from=8), other, seed=4, weeks=weeks)
        assert one.decided[:9] == other.decided[:9], name
        assert first.journal.events != second.journal.events, name


def test_hidden_truth_is_not_in_the_books() -> None:
    """Worlds that differ only in what nobody can know yet show the same books on their first Monday."""
    nature = SmallNature()
    other = replace(nature, laws=replace(nature.laws, hours={"M": (3.0, 0.1)}, sector_spread=2.0))
    seen = [books_of(begin(each, Luck(2))) for each in (nature, other)]
    assert seen[0] == seen[1]
    assert seen[0].projects[0].work == nature.company.projects[0].work


def test_same_luck_for_every_policy() -> None:
    """The deals that come in are the same under policies that decide differently, while all customers are there."""
    laws = replace(SmallNature().laws, default={}, retention={}, neglect_decay=0.0, growth={"keep": 1.0})
    nature = SmallNature(laws=laws)
    came = {}
    for name in ("first", "everything", "amount"):
        events = replay(nature, POLICIES[name](), seed=9, weeks=40).journal.events
        came[name] = [(e.week, e.record) for e in events if e.kind == "arrived"]
    assert came["first"] == came["everything"] == came["amount"]
    assert len(came["first"]) > 40


def test_same_seed_same_year() -> None:
    """A replay repeats to the last line."""
    one, other = (replay(SmallNature(), Dice(1), seed=3, weeks=30).journal for _ in range(2))
    assert one == other
