"""Policies against each other on the same luck: many seeds, one table with its uncertainty."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, wait
from dataclasses import dataclass, field, fields
from statistics import fmean, stdev

from scipy.special import stdtrit

from pursuit.backtest.decisions import Policy
from pursuit.backtest.measures import Measures, measure, profit_by
from pursuit.backtest.nature import Nature
from pursuit.backtest.policies.guarded import Guarded
from pursuit.backtest.replay import replay

WORST = 0.1
POLL = 0.2
"""Seconds between looks at whether a race is to be stopped."""

Task = tuple[Callable[[int], Nature], str, Callable[[], Policy], int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """One policy under one luck; ``cpu_seconds`` is what the replay took, its nature made anew included."""

    policy: str
    seed: int
    measures: Measures
    profit_by_week: tuple[int, ...]
    cash_by_week: tuple[int, ...]
    cpu_seconds: float = field(default=0.0, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean over seeds with its 95 % confidence interval (Student's t; the seeds are independent)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Race:
    """All runs, every policy under the same seeds."""

    runs: Mapping[str, tuple[Run, ...]]

    def figure(self, policy: str, name: str) -> Figure:
        """A measure of a policy over the seeds."""
        return figure_of([float(getattr(run.measures, name)) for run in self.runs[policy]])

    def worst_tenth(self, policy: str) -> float:
        """Mean profit of the worst tenth of the seeds, a part of a seed counted as a part."""
        return worst_tenth([run.measures.profit for run in self.runs[policy]])

    def ahead(self, policy: str, other: str) -> Figure:
        """By how much the profit of ``policy`` is above that of ``other``, seed by seed."""
        pairs = zip(self.runs[policy], self.runs[other], strict=True)
        return figure_of([float(a.measures.profit - b.measures.profit) for a, b in pairs])


def race(
    make_nature: Callable[[int], Nature],
    policies: Mapping[str, Callable[[], Policy]],
    seeds: Sequence[int],
    *,
    weeks: int = 52,
    executor: Executor | None = None,
    report: Callable[[int, int], bool] = lambda done, all_: True,
) -> Race:
    """Replay every policy under every seed.

    Parameters
    ----------
    make_nature
        Nature of a seed; where the truth itself is uncertain, another one for each seed.
    policies
        By name, each made anew for every run.
    seeds
        One world each.
    weeks
        Length of a replay.
    executor
        Runs the replays side by side; None runs them here, one after the other. With processes, functions and
        policies must be importable.
    report
        Called after every run, and now and then while none ends; answers False to stop, which leaves out seeds
        that not every policy has run.

    Raises
    ------
    PolicyError
        When a policy fails or answers something that means nothing.
    """
    tasks = [(make_nature, name, make, seed, weeks) for seed in seeds for name, make in policies.items()]
    done: dict[tuple[int, str], Run] = {}
    for run in _results(tasks, executor):
        if run is not None:
            done[run.seed, run.policy] = run
        if not report(len(done), len(tasks)):
            break
    whole = [seed for seed in seeds if all((seed, name) in done for name in policies)]
    return Race({name: tuple(done[seed, name] for seed in whole) for name in policies})


def _results(tasks: Sequence[Task], executor: Executor | None) -> Iterator[Run | None]:
    """Runs as they end; None now and then while none does, so that the wait can be given up."""
    if executor is None:
        yield from map(_run, tasks)
        return
    waiting = {executor.submit(_run, task) for task in tasks}
    try:
        while waiting:
            ready, waiting = wait(waiting, timeout=POLL, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in ready)
            if not ready:
                yield None
    finally:
        for future in waiting:
            future.cancel()


def _run(task: Task) -> Run:
    make_nature, name, make, seed, weeks = task
    began = time.process_time()
    nature = make_nature(seed)
    lived = replay(nature, Guarded(name, make, seed), seed=seed, weeks=weeks)
    return Run(
        name,
        seed,
        measure(lived.journal, nature.company),
        tuple(profit_by(lived.journal, nature.company, week) for week in range(1, lived.weeks + 1)),
        tuple(lived.journal.cash[: lived.weeks]),
        time.process_time() - began,
    )


def figure_of(values: Sequence[float]) -> Figure:
    """Mean and confidence interval of independent values."""
    mean = fmean(values)
    if len(values) < 2:
        return Figure(mean, -math.inf, math.inf)
    half = float(stdtrit(len(values) - 1, 0.975)) * stdev(values) / math.sqrt(len(values))
    return Figure(mean, mean - half, mean + half)


def worst_tenth(values: Sequence[float]) -> float:
    """Mean of the lowest tenth (Rockafellar & Uryasev 2000, for equally likely values)."""
    left, total = WORST * len(values), 0.0
    for value in sorted(values):
        weight = min(1.0, left)
        total += weight * value
        left -= weight
        if left <= 1e-12:
            break
    return total / (WORST * len(values))


MEASURES = tuple(f.name for f in fields(Measures))
