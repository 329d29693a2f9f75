"""What is known of a deal before it is decided, as blocks of columns that may or may not tell who wins."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pursuit.domain import Company, Opportunity
from pursuit.units import Money

Array = NDArray[np.float64]

FEWEST = 5
"""Closed deals a group needs to be told apart from the rest."""
MOST_UNEVEN = 0.25
"""A trait missing more often in won than in lost deals, by more than this share, was written after the
outcome."""


@dataclass(frozen=True)
class Block:
    """One trait: ``known`` (deals, columns) for all deals in the order given, and what each column stands
    for.

    A group's column is 0 or 1; a measured trait has one column in standard deviations (``spread``) from its
    mean (``centre``), 0 if unknown. ``spread`` is 0 for groups.
    """

    name: str
    columns: tuple[str, ...]
    known: Array
    centre: float = 0.0
    spread: float = 0.0


def trait_blocks(company: Company, deals: Sequence[Opportunity], is_closed: NDArray[np.bool_]) -> list[Block]:
    """Every trait that varies among the closed deals and was written down before their outcome."""
    hit = np.array([deal.outcome == "won" for deal in deals])
    blocks = []
    for name, read in _groups(company).items():
        labels = [read(deal) for deal in deals]
        if _written_before(np.array([bool(found) for found in labels]), hit, is_closed):
            blocks.append(_group_block(name, labels, is_closed))
    for name, values in _measures(company, deals).items():
        noted = np.isfinite(values) & (
            (values != 0) | (name != "competitors")
        )  # 0 may mean that nobody noted any
        if _written_before(noted, hit, is_closed):
            blocks.append(_measure_block(name, values, is_closed))
    return [block for block in blocks if block.columns]


def _groups(company: Company) -> Mapping[str, Callable[[Opportunity], tuple[str, ...]]]:
    accounts, products = company.account_by_id, company.product_by_id

    def one(text: str) -> tuple[str, ...]:
        return (text,) if text else ()

    def of_account(field: str) -> Callable[[Opportunity], tuple[str, ...]]:
        return lambda deal: one(getattr(accounts.get(deal.account), field, ""))

    return {
        "segment": lambda deal: one(company.segment_of(deal)),
        "sector": of_account("sector"),
        "region": of_account("region"),
        "account": lambda deal: one(deal.account),
        "product": lambda deal: one(deal.product),
        "family": lambda deal: one(getattr(products.get(deal.product), "family", "")),
        "owner": lambda deal: one(deal.owner),
        "source": lambda deal: one(deal.source),
        "competitor": lambda deal: deal.competitors,
    }


def _measures(company: Company, deals: Sequence[Opportunity]) -> Mapping[str, Array]:
    """Numbers of each deal, NaN where unknown."""
    accounts, products = company.account_by_id, company.product_by_id
    rows = []
    for deal in deals:
        account, product = accounts.get(deal.account), products.get(deal.product)
        amount = _size(company, deal.amount)
        list_price = _size(company, product.list_price) * deal.quantity if product else math.nan
        ordered = (
            deal.closed or deal.expected_close
        )  # from the first contact it would tell how long the deal took
        given = (deal.requested_date - ordered).days / 7 if deal.requested_date and ordered else math.nan
        known = account is not None and account.relationship is not None
        rows.append(
            (
                account.relationship if account and known else math.nan,
                math.log(amount) if amount > 0 else math.nan,
                math.log(amount / list_price) if amount > 0 and list_price > 0 else math.nan,
                given,
                float(len(deal.competitors)),
            )
        )
    names = ("relationship", "amount", "price_level", "weeks_given", "competitors")
    return dict(zip(names, np.array(rows, dtype=float).T, strict=True))


def _size(company: Company, money: Money | None) -> float:
    return float(company.home(money)) if money else math.nan


def _written_before(known: NDArray[np.bool_], hit: NDArray[np.bool_], is_closed: NDArray[np.bool_]) -> bool:
    won, lost = known[is_closed & hit], known[is_closed & ~hit]
    if not won.size or not lost.size or not (won.any() or lost.any()):
        return False
    return bool(abs(won.mean() - lost.mean()) <= MOST_UNEVEN)


def _group_block(name: str, labels: Sequence[tuple[str, ...]], is_closed: NDArray[np.bool_]) -> Block:
    seen = Counter(label for found, done in zip(labels, is_closed, strict=True) if done for label in found)
    columns = tuple(sorted(label for label, count in seen.items() if count >= FEWEST))
    at = {label: column for column, label in enumerate(columns)}
    known = np.zeros((len(labels), len(columns)))
    for row, found in enumerate(labels):
        for label in found:
            if label in at:
                known[row, at[label]] = 1.0
    return Block(name, columns if len(columns) > 1 or name == "competitor" else (), known)


def _measure_block(name: str, values: Array, is_closed: NDArray[np.bool_]) -> Block:
    past = values[is_closed & np.isfinite(values)]
    spread = float(past.std()) if past.size else 0.0
    if spread < 1e-9:
        return Block(name, (), np.zeros((values.size, 0)))
    scaled = np.clip((values - past.mean()) / spread, -3, 3)
    return Block(
        name, (name,), np.where(np.isfinite(scaled), scaled, 0.0)[:, None], float(past.mean()), spread
    )
