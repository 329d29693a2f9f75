"""How long deals take: whether an open deal of some age is ever decided, and when it has gone stale.

Open deals stay in the risk set until their age today (censored), so a pipeline full of forgotten deals says
what it says: most deals of that age are never decided (competing risks; Aalen & Johansen, 1978).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pursuit.domain import Opportunity
from pursuit.forecast.rates import beta_variance

Array = NDArray[np.float64]

SHARE_STRENGTH = 30.0
"""Closed deals the overall share of wins counts as, when the share among old deals is estimated."""


@dataclass(frozen=True)
class Clock:
    """What the ages of closed and open deals tell; arrays are indexed by age in days, 0 to ``longest``.

    ``decided`` is the probability that a deal open at that age is ever won or lost, ``won_share`` the share
    of wins among those decided later, ``evidence`` the number of deals behind both. ``beyond`` open deals are
    older than ``longest``; past it the chance to be decided fades as 1 / (1 + days / ``tail``), an
    exponential tail whose own rate is uncertain (Lomax, 1954).
    """

    longest: int
    closed: int
    beyond: int
    tail: float
    decided: Array
    won_share: Array
    evidence: Array
    later: NDArray[np.int64]

    def at(self, ages: NDArray[np.int64]) -> tuple[Array, Array]:
        """Mean and variance of the probability that deals open at ``ages`` are ever decided (uniform
        prior)."""
        within = np.minimum(ages, self.longest)
        a = self.decided[within] * self.evidence[within] + 1
        b = (1 - self.decided[within]) * self.evidence[within] + 1
        fade = 1 / (1 + np.maximum(ages - self.longest, 0) / self.tail)
        return a / (a + b) * fade, beta_variance(a, b) * fade**2


def fit_clock(closed: Sequence[Opportunity], open_deals: Sequence[Opportunity], as_of: date) -> Clock | None:
    """The clock of a firm, or None where no closed deal has both of its dates."""
    timed = [
        (max((d.closed - d.created).days, 0), d.outcome == "won") for d in closed if d.created and d.closed
    ]
    if not timed:
        return None
    ended = np.array([days for days, _ in timed])
    won = np.array([outcome for _, outcome in timed])
    ages = np.array([max((as_of - d.created).days, 0) for d in open_deals if d.created], dtype=np.int64)
    longest = int(ended.max())
    size = longest + 1
    wins = np.bincount(ended[won], minlength=size).astype(float)
    ends = np.bincount(ended, minlength=size).astype(float)
    censored = np.bincount(np.minimum(ages, size), minlength=size + 1).astype(float)
    beyond = int(censored[size])
    at_risk = np.cumsum((ends + censored[:size])[::-1])[::-1] + beyond
    hazard = ends / np.maximum(at_risk, 1)
    open_before = np.concatenate([[1.0], np.cumprod(1 - hazard)])
    any_end = np.cumsum(open_before[:-1] * hazard)
    any_win = np.cumsum(open_before[:-1] * wins / np.maximum(at_risk, 1))
    still = np.maximum(open_before[1:], 1e-12)
    decided = np.clip((any_end[-1] - any_end) / still, 0.0, 1.0)
    later = (ends.sum() - np.cumsum(ends)).astype(np.int64)
    overall = won.mean()
    share = np.where(later > 0, (any_win[-1] - any_win) / np.maximum(any_end[-1] - any_end, 1e-12), overall)
    won_share = (np.clip(share, 0, 1) * later + SHARE_STRENGTH * overall) / (later + SHARE_STRENGTH)
    slow = ended[ended >= np.quantile(ended, 0.9)]
    tail = max(float((slow - slow.min()).mean()), 7.0)
    return Clock(longest, len(timed), beyond, tail, decided, won_share, later + float(beyond), later)
