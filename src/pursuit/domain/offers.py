"""Options as they can be computed with: every gap filled from the product, the routing or a stated assumption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pursuit.domain.company import Company
from pursuit.domain.operations import Product
from pursuit.domain.opportunity import Opportunity, Option, Work
from pursuit.units import Money

MATERIAL_SHARE_ASSUMED = 0.5
"""Share of the price taken for materials where neither option nor product says; an assumption, named on the plan."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One option of one opportunity with nothing left open; money in minor units of the firm's currency."""

    id: str
    name: str
    price: int
    material_cost: int
    lead_weeks: int
    effort: Mapping[str, float]
    effort_weeks: int
    pursuit_cost: int
    win_probability: float | None
    win_shift: float
    work: tuple[Work, ...]
    technologies: tuple[str, ...]
    assumed_material: bool


def offers_of(company: Company, opportunity: Opportunity) -> tuple[Offer, ...]:
    """The options of an opportunity, the standard one first; one standard option where none is declared."""
    return tuple(offers_in_turn(company, opportunity))


def offers_in_turn(company: Company, opportunity: Opportunity) -> Iterator[Offer]:
    """The same one after the other, for those who need only the first that suits them."""
    for option in opportunity.options or (Option(id="standard"),):
        yield _offer(company, opportunity, option)


def _offer(company: Company, opportunity: Opportunity, option: Option) -> Offer:
    product = company.product_by_id.get(opportunity.product)
    price = _price(company, opportunity, option)
    assumed = option.material_cost is None and (
        product is None or (product.material_share is None and not _bought_in(company, product))
    )
    if option.material_cost is not None:
        material = company.home(option.material_cost)
    else:
        own = _price(company, opportunity, None)
        material = material_of(company, opportunity.product, own, opportunity.quantity)
    work = option.work or routed(company, opportunity.product, opportunity.quantity)
    lead = option.lead_time_weeks or (product.lead_time_weeks if product else None)
    declared = opportunity.win_probability if len(opportunity.options) < 2 else None
    return Offer(
        id=option.id,
        name=option.name,
        price=price,
        material_cost=material,
        lead_weeks=lead or sum({piece.step: piece.weeks for piece in work}.values()) + 2,
        effort=option.effort or (product.effort if product else {}),
        effort_weeks=option.effort_weeks or (product.effort_weeks if product else 4),
        pursuit_cost=company.home(option.pursuit_cost) if option.pursuit_cost else 0,
        win_probability=option.win_probability if option.win_probability is not None else declared,
        win_shift=option.win_shift,
        work=work,
        technologies=option.technologies or (product.technologies if product else ()),
        assumed_material=assumed,
    )


def _price(company: Company, opportunity: Opportunity, option: Option | None) -> int:
    """Price of an option; with no option, the opportunity's own amount, on which material cost rests."""
    product = company.product_by_id.get(opportunity.product)
    if option is not None and option.price is not None:
        return company.home(option.price)
    if opportunity.amount is not None:
        return company.home(opportunity.amount)
    if product is not None and product.list_price is not None:
        return company.home(product.list_price * opportunity.quantity)
    prices = [o.price for o in opportunity.options if o.price is not None]
    return company.home(prices[0]) if prices else company.home(Money(0, company.currency))


def material_of(company: Company, product_id: str, price: int, units: float) -> int:
    """What leaves the firm for ``units`` of a product sold at ``price``: its material share, and what is bought in.

    Both in minor units of the firm's currency.
    """
    product = company.product_by_id.get(product_id)
    outside = _bought_in(company, product) if product else ()
    share = product.material_share if product else None
    if share is None:
        share = 0.0 if outside else MATERIAL_SHARE_ASSUMED
    return round(price * share) + sum(company.home(cost * units) for cost in outside)


def _bought_in(company: Company, product: Product) -> tuple[Money, ...]:
    """Prices per unit of what is done outside: for the product as a whole and in each operation."""
    routing = company.routing_by_id.get(product.routing)
    steps = (operation.bought_in for operation in routing.operations) if routing else ()
    return tuple(cost for cost in (product.bought_in, *steps) if cost is not None)


def routed(company: Company, product_id: str, units: float) -> tuple[Work, ...]:
    """Work that ``units`` of a product need by its routing; none where it has no routing."""
    product = company.product_by_id.get(product_id)
    routing = company.routing_by_id.get(product.routing) if product else None
    if routing is None:
        return ()
    return tuple(
        Work(op.work_center, op.setup_hours + units * op.hours_per_unit, step, op.weeks, None, op.name)
        for step, op in enumerate(routing.operations, start=1)
    )
