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
from pursuit.backtest.world.week import live_week
from pursuit.domain import Company


@dataclass(frozen=True, slots=True)
class Replay:
    """What happened: the journal of all weeks, and the books at the end."""

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
    """Live ``weeks`` weeks of a firm under a policy.

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
    for order in state.orders.values():
        state.week -= 1
        state.tell("in_work", order.id, order.account, round(order.price * order.share))
        state.week += 1
    return Replay(policy.name, seed, state.week, state.journal, books_of(state))
