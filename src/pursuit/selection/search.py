"""Better choices by exchange: the prices say what to try, every trial taken is valued in all scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from pursuit.selection.firm import Firm, Worth
from pursuit.selection.moves import Swap
from pursuit.selection.problem import Floats, Ints

LEAST_SAMPLE = 8
"""Scenarios in the first look at an exchange."""


@dataclass
class Climb:
    """A firm on its way up.

    Attributes
    ----------
    firm, worth
        The choice and what it is worth.
    weight
        (S,) weights of the scenarios behind the bound, for first looks.
    report
        Called with exchanges tried and the value; False stops.
    tried, taken, stopped
        What has been done.
    """

    firm: Firm
    worth: Worth
    weight: Floats
    report: Callable[[int, float], bool]
    tried: int = 0
    taken: int = 0
    stopped: bool = False

    def samples(self) -> list[Ints]:
        """Scenarios for a first and a second look at an exchange, spread evenly."""
        S = self.firm.c.problem.scenarios
        return [np.arange(0, S, step) for step in (S // LEAST_SAMPLE, S // (4 * LEAST_SAMPLE)) if step >= 3]

    def over(self, moves: Iterable[Swap], trials: int, patience: int) -> float:
        """Take every exchange of ``moves`` that helps, as it is met; returns the gain.

        At most ``trials`` are tried, and after ``patience`` in a row that did not help it is enough: they come in the
        order of their promise.
        """
        begun = self.worth.objective
        before, last = self.tried, self.tried
        for swap in moves:
            if self.tried - before >= trials or self.tried - last >= patience or self.stopped:
                break
            if any(self.firm.choice[self.firm.item_of[d]] != d for d in swap[0]):
                continue  # an exchange taken meanwhile has made this one moot
            self.tried += 1
            if self.attempt(swap):
                last = self.tried
            if self.tried % 4 == 0 and not self.report(self.tried, self.worth.objective):
                self.stopped = True
        return self.worth.objective - begun

    def attempt(self, swap: Swap) -> bool:
        """Take one exchange if it helps; most are dismissed after a look at a few scenarios."""
        firm, worth = self.firm, self.worth
        if not firm.allowed(swap):
            return False
        if worth.feasible:
            for which in self.samples():
                gain, error = firm.glance(swap, self.weight, which)
                if gain + 2 * error < 0:
                    return False
        new = firm.worth(swap)
        if new.objective > worth.objective + 1e-10 * abs(worth.objective) or not worth.feasible:
            firm.take(*swap)
            self.worth = firm.worth()
            self.taken += 1
            return True
        return False
