"""What a customer asks for, and the work it would be."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log

from pursuit.demo.figures import won
from pursuit.demo.types.blueprint import Article, Blueprint
from pursuit.demo.types.clients import Client
from pursuit.demo.types.dice import Dice
from pursuit.domain import Work

RIVALS = ("가람율정공", "두빛솔테크", "여울담산업", "로겨찬기공")
"""Rivals that do not exist."""


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal as it comes in.

    ``amount`` is the usual price for this customer in won, ``listed`` the list value, which material and hours follow
    whatever price is agreed; ``asked`` the weeks it gives from its decision to delivery; ``cycle`` the weeks until it
    decides, if it is not ``silent`` for ever.
    """

    client: Client
    article: Article
    quantity: int
    amount: int
    source: str
    rivals: tuple[str, ...]
    asked: float
    cycle: float
    silent: bool

    @property
    def listed(self) -> int:
        """List value in won."""
        return self.quantity * self.article.price

    @property
    def name(self) -> str:
        """What people call it."""
        return f"{self.article.name} {self.quantity:,}{self.article.unit}"

    def position(self, price: float) -> float:
        """Logarithm of a price over what this customer usually pays for the same."""
        return log(price / (self.listed * self.client.market.price_level * self.client.price_level))


def make_deal(bp: Blueprint, client: Client, dice: Dice) -> Deal:
    """An inquiry of a customer; sizes are log-normal around what is typical for the product."""
    article = bp.article_by_id[dice.pick(client.products, "product")]
    size = article.typical * client.size * dice.around(bp.spread, "size")
    quantity = _round(min(max(size, bp.smallest), article.largest) / article.price)
    level = client.market.price_level * client.price_level * dice.normal("level", 1.0, 0.03)
    source = dice.pick({name: share for name, (share, _) in bp.win.sources.items()}, "source")
    rivals = sum(dice.happens(chance, f"rival {n}") for n, chance in enumerate((0.75, 0.40, 0.15)))
    order = sorted(RIVALS, key=lambda name: dice.uniform(name))
    return Deal(
        client,
        article,
        quantity,
        won(quantity * article.price * level).amount,
        "기존고객" if client.role else source,
        tuple(order[:rivals]),
        lead_weeks(bp, article, quantity) * dice.uniform("asked", *bp.asked),
        max(0.8, dice.gamma(bp.cycle_shape, bp.cycle * client.market.cycle, "cycle")),
        dice.happens(bp.silent, "silent"),
    )


def make_call_off(bp: Blueprint, client: Client, dice: Dice) -> Deal:
    """A repeat order that never is an opportunity: a usual product, smaller, a little cheaper, for sure."""
    known = {name: share for name, share in client.products.items() if not bp.article_by_id[name].upcoming}
    article = bp.article_by_id[dice.pick(known or client.products, "product")]
    size = bp.repeat_size * client.size * dice.around(0.45, "size")
    quantity = _round(min(max(size, bp.smallest), article.largest) / article.price)
    amount = quantity * article.price * client.market.price_level * client.price_level * 0.97
    lead = lead_weeks(bp, article, quantity)
    return Deal(client, article, quantity, won(amount).amount, "기존고객", (), lead, 0.0, False)


def work_of(
    bp: Blueprint, article: Article, quantity: float, *, hours: float = 1.0, hurry: int = 0
) -> tuple[Work, ...]:
    """Hours of an order in pieces that leave other orders room; large ones take more weeks."""
    made: list[Work] = []
    for center, (name, setup, usual) in bp.steps.items():
        if center in article.hours:
            needed = round((setup + quantity * article.price * article.hours[center] / 1e8) * hours, 1)
            fair = ceil(needed / (bp.most_of_a_week * (1 + 0.4 * hurry) * bp.hours_by_center[center]))
            made.append(Work(center, needed, len(made) + 1, max(1, usual - hurry, fair), None, name))
    return tuple(made)


def lead_weeks(bp: Blueprint, article: Article, quantity: float) -> int:
    """Usual lead time of an order of this size."""
    return max(article.lead, sum(piece.weeks for piece in work_of(bp, article, quantity)) + 1)


def _round(quantity: float) -> int:
    """Quantities as customers order them: 7, 45, 120, 1,500."""
    step = next((s for most, s in ((30, 1), (100, 5), (500, 10), (5000, 50)) if quantity < most), 500)
    return max(1, round(quantity / step) * step)
