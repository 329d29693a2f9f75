"""The chance of winning each open opportunity: base rate by stage, traits if they tell, age, or what was
declared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from pursuit.domain import Company, Offer, Opportunity, offers_of
from pursuit.forecast.ages import Clock, fit_clock
from pursuit.forecast.beliefs import Chance, OpportunityBelief, Reason
from pursuit.forecast.grades import Grades, fit_grades, grade_card, grade_fallbacks
from pursuit.forecast.options import option_means
from pursuit.forecast.rates import STRENGTHS, beta_interval, beta_variance, expit, logit, prior_strength
from pursuit.forecast.signal import NO_SIGNAL, Signal, find_signal
from pursuit.forecast.stages import Funnel, fit_funnel
from pursuit.forecast.win_notes import win_card, win_fallbacks
from pursuit.forecast.win_reasons import age_reason, stage_reason, trait_reasons
from pursuit.words import format_percent

Array = NDArray[np.float64]

ACCOUNTS_ENOUGH = 5
"""Customers with more than one closed deal from which on it is asked how much customers differ."""
KIND_ENOUGH = 100
"""Closed, dated deals of a product family (or product) from which on it may have a clock of its own."""
BLIND_STRENGTH = 10.0
"""Deals as many as which the overall rate counts for a deal of which neither stage nor age tells anything."""
KIND_SURE = 0.001
"""Kinds take differently long if a Kruskal-Wallis test would call their ages equal less often than this."""


@dataclass(frozen=True)
class WinForecast:
    """Beliefs of all open opportunities, with what they rest on."""

    beliefs: Mapping[str, OpportunityBelief]
    funnel: Funnel
    signal: Signal
    clock: Clock | None
    fallbacks: tuple[Reason, ...]
    card: Mapping[str, object]


def forecast_wins(company: Company) -> WinForecast:
    """Win probability, interval, staleness and reasons of each open opportunity."""
    closed, deals = company.closed_opportunities, company.open_opportunities
    funnel = fit_funnel(closed, deals)
    signal, grades = find_signal(company, funnel), fit_grades(company, funnel)
    clocks = _clocks(company)
    ages = [max((company.as_of - deal.created).days, 0) if deal.created else None for deal in deals]
    timers = [clocks.get(kind_of(company, deal)) or clocks.get("") for deal in deals]
    mean, variance = _mean_and_variance(
        funnel, signal, grades, _between_accounts(company), deals, ages, timers
    )
    mean = mean.round(12)  # what order of summation leaves in the last digits must not reach the plan
    low, high = (bound.round(12) for bound in beta_interval(mean, variance))
    counts = _by_kind(company)
    beliefs, assumed = {}, 0
    for row, deal in enumerate(deals):
        offers = offers_of(company, deal)
        age, timer = ages[row], timers[row]
        kind = kind_of(company, deal)
        graded = grades.reason(deal)
        reasons = [graded or stage_reason(funnel, deal, kind, counts.get(kind, (0, 0)))]
        if timer is not None and age is not None:
            reasons.append(age_reason(timer, age))
        if graded is None:
            reasons += trait_reasons(signal, row, float(mean[row]))
        basis = "grade" if graded else _basis(funnel, signal, deal, bool(closed))
        chance = Chance(float(mean[row]), float(low[row]), float(high[row]), basis, tuple(reasons))
        chance = _declared(deal, offers) or chance
        by_option, was_assumed = option_means(offers, chance.mean)
        assumed += was_assumed
        stale = timer is not None and age is not None and age > timer.longest
        if stale and timer is not None and age is not None and chance.basis == "declared":
            chance = Chance(
                chance.mean, chance.low, chance.high, "declared", (*chance.reasons, age_reason(timer, age))
            )
        beliefs[deal.id] = OpportunityBelief(deal.id, chance, by_option, stale, age)
    fallbacks = (*win_fallbacks(company, funnel, signal, assumed), *grade_fallbacks(grades, deals))
    card = {**win_card(company, funnel, signal, clocks), **grade_card(grades)}
    return WinForecast(beliefs, funnel, signal, clocks.get(""), fallbacks, card)


def kind_of(company: Company, deal: Opportunity) -> str:
    """Product family of a deal, else its product."""
    product = company.product_by_id.get(deal.product)
    return (product.family if product else "") or deal.product


def _by_kind(company: Company) -> dict[str, tuple[int, int]]:
    """Won and closed deals by kind of product."""
    counts: dict[str, tuple[int, int]] = {}
    for deal in company.closed_opportunities:
        won, closed = counts.get(kind_of(company, deal), (0, 0))
        counts[kind_of(company, deal)] = (won + (deal.outcome == "won"), closed + 1)
    counts.pop("", None)
    return counts


def _between_accounts(company: Company) -> float:
    """Variance of the log-odds of winning between customers, so far as their closed deals show more than
    chance.

    Widens the intervals: a rate may be well known and yet not be this customer's.
    """
    by_account: dict[str, list[bool]] = {}
    for deal in company.closed_opportunities:
        by_account.setdefault(deal.account, []).append(deal.outcome == "won")
    groups = [won for account, won in by_account.items() if account and len(won) > 1]
    total = sum(len(won) for won in groups)
    wins = sum(map(sum, groups))
    if len(groups) < ACCOUNTS_ENOUGH or not 0 < wins < total:
        return 0.0
    mean = wins / total
    strength = prior_strength([sum(won) for won in groups], [len(won) for won in groups], mean)
    return 0.0 if strength >= STRENGTHS[-1] else 1 / ((strength + 1) * mean * (1 - mean))


def _clocks(company: Company) -> dict[str, Clock]:
    """One clock for the firm under "", and one per kind of product where kinds clearly take differently
    long."""
    closed, deals = company.closed_opportunities, company.open_opportunities
    overall = fit_clock(closed, deals, company.as_of)
    if overall is None:
        return {}
    kinds: dict[str, list[Opportunity]] = {}
    for deal in closed:
        if deal.created and deal.closed:
            kinds.setdefault(kind_of(company, deal), []).append(deal)
    large = {kind: done for kind, done in kinds.items() if kind and len(done) >= KIND_ENOUGH}
    if len(large) < 2 or not _differ(list(large.values())):
        return {"": overall}
    clocks = {"": overall}
    for kind, done in large.items():
        clock = fit_clock(done, [deal for deal in deals if kind_of(company, deal) == kind], company.as_of)
        if clock is not None:
            clocks[kind] = clock
    return clocks


def _differ(groups: Sequence[Sequence[Opportunity]]) -> bool:
    """Whether the groups take differently long (Kruskal & Wallis, 1952, with their correction for ties)."""
    days = [[(d.closed - d.created).days for d in group if d.created and d.closed] for group in groups]
    values, inverse, counts = np.unique(np.concatenate(days), return_inverse=True, return_counts=True)
    size = inverse.size
    if len(values) < 2:
        return False
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    edges = np.cumsum([0, *map(len, days)])
    means = np.array([ranks[edges[n] : edges[n + 1]].mean() for n in range(len(days))])
    statistic = 12 / (size * (size + 1)) * float(np.diff(edges) @ (means - (size + 1) / 2) ** 2)
    ties = 1 - float((counts**3 - counts).sum()) / (size**3 - size)
    return bool(chdtrc(len(days) - 1, statistic / ties) < KIND_SURE)


def _mean_and_variance(
    funnel: Funnel,
    signal: Signal,
    grades: Grades,
    between: float,
    deals: Sequence[Opportunity],
    ages: Sequence[int | None],
    timers: Sequence[Clock | None],
) -> tuple[Array, Array]:
    """P(won) = P(won | decided, grade or stage and traits) x P(ever decided | age), and the variance of that product.

    Who grades a deal knows its stage, age and traits, so that a grade takes their place rather than coming on top.
    """
    judged = [grades.posterior(deal) for deal in deals]
    graded = np.array([beta is not None for beta in judged], dtype=bool)
    known = [beta or funnel.posterior[deal.stage] for beta, deal in zip(judged, deals, strict=True)]
    a, b = np.array(known).reshape(-1, 2).T
    share = a / (a + b)
    blind = np.array(
        [day is None and not funnel.closed.get(deal.stage) for day, deal in zip(ages, deals, strict=True)]
    )
    strength = np.where(blind & ~graded, np.minimum(a + b, BLIND_STRENGTH), a + b)
    share_variance = beta_variance(share * strength, (1 - share) * strength)
    decided, decided_variance = np.ones(len(deals)), np.zeros(len(deals))
    age = np.array([0 if day is None else day for day in ages], dtype=np.int64)
    for clock in {id(timer): timer for timer in timers if timer is not None}.values():
        mine = np.array([timer is clock for timer in timers])
        decided[mine], decided_variance[mine] = clock.at(age[mine])
        if not funnel.order:  # without stages, age is all that tells how far a deal has come
            moved = logit(clock.won_share[np.minimum(age[mine], clock.longest)]) - logit(clock.won_share[0])
            share[mine] = expit(logit(share[mine]) + np.where(graded[mine], 0.0, moved))
    share = expit(logit(share) + np.where(graded, 0.0, signal.shift))
    beside = np.where(graded, 0.0, signal.variance) + between
    share_variance = share_variance + (share * (1 - share)) ** 2 * beside
    variance = share**2 * decided_variance + decided**2 * share_variance + share_variance * decided_variance
    return share * decided, variance


def _basis(funnel: Funnel, signal: Signal, deal: Opportunity, history: bool) -> str:
    if not history:
        return "published"
    if signal.name != NO_SIGNAL:
        return "traits"
    return "stage" if funnel.closed.get(deal.stage) else "base rate"


def _declared(deal: Opportunity, offers: tuple[Offer, ...]) -> Chance | None:
    """What somebody declared for the standard option, taken as it is."""
    declared = offers[0].win_probability if offers[0].win_probability is not None else deal.win_probability
    if declared is None:
        return None
    reason = Reason(
        "The win probability of {rate} was declared, not estimated.", {"rate": format_percent(declared)}
    )
    return Chance(declared, declared, declared, "declared", (reason,))
