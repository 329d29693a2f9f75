"""Better choices by exchange: the prices say what to try, every trial taken is valued in all scenarios."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from pursuit.selection.firm import NOTHING, Firm
from pursuit.selection.moves import Swap
from pursuit.selection.worth import Worth, blend

LOOKS = ((8, 1.5), (16, 1.0), (32, 0.5), (64, 0.25))
"""Looks at an exchange: at how many scenarios, and how many standard errors of hope it takes to go on looking."""

SURE = 3.0
"""Standard errors above nothing at which an exchange is made without looking at the rest."""

SPREAD = (5**0.5 - 1) / 2
"""Multiples of this, their whole parts taken off, lie evenly wherever one stops (Weyl 1916)."""


@dataclass
class Climb:
    """A firm on its way up.

    Attributes
    ----------
    firm, worth
        The choice and what it is worth.
    report
        Called with exchanges tried and the value; False stops.
    tried, taken, stopped
        What has been done.
    """

    firm: Firm
    worth: Worth
    report: Callable[[int, float], bool]
    tried: int = 0
    taken: int = 0
    stopped: bool = False

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
            if not self.report(self.tried, self.worth.objective):
                self.stopped = True
        return self.worth.objective - begun

    def attempt(self, swap: Swap) -> bool:
        """Make one exchange if it helps: most are dismissed after a look at a few scenarios, or taken back."""
        firm, worth = self.firm, self.worth
        if not firm.allowed(swap) or (worth.feasible and not self._promises(swap)):
            return False
        firm.take(*swap)
        self.worth = firm.worth()
        if self.worth.objective > worth.objective + self._nothing or not worth.feasible:
            self.taken += 1
            return True
        firm.take(swap[1], swap[0])
        self.worth = firm.worth()
        return False

    @property
    def _nothing(self) -> float:
        return 1e-10 * abs(self.worth.objective)

    def _promises(self, swap: Swap) -> bool:
        """Whether an exchange helps as far as can be told: scenario after scenario, until the answer is clear.

        Only those it touches are looked at, since elsewhere the loading stays as it is; spread evenly over how much
        they weigh in the objective.
        """
        firm, weight = self.firm, self.firm.slopes()
        touched = firm.touched(swap)
        touched = touched[np.argsort(weight[touched], kind="stable")]
        touched = touched[np.argsort(np.arange(len(touched)) * SPREAD % 1.0)]
        (now, cost_now), (then, cost_then) = firm.before_loading(NOTHING), firm.before_loading(swap)
        sure = float(weight @ (then - now)) + cost_now - cost_then
        change, seen = np.zeros(len(weight)), 0
        for scenarios, hope in LOOKS:
            if scenarios >= len(touched):
                break
            which = touched[seen:scenarios]
            change[which] = firm.loading_change(swap, which=which)[which]
            seen = scenarios
            money = len(touched) * weight[touched[:seen]] * change[touched[:seen]]
            gain = sure - float(money.mean())
            error = float(money.std()) * np.sqrt((1.0 - seen / len(touched)) / seen)
            if gain + hope * error <= self._nothing:
                return False
            if gain > SURE * error and seen > LOOKS[0][0]:
                return True
        which = touched[seen:]
        change[which] = firm.loading_change(swap, which=which)[which]
        values = self.worth.values + (then - now) - change
        objective = blend(values, firm.c.problem.risk_aversion) - cost_then
        return objective > self.worth.objective + self._nothing
