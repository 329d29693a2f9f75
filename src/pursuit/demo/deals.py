"""What a deal looks like before anybody knows how it ends: product, quantity, price, rivals, source."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

from numpy.random import Generator

from pursuit.demo.catalogue import ARTICLE, Article
from pursuit.demo.customers import Customer, draw
from pursuit.demo.figures import won
from pursuit.demo.market import SOURCES
from pursuit.demo.names import COMPETITORS

SMALLEST = 2.0e7


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal as it comes in; ``amount`` in won, ``listed`` the list value of the quantity."""

    article: Article
    quantity: int
    amount: int
    source: str
    competitors: tuple[str, ...]

    @property
    def listed(self) -> int:
        """List value in won; material and hours follow it, whatever price is agreed."""
        return self.quantity * self.article.price

    @property
    def name(self) -> str:
        """What people call it: the product and how many."""
        return f"{self.article.name} {self.quantity:,}{'대' if self.article.price > 4_000_000 else '개'}"


def make_deal(rng: Generator, customer: Customer) -> Deal:
    """An inquiry of ``customer``; sizes log-normal around what is typical for the product."""
    article = ARTICLE[draw(rng, customer.products)]
    size = 1.2 * article.typical * customer.size * float(rng.lognormal(0, 0.75))
    size = min(max(size, SMALLEST * 1.05), article.largest)
    quantity = _round_quantity(size / article.price)
    level = customer.market.price_level * customer.price_level * float(rng.normal(1.0, 0.035))
    listed = quantity * article.price
    amount = max(won(listed * level).amount, int(SMALLEST))
    source = "기존고객" if customer.role or customer.relationship > 0.75 else draw(rng, SOURCES)
    rivals = 1 + int(rng.random() < 0.45) + int(rng.random() < 0.15) if rng.random() < 0.8 else 0
    shares = dict.fromkeys(COMPETITORS, 1.0)
    if customer.market.id in ("S-AUTO", "S-GEN"):
        shares[COMPETITORS[1]] = 2.5
    order = sorted(shares, key=lambda name: float(rng.exponential()) / shares[name])
    return Deal(article, quantity, amount, source, tuple(order[:rivals]))


def price_position(deal: Deal, customer: Customer, price: float) -> float:
    """Logarithm of a price over what this customer usually pays for the same."""
    return log(price / (deal.listed * customer.market.price_level * customer.price_level))


def _round_quantity(quantity: float) -> int:
    """Quantities as customers order them: 7, 45, 120, 1,500."""
    step = (
        1
        if quantity < 30
        else 5
        if quantity < 100
        else 10
        if quantity < 500
        else 50
        if quantity < 5000
        else 500
    )
    return max(1, round(quantity / step) * step)
