"""Shares turned into hours: where, when, outside, undone, and what an option is expected to need."""

from __future__ import annotations

import numpy as np
import pytest

from pursuit.planning.model.loads import Loads, expected_hours, sure_packages
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from pursuit.selection.loaded import OUTSIDE, UNDONE, Loading
from tests.selection.problems import random_problem
from tests.selection.state import loading_of

SEEDS = range(8)


def random_loading(problem, seed) -> Loading:
    """Shares of every third package, split at random over its window, outside and undone, in every scenario."""
    rng = np.random.default_rng(seed)
    start, rows = [0], []
    for _ in range(problem.scenarios):
        for p in rng.permutation(len(problem.packages))[: len(problem.packages) // 3 + 1]:
            first, last = problem.packages.first[p], problem.packages.last[p]
            places = [*range(first, last + 1), OUTSIDE, UNDONE]
            rows += [(p, w, q) for w, q in zip(places, rng.dirichlet(np.ones(len(places))), strict=True)]
        start.append(len(rows))
    package, week, share = zip(*rows, strict=True)
    return Loading(np.array(start), np.array(package), np.array(week), np.array(share))


def entries(problem, loading):
    """(scenario, package, week, resource, hours) one by one."""
    work = problem.packages
    for s in range(problem.scenarios):
        for n in range(loading.scenario_start[s], loading.scenario_start[s + 1]):
            p = loading.package[n]
            for u in range(work.use_start[p], work.use_start[p + 1]):
                r = work.use_resource[u]
                hours = loading.share[n] * work.use_hours[u] * problem.hours_factor[r, s]
                yield s, p, loading.week[n], r, hours


@pytest.mark.parametrize("seed", SEEDS)
def test_hours_by_week_outside_and_undone(seed):
    """All three agree with counting one entry after the other."""
    problem = random_problem(seed)
    loading = random_loading(problem, seed)
    loads = Loads(problem, loading)
    packages = np.random.default_rng(seed).random(len(problem.packages)) < 0.5
    packages[loading.package[0]] = True
    weekly, outside = (np.zeros_like(problem.capacity) for _ in range(2))
    total = undone = 0.0
    for _, p, week, r, hours in entries(problem, loading):
        if week == OUTSIDE:
            first = problem.packages.first[p]
            weeks = range(first, max(problem.packages.due[p], first) + 1)
            outside[r, weeks] += hours / len(weeks) / problem.scenarios
        if packages[p]:
            total += hours
            undone += hours if week == UNDONE else 0.0
            if week >= 0:
                weekly[r, week] += hours / problem.scenarios
    assert loads.weekly(packages) == pytest.approx(weekly)
    assert loads.outside == pytest.approx(outside)
    assert loads.undone_share(packages) == pytest.approx(undone / total)


@pytest.mark.parametrize("seed", SEEDS)
def test_all_work_together_is_what_the_firm_uses(seed):
    """The hours of all packages add up to those the engine says are taken."""
    problem = random_problem(seed)
    firm = Firm(
        compile_problem(problem), np.array([o[-1] for o in map(problem.options_of, range(problem.items))])
    )
    loads = Loads(problem, loading_of(firm))
    everything = np.ones(len(problem.packages), bool)
    assert loads.weekly(everything) == pytest.approx(firm.used.mean(axis=0), abs=1e-6)


def test_no_package_no_share():
    """Of work that is not there nothing is left undone."""
    problem = random_problem(0)
    assert Loads(problem, random_loading(problem, 0)).undone_share(np.zeros(len(problem.packages), bool)) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_expected_hours_of_options(seed):
    """Sure work counts in every scenario, conditional work where the option is won, both with their overrun."""
    problem = random_problem(seed)
    work = problem.packages
    expected = np.zeros((problem.options, len(problem.capacity)))
    for o in range(problem.options):
        for s in range(problem.scenarios):
            bundles = [problem.sure[o]] + [problem.if_won[o]] * int(problem.won[o, s])
            for p in (p for b in bundles for p in work.of(b)):
                for u in range(work.use_start[p], work.use_start[p + 1]):
                    r = work.use_resource[u]
                    expected[o, r] += work.use_hours[u] * problem.hours_factor[r, s] / problem.scenarios
    assert expected.sum() > 0
    assert expected_hours(problem) == pytest.approx(expected)


def test_sure_packages_are_those_of_the_options_named():
    """Only the sure bundles of the options asked for are marked; options without any mark nothing."""
    problem = random_problem(3)
    options = np.arange(0, problem.options, 2)
    wanted = {p for o in options for p in problem.packages.of(problem.sure[o])}
    assert set(np.flatnonzero(sure_packages(problem, options)).tolist()) == wanted
    assert not sure_packages(problem, np.array([], dtype=np.int64)).any()
