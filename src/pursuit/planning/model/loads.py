"""Hours that the shares of an answer come to: by resource and week, given outside, not done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pursuit.selection.loaded import OUTSIDE, UNDONE, Loading
from pursuit.selection.problem import Bools, Floats, Ints, SelectionProblem


def sure_packages(problem: SelectionProblem, options: Ints) -> Bools:
    """(P,) packages that some options bring whether they are won or not."""
    return _packages_of(problem, problem.sure[options])


def _packages_of(problem: SelectionProblem, bundles: Ints) -> Bools:
    marked = np.zeros(problem.packages.bundles, bool)
    marked[bundles[bundles >= 0]] = True
    return np.repeat(marked, np.diff(problem.packages.bundle_start))


def expected_hours(problem: SelectionProblem) -> Floats:
    """(O, R) mean hours of each option: its sure work, and its conditional work where it is won."""
    work = problem.packages
    planned = np.zeros((work.bundles + 1, len(problem.capacity)))  # one row more: of nothing, for bundle -1
    bundle = np.repeat(np.arange(work.bundles), np.diff(work.bundle_start))
    np.add.at(planned, (np.repeat(bundle, np.diff(work.use_start)), work.use_resource), work.use_hours)
    won = problem.won.astype(float) @ problem.hours_factor.T / problem.scenarios
    sure = planned[problem.sure] * problem.hours_factor.mean(axis=1)
    return np.asarray(sure + planned[problem.if_won] * won)


@dataclass(frozen=True)
class Loads:
    """The loading of an answer in hours.

    Parameters
    ----------
    problem
        What was to be decided.
    loading
        How the chosen work is carried out.
    """

    problem: SelectionProblem
    loading: Loading

    @cached_property
    def _use(self) -> tuple[Ints, Ints]:
        """(K,) entry of the loading and (K,) use of its package, for all resources a package needs at once."""
        start = self.problem.packages.use_start
        package = self.loading.package
        count = start[package + 1] - start[package]
        entry = np.repeat(np.arange(len(package)), count)
        within = np.arange(len(entry)) - np.repeat(np.cumsum(count) - count, count)
        return entry, start[package[entry]] + within

    @cached_property
    def package(self) -> Ints:
        """(K,) package of each entry."""
        return self.loading.package[self._use[0]]

    @cached_property
    def week(self) -> Ints:
        """(K,) week, ``OUTSIDE`` or ``UNDONE``."""
        return self.loading.week[self._use[0]]

    @cached_property
    def resource(self) -> Ints:
        """(K,) resource."""
        return self.problem.packages.use_resource[self._use[1]]

    @cached_property
    def _scenario(self) -> Ints:
        """(K,)."""
        each = np.diff(self.loading.scenario_start)
        return np.repeat(np.arange(self.problem.scenarios), each)[self._use[0]]

    @cached_property
    def hours(self) -> Floats:
        """(K,) hours, overrun included."""
        entry, use = self._use
        factor = self.problem.hours_factor[self.resource, self._scenario]
        return self.loading.share[entry] * self.problem.packages.use_hours[use] * factor

    @cached_property
    def used(self) -> Floats:
        """(S, R, T) hours worked."""
        there = self.week >= 0
        total = np.zeros((self.problem.scenarios, *self.problem.capacity.shape))
        np.add.at(total, (self._scenario[there], self.resource[there], self.week[there]), self.hours[there])
        return total

    def weekly(self, packages: Bools) -> Floats:
        """(R, T) mean hours worked on some packages (P,)."""
        there = packages[self.package] & (self.week >= 0)
        return self._sums(there, self.week[there], self.hours[there])

    @cached_property
    def outside(self) -> Floats:
        """(R, T) mean hours given outside, spread over each package's weeks until it is due."""
        there = self.week == OUTSIDE
        work, T = self.problem.packages, self.problem.capacity.shape[1]
        first = work.first[self.package[there]]
        end = np.maximum(np.minimum(work.due[self.package[there]], T - 1), first) + 1
        rate = self.hours[there] / (end - first)
        return self._sums(there, first, rate, end).cumsum(axis=1)

    def _sums(self, there: Bools, week: Ints, hours: Floats, end: Ints | None = None) -> Floats:
        """(R, T) mean over scenarios of the entries ``there``, in their week; taken back in ``end``, if any."""
        R, T = self.problem.capacity.shape
        total = np.zeros((R, T + 1))
        np.add.at(total, (self.resource[there], week), hours)
        if end is not None:
            np.subtract.at(total, (self.resource[there], end), hours)
        return total[:, :T] / self.problem.scenarios

    def undone_share(self, packages: Bools) -> float:
        """Share of the hours of some packages (P,) that is not done, over all scenarios."""
        mine = packages[self.package]
        total = float(self.hours[mine].sum())
        return float(self.hours[mine & (self.week == UNDONE)].sum()) / total if total > 0 else 0.0
