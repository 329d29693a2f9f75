"""Customers with what only their maker knows of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import exp, log

from pursuit.backtest.luck import Luck
from pursuit.demo.customers import REGIONS
from pursuit.demo.figures import days
from pursuit.demo.names import business_number
from pursuit.demo.types.blueprint import STYLES, Blueprint, Market
from pursuit.demo.types.dice import Dice

_FIRST, _SECOND, _THIRD = "가나다라마바사아차하누두로소여", "람솔별온재겨빛늘휘미", "결담율슬빈린곁찬울"
_HEALTH = 1.05
"""Fall of the log-odds of default per standard deviation of a firm's health, as in the demo firm."""

USUAL_TRUST = 0.5
"""Mean relationship with who asks in a market, by weight."""
_UNHEARD = 215
"""Days for which nobody has called on the neglected customer."""


@dataclass(frozen=True, slots=True)
class Client:
    """An account and what is hidden of it.

    ``pull`` is its weight among those of its market who ask, ``style`` how it buys, ``default`` the probability that
    it fails within a year, ``drag`` the mean days it pays late, ``repeats`` call-offs a year on the course keep,
    ``price_level`` what it pays against its market, ``size`` how large its orders are against the typical.
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
    style: int
    price_level: float
    size: float
    default: float
    repeats: float
    payment_days: int
    note_days: int
    drag: float
    last_contact: date
    role: str = ""

    @property
    def buying(self) -> str:
        """How it buys, in words its seller would write down."""
        return STYLES[self.style]


def make_clients(bp: Blueprint, luck: Luck, as_of: date) -> tuple[Client, ...]:
    """All customers; the first of a market plays the part the blueprint has for it."""
    made: list[Client] = []
    taken: set[str] = set()
    roles = {role.market: role for role in bp.roles}
    for market in bp.markets:
        drawn = []
        for place in range(market.accounts):
            number = len(made) + place + 1
            drawn.append(
                _client(market, Dice(luck, ("client", bp.kind, market.id, place)), number, as_of, taken)
            )
        for place, client in enumerate(_levelled(drawn)):
            role = roles.get(market.id)
            if role and place == 0:
                client = replace(client, role=role.name, since=as_of - days(365 * 9), **role.changes)
                if role.name == "neglected":
                    client = replace(client, last_contact=as_of - days(_UNHEARD))
            made.append(client)
    return tuple(made)


def _levelled(drawn: Sequence[Client]) -> Iterator[Client]:
    """The same customers, what they ask for in all scaled to the market's: a firm has grown with its customers.

    Mean weight and size are 1, products are asked for in the shares of the market, and trust is the usual.
    """
    pull = sum(client.pull for client in drawn)
    size = sum(client.pull * client.size for client in drawn) / pull
    trust = sum(client.pull * client.relationship for client in drawn) / pull
    market = drawn[0].market
    by = dict.fromkeys(market.products, 1.0)
    for _ in range(8):  # iterative proportional fitting (Deming & Stephan 1940)
        mixes = [(client.pull / pull, _mix(client.products, by)) for client in drawn]
        asked = {name: sum(share * mix[name] for share, mix in mixes) for name in by}
        by = {name: by[name] * market.products[name] / asked[name] for name in by}
    for client in drawn:
        scale = len(drawn) / pull
        yield replace(
            client,
            pull=client.pull * scale,
            size=client.size / size,
            products=_mix(client.products, by),
            relationship=round(min(0.95, max(0.05, client.relationship + USUAL_TRUST - trust)), 2),
        )


def _mix(products: Mapping[str, float], by: Mapping[str, float]) -> dict[str, float]:
    total = sum(share * by[name] for name, share in products.items())
    return {name: share * by[name] / total for name, share in products.items()}


def _client(market: Market, dice: Dice, number: int, as_of: date, taken: set[str]) -> Client:
    sector = dice.pick(dict.fromkeys(market.sectors, 1.0), "sector")
    years = dice.gamma(2.0, 7.0, "years") + 0.3
    pull = dice.around(0.7, "pull")
    health = dice.normal("health")
    style = int(dice.pick({str(n): share for n, share in enumerate(market.styles)}, "style"))
    trust = 0.24 + 0.025 * min(years, 12) + 0.07 * min(pull, 3) + dice.normal("trust", 0, 0.10)
    tastes = {product: share * dice.around(0.5, product) for product, share in market.products.items()}
    odds = log(market.sectors[sector] / (1 - market.sectors[sector])) - _HEALTH * health
    return Client(
        id=f"A-{number:03d}",
        name=_name(market, dice, taken),
        business_number=business_number(2000 + 31 * number),
        sector=sector,
        region=dice.one(REGIONS, "region"),
        market=market,
        since=as_of - days(365 * years),
        relationship=round(min(0.95, max(0.05, trust)), 2),
        pull=pull,
        products=tastes,
        style=style,
        price_level=dice.normal("price level", 1.0 - 0.02 * (style == 2), 0.03),
        size=dice.around(0.3, "size"),
        default=1 / (1 + exp(-odds)),
        repeats=round(market.repeats * pull, 2),
        payment_days=dice.one(market.days, "days"),
        note_days=dice.one(market.notes, "notes"),
        drag=round(max(1.0, market.drag * (1 - 0.35 * health)), 1),
        last_contact=as_of - days(3 + dice.gamma(1.5, 25, "contact")),
    )


def _name(market: Market, dice: Dice, taken: set[str]) -> str:
    """A name of three coined syllables and an ending of the trade, not used before; it joins ``taken``."""
    for turn in range(1000):
        stem = "".join(dice.one(part, f"name {turn} {part}") for part in (_FIRST, _SECOND, _THIRD))
        if stem not in taken:
            taken.add(stem)
            return f"{'㈜' if dice.happens(0.6, 'form') else ''}{stem}{dice.one(market.endings, 'ending')}"
    raise AssertionError("names ran out")
