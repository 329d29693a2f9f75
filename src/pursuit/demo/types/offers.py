"""The ways to go for a deal, and the true log-odds of each."""

from __future__ import annotations

from dataclasses import replace
from math import ceil

from pursuit.demo.figures import won
from pursuit.demo.types.blueprint import Blueprint
from pursuit.demo.types.deals import Deal, lead_weeks, work_of
from pursuit.demo.types.dice import Dice
from pursuit.domain import Option
from pursuit.units import Money

Offered = tuple[Option, float]


def make_options(
    bp: Blueprint, deal: Deal, base: float, weeks_left: int, dice: Dice
) -> tuple[tuple[Option, ...], dict[str, float]]:
    """Options of a deal, the standard one first, with their true log-odds.

    ``base`` are the log-odds at the usual price in the time asked for; ``weeks_left`` those until the customer
    decides, beyond which no presales can be spread.
    """
    law, client = bp.win, deal.client
    sensitivity = law.price * law.sensitivity[client.style]
    usual = lead_weeks(bp, deal.article, deal.quantity)
    short = max(0.0, usual - deal.asked)
    weeks = max(1, min(deal.article.effort_weeks, weeks_left))
    standard = Option(
        "standard",
        "표준 제안",
        price=won(deal.amount),
        material_cost=_material(deal),
        lead_time_weeks=usual,
        effort=_effort(deal),
        effort_weeks=weeks,
        work=work_of(bp, deal.article, deal.quantity),
        technologies=deal.article.technologies,
    )
    made: list[Offered] = [(standard, base + law.weeks_short * short)]
    for found in (
        _fast(bp, deal, standard, base, short, sensitivity, dice),
        _cut(bp, deal, standard, made[0][1], sensitivity, dice),
        _heavy(bp, deal, standard, made[0][1], dice),
        _better(bp, deal, standard, made[0][1], dice),
    ):
        if found is not None:
            made.append(found)
    return tuple(option for option, _ in made), {option.id: odds for option, odds in made}


def _material(deal: Deal, factor: float = 1.0) -> Money:
    return won(deal.listed * deal.article.material * factor)


def _effort(deal: Deal, factor: float = 1.0) -> dict[str, float]:
    """Presales hours: the product's usual ones, more for a large deal."""
    size = min(1.8, max(0.6, (deal.amount / deal.article.typical) ** 0.4))
    return {who: max(1.0, round(hours * size * factor)) for who, hours in deal.article.effort.items()}


def _declared(dice: Dice, option: str, shift: float) -> float:
    """What the sales team writes down for half of the alternatives, in tenths and on the hopeful side."""
    return round(shift * dice.uniform(f"{option} guess", 0.7, 1.6), 1) if dice.happens(0.5, option) else 0.0


def _alternative(standard: Option, id_: str, name: str, **changes: object) -> Option:
    return replace(standard, id=id_, name=name, **changes)  # type: ignore[arg-type]


def _fast(
    bp: Blueprint, deal: Deal, standard: Option, base: float, short: float, sensitivity: float, dice: Dice
) -> Offered | None:
    """Where the usual lead time misses the wish: sooner and dearer, if the shop can be any faster at all."""
    usual = standard.lead_time_weeks or 1
    work = work_of(bp, deal.article, deal.quantity, hours=1.04, hurry=1)
    lead = max(ceil(0.75 * usual), sum(piece.weeks for piece in work))
    if short < 0.5 or lead >= usual or not dice.happens(0.8, "fast"):
        return None
    price = won(deal.amount * dice.uniform("premium", 1.02, 1.06))
    odds = (
        base
        + bp.win.weeks_short * max(0.0, lead - deal.asked)
        + sensitivity * (deal.position(price.amount) - deal.position(deal.amount))
    )
    shift = odds - base - bp.win.weeks_short * short
    option = _alternative(
        standard, "fast", "단납기 제안 (할증)", price=price, material_cost=_material(deal, 1.03),
        lead_time_weeks=lead, effort=_effort(deal, 1.1), work=work, win_shift=_declared(dice, "fast", shift),
    )  # fmt: skip
    return option, odds


def _cut(
    bp: Blueprint, deal: Deal, standard: Option, odds: float, sensitivity: float, dice: Dice
) -> Offered | None:
    if not dice.happens((0.4, 0.6, 0.85)[deal.client.style], "cut"):
        return None
    price = won(deal.amount * dice.uniform("cut by", 0.93, 0.97))
    shift = sensitivity * (deal.position(price.amount) - deal.position(deal.amount))
    option = _alternative(
        standard, "cut", "가격 인하", price=price, win_shift=_declared(dice, "cut guess", shift)
    )
    return option, odds + shift


def _heavy(bp: Blueprint, deal: Deal, standard: Option, odds: float, dice: Dice) -> Offered | None:
    """Twice the presales and some money: worth much to who talks things through, nothing to who buys by price."""
    if deal.amount < 0.7 * deal.article.typical or not dice.happens(0.6, "heavy"):
        return None
    shift = bp.win.heavy[deal.client.style]
    option = _alternative(
        standard, "heavy", "집중 영업 (시제품·기술검증)", effort=_effort(deal, 2.0),
        pursuit_cost=won(max(1e5, deal.amount * dice.uniform("samples", 0.004, 0.012))),
        win_shift=_declared(dice, "heavy guess", 0.6),
    )  # fmt: skip
    return option, odds + shift


def _better(bp: Blueprint, deal: Deal, standard: Option, odds: float, dice: Dice) -> Offered | None:
    """A version that needs a technology the firm may not have yet."""
    extra = deal.article.extra
    if extra is None or not dice.happens(extra.share, "extra"):
        return None
    work = work_of(bp, deal.article, deal.quantity, hours=extra.hours)
    usual = standard.lead_time_weeks or 1
    lead = max(usual, sum(piece.weeks for piece in work))
    later = bp.win.weeks_short * (max(0.0, lead - deal.asked) - max(0.0, usual - deal.asked))
    option = _alternative(
        standard, extra.id, extra.name, price=won(deal.amount * extra.price),
        material_cost=_material(deal, extra.material), lead_time_weeks=lead, work=work,
        technologies=(*standard.technologies, extra.technology),
        win_shift=_declared(dice, "extra guess", extra.log_odds),
    )  # fmt: skip
    return option, odds + extra.log_odds + later
