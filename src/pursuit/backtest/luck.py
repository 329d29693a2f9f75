"""Luck by event: the same event meets the same luck under every policy, in whatever order it is asked for.

Common random numbers (Law, Simulation Modeling and Analysis, 5th ed. 2015, section 11.2) usually keep one
stream per source and lose step as soon as two runs draw in another order. Here a number belongs to the name of
its event (which deal, which week, what happens), so nothing a policy does can shift another event's luck.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from statistics import NormalDist

_STANDARD = NormalDist()
Key = str | int


@dataclass(frozen=True, slots=True)
class Luck:
    """The luck of one seed.

    Parameters
    ----------
    seed
        Start of all luck; runs with equal seeds meet the same world.
    """

    seed: int

    def uniform(self, *event: Key) -> float:
        """A number in (0, 1) that belongs to an event, named by its parts."""
        name = "\x1f".join(map(str, (self.seed, *event))).encode()
        number = int.from_bytes(hashlib.blake2b(name, digest_size=7).digest(), "big")
        return (number + 0.5) / 2**56

    def happens(self, probability: float, *event: Key) -> bool:
        """Whether an event of a probability comes about."""
        return self.uniform(*event) < probability

    def normal(self, *event: Key) -> float:
        """A standard normal number."""
        return _STANDARD.inv_cdf(self.uniform(*event))

    def lognormal(self, mean: float, spread: float, *event: Key) -> float:
        """A log-normal number of that mean whose logarithm has that standard deviation."""
        return mean * math.exp(spread * self.normal(*event) - spread**2 / 2)

    def exponential(self, mean: float, *event: Key) -> float:
        """An exponential number of that mean."""
        return -mean * math.log1p(-self.uniform(*event))

    def poisson(self, mean: float, *event: Key) -> int:
        """A Poisson count of that mean (inversion; meant for means below 100)."""
        left, count, term = self.uniform(*event), 0, math.exp(-mean)
        while left > term and count < 1000:
            left -= term
            count += 1
            term *= mean / count
        return count

    def pick(self, weights: dict[str, float], *event: Key) -> str:
        """A key of ``weights``, drawn in proportion to its value; the order of the keys counts."""
        left = self.uniform(*event) * sum(weights.values())
        for name, weight in weights.items():
            left -= weight
            if left <= 0:
                return name
        return next(reversed(weights))
