"""What customers come back for: orders a year, margin, whether they stay, and what that is worth today."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv, gammaln

from pursuit.domain import MATERIAL_SHARE_ASSUMED, Account, Company
from pursuit.forecast.beliefs import Chance, Reason

Array = NDArray[np.float64]

YEARS = 5
DISCOUNT_RATE = 0.10
"""Yearly rate at which later margins are worth less: an assumption (a private firm's cost of capital)."""
PRIOR_RETENTION, PRIOR_RETENTION_WEIGHT = 0.8, 5.0
"""Share of customers that are still customers a year later, and as how many observed ones it counts: an
assumption."""
MARGIN_STRENGTH = 3.0
"""Orders of its own that an account needs before its mean margin counts as much as its segment's."""
STRENGTHS = np.geomspace(0.05, 50.0, 40)
"""Years of observation tried as weight of the segment's order rate."""


@dataclass
class History:
    """Orders of one account: days on which it ordered, their margins, and for how long it was watched."""

    segment: str
    years: float
    days: list[date] = field(default_factory=list)
    margins: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RepeatBelief:
    """Repeat business of one account; money in minor units of the firm's currency."""

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


def forecast_repeats(company: Company, defaults: Mapping[str, Chance]) -> RepeatForecast:
    """Orders per year (gamma-Poisson), margin, retention and lifetime value of each account.

    Orders come from invoices where there are any (days on which an account was billed), else from won deals.
    They are all orders the account places, those that pass through the pipeline included. Rates are drawn to
    the segment's.
    """
    source, histories = _histories(company)
    staying = _yearly_retention(histories, company.as_of)
    rates = _rates(histories)
    margins = _margins(histories)
    beliefs = {
        account.id: _belief(
            company,
            account,
            histories[account.id],
            rates[account.id],
            margins,
            staying,
            defaults[account.id].mean,
        )
        for account in company.accounts
    }
    fallbacks = []
    if company.accounts and not any(history.days for history in histories.values()):
        fallbacks.append(
            Reason("No invoices and no won deals: repeat business cannot be seen and counts as nothing.", {})
        )
    shares = {product.material_share is None for product in company.products} or {True}
    if beliefs and True in shares:
        share = f"{MATERIAL_SHARE_ASSUMED:.0%}"
        fallbacks.append(
            Reason(
                "Where a product's material share is unknown, {share} is assumed for repeat margins.",
                {"share": share},
            )
        )
    card = {
        "source": source,
        "accounts": len(histories),
        "orders": sum(len(history.days) for history in histories.values()),
        "yearly_retention": round(staying, 3),
        "horizon_years": YEARS,
        "discount_rate": DISCOUNT_RATE,
        "limits": "Margins are before hours; one rate per account without season or trend; courses come on "
        "top.",
    }
    return RepeatForecast(beliefs, tuple(fallbacks), card)


def _histories(company: Company) -> tuple[str, Mapping[str, History]]:
    events: dict[tuple[str, date], float] = defaultdict(float)
    products = company.product_by_id
    if company.invoices:
        source = "invoices"
        for invoice in company.invoices:
            if invoice.issued <= company.as_of and invoice.net_amount.amount > 0:
                kept = _kept(products.get(invoice.product))
                events[invoice.account, invoice.issued] += (
                    company.home(invoice.net_amount, invoice.issued) * kept
                )
    else:
        source = "won deals"
        for deal in company.closed_opportunities:
            if deal.outcome == "won" and deal.closed and deal.account and deal.amount:
                kept = _kept(products.get(deal.product))
                events[deal.account, deal.closed] += company.home(deal.amount, deal.closed) * kept
    start = min((day for _, day in events), default=company.as_of)
    histories = {}
    for account in company.accounts:
        begun = max(start, account.since) if account.since else start
        years = max((company.as_of - begun).days, 0) / 365.25
        histories[account.id] = History(account.segment or account.sector, years)
    for (account_id, day), margin in sorted(events.items()):
        if account_id in histories:
            histories[account_id].days.append(day)
            histories[account_id].margins.append(margin)
    for history in histories.values():
        if history.days:  # orders from before the stated first contact were watched as well
            history.years = max(history.years, (company.as_of - history.days[0]).days / 365.25, 1 / 12)
    return source, histories


def _kept(product: object) -> float:
    share = getattr(product, "material_share", None)
    return 1 - (MATERIAL_SHARE_ASSUMED if share is None else share)


def _yearly_retention(histories: Mapping[str, History], as_of: date) -> float:
    """Share of accounts that ordered in the year before last and did so in the last year as well."""
    before = kept = 0
    for history in histories.values():
        ago = [(as_of - day).days for day in history.days]
        if any(365 < days <= 730 for days in ago):
            before += 1
            kept += any(days <= 365 for days in ago)
    return (kept + PRIOR_RETENTION * PRIOR_RETENTION_WEIGHT) / (before + PRIOR_RETENTION_WEIGHT)


def _rates(histories: Mapping[str, History]) -> Mapping[str, tuple[float, float]]:
    """Gamma posterior (shape, years) of each account's orders per year, drawn to its segment's rate."""
    everyone = list(histories.values())
    overall = _pooled(everyone, 0.0, 0.0)
    by_segment: dict[str, list[History]] = defaultdict(list)
    for history in everyone:
        by_segment[history.segment].append(history)
    priors = {}
    for segment, members in by_segment.items():
        mean = _pooled(members, overall, 2.0)
        priors[segment] = (mean, _rate_strength(members, mean))
    posterior = {}
    for account, history in histories.items():
        mean, strength = priors[history.segment]
        posterior[account] = (mean * strength + len(history.days), strength + history.years)
    return posterior


def _pooled(members: Sequence[History], mean: float, years: float) -> float:
    watched = sum(member.years for member in members) + years
    return (sum(len(member.days) for member in members) + mean * years) / watched if watched > 0 else 0.0


def _rate_strength(members: Sequence[History], mean: float) -> float:
    """Years the segment's rate counts as: maximum of the negative binomial likelihood (Greenwood & Yule,
    1920)."""
    if mean <= 0 or len(members) < 3:
        return 1.0
    counts = np.array([len(member.days) for member in members], dtype=float)
    years = np.array([member.years for member in members])
    b = STRENGTHS[:, None]
    shape = mean * b
    likelihood = (
        gammaln(shape + counts) - gammaln(shape) + shape * np.log(b) - (shape + counts) * np.log(b + years)
    )
    return float(STRENGTHS[int(np.argmax(likelihood.sum(axis=1)))])


def _margins(histories: Mapping[str, History]) -> Mapping[str, tuple[float, float]]:
    """Mean and coefficient of variation of an order's margin by segment, and over all under ""."""
    pooled: dict[str, list[float]] = defaultdict(list)
    for history in histories.values():
        for key in {history.segment, ""}:
            pooled[key] += history.margins
    found = {}
    for key, margins in pooled.items():
        mean = float(np.mean(margins)) if margins else 0.0
        found[key] = (mean, float(np.std(margins)) / mean if mean > 0 and len(margins) > 1 else 1.0)
    return found


def _belief(
    company: Company,
    account: Account,
    history: History,
    rate: tuple[float, float],
    margins: Mapping[str, tuple[float, float]],
    staying: float,
    default: float,
) -> RepeatBelief:
    shape, years = rate
    orders = shape / years if years > 0 else 0.0
    usual, variation = margins.get(history.segment, (0.0, 1.0))
    if usual <= 0:
        usual, variation = margins.get("", (0.0, 1.0))
    count = len(history.days)
    margin = (sum(history.margins) + MARGIN_STRENGTH * usual) / (count + MARGIN_STRENGTH)
    alive = _still_customer(history, orders, staying, company.as_of)
    survival = [staying ** (n + 0.5) * (1 - default) ** (n + 0.5) for n in range(YEARS)]
    worth = sum(stay / (1 + DISCOUNT_RATE) ** (n + 0.5) for n, stay in enumerate(survival))
    value = orders * margin * alive * worth
    expected = orders * alive * sum(survival)
    spread = math.inf if expected <= 0 else 1 / max(shape, 1e-9) + (1 + variation**2) / expected
    spread += variation**2 / (count + MARGIN_STRENGTH)
    low, high = _gamma_interval(value, spread)
    reasons = (_order_reason(history, orders, company.as_of),)
    return RepeatBelief(orders, margin, alive * staying, value, low, high, reasons)


def _still_customer(history: History, orders: float, staying: float, as_of: date) -> float:
    """Probability that a silent account has only not needed anything yet (Bayes; orders as a Poisson
    process)."""
    if not history.days:
        return 1.0
    silent = (as_of - history.days[-1]).days / 365.25
    here = staying**silent
    quiet = here * math.exp(-orders * silent)
    return quiet / (quiet + 1 - here) if quiet + 1 - here > 0 else 1.0


def _gamma_interval(mean: float, squared_variation: float) -> tuple[float, float]:
    """Central 90 % interval of a gamma distribution with this mean and squared coefficient of variation."""
    if mean <= 0 or not math.isfinite(squared_variation):
        return 0.0, 0.0
    shape = 1 / max(squared_variation, 1e-9)
    low, high = (float(gammaincinv(shape, q)) * mean / shape for q in (0.05, 0.95))
    return min(low, mean), max(high, mean)


def _order_reason(history: History, orders: float, as_of: date) -> Reason:
    rate = f"{orders:.1f}"
    if not history.days:
        return Reason(
            "No order in {years} years watched; {rate} orders a year expected.",
            {"years": f"{history.years:.1f}", "rate": rate},
        )
    return Reason(
        "{count} orders in {years} years, the last {days} days ago; {rate} orders a year expected.",
        {
            "count": len(history.days),
            "years": f"{history.years:.1f}",
            "days": (as_of - history.days[-1]).days,
            "rate": rate,
        },
    )
