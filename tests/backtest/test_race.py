"""A race: the same luck for all, the same figures however it is run, and what is left when it is stopped."""

from __future__ import annotations

import math
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pursuit.backtest.decisions import Decisions
from pursuit.backtest.document import race_document, replay_schema
from pursuit.backtest.measures import measure, profit_by
from pursuit.backtest.policies import Everything, by_amount, first_come
from pursuit.backtest.race import Race, figure_of, race, worst_tenth
from pursuit.backtest.replay import replay
from pursuit.domain import Company
from tests.backtest.small import SmallNature

POLICIES = {"amount": by_amount, "first": first_come, "everything": Everything}


def nature(seed: int) -> SmallNature:
    return SmallNature()


@pytest.fixture(scope="module")
def lived() -> Race:
    return race(nature, POLICIES, [3, 1, 2], weeks=12)


def test_executors_do_not_matter(lived: Race) -> None:
    """Threads and processes give the runs that one process gives, in the order of the seeds."""
    with ThreadPoolExecutor(3) as threads:
        assert race(nature, POLICIES, [3, 1, 2], weeks=12, executor=threads) == lived
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as processes:
        assert race(nature, POLICIES, [3, 1, 2], weeks=12, executor=processes) == lived
    assert [run.seed for run in lived.runs["first"]] == [3, 1, 2]


def test_stopping_keeps_whole_seeds() -> None:
    """A race stopped in the middle of a seed has the seeds before it for every policy, and none in part."""
    stopped = race(nature, POLICIES, range(5), weeks=4, report=lambda done, all_: done < 7)
    assert {name: [run.seed for run in runs] for name, runs in stopped.runs.items()} == {
        name: [0, 1] for name in POLICIES
    }


class Stubborn:
    """Never answers, until it is released."""

    name = "stubborn"
    released = threading.Event()

    def decide(self, company: Company) -> Decisions:
        """Think."""
        self.released.wait(30)
        return Decisions()


def test_a_policy_that_never_answers_can_be_given_up() -> None:
    """While nothing ends, the race still asks whether to go on."""
    asked: Iterator[bool] = iter([True, True, True, False])
    with ThreadPoolExecutor(2) as threads:
        stopped = race(
            nature,
            {"amount": by_amount, "stubborn": Stubborn},
            [1],
            weeks=3,
            executor=threads,
            report=lambda done, all_: next(asked),
        )
        Stubborn.released.set()
    assert stopped.runs == {"amount": (), "stubborn": ()}


@given(st.lists(st.floats(-1e9, 1e9), min_size=2, max_size=40))
def test_intervals(values: list[float]) -> None:
    """The interval is Student's, as SciPy's own function has it."""
    figure = figure_of(values)
    low, high = stats.t.interval(0.95, len(values) - 1, figure.mean, stats.sem(values))
    if math.isfinite(low):
        assert math.isclose(figure.low, low, rel_tol=1e-6, abs_tol=1e-3)
        assert math.isclose(figure.high, high, rel_tol=1e-6, abs_tol=1e-3)


def test_worst_tenth_counts_parts() -> None:
    """Of 25 seeds the worst two and a half count; of three the worst alone."""
    assert math.isclose(worst_tenth([float(n) for n in range(25)]), (0 + 1 + 0.5 * 2) / 2.5)
    assert worst_tenth([5.0, 3.0, 4.0]) == 3.0


def test_profit_by_week(lived: Race) -> None:
    """An earlier week's profit is what a replay that ends there would tell, before its sold work is finished."""
    for runs in lived.runs.values():
        assert all(len(run.profit_by_week) == 12 for run in runs)
    long = replay(SmallNature(), by_amount(), seed=4, weeks=20)
    for weeks in (1, 7, 13):
        short = replay(SmallNature(), by_amount(), seed=4, weeks=weeks)
        start = SmallNature().company
        assert profit_by(long.journal, start, weeks) == profit_by(short.journal, start, weeks)


def test_sold_work_is_finished() -> None:
    """After the last decision every order is delivered or breached, nothing new begins, and the measure counts it."""
    start = SmallNature().company
    journal = replay(SmallNature(4.0), by_amount(), seed=4, weeks=20).journal
    later = {event.kind for event in journal.events if event.week >= journal.weeks}
    assert len(journal.cash) > journal.weeks == 20
    assert "delivered" in later
    assert not later & {"arrived", "pursued", "won", "in_work", "invested"}
    assert not any(p.kind in ("fixed", "pursuit", "interest") for p in journal.payments if p.week >= 20)
    assert measure(journal, start).profit == profit_by(journal, start, len(journal.cash))


def test_document(lived: Race) -> None:
    """The document keeps its schema, tells every seed, and its figures are those of the race."""
    company = SmallNature().company
    document = race_document(lived, company, weeks=12, seeds=[3, 1, 2], firm="demo")
    jsonschema.validate(document, replay_schema())
    assert (document["status"], document["seeds"], document["reference"]) == ("whole", [3, 1, 2], "amount")
    rows = {row["policy"]: row for row in document["policies"]}
    assert rows["amount"]["ahead"] is None
    one = rows["everything"]
    gains = [a["profit"] - b["profit"] for a, b in zip(one["runs"], rows["amount"]["runs"], strict=True)]
    assert one["ahead"]["mean"] == pytest.approx(sum(gains) / 3, abs=1)
    assert one["ahead"]["seeds"] == sum(gain > 0 for gain in gains)
    assert one["measures"]["profit"]["mean"] == pytest.approx(
        sum(r["profit"] for r in one["runs"]) / 3, abs=1
    )
    assert len(one["cash_by_week"]["median"]) == 12
    assert all(
        low <= mid <= high
        for low, mid, high in zip(*(one["profit_by_week"][k] for k in ("low", "median", "high")), strict=True)
    )


def test_document_of_one_seed_and_of_none() -> None:
    """One seed has no interval; no seed has no document; fewer than wished for is a cancelled race."""
    company = SmallNature().company
    one = race(nature, {"first": first_come}, [1], weeks=3)
    document = race_document(one, company, weeks=3, seeds=[1, 2])
    jsonschema.validate(document, replay_schema())
    assert document["status"] == "cancelled"
    assert document["truth"] == "drawn"
    assert document["reference"] == "first"
    assert document["policies"][0]["measures"]["profit"]["low"] is None
    with pytest.raises(ValueError, match="no seed"):
        race_document(Race({"first": ()}), company, weeks=3, seeds=[1])
