"""Opportunities and their offers, before it is known what capacity there is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.generator.sheet import Bools, Floats, Ints
from benchmarks.generator.sizes import Size

SECTORS = 8
MEAN_HOURS = 120.0


@dataclass(frozen=True)
class Deals:
    """Opportunities (N,) and the packages (P,) of their standard offers, hours not yet held to capacity."""

    sector: Ints
    account: Ints
    account_sector: Ints
    start: Ints  # first week of the order
    chance: Floats  # normal effort
    heavy_chance: Floats
    per_hour: Floats  # margin
    price_share: Floats  # margin / price
    other: Bools  # has an alternative offer
    defers: Bools
    presales: Floats  # hours, normal effort
    helped: Bools  # part of the presales is done by those who deliver
    order: Ints  # (P,) opportunity of each package
    position: Ints
    first: Ints
    due: Ints
    late_weeks: Ints
    least_weeks: Ints  # fewest weeks it takes
    chained: Bools
    resource: Ints  # (P, 2)
    hours: Floats  # (P, 2)


def presales_resources(resources: int) -> int:
    """Number of resources that do nothing but presales and care; 0 where everybody does everything."""
    return max(1, resources // 10) if resources >= 10 else 0


def draw_deals(rng: np.random.Generator, size: Size) -> Deals:
    """Everything about the opportunities that does not depend on capacity."""
    N, T = size.opportunities, size.weeks
    accounts = max(1, N // 20)
    account, account_sector = rng.integers(accounts, size=N), rng.integers(SECTORS, size=accounts)
    count = rng.choice([1, 2, 3], size=N, p=[0.2, 0.4, 0.4])
    order = np.repeat(np.arange(N), count)
    position = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
    resource, hours = _uses(rng, size, order)
    chains = (count > 1) & (rng.random(N) < 0.3 / 0.8)
    first, due = _windows(rng, T, hours[:, 0], chains, order, position)
    span = np.zeros(N, np.int64)
    np.maximum.at(span, order, due)
    start = 2 + np.floor(rng.random(N) * np.maximum(T - 1 - span - 2, 1)).astype(np.int64)
    first, due = first + start[order], np.minimum(due + start[order], T - 2)
    first = np.minimum(first, due - 1)
    chance = np.clip(rng.beta(2.2, 2.8, N), 0.1, 0.9)
    total = np.bincount(order, weights=hours.sum(axis=1))
    room = due - first + 1
    return Deals(
        sector=account_sector[account],
        account=account,
        account_sector=account_sector,
        start=start,
        chance=chance,
        heavy_chance=1 - (1 - chance) * rng.uniform(0.65, 0.9, N),
        per_hour=rng.lognormal(np.log(60), 0.5, N),
        price_share=rng.uniform(0.2, 0.45, N),
        other=rng.random(N) < 0.4,
        defers=(rng.random(N) < 0.15) & (start >= 3),
        presales=0.06 * total * rng.uniform(0.5, 1.5, N),
        helped=rng.random(N) < 0.5,
        order=order,
        position=position,
        first=first,
        due=due,
        late_weeks=rng.integers(1, 5, len(order)),
        least_weeks=np.minimum(rng.integers(2, 7, len(order)), np.maximum(room * 4 // 5, 1)),
        chained=chains[order] & (position > 0),
        resource=resource,
        hours=hours,
    )


def _uses(rng: np.random.Generator, size: Size, order: Ints) -> tuple[Ints, Floats]:
    """(P, 2) resources, popular ones more often, and hours, large orders having large packages."""
    P, R = len(order), size.resources
    lowest = presales_resources(R)
    popular = rng.lognormal(0, 0.3, R - lowest)
    resource = np.full((P, 2), -1)
    resource[:, 0] = lowest + rng.choice(R - lowest, size=P, p=popular / popular.sum())
    two = (rng.random(P) < 0.22) & (R - lowest > 1)
    step = rng.integers(1, max(R - lowest, 2), P)
    resource[two, 1] = lowest + (resource[two, 0] - lowest + step[two]) % (R - lowest)
    large = rng.lognormal(-0.045, 0.3, size.opportunities)
    hours = np.zeros((P, 2))
    hours[:, 0] = MEAN_HOURS * large[order] * rng.lognormal(-0.08, 0.4, P)
    hours[two, 1] = hours[two, 0] * rng.uniform(0.3, 0.8, int(two.sum()))
    return resource, hours


def _windows(
    rng: np.random.Generator, T: int, hours: Floats, chains: Bools, order: Ints, position: Ints
) -> tuple[Ints, Ints]:
    """First and due week of each package from the start of its order on; larger ones get longer."""
    low, P = min(6, max(2, T // 3)), len(order)
    high = min(14, max(low, T // 2))
    length = np.rint(9 * (hours / MEAN_HOURS) ** 0.35 + rng.uniform(-2, 2, P)).astype(np.int64)
    length = np.clip(length, low, high)
    overlap = rng.integers(0, 2, P)
    length = np.where(chains[order], np.maximum(length * 2 // 3, low), length)
    first = np.where(chains[order], 0, rng.integers(0, 3 if T >= 20 else 1, P))
    due = first + length - 1
    for k in (1, 2):
        at = np.flatnonzero(chains[order] & (position == k))
        first[at] = due[at - 1] + 1 - overlap[at]
        due[at] = first[at] + length[at] - 1
    return first, due
