"""The ways to go for an open deal, and the true chance of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from math import ceil

from numpy.random import Generator

from pursuit.demo.catalogue import ARTICLE, products
from pursuit.demo.customers import Customer
from pursuit.demo.deals import Deal, price_position
from pursuit.demo.figures import dollars, won
from pursuit.demo.winning import Situation, win_probability
from pursuit.demo.work import full_work, large_work, lead_weeks, weeks_of
from pursuit.domain import Option
from pursuit.units import Money

_EFFORT = {product.id: product.effort for product in products()}


@dataclass(frozen=True, slots=True)
class Open:
    """An open deal and what its win depends on when the standard offer is made."""

    id: str
    customer: Customer
    deal: Deal
    stage: str
    created: date
    expected_close: date
    wished: date
    case: Situation
    rate: float

    @property
    def weeks_asked(self) -> float:
        """Weeks between the customer's decision and the wished delivery."""
        return (self.wished - self.expected_close).days / 7


def make_options(rng: Generator, chance: Open) -> tuple[tuple[Option, ...], dict[str, float]]:
    """Options of a deal, the standard one first, with their true win probabilities.

    A fifth of the deals declares none: the sales team has not thought about alternatives yet. Then the price,
    the product's usual effort and its routing stand for the standard offer.
    """
    standard, case = _standard(chance)
    truth = {standard.id: win_probability(case, chance.stage)}
    large = bool(standard.work)
    if not large and rng.random() < 0.3:
        return (), truth
    made = [standard]
    for option, changed in (
        _fast(rng, chance, case),
        _cut(rng, chance, case),
        _heavy(rng, chance, case),
        _extra(rng, chance, case),
    ):
        if option is not None and len(made) < 4:
            made.append(option)
            truth[option.id] = win_probability(changed, chance.stage)
    return tuple(made), truth


def _money(chance: Open, amount: float) -> Money:
    return dollars(amount, chance.rate) if chance.customer.abroad else won(amount)


def _material(chance: Open, factor: float = 1.0) -> Money:
    """Material follows the list value, so that a cut price is a cut margin."""
    return won(chance.deal.listed * chance.deal.article.material * factor)


def _efforts(chance: Open, factor: float = 1.0) -> dict[str, float]:
    """Presales hours: the product's usual ones, more for a large deal."""
    size = min(1.8, max(0.6, (chance.deal.amount / chance.deal.article.typical) ** 0.4))
    return {
        who: float(round(hours * size * factor)) for who, hours in _EFFORT[chance.deal.article.id].items()
    }


def _standard(chance: Open) -> tuple[Option, Situation]:
    lead = lead_weeks(chance.deal.article, chance.deal.quantity)
    option = Option(
        "standard",
        "표준 제안",
        material_cost=_material(chance),
        lead_time_weeks=lead if lead > chance.deal.article.lead else None,
        effort=_efforts(chance),
        work=large_work(chance.deal.article, chance.deal.quantity),
    )
    return option, replace(chance.case, weeks_short=max(0.0, lead - chance.weeks_asked))


def _declared(rng: Generator, shift: float) -> float:
    """What the sales team writes down for six deals in ten, in tenths and never quite right; else nothing."""
    guess = round(shift * float(rng.uniform(0.6, 1.5)), 1)
    return guess if rng.random() < 0.6 else 0.0


def _fast(rng: Generator, chance: Open, case: Situation) -> tuple[Option | None, Situation]:
    """Where the usual lead time misses the wish: sooner and dearer, if the shop can be any faster at all."""
    usual = lead_weeks(chance.deal.article, chance.deal.quantity)
    work = full_work(chance.deal.article, chance.deal.quantity, hours=1.03, hurry=1)
    lead = max(ceil(0.75 * usual), weeks_of(work))
    if case.weeks_short < 1 or lead >= usual or rng.random() > 0.75:
        return None, case
    premium = float(rng.choice([1.02, 1.03, 1.04, 1.05]))
    price = _money(chance, chance.deal.amount * premium)
    option = Option(
        "fast",
        "단납기 제안 (할증)",
        price=price,
        material_cost=_material(chance, 1.03),
        lead_time_weeks=lead,
        effort=_efforts(chance, 1.1),
        win_shift=_declared(rng, 0.4),
        work=work,
    )
    position = price_position(chance.deal, chance.customer, chance.deal.amount * premium)
    return option, replace(case, weeks_short=max(0.0, lead - chance.weeks_asked), price=position)


def _cut(rng: Generator, chance: Open, case: Situation) -> tuple[Option | None, Situation]:
    if rng.random() > (0.75 if chance.customer.market.id in ("S-AUTO", "S-GEN") else 0.35):
        return None, case
    cut = float(rng.choice([0.93, 0.95, 0.96, 0.97]))
    option = Option(
        "cut",
        "가격 인하",
        price=_money(chance, chance.deal.amount * cut),
        material_cost=_material(chance),
        effort=_efforts(chance),
        lead_time_weeks=lead_weeks(chance.deal.article, chance.deal.quantity),
        win_shift=_declared(rng, 0.35),
        work=large_work(chance.deal.article, chance.deal.quantity),
    )
    return option, replace(case, price=price_position(chance.deal, chance.customer, chance.deal.amount * cut))


def _heavy(rng: Generator, chance: Open, case: Situation) -> tuple[Option | None, Situation]:
    if chance.stage in ("시제품", "협상") or chance.deal.amount < 6e7 or rng.random() > 0.6:
        return None, case
    center = max(chance.deal.article.hours, key=lambda c: chance.deal.article.hours[c] * c.startswith("WC-"))
    hours = _efforts(chance, 1.7) | {center: float(round(8 + 10 * rng.random())), "INS": 6.0}
    option = Option(
        "prototype",
        "시제품 제작·집중 영업",
        material_cost=_material(chance),
        effort=hours,
        effort_weeks=6,
        pursuit_cost=won(float(rng.uniform(0.008, 0.018)) * chance.deal.amount + 1e6),
        lead_time_weeks=lead_weeks(chance.deal.article, chance.deal.quantity),
        win_shift=_declared(rng, 0.6),
        work=large_work(chance.deal.article, chance.deal.quantity),
    )
    return option, replace(case, extras=(*case.extras, "heavy_effort"))


def _extra(rng: Generator, chance: Open, case: Situation) -> tuple[Option | None, Situation]:
    """An offer that needs something the firm does not have yet: a coating, or the standard joint module."""
    article = chance.deal.article
    lead = lead_weeks(article, chance.deal.quantity)
    if article.id in ("P-SPD", "P-HYD", "P-SRG") and rng.random() < 0.45:
        price, technology, name, extra, hours, material = 1.08, "T-DLC", "DLC 코팅 적용", "coating", 1.0, 1.06
    elif article.id == "P-JNT" and rng.random() < 0.8:
        price, technology, name, extra, hours, material = (
            0.99,
            "T-MOD",
            "표준 모듈 적용",
            "module",
            0.82,
            0.98,
        )
    else:
        return None, case
    option = Option(
        extra,
        name,
        price=_money(chance, chance.deal.amount * price),
        material_cost=_material(chance, material),
        effort=_efforts(chance),
        lead_time_weeks=lead,
        win_shift=_declared(rng, 0.5),
        work=full_work(article, chance.deal.quantity, hours=hours),
        technologies=(*ARTICLE[article.id].technologies, technology),
    )
    return option, replace(case, extras=(*case.extras, extra))
