"""The tests can fail: faults planted in the bound and in the loading are caught by the same comparisons."""

from dataclasses import replace

import numpy as np

from pursuit.selection import bound as bound_module
from pursuit.selection import dual as dual_module
from pursuit.selection.compiled import compile_problem
from pursuit.selection.dual import find_prices
from pursuit.selection.firm import Firm
from tests.selection.exact import carried_out, exact, sizes
from tests.selection.problems import no_cash, no_rows, pinned, random_problem

SEEDS = range(4)


def bound_holds(seed):
    """Whether a search for prices ends no lower than the one choice that the pins leave: there the bound is tight."""
    p = random_problem(
        seed, opportunities=5, tightness=2.5, investments=2, risk_aversion=0.3, stiff=False, money=1.0
    )
    p = replace(p, rows=no_rows(), cash=no_cash(p.options, p.scenarios), overtime=0.2 * p.capacity)
    none = np.zeros(0, np.int64)
    p = replace(p, need_option=none, need_start=np.zeros(1, np.int64), need_provider=none)
    choice = everything(p)
    value = exact(p, choice).value
    found = find_prices(compile_problem(pinned(p, *choice)), 300, value, lambda step, bound: True)
    return found.bound >= value - 1e-7 * abs(value)


def everything(p):
    """The last option of every item: the heaviest effort, every investment."""
    return np.array([p.options_of(i)[-1] for i in range(p.items)])


def loading_is_exact(c, seed):
    """Whether the firm's loading costs what a linear programme of the true problem says."""
    p = random_problem(seed, opportunities=5, tightness=2.5, stiff=False, money=1.0)
    p = replace(p, overtime=0.2 * p.capacity)
    choice = everything(p)
    off = Firm(c(p), choice).costs.sum(axis=1) - carried_out(p, choice)[0]
    return bool((np.abs(off) <= 1e-6 * sizes(p, choice)).all())


def test_the_gates_pass_unharmed():
    """Without a fault both comparisons hold."""
    assert all(bound_holds(seed) for seed in SEEDS)
    assert all(loading_is_exact(compile_problem, seed) for seed in SEEDS)


def test_a_bound_that_forgets_overtime_is_caught(monkeypatch):
    """Leaving the worth of overtime hours out of the bound puts it too low."""

    def regular_only(c, hour):
        return np.einsum("srt,rt->s", hour, c.problem.capacity)

    monkeypatch.setattr(bound_module, "_room_worth", regular_only)
    assert not all(bound_holds(seed) for seed in SEEDS)


def test_a_bound_that_forgets_investments_is_caught(monkeypatch):
    """Leaving out the hours that investments add puts it too low as well."""
    real = bound_module.relax
    monkeypatch.setattr(dual_module, "relax", lambda c, prices: real(replace(c, gain={}), prices))
    assert not all(bound_holds(seed) for seed in SEEDS)


def test_a_wrong_overtime_cost_is_caught():
    """Overtime a tenth too cheap in the kernels shows against the linear programme."""

    def cheaper(p):
        return compile_problem(replace(p, overtime_cost=0.9 * p.overtime_cost))

    assert not all(loading_is_exact(cheaper, seed) for seed in SEEDS)


def test_a_wrong_due_week_is_caught():
    """Lateness counted from a week too late shows against the linear programme."""

    def lenient(p):
        return compile_problem(replace(p, packages=replace(p.packages, due=p.packages.due + 1)))

    assert not all(loading_is_exact(lenient, seed) for seed in SEEDS)
