"""Promise weeks follow the pipeline that may still be won."""

from __future__ import annotations

import numpy as np
import pytest

from pursuit.errors import SolveError
from pursuit.scheduling import FloorProblem, carry_out, promise_quantiles, promise_weeks
from tests.scheduling.floors import floor, random_floor


def as_if_won(problem: FloorProblem, won, factor, order: int, rule: str):
    """Finish of one order by loading each future from scratch in the same sequence."""
    finishes = []
    for future in range(won.shape[1]):
        there = won[:, future].astype(float)
        there[order] = 1.0
        schedule = carry_out(problem, there, factor[:, future], rules=(rule,))
        finishes.append(int(schedule.finish[order]))
    return finishes


@pytest.mark.parametrize("seed", range(5))
def test_same_as_loading_each_future_from_scratch(seed):
    """The one pass per future gives what loading every future afresh for every order gives."""
    problem = random_floor(seed, orders=12)
    rng = np.random.default_rng(seed)
    won = (rng.random((12, 6)) < 0.5) | problem.firm[:, None]
    factor = np.ones((3, 6)) * rng.uniform(0.8, 1.2)
    which = np.array([9, 2, 5])
    finish = promise_weeks(problem, won, factor, None, which)
    average = carry_out(problem, won.mean(axis=1), factor.mean(axis=1))
    if average.rule != "apparent_cost":  # whose sequence would see each future's own hours
        for row, order in enumerate(which):
            assert finish[row].tolist() == as_if_won(problem, won, factor, order, average.rule)


def test_moves_with_another_quote():
    """Adding an earlier quote pushes the 80 % promise out; removing it brings it back."""
    problem = floor(order_ids=("a", "b"), due=[1, 3])
    won = np.zeros((2, 10), bool)
    alone = promise_quantiles(promise_weeks(problem, won, np.ones((1, 10)), None, np.array([1])))
    won[0, :3] = True
    beside = promise_quantiles(promise_weeks(problem, won, np.ones((1, 10)), None, np.array([1])))
    assert alone.tolist() == [[0, 0, 0]]
    assert beside.tolist() == [[0, 2, 2]]


def test_background_and_overruns_are_each_futures_own():
    """Hours taken and overruns of one future change that future's finish only."""
    problem = floor()
    background = np.zeros((1, 6, 3))
    background[0, :, 1] = 40.0
    factor = np.array([[1.0, 1.0, 1.5]])
    finish = promise_weeks(problem, np.zeros((2, 3), bool), factor, background, np.array([1]))
    assert finish.tolist() == [[0, 6, 1]]


def test_wrong_shapes_are_refused():
    """Futures that do not fit the floor stop at the door."""
    problem = floor()
    for won, factor, background in (
        (np.zeros((3, 4), bool), np.ones((1, 4)), None),
        (np.zeros((2, 4), bool), np.ones((1, 3)), None),
        (np.zeros((2, 4), bool), np.ones((1, 4)), np.ones((1, 6, 3))),
    ):
        with pytest.raises(SolveError):
            promise_weeks(problem, won, factor, background, np.array([0]))


def test_quantiles_are_weeks_that_enough_futures_reach():
    """A promise at 80 % is the first week by which at least 80 % of the futures are done."""
    finish = np.array([[4, 1, 3, 2], [7, 7, 7, 9]])
    assert promise_quantiles(finish).tolist() == [[2, 4, 4], [7, 9, 9]]
    assert promise_quantiles(finish, (0.25, 0.75)).tolist() == [[1, 3], [7, 7]]
