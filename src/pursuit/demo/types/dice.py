"""Numbers that belong to one record: drawn from luck by the record's name and the name of what is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import TypeVar

from scipy.special import gammaincinv

from pursuit.backtest.luck import Key, Luck

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dice:
    """The dice of one record, so that a draw more or less in one leaves all others as they are."""

    luck: Luck
    record: tuple[Key, ...]

    def uniform(self, what: str, low: float = 0.0, high: float = 1.0) -> float:
        """A number between two bounds."""
        return low + (high - low) * self.luck.uniform(*self.record, what)

    def happens(self, probability: float, what: str) -> bool:
        """Whether something of that probability is so."""
        return self.luck.happens(probability, *self.record, what)

    def normal(self, what: str, mean: float = 0.0, spread: float = 1.0) -> float:
        """A normal number."""
        return mean + spread * self.luck.normal(*self.record, what)

    def around(self, spread: float, what: str) -> float:
        """A log-normal number of median 1."""
        return exp(spread * self.luck.normal(*self.record, what))

    def gamma(self, shape: float, mean: float, what: str) -> float:
        """A gamma number by its shape and mean."""
        return float(gammaincinv(shape, self.luck.uniform(*self.record, what))) * mean / shape

    def exponential(self, mean: float, what: str) -> float:
        """An exponential number of that mean."""
        return self.luck.exponential(mean, *self.record, what)

    def pick(self, weights: Mapping[str, float], what: str) -> str:
        """A key in proportion to its value."""
        return self.luck.pick(dict(weights), *self.record, what)

    def one(self, choices: Sequence[T], what: str) -> T:
        """One of some equally likely things."""
        return choices[int(self.luck.uniform(*self.record, what) * len(choices))]
