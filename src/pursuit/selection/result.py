"""What a solver hands back: the choice, what it is worth, and how much better anyone could do at most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pursuit.selection.bound import Prices
from pursuit.selection.firm import Firm
from pursuit.selection.loaded import Loading
from pursuit.selection.problem import Floats, Ints


@dataclass(frozen=True)
class Progress:
    """One report while solving: ``phase`` in words of the code, value of the best choice so far, proven bound."""

    phase: str
    step: int
    steps: int
    value: float | None
    bound: float | None


Report = Callable[[Progress], bool]
"""Receives progress; answers False to stop, which hands back the best choice so far."""


@dataclass(frozen=True)
class Moment:
    """Where a solve stood: seconds of processor time and units of work since it began, best value, proven bound."""

    seconds: float
    work: int
    value: float | None
    bound: float | None


@dataclass(frozen=True)
class Solution:
    """A choice with its proof.

    Attributes
    ----------
    choice
        (I,) option taken by each item.
    values
        (S,) worth in each scenario.
    objective, bound
        What was reached, and what nobody can exceed in this model.
    status
        ``converged``, ``limit``, ``clock`` or ``cancelled``.
    firm
        The choice as the search holds it, for trials around it.
    loading
        How it is carried out in every scenario at least cost, which ``values`` count.
    prices, scores
        Dual prices behind the bound, and every option's score (O,) at them.
    work
        Steps of work done (prices searched, exchanges tried).
    history
        How value and bound closed in on each other.
    fallbacks
        What had to be done otherwise than planned, and why.
    """

    choice: Ints
    values: Floats
    objective: float
    bound: float
    row_cost: float
    status: str
    firm: Firm
    loading: Loading
    prices: Prices
    scores: Floats
    work: int
    history: tuple[Moment, ...] = ()
    fallbacks: tuple[str, ...] = ()

    @property
    def gap(self) -> float:
        """``(bound - objective) / |bound|``, never negative."""
        return max(self.bound - self.objective, 0.0) / max(abs(self.bound), 1e-12)
