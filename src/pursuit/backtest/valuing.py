"""What a plan is worth when it is lived week by week, knowing only what has happened so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from pursuit.backtest.fitted import believed, fitted_nature
from pursuit.backtest.policies import POLICIES, Follow
from pursuit.backtest.race import race
from pursuit.domain import Company
from pursuit.words import Words

TODAY = "amount"
PLAN = "plan"


@dataclass(frozen=True)
class Following:
    """Makes the policy that carries a plan out."""

    plan: Mapping[str, Any]

    def __call__(self) -> Follow:
        """A new one."""
        return Follow(self.plan)


def replay_plan(
    company: Company,
    plan: Mapping[str, Any],
    seeds: int,
    weeks: int | None = None,
    *,
    executor: Executor | None = None,
    report: Callable[[int, int], bool] = lambda done, all_: True,
) -> dict[str, Any] | None:
    """Live a plan week by week, beside today's rule, in worlds that the firm's books allow.

    Parameters
    ----------
    company
        The firm the plan was made for.
    plan
        A plan document (docs/plan-format.md).
    seeds
        Worlds, each with a truth and a luck of its own, the same for the plan and today's rule.
    weeks
        Length; None for the plan's horizon.
    executor
        As for :func:`pursuit.backtest.race.race`.
    report
        Called after every replay; answers False to stop.

    Returns
    -------
    dict
        ``value.replayed`` of a plan; None when it was stopped before one seed was whole.
    """
    weeks = weeks or int(plan["horizon"]["weeks"])
    nature = partial(fitted_nature, company, beliefs=believed(company))
    lived = race(
        lru_cache(maxsize=1)(nature) if executor is None else nature,
        {PLAN: Following(plan), TODAY: POLICIES[TODAY]},
        range(1, seeds + 1),
        weeks=weeks,
        executor=executor,
        report=report,
    )
    run = len(lived.runs[PLAN])
    if not run:
        return None
    mean, ahead = lived.figure(PLAN, "profit"), lived.ahead(PLAN, TODAY)
    many = run > 1
    return {
        "policy": PLAN,
        "definition": _definition(Words(plan["lang"])),
        "seeds": run,
        "weeks": weeks,
        "expected": round(mean.mean),
        "low": round(mean.low) if many else None,
        "high": round(mean.high) if many else None,
        "worst_tenth": round(lived.worst_tenth(PLAN)),
        "today": {
            "policy": TODAY,
            "expected": round(lived.figure(TODAY, "profit").mean),
            "worst_tenth": round(lived.worst_tenth(TODAY)),
        },
        "ahead": {
            "mean": round(ahead.mean),
            "low": round(ahead.low) if many else None,
            "high": round(ahead.high) if many else None,
        },
    }


def _definition(say: Words) -> str:
    return say(
        "Profit of the horizon: revenue of all orders sold in it or before, less everything spent and written off "
        "until they are finished, with the fixed costs of the horizon; investments less what they are still worth. "
        "Repeat business later on and references are not in it."
    )
