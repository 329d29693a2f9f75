"""Futures drawn from beliefs: stratified row by row, tied together within a sector, one random stream per
event.

Each event (this deal, that account, this week's arrivals) draws from a generator seeded by the plan's seed
and its own name. Adding or removing one leaves the luck of all others as it was, so that two plans are
compared on the same futures.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, pdtr

from pursuit.domain import Company
from pursuit.forecast.beliefs import ArrivalStream, Beliefs, ScenarioSet
from pursuit.units import WeekAxis

Array = NDArray[np.float64]
WEEKS_PER_YEAR = 365.25 / 7


def draw_scenarios(
    company: Company, beliefs: Beliefs, axis: WeekAxis, *, scenarios: int, seed: int
) -> ScenarioSet:
    """Joint futures of a company, equally likely, deterministic in ``seed``.

    Parameters
    ----------
    company, beliefs
        The firm and what :func:`believe` said of it.
    axis
        Weeks over which defaults and arrivals happen.
    scenarios
        Number of futures S, at least 1.
    seed
        Non-negative; futures of different seeds are independent.

    Returns
    -------
    ScenarioSet
        ``luck``, ``retained`` hold exactly one number in each of the S equal strata of (0, 1) per row, so any
        probability p is met by floor(pS) or ceil(pS) futures. Rows of one sector follow a one-factor Gaussian
        copula (Vasicek, 2002) with correlation ``beliefs.sector_correlation``: in a sector's bad year deals
        are lost, customers leave and customers fail together.

    Raises
    ------
    ValueError
        For fewer than one scenario or a negative seed.
    """
    if scenarios < 1 or seed < 0:
        raise ValueError(f"at least one scenario and a seed of 0 or more, not {scenarios} and {seed}")
    event = _events(seed)
    factor = _sector_factors(event, scenarios, beliefs.sector_correlation)
    sector = {account.id: account.sector or account.segment for account in company.accounts}
    luck = np.empty((len(company.open_opportunities), scenarios))
    for row, deal in enumerate(company.open_opportunities):
        generator = event("deal", deal.id)
        luck[row] = _strata(factor(sector.get(deal.account, ""), generator), generator)
    default = np.zeros((len(company.accounts), scenarios), dtype=bool)
    retained = np.empty((len(company.accounts), scenarios))
    years = axis.weeks / WEEKS_PER_YEAR
    for row, account in enumerate(company.accounts):
        generator = event("retained", account.id)
        retained[row] = _strata(factor(sector[account.id], generator), generator)
        generator = event("default", account.id)
        risk = 1 - (1 - beliefs.accounts[account.id].default.mean) ** years
        failures = math.floor(scenarios * risk + generator.random())
        default[row, np.argsort(-factor(sector[account.id], generator), kind="stable")[:failures]] = True
    hours = np.empty((len(company.resources), scenarios))
    for row, resource in enumerate(company.resources):
        generator = event("hours", resource.id)
        draws = np.exp(beliefs.hours_spread * ndtri(_strata(generator.random(scenarios), generator)))
        hours[row] = draws / draws.mean()
    return ScenarioSet(
        seed, luck, default, hours, retained, _arrivals(company, beliefs, axis, scenarios, event)
    )


Event = Callable[..., np.random.Generator]


def _events(seed: int) -> Event:
    """Generators by the name of an event: the same name always starts the same stream."""

    def event(*name: object) -> np.random.Generator:
        digest = hashlib.sha256("\x1f".join(map(str, name)).encode()).digest()
        words = [int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4)]
        return np.random.Generator(np.random.PCG64(np.random.SeedSequence([seed, *words])))

    return event


def _sector_factors(
    event: Event, scenarios: int, correlation: float
) -> Callable[[str, np.random.Generator], Array]:
    """Latent normals of one event: its sector's year (high is bad) mixed with its own draw."""
    years: dict[str, Array] = {}

    def factor(sector: str, generator: np.random.Generator) -> Array:
        if sector not in years:
            own = event("sector", sector)
            years[sector] = ndtri(_strata(own.random(scenarios), own))
        noise = generator.standard_normal(scenarios)
        return math.sqrt(correlation) * years[sector] + math.sqrt(1 - correlation) * noise

    return factor


def _strata(values: Array, generator: np.random.Generator) -> Array:
    """Uniform numbers in the order of ``values``, exactly one in each of the equal strata of (0, 1)."""
    size = values.size
    rank = np.empty(size)
    rank[np.argsort(values, kind="stable")] = np.arange(size)
    within = np.clip(generator.random(size), 1e-9, 1 - 1e-9)
    return (rank + within) / size


def _arrivals(
    company: Company, beliefs: Beliefs, axis: WeekAxis, scenarios: int, event: Event
) -> tuple[tuple[tuple[int, int, int], ...], ...]:
    """(stream, example, week) of every arrival by scenario, ordered by week; counts are stratified
    Poisson."""
    found: list[list[tuple[int, int, int]]] = [[] for _ in range(scenarios)]
    for week in range(axis.weeks):
        for at, stream in enumerate(beliefs.arrivals):
            generator = event("arrivals", stream.kind, axis.monday(week).isoformat())
            rate = stream.weekly_rate * _share_ahead(company, axis, week) * _season(stream, axis, week)
            counts = _poisson(rate, _strata(generator.random(scenarios), generator))
            owner = np.repeat(np.arange(scenarios), counts)
            examples = np.array(stream.examples)[generator.integers(len(stream.examples), size=owner.size)]
            for scenario, example in zip(owner.tolist(), examples.tolist(), strict=True):
                found[scenario].append((at, example, week))
    return tuple(tuple(one) for one in found)


def _share_ahead(company: Company, axis: WeekAxis, week: int) -> float:
    """Share of a week that is still to come after the company's day."""
    passed = (company.as_of - axis.monday(week)).days + 1
    return 1 - min(max(passed, 0), 7) / 7


def _season(stream: ArrivalStream, axis: WeekAxis, week: int) -> float:
    return stream.season[int(axis.month(week)[5:]) - 1]


def _poisson(rate: float, quantiles: Array) -> NDArray[np.int64]:
    """Poisson counts at ``quantiles``."""
    most = int(rate + 12 * math.sqrt(rate) + 12)
    return np.searchsorted(pdtr(np.arange(most), rate), quantiles).astype(np.int64)
