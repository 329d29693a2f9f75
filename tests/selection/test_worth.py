"""The mean of the worst tenth, against a count by hand and the definition as a linear programme."""

import numpy as np
import pytest
from scipy.optimize import linprog

from pursuit.selection.problem import TAIL
from pursuit.selection.worth import blend, worst_tenth_mean


def by_definition(values):
    """Rockafellar & Uryasev (2000): max eta - E[(eta - value)+] / 0.1."""
    S = len(values)
    result = linprog(
        [-1.0, *[1.0 / (TAIL * S)] * S],
        A_ub=np.column_stack([np.ones(S), -np.eye(S)]),
        b_ub=values,
        bounds=[(None, None), *[(0, None)] * S],
    )
    return -result.fun


def test_by_hand():
    """25 futures: the worst two and half of the third."""
    values = np.random.default_rng(0).permutation(np.arange(25.0) ** 2)
    assert worst_tenth_mean(values) == pytest.approx((0 + 1 + 0.5 * 4) / 2.5)


@pytest.mark.parametrize("S", [1, 3, 9, 10, 11, 16, 25, 50, 64, 97])
def test_equals_definition(S):
    """Whole tenths and broken ones, fewer futures than ten too."""
    values = np.random.default_rng(S).normal(0, 1000, S)
    assert worst_tenth_mean(values) == pytest.approx(by_definition(values), rel=1e-7)


def test_blend_runs_from_mean_to_worst_tenth():
    """No risk aversion is the mean, full risk aversion the worst tenth."""
    values = np.random.default_rng(1).normal(size=33)
    assert blend(values, 0.0) == pytest.approx(values.mean())
    assert blend(values, 1.0) == pytest.approx(worst_tenth_mean(values))
