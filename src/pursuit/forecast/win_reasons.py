"""Why a deal is thought to be won or lost, in sentences that carry this deal's own figures."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from pursuit.domain import Opportunity
from pursuit.forecast.ages import Clock
from pursuit.forecast.beliefs import Reason
from pursuit.forecast.rates import expit, logit
from pursuit.forecast.signal import Column, Signal
from pursuit.forecast.stages import Funnel, published_rate
from pursuit.words import format_percent

FEWEST_POINTS = 0.01
"""A trait that moves the probability by less than this is no reason worth reading."""

GROUP_REASONS: Mapping[str, str] = {
    "segment": "Segment {group}: {won} of {closed} closed deals were won ({points} points).",
    "sector": "Sector {group}: {won} of {closed} closed deals were won ({points} points).",
    "region": "Region {group}: {won} of {closed} closed deals were won ({points} points).",
    "account": "Customer {group}: {won} of {closed} closed deals were won ({points} points).",
    "product": "Product {group}: {won} of {closed} closed deals were won ({points} points).",
    "family": "Product family {group}: {won} of {closed} closed deals were won ({points} points).",
    "owner": "Owner {group}: {won} of {closed} closed deals were won ({points} points).",
    "source": "Source {group}: {won} of {closed} closed deals were won ({points} points).",
    "competitor": "Against competitor {group}: {won} of {closed} closed deals were won ({points} points).",
}
MEASURE_REASONS: Mapping[str, str] = {
    "relationship": "Relationship {value}, usually {usual} ({points} points).",
    "amount": "Size {value} times the usual deal's ({points} points).",
    "price_level": "Price at {value} of the list price, usually {usual} ({points} points).",
    "weeks_given": "Weeks given from order to delivery: {value}, usually {usual} ({points} points).",
    "competitors": "Competitors named: {value}, usually {usual} ({points} points).",
}


def stage_reason(funnel: Funnel, deal: Opportunity, kind: str, of_kind: tuple[int, int]) -> Reason:
    """The counts (won, closed) behind a deal's base rate, or what stood in for them."""
    stage, (a, b) = deal.stage, funnel.posterior[""]
    if funnel.closed.get(stage):
        counts = {"won": funnel.won[stage], "closed": funnel.closed[stage], "stage": stage}
        return Reason("{won} of {closed} closed deals that reached {stage} were won.", counts)
    if funnel.total_closed:
        every = {"every_won": funnel.total_won, "every_closed": funnel.total_closed}
        if not of_kind[1]:
            return Reason("{every_won} of {every_closed} closed deals were won.", every)
        return Reason(
            "{kind}: {won} of {closed} closed deals were won; the rate of all deals is used, "
            "{every_won} of {every_closed}.",
            {"kind": kind, "won": of_kind[0], "closed": of_kind[1], **every},
        )
    rate = published_rate(stage)
    if rate is None:
        shown = {"rate": format_percent(a / (a + b))}
        return Reason("No deal is closed yet; a published average of {rate} stands in.", shown)
    return Reason(
        "No deal is closed yet; the usual CRM default for stage {stage} is {rate}.",
        {"stage": stage, "rate": format_percent(rate)},
    )


def age_reason(clock: Clock, age: int) -> Reason:
    """How a deal's age compares with what closed deals ever took."""
    if age > clock.longest:
        return Reason(
            "Open for {days} days; no closed deal ever took longer than {max} days, and {older} open deals "
            "are older than that.",
            {"days": age, "max": clock.longest, "older": clock.beyond},
        )
    return Reason(
        "Open for {days} days; {later} of {closed} closed deals took longer, and {share} of deals open this"
        " long are ever decided.",
        {
            "days": age,
            "later": int(clock.later[age]),
            "closed": clock.closed,
            "share": _small_percent(float(clock.at(np.array([age]))[0][0])),
        },
    )


def _small_percent(share: float) -> str:
    return format_percent(share) if share >= 0.01 else "<1%"


def trait_reasons(signal: Signal, row: int, mean: float, most: int = 2) -> tuple[Reason, ...]:
    """The traits that move this deal's probability most."""
    if not signal.columns:
        return ()
    parts = signal.parts[row]
    points = mean - expit(logit(mean) - parts)
    strongest = [int(n) for n in np.argsort(-np.abs(points), kind="stable")[:most]]
    return tuple(
        _trait_reason(signal.columns[n], float(signal.known[row, n]), float(points[n]))
        for n in strongest
        if abs(points[n]) >= FEWEST_POINTS
    )


def _trait_reason(column: Column, known: float, points: float) -> Reason:
    moved = f"{points * 100:+.0f}"
    if not column.spread:
        figures = {"group": column.group, "won": column.won, "closed": column.closed, "points": moved}
        return Reason(GROUP_REASONS[column.trait], figures)
    value, usual = column.centre + known * column.spread, column.centre
    if column.trait == "amount":
        return Reason(MEASURE_REASONS["amount"], {"value": f"{math.exp(value - usual):.1f}", "points": moved})
    if column.trait == "price_level":
        shown = (format_percent(math.exp(value)), format_percent(math.exp(usual)))
    elif column.trait == "relationship":
        shown = (f"{value:.2f}", f"{usual:.2f}")
    else:
        shown = (f"{value:.0f}", f"{usual:.1f}")
    return Reason(MEASURE_REASONS[column.trait], {"value": shown[0], "usual": shown[1], "points": moved})
