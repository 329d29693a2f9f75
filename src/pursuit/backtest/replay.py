"""One firm, one policy, one luck: a year as it would have gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pursuit.backtest.decisions import Policy
from pursuit.backtest.journal import Journal
from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Nature
from pursuit.backtest.world.beginning import begin
from pursuit.backtest.world.books import books_of
from pursuit.backtest.world.week import live_week, work_off
from pursuit.domain import Company


@dataclass(frozen=True, slots=True)
class Replay:
    """What happened: the journal of all weeks, those in which only sold work was finished included, and the books of
    the Monday after the last decision.
    """

    policy: str
    seed: int
    weeks: int
    journal: Journal
    books: Company


def replay(
    nature: Nature,
    policy: Policy,
    *,
    seed: int,
    weeks: int = 52,
    report: Callable[[int, int], bool] = lambda done, weeks: True,
) -> Replay:
    """Live ``weeks`` weeks of a firm under a policy, then let it finish what it sold.

    Without the finish a policy that sells far ahead would look poor, and one that sells what it cannot carry out
    would never be asked for it.

    Parameters
    ----------
    nature
        The firm and what is really so.
    policy
        Decides every Monday from the books as of that day.
    seed
        The luck; equal seeds mean equal luck for every policy.
    weeks
        How long.
    report
        Called after every week; answers False to stop.
    """
    state = begin(nature, Luck(seed))
    for week in range(weeks):
        live_week(state, policy.decide(books_of(state)))
        if not report(week + 1, weeks):
            break
    books, lived = books_of(state), state.week
    state.journal.weeks = lived
    work_off(state)
    for order in state.orders.values():
        state.tell("in_work", order.id, order.account, order.stock)
    return Replay(policy.name, seed, lived, state.journal, books)
