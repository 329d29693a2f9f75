"""Cash of options: two numbers a month say all there is, or every scenario is told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.planning.model.flows import gather, split

WON = np.array([True, False, True, False, False])


def told(flow, won):
    """(M, S) the flow a split stands for."""
    whole = flow.fixed[:, None] + flow.won[:, None] * won
    return whole + (0.0 if flow.exact is None else flow.exact)


def test_a_flow_that_only_the_win_decides_needs_no_scenarios():
    """Costs before the order are sure, payments come with the win, and no scenario has to be listed."""
    flow = np.array([[-5.0], [-8.0]]) + np.array([[0.0], [100.0]]) * WON
    found = split(flow, WON)
    assert found.exact is None
    assert found.fixed.tolist() == [-5.0, -8.0]
    assert found.won.tolist() == [0.0, 100.0]


def test_a_customer_who_fails_in_one_future_is_told_in_full():
    """One scenario paid less than the other wins: both numbers are 0 and all scenarios are listed."""
    flow = np.ones((2, 1)) * WON * 100.0
    flow[1, 2] = 30.0
    found = split(flow, WON)
    assert found.exact is not None
    assert (found.exact == flow).all()
    assert not found.fixed.any()
    assert not found.won.any()


@pytest.mark.parametrize("won", [np.ones(3, bool), np.zeros(3, bool)])
def test_always_or_never_won(won):
    """With only one kind of scenario the flow is sure."""
    found = split(np.array([[7.0, 7.0, 7.0]]), won)
    assert found.exact is None
    assert (told(found, won) == 7.0).all()


@given(st.integers(0, 500))
def test_nothing_is_lost(seed):
    """Whatever the flows, the balance of a choice is the opening one and the chosen flows added up."""
    rng = np.random.default_rng(seed)
    O, M, S = 5, int(rng.integers(0, 4)), int(rng.integers(1, 7))
    won = rng.random((O, S)) < 0.5
    flows = rng.integers(-9, 9, (O, M, 1)) + rng.integers(-9, 9, (O, M, 1)) * won[:, None, :]
    flows = np.where(rng.random((O, 1, 1)) < 0.5, flows, rng.integers(-9, 9, (O, M, S))).astype(float)
    base = rng.normal(size=(S, M))
    cash = gather([split(f, w) for f, w in zip(flows, won, strict=True)], base, 3.0, 0.01)
    assert cash.months == M
    for option in range(O):
        whole = cash.fixed[option][:, None] + cash.won[option][:, None] * won[option]
        whole = whole + cash.exact[cash.exact_option == option].sum(axis=0)
        assert whole == pytest.approx(flows[option])
