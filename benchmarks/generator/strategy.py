"""What a firm decides on beside offers: courses for its accounts, projects under way, technologies, expansions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.generator.deals import MEAN_HOURS, Deals, presales_resources
from benchmarks.generator.orders import Fixed, Hours, Offers
from benchmarks.generator.sheet import Bools, Floats, Ints, Sheet, sheet
from benchmarks.generator.sizes import Size

COURSES = {
    "keep": (1.0, 0.85, 1.0),
    "grow": (2.2, 0.92, 1.3),
    "harvest": (0.4, 0.65, 0.85),
    "let_go": (0.0, 0.35, 0.7),
}
"""By course: care hours against keeping, chance to stay, worth against keeping."""
MODES = {"planned": (1.0, 1.0, 0, 0.0), "slower": (1.0, 0.75, 5, 0.015), "fewer": (1.06, 0.65, 3, 0.006)}
"""By mode: hours, weekly rate, weeks longer, largest share of the price given up."""


def project_work(rng: np.random.Generator, size: Size) -> tuple[Fixed, Ints]:
    """Packages of projects under way, two each, and (P,) their due weeks; hours not yet held to capacity."""
    n, T, R = max(1, size.opportunities // 20), size.weeks, size.resources
    lowest = presales_resources(R)
    resource = np.full((2 * n, 2), -1)
    resource[:, 0] = rng.integers(lowest, R, 2 * n)
    hours = np.zeros((2 * n, 2))
    hours[:, 0] = MEAN_HOURS * rng.uniform(1.0, 3.0, 2 * n)
    due = rng.integers(min(7, T // 2), max(min(20, T - 5), T // 2 + 1), 2 * n)
    return Fixed(resource, hours, due + 1), due


def care_work(rng: np.random.Generator, size: Size) -> Fixed:
    """Care of accounts as it is: one package a quarter and account, of 2 to 6 hours a week."""
    n, T = max(1, size.opportunities // 20), size.weeks
    dedicated = max(presales_resources(size.resources), 1)
    quarter = np.diff(quarters(T))
    weekly = rng.uniform(2, 6, n)
    hours = np.zeros((n * len(quarter), 2))
    hours[:, 0] = (weekly[:, None] * quarter).ravel()
    resource = np.full((len(hours), 2), -1)
    resource[:, 0] = np.repeat(np.arange(n) % dedicated, len(quarter))
    return Fixed(resource, hours, np.tile(quarter, n))


def quarters(T: int) -> Ints:
    """Edges of the quarters among T weeks."""
    return np.linspace(0, T, max(1, round(T / 13)) + 1).astype(np.int64)


def project_sheets(
    rng: np.random.Generator, size: Size, h: Hours, resource: Ints, hours: Floats, due: Ints, typical: float
) -> tuple[list[Sheet], Floats]:
    """The work of all projects mode by mode, and (n, modes) what is left to earn; ``typical`` is money per hour."""
    n, T, bundle = len(due) // 2, size.weeks, np.arange(len(due)) // 2
    margin = hours.sum(axis=1) * typical * rng.uniform(0.6, 1.2, 2 * n)
    price, outside = margin / 0.3, rng.random(2 * n) < 0.5
    late, premium, share = (
        rng.uniform(0.005, 0.02, 2 * n),
        rng.uniform(0.5, 1.3, 2 * n),
        rng.uniform(0.3, 0.6, 2 * n),
    )
    usual = h.rate(resource, hours, np.maximum(0.6 * (due + 1), 1))
    sheets, left = [], []
    for more, speed, weeks, given in MODES.values():
        end = np.minimum(due + weeks, T - 2)
        asked = h.held(resource, hours * more, end + 1)
        rate = np.minimum(
            np.maximum(speed * usual, 1.1 / (end + 1)), usual if h.lumpy else h.limit(resource, asked)
        )
        sheets.append(sheet(
            n, bundle, np.zeros_like(due), end, resource, asked, np.minimum(rate, 1.0), 1.2 * margin + 0.15 * price,
            last=np.minimum(end + 4, T - 1), late_cost=price * late, late_cap=0.1 * price,
            subcontract_cost=np.where(outside, margin * premium, np.inf),
            subcontract_share=np.where(outside, share, 0.0),
        ))  # fmt: skip
        left.append(np.bincount(bundle, weights=margin - given * rng.random(n)[bundle] * price))
    return sheets, np.column_stack(left)


def care_sheets(
    size: Size, h: Hours, care: Fixed, hours: Floats, lifetime: Floats
) -> tuple[list[Sheet], Floats]:
    """Care by course (none for letting go), and (n, courses) chance to stay times worth; what is not done is lost."""
    n, edges = len(lifetime), quarters(size.weeks)
    per = len(edges) - 1
    first, due = np.tile(edges[:-1], n), np.tile(edges[1:] - 1, n)
    sheets = []
    for times, stay, worth in list(COURSES.values())[:3]:
        asked = h.held(care.resource, hours * times, care.weeks)
        lost = np.repeat(lifetime * stay * worth, per) * 1.2 / per
        rate = h.rate(care.resource, asked, np.maximum(care.weeks / 2, 1))
        sheets.append(sheet(n, np.repeat(np.arange(n), per), first, due, care.resource, asked, rate, lost))
    return sheets, lifetime[:, None] * np.array([worth for _, _, worth in COURSES.values()])


@dataclass(frozen=True)
class Technologies:
    """Technologies (K,), each not at all, now, or a quarter later; effort sheets of now and later."""

    offer: Ints  # (n,) offers that need one
    technology: Ints  # (n,) which
    late_too: Bools  # (n,) whether a later start serves it as well
    cost: Floats  # (K, 2) now, later
    work: list[Sheet]


def lead_weeks(T: int) -> int:
    """Weeks until a technology can be used."""
    return min(8, T // 4)


def quarter_weeks(T: int) -> int:
    """Weeks by which a later start is later."""
    return min(13, T // 4)


def needy_deals(rng: np.random.Generator, size: Size, d: Deals) -> tuple[Bools, Bools]:
    """(N,) whose standard offer needs a technology, and whose alternative one does: about 8 % of each."""
    able = d.start >= lead_weeks(size.weeks)
    share = 0.08 / max(float(able.mean()), 0.08)
    return able & (rng.random(len(able)) < share), able & d.other & (rng.random(len(able)) < share)


def draw_technologies(
    rng: np.random.Generator, size: Size, h: Hours, offers: Offers, needs: Bools
) -> Technologies:
    """Costs lie around a part of what the offers that need the technology are expected to bring."""
    T, R, K = size.weeks, size.resources, max(1, round(0.4 * size.opportunities**0.5))
    lead, quarter = lead_weeks(T), quarter_weeks(T)
    offer = np.flatnonzero(needs)
    technology = rng.integers(K, size=len(offer))
    served = np.bincount(technology, weights=(offers.chance * offers.gain)[offer], minlength=K)
    cost = (served + 0.2 * served.mean()) * _spread(rng, 0.03, 0.35, K)
    lowest = presales_resources(R)
    two = np.repeat(np.arange(K), 2)
    resource = np.full((2 * K, 2), -1)
    resource[:, 0] = rng.integers(lowest, R, 2 * K)
    hours = np.zeros((2 * K, 2))
    hours[:, 0] = h.week[resource[:, 0]] * rng.uniform(0.3, 1.0, 2 * K)
    work = []
    for start in (0, quarter):
        end = min(start + max(lead, 2), T - 1) - 1
        asked = h.held(resource, hours, np.full(2 * K, end - start + 1))
        work.append(sheet(
            K, two, np.full(2 * K, start), np.full(2 * K, end), resource, asked,
            h.rate(resource, asked, np.full(2 * K, 2)), np.repeat(cost + served, 2),
        ))  # fmt: skip
    late_too = offers.start[offer] >= quarter + lead
    return Technologies(offer, technology, late_too, np.column_stack([cost, 0.95 * cost]), work)


def _spread(rng: np.random.Generator, low: float, high: float, n: int) -> Floats:
    """(n,) uniform numbers, one in each n-th of the range."""
    return low + (high - low) * (rng.permutation(n) + rng.random(n)) / n


def draw_expansions(
    rng: np.random.Generator, size: Size, h: Hours, hour_worth: float
) -> tuple[Floats, Floats]:
    """(2E, R, T) hours gained and (2E,) cost of expansions, each now and a quarter later."""
    R, T = size.resources, size.weeks
    E = max(1, R // 3)
    place = rng.permutation(R)[:E]
    more, price = rng.uniform(0.15, 0.4, E), _spread(rng, 0.05, 0.9, E) * hour_worth
    lead = rng.integers(3, 9, E)
    gain, cost = np.zeros((E, 2, R, T)), np.zeros((E, 2))
    for e in range(E):
        for k, start in enumerate((0, quarter_weeks(T))):
            ramp = np.clip((np.arange(T) - start - min(lead[e], max(T // 4, 1)) + 1) / 6, 0, 1)
            gain[e, k, place[e]] = more[e] * ramp * h.capacity[place[e]]
            cost[e, k] = price[e] * gain[e, 0].sum() * (1.0, 0.72)[k]
    return gain.reshape(2 * E, R, T), cost.ravel()
