"""Options as they are computed with: each gap is filled from the product, the routing or a named assumption."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.domain import (
    MATERIAL_SHARE_ASSUMED,
    Company,
    Operation,
    Opportunity,
    Option,
    Product,
    Resource,
    Routing,
    Work,
    offers_of,
)
from pursuit.errors import CompanyError
from pursuit.units import Money

Changed = Callable[..., Company]


def test_what_an_option_leaves_open_comes_from_the_product(company: Company) -> None:
    """Material, hours, lead time, effort and technologies are the product's; hours are setup and quantity."""
    standard, fast = offers_of(company, company.opportunities[0])
    assert standard.price == 80_000_000
    assert standard.material_cost == 32_000_000
    assert not standard.assumed_material
    assert [(piece.resource, piece.hours, piece.step, piece.weeks) for piece in standard.work] == [
        ("MC", 24.0, 1, 2),
        ("MC", 6.0, 2, 1),
    ]
    assert standard.lead_weeks == 2 + 1 + 2
    assert fast.work == (Work("MC", 60.0),)


def test_a_price_cut_does_not_make_material_cheaper(company: Company) -> None:
    """Material follows the deal's own amount, whatever the option's price."""
    standard, fast = offers_of(company, company.opportunities[0])
    assert fast.price == 90_000_000
    assert fast.material_cost == standard.material_cost


def test_a_deal_without_options_has_a_standard_one(company: Company) -> None:
    """One option called standard, with the chance declared for the deal."""
    (offer,) = offers_of(company, replace(company.opportunities[0], options=(), win_probability=0.4))
    assert (offer.id, offer.win_probability) == ("standard", 0.4)


def test_a_deals_chance_is_no_options_chance(company: Company) -> None:
    """With several options a chance declared for the deal says nothing about each; an option's own does."""
    options = (Option("a"), Option("b", win_probability=0.7))
    a, b = offers_of(company, replace(company.opportunities[0], options=options, win_probability=0.4))
    assert (a.win_probability, b.win_probability) == (None, 0.7)


def test_prices_fall_back_in_order(company: Company, changed: Changed) -> None:
    """Option, deal, list price times quantity, then the first option with a price."""
    deal = replace(company.opportunities[0], amount=None)
    assert [offer.price for offer in offers_of(company, deal)] == [90_000_000, 90_000_000]
    bare = changed("products", list_price=None)
    assert [offer.price for offer in offers_of(bare, deal)] == [90_000_000, 90_000_000]
    listed = replace(deal, quantity=2.0, options=())
    assert offers_of(company, listed)[0].price == 18_000_000


def test_unknown_material_is_assumed_and_says_so(changed: Changed) -> None:
    """Without a share anywhere, the assumption stands in and is marked; a stated cost is taken as it is."""
    firm = changed("products", material_share=None)
    offer, _ = offers_of(firm, firm.opportunities[0])
    assert offer.assumed_material
    assert offer.material_cost == 80_000_000 * MATERIAL_SHARE_ASSUMED
    stated = Option("a", material_cost=Money(0, "KRW"))
    (offer,) = offers_of(firm, replace(firm.opportunities[0], options=(stated,)))
    assert (offer.material_cost, offer.assumed_material) == (0, False)


def test_foreign_prices_come_home(company: Company) -> None:
    """Every amount of an offer is in the firm's currency, at today's rate."""
    option = Option("a", price=Money.of(10, "USD"), pursuit_cost=Money.of(1, "USD"))
    (offer,) = offers_of(company, replace(company.opportunities[0], options=(option,)))
    assert (offer.price, offer.pursuit_cost) == (14_500, 1_450)


@given(st.floats(0, 1e6), st.lists(st.tuples(st.floats(0, 100), st.floats(0, 10)), min_size=1, max_size=4))
def test_hours_are_setup_and_quantity(quantity: float, steps: list[tuple[float, float]]) -> None:
    """Each operation's hours are its setup and the quantity times the hours per unit, in order."""
    routing = Routing("R", tuple(Operation("MC", "", setup, per_unit) for setup, per_unit in steps))
    deal = Opportunity("O", "A", product="P", quantity=quantity, amount=Money(1, "KRW"))
    firm = Company(
        "F",
        "KRW",
        date(2026, 3, 2),
        (Resource("MC", "Mill", hours_per_week=1.0),),
        (deal,),
        products=(Product("P", "Part", routing="R"),),
        routings=(routing,),
    )
    (offer,) = offers_of(firm, deal)
    assert [piece.step for piece in offer.work] == list(range(1, len(steps) + 1))
    assert [piece.hours for piece in offer.work] == [s + quantity * u for s, u in steps]


def test_an_option_cannot_be_called_a_decision() -> None:
    """An option named decline or defer would be taken for the decision, so it is refused by name."""
    deal = Opportunity("O", "A", amount=Money(1, "KRW"), options=(Option("defer"),))
    with pytest.raises(CompanyError, match=r"O/defer.*another id"):
        Company("가", "KRW", date(2026, 3, 2), (Resource("R", "R"),), (deal,))


def test_what_is_bought_in_comes_on_top(changed: Changed) -> None:
    """The price of outside work per unit adds to the material share; alone it is all that leaves the firm."""
    both = changed("products", bought_in=Money(100_000, "KRW"))
    alone = changed("products", bought_in=Money(100_000, "KRW"), material_share=None)
    found = [offers_of(firm, firm.open_opportunities[0])[0] for firm in (both, alone)]
    assert [offer.material_cost for offer in found] == [32_000_000 + 1_000_000, 1_000_000]
    assert not found[1].assumed_material


def test_steps_done_outside_cost_by_the_unit(company: Company, changed: Changed) -> None:
    """Outside work in an operation adds to what leaves the firm; the hours of the routing stay."""
    mill, drill = company.routings[0].operations
    outside = replace(drill, hours_per_unit=0.0, setup_hours=0.0, bought_in=Money(20_000, "KRW"))
    firm = changed("routings", operations=(mill, outside))
    offer = offers_of(firm, firm.open_opportunities[0])[0]
    assert offer.material_cost == 32_000_000 + 10 * 20_000
    assert [piece.hours for piece in offer.work] == [24.0, 0.0]
