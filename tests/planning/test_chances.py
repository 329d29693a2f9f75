"""What a win brings is counted at exactly its chance, however few futures there are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.planning.model.opportunities import Outcome


@given(st.floats(0, 1), st.integers(0, 64))
def test_share_has_the_mean_of_the_chance(chance, wins):
    """Whether 0, some or all of 64 futures have the win, its weights average to the chance and none is negative."""
    share = Outcome(np.arange(64) < wins, chance).share
    assert share.mean() == pytest.approx(chance, abs=1e-12)
    assert (share >= 0).all()


def test_only_futures_with_the_win_carry_it():
    """Where some futures have the win, the others carry nothing of it."""
    share = Outcome(np.arange(64) < 16, 0.2).share
    assert (share[16:] == 0).all()
    assert share[:16] == pytest.approx(0.8)
