"""A made-up firm that stays the same while its futures are drawn again."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from benchmarks.generator.orders import Hours
from benchmarks.generator.sheet import Bools, Floats, Ints, Sheet, joined, sheet
from benchmarks.generator.sizes import Size
from benchmarks.generator.terms import OVERDRAFT, Money
from pursuit.selection.problem import Cash, Rows, SelectionProblem

CHUNK = 4096


@dataclass(frozen=True)
class Luck:
    """What deals have in common: (N,) account of each, (A,) sector of each account, number of sectors."""

    account: Ints
    account_sector: Ints
    sectors: int

    def draw(self, rng: np.random.Generator, S: int) -> tuple[Floats, Floats]:
        """(A, S) standing of each account, and (S,) of the whole economy; every row meets its distribution evenly."""
        economy = _even_normals(rng, 1, S)[0]
        sector = 0.5 * economy + 0.75**0.5 * _even_normals(rng, self.sectors, S)
        own = _even_normals(rng, len(self.account_sector), S)
        return 0.75 * sector[self.account_sector] + 0.66 * own, economy

    def ranks(self, rng: np.random.Generator, accounts: Floats, deals: slice) -> Ints:
        """(n, S) place of each future among all, best first, for some deals."""
        mixed = 0.6 * accounts[self.account[deals]]
        mixed += 0.8 * rng.standard_normal(mixed.shape, dtype=np.float32)
        return ranks(-mixed)


def ranks(numbers: Floats) -> Ints:
    """(n, S) place of each number in its row, the least being 0."""
    order = np.argsort(numbers, axis=1).astype(np.int32)
    place = np.empty_like(order)
    np.put_along_axis(place, order, np.arange(numbers.shape[1], dtype=np.int32)[None, :], axis=1)
    return place


def _even_normals(rng: np.random.Generator, rows: int, S: int) -> Floats:
    """(rows, S) each row the same S quantiles of a normal in an order of its own."""
    quantiles = ndtri((np.arange(S) + 0.5) / S)
    return rng.permuted(np.tile(quantiles / max(quantiles.std(), 1e-9), (rows, 1)), axis=1)


@dataclass(frozen=True)
class Arrivals:
    """Deals nobody knows yet: (R, W, classes) mean number in a future, hours of one at its chance, money an hour."""

    number: Floats
    hours: float
    per_hour: Floats  # (classes,)
    first: Ints  # (W,)
    last: Ints


@dataclass(frozen=True)
class Vendor:
    """One made-up firm; ``draw`` gives its futures. Options of opportunities come first, option by option."""

    size: Size
    item_ids: tuple[str, ...]
    option_ids: tuple[str, ...]
    item_start: Ints
    deal: Ints  # (D,) opportunity of each of the first D options
    chance: Floats  # (D,)
    gain: Floats  # (D,) if won
    cost: Floats  # (O,) for sure
    account_worth: Floats  # (A, courses) if the account stays
    account_stay: Floats  # (courses,)
    account_option: int  # the first of the A * courses options
    sheets: tuple[Sheet, ...]
    sure: Ints
    if_won: Ints
    hours: Hours
    overtime_cost: Floats
    gain_option: Ints
    capacity_gain: Floats
    need_option: Ints
    need_start: Ints
    need_provider: Ints
    rows: Rows
    money: Money
    luck: Luck
    arrivals: Arrivals
    risk_aversion: float

    @property
    def deals(self) -> int:
        """Number of options of opportunities."""
        return len(self.deal)

    def draw(self, seed: int, scenarios: int | None = None) -> SelectionProblem:
        """The firm's choice with futures drawn anew."""
        rng, S = np.random.default_rng([seed, 1]), scenarios or self.size.scenarios
        accounts, economy = self.luck.draw(rng, S)
        value, won = self._outcomes(rng, accounts)
        arriving, base_value = self._arriving(rng, economy)
        packages, starts = joined([*self.sheets, arriving])
        R = self.size.resources
        shift = np.linspace(0, 1, len(self.money.committed)) * self.money.swing
        capacity = self.hours.capacity
        return SelectionProblem(
            item_ids=self.item_ids,
            option_ids=self.option_ids,
            item_start=self.item_start,
            allowed=np.ones(len(self.cost), bool),
            value=value,
            won=won,
            base_value=base_value,
            packages=packages,
            sure=self.sure,
            if_won=self.if_won,
            base_bundle=starts[-1] + np.arange(S),
            base_scenario=np.arange(S),
            hours_factor=np.exp(0.1 * _even_normals(rng, R, S) - 0.005),
            capacity=capacity,
            overtime=0.2 * capacity,
            overtime_cost=self.overtime_cost,
            gain_option=self.gain_option,
            capacity_gain=self.capacity_gain,
            need_option=self.need_option,
            need_start=self.need_start,
            need_provider=self.need_provider,
            rows=self.rows,
            cash=Cash(
                base=self.money.committed + economy[:, None] * shift,
                fixed=self.money.fixed,
                won=self.money.won,
                exact_option=np.zeros(0, np.int64),
                exact=np.zeros((0, len(shift), S)),
                floor=np.zeros(len(shift)),
                penalty=OVERDRAFT,
            ),
            risk_aversion=self.risk_aversion,
        )

    def _outcomes(self, rng: np.random.Generator, accounts: Floats) -> tuple[Floats, Bools]:
        """(O, S) value and wins: as many wins as the chance says, weighted so that the mean value is exact."""
        S, O, N = accounts.shape[1], len(self.cost), self.size.opportunities
        value, won = np.empty((O, S)), np.zeros((O, S), bool)
        count = np.floor(self.chance * S + 0.5).astype(np.int32)
        weight = np.where(count > 0, self.chance * self.gain * S / np.maximum(count, 1), 0.0)
        spread = np.where(count > 0, 0.0, self.chance * self.gain) - self.cost[: self.deals]
        start = np.searchsorted(self.deal, np.arange(N + 1))
        for a in range(0, N, CHUNK):
            b = min(a + CHUNK, N)
            luck = self.luck.ranks(rng, accounts, slice(a, b))
            at = slice(start[a], start[b])
            np.less(luck[self.deal[at] - a], count[at, None], out=won[at])
            np.multiply(won[at], weight[at, None], out=value[at])
            value[at] += spread[at, None]
        value[self.deals :] = -self.cost[self.deals :, None]
        A, courses = self.account_worth.shape
        stays = np.floor(self.account_stay * S + 0.5).astype(np.int32)
        alive = ranks(-accounts)[:, None, :] < stays[None, :, None]
        exact = self.account_worth * (self.account_stay * S / np.maximum(stays, 1))
        value[self.account_option : self.account_option + A * courses] += (alive * exact[:, :, None]).reshape(
            A * courses, S
        )
        return value, won

    def _arriving(self, rng: np.random.Generator, economy: Floats) -> tuple[Sheet, Floats]:
        """Deals that arrive, bundled by future, and (S,) what they are worth if all are carried out."""
        a, S = self.arrivals, len(economy)
        boom = np.exp(0.15 * economy)
        number = rng.poisson(a.number * (boom / boom.mean())[:, None, None, None])
        s, r, w, k = np.nonzero(number)
        hours = rng.gamma(2.0 * number[s, r, w, k]) * (a.hours / 2.0)
        worth = hours * a.per_hour[k]
        first, last = a.first[w], a.last[w]
        room = last - first + 1
        resource = np.column_stack([r, np.full(len(r), -1)])
        rate = self.hours.rate(resource, np.column_stack([hours, np.zeros(len(r))]), np.minimum(3, room))
        arriving = sheet(S, s, first, last, r, hours, rate, worth)
        return arriving, np.bincount(s, weights=worth, minlength=S)
