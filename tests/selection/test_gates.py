"""The tests can fail: faults planted in the bound and in the loading are caught by the same comparisons."""

from dataclasses import replace

import numpy as np
import pytest

from pursuit.selection import bound as bound_module
from pursuit.selection.bound import find_prices
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from tests.selection.linear import loading_cost
from tests.selection.problems import pinned, random_problem


def bound_holds(seed):
    """Whether a search for prices ends no lower than the one choice that the pins leave: there the bound is tight."""
    p = random_problem(seed, opportunities=5, tightness=2.5, rows=False, cash=False)
    choice = last_options(p)
    p = pinned(p, *choice)
    value = Firm(compile_problem(p), choice).worth().objective
    return find_prices(compile_problem(p), 300, value, lambda step, bound: True).bound >= value - 1e-7 * abs(
        value
    )


def last_options(p):
    """The heaviest effort and every investment."""
    return np.array([p.options_of(i)[-1] for i in range(p.items)])


def loading_is_exact(c, seed):
    """Whether the firm's loading costs what a linear programme of the true problem says."""
    p = random_problem(seed, opportunities=5, tightness=2.5)
    choice = last_options(p)
    costs = Firm(c(p), choice).costs.sum(axis=1)
    return all(costs[s] == pytest.approx(loading_cost(p, choice, s), rel=1e-6) for s in range(p.scenarios))


def test_the_gates_pass_unharmed():
    """Without a fault both comparisons hold."""
    assert all(bound_holds(seed) for seed in range(3))
    assert all(loading_is_exact(compile_problem, seed) for seed in range(3))


def test_a_bound_that_forgets_overtime_is_caught(monkeypatch):
    """Leaving the worth of overtime hours out of the bound puts it too low."""

    def regular_only(c, hour):
        return np.einsum("srt,rt->s", hour, c.problem.capacity)

    monkeypatch.setattr(bound_module, "_room_worth", regular_only)
    assert not all(bound_holds(seed) for seed in range(3))


def test_a_bound_that_forgets_investments_is_caught(monkeypatch):
    """Leaving out the hours that investments add puts it too low as well."""
    real = bound_module.relax
    monkeypatch.setattr(bound_module, "relax", lambda c, prices: real(replace(c, gain={}), prices))
    assert not all(bound_holds(seed) for seed in range(3))


def test_a_wrong_overtime_cost_is_caught():
    """Overtime a tenth too cheap in the kernels shows against the linear programme."""

    def cheaper(p):
        return compile_problem(replace(p, overtime_cost=0.9 * p.overtime_cost))

    assert not all(loading_is_exact(cheaper, seed) for seed in range(3))


def test_a_wrong_due_week_is_caught():
    """Lateness counted from a week too late shows against the linear programme."""

    def lenient(p):
        return compile_problem(replace(p, packages=replace(p.packages, due=p.packages.due + 1)))

    assert not all(loading_is_exact(lenient, seed) for seed in range(3))
