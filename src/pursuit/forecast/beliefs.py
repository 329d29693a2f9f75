"""The frozen hand-off between estimation and choice: everything a plan believes about the future."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a forecast is what it is: a message key of the word catalogue with this case's own figures."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chance:
    """A probability with its 90 % interval and the reasons for it."""

    mean: float
    low: float
    high: float
    basis: str = ""
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class OpportunityBelief:
    """What is believed of one open opportunity.

    ``win`` is for its standard option; ``by_option`` the mean for each of its options (the standard one
    included). ``stale`` is set when it has been open for longer than deals ever took to close.
    """

    opportunity: str
    win: Chance
    by_option: Mapping[str, float]
    stale: bool = False
    age_days: int | None = None


@dataclass(frozen=True, slots=True)
class AccountBelief:
    """What is believed of one account: default within a year, loss given default, repeat business.

    ``lifetime_value`` (discounted, minor units of the firm's currency, with its 90 % interval) counts all its
    orders. ``orders_per_year`` with their ``margin_per_order`` (minor units) are those that do not come
    through the pipeline where arrivals are foreseen, so that a plan may add both; ``retention`` is per year.
    """

    account: str
    default: Chance
    loss_given_default: float
    orders_per_year: float
    margin_per_order: float
    retention: float
    lifetime_value: float
    lifetime_low: float
    lifetime_high: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ArrivalStream:
    """Opportunities nobody knows yet, of one kind: how many per week and what they look like.

    ``examples`` are indices into ``Company.opportunities`` from which size, product and margin are drawn
    again; ``season`` multiplies the rate by calendar month (January first).
    """

    kind: str
    weekly_rate: float
    win_probability: float
    examples: tuple[int, ...]
    season: tuple[float, ...] = (1.0,) * 12


@dataclass(frozen=True)
class Beliefs:
    """All forecasts for one company as of its day, with what had to stand in for missing data."""

    opportunities: Mapping[str, OpportunityBelief]
    accounts: Mapping[str, AccountBelief]
    arrivals: tuple[ArrivalStream, ...]
    hours_spread: float
    sector_correlation: float
    signal: str
    fallbacks: tuple[Reason, ...]
    cards: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True)
class ScenarioSet:
    """Joint futures, equally likely.

    Attributes
    ----------
    luck
        (opportunities, scenarios) uniform numbers in (0, 1): an option with win probability p is won in
        scenario s iff ``luck[i, s] < p``. Correlated within a sector, stratified so that each row meets any p
        to 1/S. Row order is that of ``Company.open_opportunities``.
    default
        (accounts, scenarios) bool: the account fails within the horizon. Row order of ``Company.accounts``.
    hours_factor
        (resources, scenarios) multiplier of planned hours, mean 1. Row order of ``Company.resources``.
    retained
        (accounts, scenarios) uniform numbers: the account stays under a course with retention q iff below q.
    arrivals
        One tuple per scenario of ``(stream, example, week)`` triples.
    """

    seed: int
    luck: NDArray[np.float64]
    default: NDArray[np.bool_]
    hours_factor: NDArray[np.float64]
    retained: NDArray[np.float64]
    arrivals: tuple[tuple[tuple[int, int, int], ...], ...]

    @property
    def size(self) -> int:
        """Number of futures."""
        return int(self.luck.shape[1])
