"""Luck belongs to events, not to the order in which they are asked for."""

from __future__ import annotations

import math
from statistics import fmean, stdev

from hypothesis import given
from hypothesis import strategies as st

from pursuit.backtest.luck import Luck

EVENTS = st.lists(st.tuples(st.text(max_size=5), st.integers(0, 99)), min_size=1, max_size=9, unique=True)


@given(EVENTS, st.integers(0, 999), st.randoms())
def test_order_does_not_count(events: list[tuple[str, int]], seed: int, shuffler: object) -> None:
    """The same events have the same luck in any order, with others asked for in between."""
    luck = Luck(seed)
    first = {event: luck.uniform(*event) for event in events}
    shuffler.shuffle(events)  # type: ignore[attr-defined]
    for event in events:
        luck.normal("something else", *event)
        assert Luck(seed).uniform(*event) == first[event]


def test_uniform() -> None:
    """Numbers fill (0, 1) evenly: Kolmogorov-Smirnov distance below its 0.1 % critical value."""
    values = sorted(Luck(1).uniform("x", n) for n in range(20_000))
    distance = max(abs(value - (n + 0.5) / len(values)) for n, value in enumerate(values))
    assert distance < 1.95 / math.sqrt(len(values))


def test_moments() -> None:
    """Normal, log-normal, exponential and Poisson numbers have the means and spreads they are asked for."""
    luck, many = Luck(3), range(20_000)
    normal = [luck.normal("n", n) for n in many]
    assert abs(fmean(normal)) < 0.03
    assert abs(stdev(normal) - 1) < 0.03
    assert abs(fmean(luck.lognormal(1.2, 0.4, "l", n) for n in many) - 1.2) < 0.02
    assert abs(fmean(luck.exponential(7.0, "e", n) for n in many) - 7) < 0.2
    counts = [luck.poisson(3.5, "p", n) for n in many]
    assert abs(fmean(counts) - 3.5) < 0.06
    assert abs(stdev(counts) ** 2 - 3.5) < 0.15


def test_pick_in_proportion() -> None:
    """A key is drawn as often as its weight says."""
    luck = Luck(5)
    drawn = [luck.pick({"a": 1.0, "b": 3.0}, n) for n in range(8000)]
    assert abs(drawn.count("b") / len(drawn) - 0.75) < 0.02
