"""Capacity set from the load, and the work of won orders held to what that capacity can carry."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from benchmarks.generator.deals import Deals, presales_resources
from benchmarks.generator.sheet import Bools, Floats, Ints, Sheet, sheet
from benchmarks.generator.sizes import Size

LUMP = 0.45
"""Largest share of a resource's regular week that one package may take ..."""
OVERRUN = 1.1
"""... its hours overrunning by this much."""
ROUNDS = 60
SLACK = 1.25
"""How many times over a package could be done in its window at its largest rate."""


@dataclass(frozen=True)
class Hours:
    """Regular hours: a normal week's (R,), and the calendar (T,) they are multiplied with."""

    week: Floats
    calendar: Floats
    lumpy: bool

    @property
    def capacity(self) -> Floats:
        """(R, T) regular hours."""
        return self.week[:, None] * self.calendar

    def limit(self, resource: Ints, hours: Floats) -> Floats:
        """(P,) largest weekly share of packages that keeps every resource they use under ``LUMP``."""
        room = np.where(resource >= 0, self.week[resource], np.inf)
        return LUMP / OVERRUN * np.min(room / np.maximum(hours, 1e-9), axis=1)

    def held(self, resource: Ints, hours: Floats, weeks: Ints) -> Floats:
        """(P, 2) hours cut to what can be done in ``weeks`` without a lump."""
        most = self.limit(resource, hours) * weeks / SLACK
        return hours * np.minimum(1.0, most)[:, None]

    def rate(self, resource: Ints, hours: Floats, least_weeks: Ints | Floats) -> Floats:
        """(P,) largest weekly share of packages that take ``least_weeks`` at least."""
        natural = np.minimum(1.0, 1.0 / np.asarray(least_weeks, dtype=np.float64))
        return natural if self.lumpy else np.minimum(natural, self.limit(resource, hours))


@dataclass(frozen=True)
class Fixed:
    """Committed work before it is held to capacity: (P, 2) resources and hours, (P,) weeks it has."""

    resource: Ints
    hours: Floats
    weeks: Ints


def calendar(T: int) -> Floats:
    """(T,) a couple of holiday weeks at 60 %."""
    weeks = np.ones(T)
    weeks[[T // 3, (3 * T) // 4]] = 0.6
    return weeks


def fitted(
    rng: np.random.Generator, size: Size, d: Deals, fixed: Fixed, tightness: float, lumpy: bool
) -> tuple[Hours, Floats, Floats]:
    """Hours there are, (P, 2) hours of orders, and of the committed work, so that the load is ``tightness`` of them.

    Cutting large packages lowers the load, from which the capacity is set that they are cut to: a few rounds settle
    it. Presales people have some slack, the others differ by a fifth or so.
    """
    R, T = size.resources, size.weeks
    strain = rng.uniform(0.8, 1.2, R)
    strain[: presales_resources(R)] *= 0.75
    weeks, room = calendar(T), d.due - d.first + 1
    order_hours, fixed_hours = d.hours, fixed.hours
    hours = Hours(np.ones(R), weeks, lumpy)
    before = np.inf
    for _ in range(ROUNDS):
        load = load_of(R, d.resource, order_hours * d.chance[d.order][:, None])
        load += load_of(R, fixed.resource, fixed_hours) + presales_load(R, d)
        week = load / strain
        week *= load.sum() / week.sum() / tightness / weeks.sum()
        if before - load.sum() < 1e-3 * load.sum():
            break
        before = load.sum()
        hours = replace(hours, week=week)
        order_hours = hours.held(d.resource, order_hours, room)
        fixed_hours = hours.held(fixed.resource, fixed_hours, fixed.weeks)
    return hours, order_hours, fixed_hours


def load_of(resources: int, resource: Ints, hours: Floats) -> Floats:
    """(R,) hours of packages with (P, 2) uses."""
    used = resource >= 0
    return np.bincount(resource[used], weights=hours[used], minlength=resources)


def presales_load(resources: int, d: Deals) -> Floats:
    """(R,) presales hours if everything is pursued with normal effort."""
    place, hours = presales_uses(resources, d, d.presales)
    return load_of(resources, place, hours)


def presales_uses(resources: int, d: Deals, hours: Floats) -> tuple[Ints, Floats]:
    """(N, 2) who prepares the offers: the account's presales people, often helped by those who would deliver."""
    dedicated = max(presales_resources(resources), 1)
    opener = np.flatnonzero(d.position == 0)
    place = np.column_stack([d.account % dedicated, d.resource[opener, 0]])
    helped = d.helped & (place[:, 0] != place[:, 1])
    place[~helped, 1] = -1
    share = np.where(helped, 0.4, 0.0)
    return place, hours[:, None] * np.column_stack([1 - share, share])


@dataclass(frozen=True)
class Offers:
    """What offers (F,) bring: the standard ones of all opportunities, then the alternative ones of some."""

    deal: Ints
    chance: Floats
    gain: Floats  # margin and what else a win is worth
    margin: Floats
    price: Floats
    start: Ints
    due: Ints
    work: Sheet  # bundle f is the order of offer f


def draw_offers(
    rng: np.random.Generator, size: Size, d: Deals, hours: Floats, h: Hours, better: Bools
) -> Offers:
    """All offers with the work they bring if won; ``better`` opportunities have a third more margin."""
    N, other = size.opportunities, np.flatnonzero(d.other)
    total = np.bincount(d.order, weights=hours.sum(axis=1))
    margin = total * d.per_hour * np.where(better, 1.3, 1.0)
    price = margin / d.price_share
    factor = rng.uniform(0.7, 1.2, len(other))
    odds = np.clip(d.chance[other] * factor**-0.4 * rng.uniform(0.85, 1.15, len(other)), 0.08, 0.95)
    deal = np.concatenate([np.arange(N), other])
    margin = np.concatenate([margin, margin[other] * factor])
    price = np.concatenate([price, price[other] * (0.5 + 0.5 * factor)])
    order, packages = _repeated(d.order, other)
    alternative = order >= N
    cut = rng.uniform(0.7, 1.05, len(other))[order[alternative] - N]
    asked = np.concatenate([hours, hours[packages[alternative]] * cut[:, None]])
    later = rng.integers(2, 7, len(other))[order[alternative] - N]
    first, due = d.first[packages], d.due[packages]
    first[alternative] += later // 2
    due[alternative] += later
    due = np.minimum(due, size.weeks - 2)
    first = np.minimum(first, np.maximum(due - 2, d.first[packages]))
    asked = np.where(h.lumpy, asked, h.held(d.resource[packages], asked, due - first + 1))
    gain = margin * rng.uniform(1.0, 1.2, N)[deal]
    work = _orders(rng, size, d, h, (order, packages, first, due, asked), (margin, price, gain))
    start, end = np.full(len(deal), size.weeks), np.zeros(len(deal), np.int64)
    np.minimum.at(start, order, first)
    np.maximum.at(end, order, due)
    return Offers(deal, np.concatenate([d.chance, odds]), gain, margin, price, start, end, work)


def _repeated(order: Ints, other: Ints) -> tuple[Ints, Ints]:
    """Offer and package of all packages, those of the alternative offers being copies behind the standard ones."""
    start = np.searchsorted(order, np.arange(order[-1] + 2))
    count = np.diff(start)[other]
    again = np.repeat(start[other] - (np.cumsum(count) - count), count) + np.arange(count.sum())
    offers = np.concatenate([order, order[-1] + 1 + np.repeat(np.arange(len(other)), count)])
    return offers, np.concatenate([np.arange(len(order)), again])


def _orders(
    rng: np.random.Generator, size: Size, d: Deals, h: Hours,
    placed: tuple[Ints, Ints, Ints, Ints, Floats], terms: tuple[Floats, Floats, Floats],
) -> Sheet:  # fmt: skip
    """The work of every offer if it is won."""
    order, packages, first, due, hours = placed
    margin, price, gain = terms
    P, F, resource = len(order), len(margin), d.resource[packages]
    part = hours.sum(axis=1)
    part = part / np.bincount(order, weights=part)[order]
    rate = h.rate(
        resource, hours, np.minimum(d.least_weeks[packages], np.maximum((due - first + 1) * 4 // 5, 1))
    )
    chained = d.chained[packages]
    steady = ~chained & (rng.random(P) < 0.05)
    least = np.where(steady, np.minimum(rng.uniform(0.2, 0.5, P) / (due - first + 1), rate), 0.0)
    outside = rng.random(P) < 0.5
    failed = gain * rng.uniform(1.0, 1.3, F) + price * rng.uniform(0.1, 0.2, F)  # margin, trust, penalty
    return sheet(
        F, order, first, due, resource, hours, rate, part * failed[order],
        last=np.minimum(due + d.late_weeks[packages], size.weeks - 1),
        least=least,
        before=np.where(chained, np.arange(P) - 1, -1),
        late_cost=part * (price * rng.uniform(0.005, 0.02, F))[order],
        late_cap=part * 0.1 * price[order],
        subcontract_cost=np.where(outside, part * margin[order] * rng.uniform(0.5, 1.3, P), np.inf),
        subcontract_share=np.where(outside, rng.uniform(0.3, 0.6, P), 0.0),
    )  # fmt: skip
