"""Made-up vendors whose futures can be drawn again: the same firm, other luck.

Distributions (U uniform, LN log-normal, Pois Poisson); money in thousands, hours in hours:

=================  ========================================================================================
win probability    U(0.2, 0.9) for the first effort, times 1.2 (at most 0.98) for each further one
margin if won      LN(log 400, 0.7); the effort itself costs 15 times its number
luck               ranks of 0.5 * sector + own noise, both normal: every probability is met to one future, all
                   deals of a bad year lose together
work if won        on 1 to 3 resources, U(10, 40) hours times sqrt(margin / 400), window and due week uniform,
                   in at least 1 to 3 weeks; late U(0.5, 3) per hour and week up to four times that; half of it
                   can be given outside, up to 60 %, at U(5, 20) per hour; not done: twice the margin per hour
presales           half of all options: 5 hours times effort on the first resource, won or not
arrivals           Pois(rate) unknown deals in each future, U(5, 20) hours from a uniform week on, worth
                   U(1, 12) per hour
overrun            LN(-0.005, 0.1) by resource and future
capacity           expected hours if everything were pursued, divided by ``tightness`` and the weeks; overtime
                   20 % of it at U(2, 6) per hour
investments        cost U(50, 300) times opportunities / 6 / investments, add U(0.2, 0.5) of one resource from
                   week 1; one option in every ten (at least one) needs one of them
rows               exposure of at most 60 % of the mean effort's (hard); a margin goal of half of all (0.3 per
                   unit short)
cash               three months, costs at once, margins by thirds; 0.5 per unit under the floor and month
=================  ========================================================================================
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pursuit.selection.problem import Cash, Packages, Rows, SelectionProblem

Floats = NDArray[np.float64]
PACKAGE_TYPES = (int, int, bool, int, float, int, int, int, float, float, float, float, float, float)
MARGIN = 400.0


@dataclass(frozen=True)
class Size:
    """How large a made-up vendor is; ``arrivals`` is the mean number per future."""

    opportunities: int = 6
    resources: int = 2
    weeks: int = 5
    scenarios: int = 8
    efforts: int = 2
    investments: int = 1
    arrivals: float = 2.0
    rows: bool = True
    cash: bool = True


SIZES = {
    "XS": Size(40, 3, 10, 16, arrivals=4.0),
    "S": Size(200, 10, 26, 50, investments=3, arrivals=20.0),
    "M": Size(1000, 20, 52, 100, investments=6, arrivals=60.0),
}


@dataclass(frozen=True)
class Vendor:
    """One made-up firm; ``draw`` gives its futures."""

    size: Size
    chance: Floats  # (O,)
    margin: Floats  # (O,), if won
    cost: Floats  # (O,), won or not
    work: tuple[tuple[float, ...], ...]  # rows of Packages, by option
    capacity: Floats
    overtime_cost: Floats
    gains: Floats  # (G, R, T)
    need_option: NDArray[np.int64]
    need_provider: NDArray[np.int64]
    rows: Rows
    risk_aversion: float

    @property
    def deals(self) -> int:
        """Number of options of opportunities; those of investments follow."""
        return self.size.opportunities * (self.size.efforts + 1)

    def draw(self, seed: int, scenarios: int | None = None) -> SelectionProblem:
        """The firm's choice with futures drawn anew."""
        rng = np.random.default_rng([seed, 1])
        z, S = self.size, scenarios or self.size.scenarios
        O, (R, T) = len(self.chance), self.capacity.shape
        mixed = 0.5 * rng.normal(size=S) + rng.normal(size=(z.opportunities, S))
        luck = (np.argsort(np.argsort(mixed, axis=1), axis=1) + 0.5) / S
        luck = np.vstack([np.repeat(luck, z.efforts + 1, axis=0), np.ones((O - self.deals, S))])
        won = luck < self.chance[:, None]
        value = won * self.margin[:, None] - self.cost[:, None]
        arrivals = [_arrival(rng, s, R, T) for s in range(S) for _ in range(rng.poisson(z.arrivals))]
        base = np.bincount(
            [row[1] for row in arrivals], weights=[row[4] * row[-1] for row in arrivals], minlength=S
        )
        starts = [*range(0, self.deals, z.efforts + 1), *range(self.deals, O + 1, 2)]
        cash = _cash(value, self.cost, self.margin, won, z)
        names = [f"o{i}" for i in range(z.opportunities)] + [f"invest{i}" for i in range(z.investments)]
        return SelectionProblem(
            item_ids=tuple(names),
            option_ids=tuple(f"option{o}" for o in range(O)),
            item_start=np.array(starts),
            allowed=np.ones(O, bool),
            value=value,
            won=won,
            base_value=base,
            packages=_packages([*arrivals, *self.work]),
            hours_factor=rng.lognormal(-0.005, 0.1, (R, S)),
            capacity=self.capacity,
            overtime=0.2 * self.capacity,
            overtime_cost=self.overtime_cost,
            gain_option=np.arange(self.deals + 1, O, 2),
            capacity_gain=self.gains,
            need_option=self.need_option,
            need_start=np.arange(len(self.need_option) + 1),
            need_provider=self.need_provider,
            rows=self.rows,
            cash=cash,
            risk_aversion=self.risk_aversion,
        )


def make_vendor(size: Size, seed: int, tightness: float, risk_aversion: float = 0.3) -> Vendor:
    """A firm of this size; ``tightness`` is expected hours if everything were pursued over regular hours."""
    rng = np.random.default_rng([seed, 0])
    z, R, T = size, size.resources, size.weeks
    effort = np.tile(np.arange(z.efforts + 1), z.opportunities)  # 0: decline
    first = np.repeat(rng.uniform(0.2, 0.9, z.opportunities), z.efforts + 1)
    chance = np.where(effort > 0, np.minimum(first * (1 + 0.2 * (effort - 1)), 0.98), 0.0)
    margin = np.repeat(rng.lognormal(np.log(MARGIN), 0.7, z.opportunities), z.efforts + 1) * (effort > 0)
    work: list[tuple[float, ...]] = []
    for option in np.flatnonzero(effort):
        places = rng.permutation(R)[: int(rng.integers(1, min(R, 3) + 1))]
        work += [_work(rng, int(option), int(r), T, float(margin[option])) for r in places]
        if rng.random() < 0.5:
            hours = 5.0 * effort[option]
            work.append(
                (int(option), -1, False, 0, hours, 0, T - 1, T - 1, hours, 0.0, 0.0, np.inf, 0.0, 200.0)
            )
    load = np.full(R, z.arrivals * 12.5 / R)
    for row in work:
        load[int(row[3])] += row[4] * (chance[int(row[0])] if row[2] else 1.0) / z.efforts
    capacity = np.repeat((load / tightness / T)[:, None], T, axis=1)
    gains = np.zeros((z.investments, R, T))
    for g, r in enumerate(rng.integers(R, size=z.investments)):
        gains[g, r, 1:] = rng.uniform(0.2, 0.5) * capacity[r, 1:]
    price = rng.uniform(50, 300, z.investments) * z.opportunities / 6 / max(z.investments, 1)
    deals = len(effort)
    needy = np.flatnonzero(effort)[:: max(10 * z.efforts, 1)] if z.investments else np.zeros(0, int)
    provider = deals + 1 + 2 * (np.arange(len(needy)) % max(z.investments, 1))
    chance, margin = (np.concatenate([a, np.zeros(2 * z.investments)]) for a in (chance, margin))
    cost = np.concatenate([15.0 * effort, np.column_stack([np.zeros_like(price), price]).ravel()])
    rows = _rows(rng, chance, margin, z)
    return Vendor(
        size=z,
        chance=chance,
        margin=margin,
        cost=cost,
        work=tuple(work),
        capacity=capacity,
        overtime_cost=rng.uniform(2, 6, R),
        gains=gains,
        need_option=needy,
        need_provider=provider,
        rows=rows,
        risk_aversion=risk_aversion,
    )


def _work(
    rng: np.random.Generator, option: int, resource: int, weeks: int, margin: float
) -> tuple[float, ...]:
    hours = float(rng.uniform(10, 40)) * (margin / MARGIN) ** 0.5
    first = int(rng.integers(0, max(weeks - 2, 1)))
    last = int(rng.integers(first, weeks))
    due = int(rng.integers(first, last + 1))
    late = float(rng.uniform(0.5, 3))
    outside = float(rng.uniform(5, 20)) if rng.random() < 0.5 else np.inf
    rate = hours / int(rng.integers(1, 4))
    return (
        option,
        -1,
        True,
        resource,
        hours,
        first,
        last,
        due,
        rate,
        late,
        4 * late,
        outside,
        0.6,
        2 * margin / hours,
    )


def _arrival(rng: np.random.Generator, scenario: int, resources: int, weeks: int) -> tuple[float, ...]:
    first, hours = int(rng.integers(0, weeks)), float(rng.uniform(5, 20))
    rate = hours / int(rng.integers(1, 4))
    place, worth = int(rng.integers(resources)), float(rng.uniform(1, 12))
    last = weeks - 1
    return (-1, scenario, False, place, hours, first, last, last, rate, 0.0, 0.0, np.inf, 0.0, worth)


def _packages(rows: list[tuple[float, ...]]) -> Packages:
    columns = list(zip(*rows, strict=True)) or [()] * len(PACKAGE_TYPES)
    return Packages(*(np.array(c, dtype=t) for c, t in zip(columns, PACKAGE_TYPES, strict=True)))


def _rows(rng: np.random.Generator, chance: Floats, margin: Floats, z: Size) -> Rows:
    exposure = chance * rng.uniform(1, 3, len(chance))
    goal = -chance * margin
    limit = np.array([0.6 * exposure.sum(), 0.5 * goal.sum()]) / z.efforts
    kept = 2 if z.rows else 0
    return Rows(np.vstack([exposure, goal])[:kept], limit[:kept], np.array([np.inf, 0.3])[:kept])


def _cash(value: Floats, cost: Floats, margin: Floats, won: NDArray[np.bool_], z: Size) -> Cash:
    months, S = 3 if z.cash else 0, value.shape[1]
    share = np.array([0.0, 1 / 3, 2 / 3])[:months]
    flow = (won * margin[:, None])[:, None, :] * share[None, :, None] - cost[:, None, None]
    start = 8.0 * z.opportunities
    return Cash(np.full((S, months), start), flow, np.zeros(months), 0.5)
