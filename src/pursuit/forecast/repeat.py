"""What customers come back for: orders a year, margin, whether they stay, and what that is worth today."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.special import gammaincinv, gammaln

from pursuit.domain import MATERIAL_SHARE_ASSUMED, Company
from pursuit.forecast.beliefs import Chance, Reason
from pursuit.forecast.orders import Orders, order_histories
from pursuit.words import format_percent

YEARS = 5
DISCOUNT_RATE = 0.10
"""Yearly rate at which later margins are worth less: an assumption (a private firm's cost of capital)."""
PRIOR_RETENTION, PRIOR_RETENTION_WEIGHT = 0.8, 5.0
"""Share of customers that are still customers a year later, and as how many observed ones it counts: an
assumption."""
MOST_RETENTION = 0.98
"""No record of a few years shows customers that last longer than fifty."""
MARGIN_STRENGTH = 3.0
"""Orders of its own that an account needs before its mean margin counts as much as its segment's."""
MARGIN_VARIATION = 1.0
"""Coefficient of variation of one order's margin: an assumption, wide as B2B orders are."""
STRENGTHS = np.geomspace(0.05, 50.0, 40)
"""Years of observation tried as weight of the segment's order rate."""


@dataclass(frozen=True, slots=True)
class RepeatBelief:
    """Repeat business of one account; see :class:`~pursuit.forecast.beliefs.AccountBelief`."""

    orders_per_year: float
    margin_per_order: float
    retention: float
    lifetime_value: float
    lifetime_low: float
    lifetime_high: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class RepeatForecast:
    """Repeat business of every account, what stood in for missing data, and the model card."""

    beliefs: Mapping[str, RepeatBelief]
    fallbacks: tuple[Reason, ...]
    card: Mapping[str, object]


@dataclass(frozen=True)
class Rates:
    """By account: gamma posterior (shape, years) of orders a year, and margin of an order."""

    posterior: Mapping[str, tuple[float, float]]
    margin: Mapping[str, float]

    def per_year(self, account: str) -> float:
        """Mean orders a year."""
        shape, years = self.posterior[account]
        return shape / years if years > 0 else 0.0


def forecast_repeats(
    company: Company, defaults: Mapping[str, Chance], arrivals_known: bool
) -> RepeatForecast:
    """Orders per year (gamma-Poisson), margin, retention and lifetime value of each account.

    The lifetime value counts all orders. ``orders_per_year`` leaves out those that come through the pipeline
    where arrivals are foreseen (``arrivals_known``), so that a plan may add both.
    """
    source, histories = order_histories(company)
    every = _rates(histories, lambda history: (history.count, history.margin))
    staying = _yearly_retention(histories, every, company.as_of)
    beside = _rates(histories, lambda history: (history.beside, history.beside_margin))
    added = beside if arrivals_known else every
    beliefs = {}
    for account in company.accounts:
        history = histories[account.id]
        alive = _still_customer(history, every.per_year(account.id), staying, company.as_of)
        worth, low, high = _lifetime(every, account.id, history, alive, staying, defaults[account.id].mean)
        beliefs[account.id] = RepeatBelief(
            orders_per_year=added.per_year(account.id),
            margin_per_order=added.margin[account.id],
            retention=alive * staying,
            lifetime_value=worth,
            lifetime_low=low,
            lifetime_high=high,
            reasons=(_order_reason(history, every.per_year(account.id), company.as_of),),
        )
    seen = any(history.count for history in histories.values())
    card = {
        "source": source,
        "accounts": len(histories),
        "orders": round(sum(history.count for history in histories.values())),
        "orders_beside_pipeline": round(sum(history.beside for history in histories.values())),
        "yearly_retention": round(staying, 3),
        "horizon_years": YEARS,
        "discount_rate": DISCOUNT_RATE,
        "limits": "Margins are before hours; one rate per account without season or trend; courses come on "
        "top.",
    }
    return RepeatForecast(beliefs, _fallbacks(company, seen), card)


def _fallbacks(company: Company, seen: bool) -> tuple[Reason, ...]:
    if not company.accounts:
        return ()
    if not seen:
        return (
            Reason("No invoices and no won deals: repeat business cannot be seen and counts as nothing.", {}),
        )
    found = [
        Reason(
            "Lifetime values cover {years} years at a discount rate of {rate} a year; both are assumptions.",
            {"years": YEARS, "rate": format_percent(DISCOUNT_RATE)},
        )
    ]
    if not company.products or any(product.material_share is None for product in company.products):
        found.append(
            Reason(
                "Where a product's material share is unknown, {share} is assumed for repeat margins.",
                {"share": format_percent(MATERIAL_SHARE_ASSUMED)},
            )
        )
    return tuple(found)


def _yearly_retention(histories: Mapping[str, Orders], every: Rates, as_of: date) -> float:
    """Share of the customers of the year before last that are still customers.

    Those that ordered in both years are; of those that stayed, a share exp(-rate) orders nothing in a year
    all the same.
    """
    expected = kept = 0.0
    for account, history in histories.items():
        ago = [(as_of - day).days for day in history.days]
        if any(365 < days <= 730 for days in ago):
            expected += 1 - math.exp(-every.per_year(account))
            kept += any(days <= 365 for days in ago)
    share = (kept + PRIOR_RETENTION * PRIOR_RETENTION_WEIGHT) / (expected + PRIOR_RETENTION_WEIGHT)
    return min(share, MOST_RETENTION)


def _rates(histories: Mapping[str, Orders], of: Callable[[Orders], tuple[float, float]]) -> Rates:
    """Order rates and margins, drawn to the segment's and those to all accounts', of the orders that ``of``
    counts."""
    by_segment: dict[str, list[Orders]] = defaultdict(list)
    for history in histories.values():
        by_segment[history.segment].append(history)
    overall, overall_margin = _pooled(list(histories.values()), of, 0.0, 0.0)
    priors = {}
    for segment, members in by_segment.items():
        mean, margin = _pooled(members, of, overall, overall_margin)
        priors[segment] = (mean, _rate_strength(members, of, mean), margin)
    posterior, margins = {}, {}
    for account, history in histories.items():
        mean, strength, margin = priors[history.segment]
        count, earned = of(history)
        posterior[account] = (mean * strength + count, strength + history.years)
        margins[account] = (earned + MARGIN_STRENGTH * margin) / (count + MARGIN_STRENGTH)
    return Rates(posterior, margins)


def _pooled(
    members: Sequence[Orders], of: Callable[[Orders], tuple[float, float]], rate: float, margin: float
) -> tuple[float, float]:
    """Orders a year and margin of an order of a group, drawn to ``rate`` by two years and to ``margin`` by
    three orders."""
    count, earned = (sum(values) for values in zip(*map(of, members), strict=True)) if members else (0.0, 0.0)
    drawn = (2.0, MARGIN_STRENGTH) if rate > 0 else (0.0, 0.0)
    years, orders = sum(member.years for member in members) + drawn[0], count + drawn[1]
    return (
        (count + rate * drawn[0]) / years if years > 0 else 0.0,
        (earned + margin * drawn[1]) / orders if orders > 0 else 0.0,
    )


def _rate_strength(
    members: Sequence[Orders], of: Callable[[Orders], tuple[float, float]], mean: float
) -> float:
    """Years the group's rate counts as: maximum of the negative binomial likelihood (Greenwood & Yule,
    1920)."""
    if mean <= 0 or len(members) < 3:
        return 1.0
    counts = np.array([of(member)[0] for member in members])
    years = np.array([member.years for member in members])
    b = STRENGTHS[:, None]
    shape = mean * b
    likelihood = gammaln(shape + counts) - gammaln(shape) + shape * np.log(b)
    likelihood = likelihood - (shape + counts) * np.log(b + years)
    return float(STRENGTHS[int(np.argmax(likelihood.sum(axis=1)))])


def _still_customer(history: Orders, orders: float, staying: float, as_of: date) -> float:
    """Probability that a silent account has only not needed anything yet (Bayes; orders as a Poisson
    process)."""
    if not history.days:
        return 1.0
    silent = max((as_of - history.days[-1]).days, 0) / 365.25
    here = staying**silent
    quiet = here * math.exp(-min(orders * silent, 50.0))
    return quiet / (quiet + 1 - here) if here < 1 else 1.0


def _lifetime(
    rates: Rates, account: str, history: Orders, alive: float, staying: float, default: float
) -> tuple[float, float, float]:
    """Discounted margin of the next ``YEARS`` years, and the 90 % interval of what it may turn out to be.

    A customer stays and stays solvent with fixed yearly probabilities; payments fall in mid-year. The spread
    of the total adds that of the rate, of the number of orders and of their margins (compound Poisson), as a
    gamma distribution.
    """
    shape, _ = rates.posterior[account]
    survival = [(staying * (1 - default)) ** (year + 0.5) for year in range(YEARS)]
    discounted = sum(stay / (1 + DISCOUNT_RATE) ** (year + 0.5) for year, stay in enumerate(survival))
    value = rates.per_year(account) * rates.margin[account] * alive * discounted
    expected = rates.per_year(account) * alive * sum(survival)
    if value <= 0 or expected <= 0:
        return 0.0, 0.0, 0.0
    squared = 1 / shape + (1 + MARGIN_VARIATION**2) / expected
    squared += MARGIN_VARIATION**2 / (history.count + MARGIN_STRENGTH)
    low, high = (float(gammaincinv(1 / squared, q)) * value * squared for q in (0.05, 0.95))
    return value, min(low, value), max(high, value)


def _order_reason(history: Orders, orders: float, as_of: date) -> Reason:
    figures = {"years": f"{history.years:.1f}", "rate": f"{orders:.1f}"}
    if not history.days:
        return Reason("No order in {years} years watched; {rate} a year expected.", figures)
    days = (as_of - history.days[-1]).days
    return Reason(
        "Orders: {count} in {years} years, the last activity {days} days ago; {rate} a year expected.",
        {"count": round(history.count), **figures, "days": days},
    )
