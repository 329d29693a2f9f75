"""The customers: who they are, what they buy, how they pay, and four that cost the owner sleep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from numpy.random import Generator

from pursuit.demo.figures import days, stream
from pursuit.demo.market import MARKETS, Market
from pursuit.demo.names import business_number, foreign_name, korean_name

REGIONS = (
    "경기 화성",
    "경기 안산",
    "인천 남동",
    "충남 천안",
    "충북 청주",
    "경남 창원",
    "대구 달성",
    "울산 울주",
    "경북 구미",
)
_ABROAD = ("S-SEMI", "S-AERO", "S-ROB", "S-MED")
_FOREIGN_NAME = {"S-AERO": 0, "S-SEMI": 1, "S-ROB": 2, "S-MED": 3}


@dataclass(frozen=True, slots=True)
class Customer:
    """An account with what only the maker of the firm knows of it.

    ``pull`` is its share of its segment's inquiries (relative), ``trend`` how that changes over the three
    years of history, ``health`` the state of its accounts in standard deviations (0 is ordinary),
    ``price_level`` what it pays against the segment, ``repeats`` call-off orders a year under standing price
    agreements (단가계약), ``size`` how large its orders are (relative).
    """

    id: str
    name: str
    business_number: str
    sector: str
    region: str
    market: Market
    since: date
    relationship: float
    pull: float
    products: Mapping[str, float]
    health: float
    health_trend: float
    sensitivity: float
    price_level: float
    repeats: float
    payment_days: int
    note_days: int
    last_contact: date
    abroad: bool = False
    role: str = ""
    trend: tuple[float, float, float] = (1.0, 1.0, 1.0)
    size: float = 1.0


def make_customers(seed: int, as_of: date, count: int) -> tuple[Customer, ...]:
    """``count`` customers, spread over the segments, numbered in no telling order."""
    rng = stream(seed, "customers")
    quotas = [max(2, round(market.accounts * count / 90)) for market in MARKETS]
    quotas[0] += count - sum(quotas)
    numbers = list(rng.permutation(count) + 1)
    taken: set[str] = set()
    made = []
    for market, quota in zip(MARKETS, quotas, strict=True):
        for place in range(quota):
            abroad = place == 1 and market.id in _ABROAD
            plain = _plain(rng, market, int(numbers.pop()), as_of, taken, abroad)
            made.append(_cast(plain, as_of) if place == 0 else plain)
    return tuple(sorted(made, key=lambda customer: customer.id))


def _plain(
    rng: Generator, market: Market, number: int, as_of: date, taken: set[str], abroad: bool
) -> Customer:
    sector = market.sectors[int(rng.integers(len(market.sectors)))]
    years = float(rng.gamma(2.0, 3.5)) + 0.3
    pull = float(rng.lognormal(0, 0.85))
    trust = 0.22 + 0.03 * min(years, 12) + 0.08 * min(pull, 3) + float(rng.normal(0, 0.10))
    slow_payer = market.id in ("S-AUTO", "S-GEN")
    favourites = rng.dirichlet([6 * share for share in market.products.values()])
    name = korean_name(rng, sector, taken)
    return Customer(
        id=f"A-{number:03d}",
        name=foreign_name(_FOREIGN_NAME[market.id]) if abroad else name,
        business_number="" if abroad else business_number(1000 + 37 * number),
        sector=sector,
        region="미국" if abroad else REGIONS[int(rng.integers(len(REGIONS)))],
        market=market,
        since=as_of - days(365 * years),
        relationship=round(min(0.95, max(0.05, trust)), 2),
        pull=pull,
        products=dict(zip(market.products, (float(f) for f in favourites), strict=True)),
        health=float(rng.normal(0.1, 1.0)),
        health_trend=float(rng.normal(0, 0.25)),
        sensitivity=round(float(rng.lognormal(0, 0.25)), 3),
        price_level=float(rng.normal(1.0, 0.03)),
        repeats=round(1.5 * pull, 2) if market.id in ("S-AUTO", "S-GEN", "S-SEMI") else round(0.5 * pull, 2),
        payment_days=int(rng.choice([30, 45, 60] if slow_payer else [30, 30, 45])),
        note_days=0 if abroad else int(rng.choice([0, 60, 90] if slow_payer else [0, 0, 30])),
        last_contact=as_of - days(3 + float(rng.gamma(1.5, 16))),
        abroad=abroad,
        size=float(rng.lognormal(0, 0.3)),
    )


def _cast(customer: Customer, as_of: date) -> Customer:
    """The first customer of a segment plays a part, where the segment has one."""
    long_known = as_of - days(365 * 11)
    if customer.market.id == "S-SEMI":
        return replace(
            customer, role="near_default", since=long_known, relationship=0.72, pull=4.5, size=1.7,
            health=-2.6, health_trend=-1.1, payment_days=60, note_days=90, repeats=3.0, price_level=1.01,
        )  # fmt: skip
    if customer.market.id == "S-AUTO":
        return replace(
            customer, role="price_only", since=long_known, relationship=0.55, pull=12.0, size=1.25,
            sensitivity=2.2, price_level=0.83, products={"P-KNK": 1.0}, repeats=8.0, health=0.6,
            payment_days=60, note_days=60,
        )  # fmt: skip
    if customer.market.id == "S-GEN":
        return replace(
            customer, role="neglected", since=long_known, relationship=0.84, pull=3.6, sensitivity=0.6,
            price_level=1.09, products={"P-SPD": 0.8, "P-GER": 0.2}, repeats=8.0, health=1.0,
            trend=(1.8, 0.9, 0.15), size=0.9,
            last_contact=as_of - days(212), payment_days=30, note_days=0,
        )  # fmt: skip
    if customer.market.id == "S-AERO":
        return replace(
            customer, role="often_late", since=long_known, relationship=0.60, pull=4.0, price_level=1.03,
            products={"P-IMP": 0.55, "P-ACT": 0.45}, repeats=5.0, health=0.8,
        )  # fmt: skip
    return customer


def draw(rng: Generator, shares: Mapping[str, float]) -> str:
    """One key of ``shares``, drawn in proportion to its value."""
    total = sum(shares.values())
    return list(shares)[int(rng.choice(len(shares), p=[share / total for share in shares.values()]))]
