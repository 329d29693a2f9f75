"""Pieces of work become bundles: shared where one item's options bring the same work, one a scenario for arrivals."""

from __future__ import annotations

import numpy as np

from pursuit.planning.model.work import Piece, WorkBook

MILL = Piece(0, 40.0, 1, 9, 4, 0.25, 3.0, 9.0, np.inf, 0.0, 100.0)
TURN = Piece(1, 10.0, 2, 8, 5, 0.5, 1.0, 5.0, 20.0, 0.5, 70.0)


def book_of(sure=(), if_won=(), base=()) -> WorkBook:
    book = WorkBook()
    for option, piece in sure:
        book.sure[option].append(piece)
    for option, piece in if_won:
        book.if_won[option].append(piece)
    for scenario, piece in base:
        book.base[scenario].append(piece)
    return book


def test_options_of_one_item_with_the_same_work_share_a_bundle():
    """Two effort levels of a deal differ before the order only, so what is to be made stands there once."""
    book = book_of(if_won=[(1, MILL), (1, TURN), (2, MILL), (2, TURN), (3, MILL)])
    made = book.bundles([0, 4])
    assert made.if_won.tolist() == [-1, 0, 0, 1]
    assert made.packages.bundle_start.tolist() == [0, 2, 3]


def test_two_items_never_share():
    """Equal work of two deals is twice the work."""
    made = book_of(if_won=[(0, MILL), (1, MILL)]).bundles([0, 1, 2])
    assert made.if_won.tolist() == [0, 1]


def test_sure_and_conditional_work_are_two_bundles():
    """The same hours once for sure and once if won come both in a scenario with a win."""
    made = book_of(sure=[(0, MILL)], if_won=[(0, MILL)]).bundles([0, 1])
    assert made.sure.tolist() == [0]
    assert made.if_won.tolist() == [1]


def test_what_comes_anyway_is_one_bundle_a_scenario():
    """Deals not yet known stand in one bundle for each scenario in which any come."""
    made = book_of(base=[(5, MILL), (2, TURN), (5, TURN)], sure=[(0, MILL)]).bundles([0, 1])
    assert made.base_bundle.tolist() == [0, 1]
    assert made.base_scenario.tolist() == [2, 5]
    assert [made.packages.use_resource[made.packages.of(b)].tolist() for b in (0, 1)] == [[1], [0, 1]]
    assert made.sure.tolist() == [2]


def test_columns_hold_what_the_pieces_say():
    """Every column of the packages is the pieces' field, in their order."""
    packages = book_of(if_won=[(0, MILL), (0, TURN)]).bundles([0, 1]).packages
    for name in ("first", "last", "due", "rate", "late_cost", "late_cap", "subcontract_cost", "breach_cost"):
        assert getattr(packages, name).tolist() == [getattr(MILL, name), getattr(TURN, name)], name
    assert packages.use_hours.tolist() == [40.0, 10.0]
    assert packages.use_start.tolist() == [0, 1, 2]
    assert packages.before.tolist() == [-1, -1]
    assert packages.subcontract_share.tolist() == [0.0, 0.5]


def test_nothing_to_do_is_no_bundle():
    """Options without work have no bundle, and there may be no package at all."""
    made = WorkBook().bundles([0, 2, 3])
    assert made.packages.bundles == 0
    assert len(made.packages) == 0
    assert made.sure.tolist() == [-1, -1, -1]
