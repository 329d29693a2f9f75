"""Opportunities nobody knows yet: how many of each kind a week, learned from when past ones were created."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.special import chdtrc

from pursuit.domain import Company, Opportunity
from pursuit.forecast.beliefs import ArrivalStream, Reason
from pursuit.forecast.rates import prior_strength
from pursuit.forecast.stages import PRIOR_RATE, PRIOR_STRENGTH
from pursuit.forecast.win import WinForecast

KIND_ENOUGH = 20
"""Dated opportunities a kind needs to be a stream of its own; smaller kinds share one."""
COVERED = 0.6
"""Share of opportunities that must fall into kinds that large, or another way to tell kinds is tried."""
RECENT_WEEKS = 52
"""The rate is that of the last year where the record is longer: a whole year, so that no season tilts it."""
MOST_EXAMPLES = 400
"""Past opportunities kept to draw from per stream, evenly spread over the time counted."""
SEASON_YEARS = 2
SEASON_STRENGTH = 1.0
"""Years of record as many as which the assumption of no season counts."""
SEASON_SURE = 0.01
"""A season is used if months that differ by chance alone would look so uneven less often than this."""
OTHER = "other"


@dataclass(frozen=True)
class ArrivalForecast:
    """Streams of new opportunities, what stood in for missing data, and the model card."""

    streams: tuple[ArrivalStream, ...]
    fallbacks: tuple[Reason, ...]
    card: Mapping[str, object]


def forecast_arrivals(company: Company, wins: WinForecast) -> ArrivalForecast:
    """A stream per kind of opportunity; none where no opportunity says when it was created.

    All opportunities are known from the day they are created, won, lost or open: the last weeks are complete
    and need no correction for what is still to be reported.
    """
    dated = [
        (n, deal, deal.created)
        for n, deal in enumerate(company.opportunities)
        if deal.created and deal.created <= company.as_of
    ]
    if not dated:
        none = Reason(
            "No opportunity says when it was created: deals not yet known cannot be foreseen and are left "
            "out.",
            {},
        )
        return ArrivalForecast((), (none,), {"dated": 0})
    first = min(day for _, _, day in dated)
    weeks = max(((company.as_of - first).days + 1) / 7, 4.0)
    label, kinds = _kinds(company, [(n, deal) for n, deal, _ in dated])
    since = company.as_of - timedelta(weeks=min(weeks, RECENT_WEEKS))
    season, uneven = _season([day for _, _, day in dated], first, company.as_of)
    decided = float(wins.clock.at(np.array([0]))[0][0]) if wins.clock else 1.0
    rates = _win_rates(company, kinds)
    streams = []
    for kind, members in sorted(kinds.items()):
        recent = [n for n in members if (created := company.opportunities[n].created) and created > since]
        examples = [n for n in (recent or members) if _sized(company, company.opportunities[n])]
        examples = examples[:: -(-len(examples) // MOST_EXAMPLES) or 1]
        rate = len(recent) / min(weeks, RECENT_WEEKS)
        if examples and rate > 0:
            streams.append(ArrivalStream(kind, rate, rates[kind] * decided, tuple(examples), season))
    fallbacks = []
    undated = len(company.opportunities) - len(dated)
    if undated:
        fallbacks.append(
            Reason(
                "{count} opportunities without a creation date do not count towards new arrivals.",
                {"count": undated},
            )
        )
    if weeks < RECENT_WEEKS:
        fallbacks.append(
            Reason("New arrivals rest on only {weeks} weeks of record.", {"weeks": round(weeks)})
        )
    card = {
        "dated": len(dated),
        "from": first.isoformat(),
        "to": company.as_of.isoformat(),
        "weeks_counted": round(min(weeks, RECENT_WEEKS), 1),
        "kind": label,
        "weekly_rate": round(sum(stream.weekly_rate for stream in streams), 3),
        "season": "by month" if uneven else "none shown",
        "limits": "Rates are constant but for the season; no trend; arrivals do not depend on what is "
        "delivered.",
    }
    return ArrivalForecast(tuple(streams), tuple(fallbacks), card)


def _kinds(company: Company, dated: Sequence[tuple[int, Opportunity]]) -> tuple[str, dict[str, list[int]]]:
    """Indices by kind, kinds being the first of family, product and segment of which enough are large
    enough."""
    products = company.product_by_id
    ways: dict[str, Callable[[Opportunity], str]] = {
        "family": lambda deal: getattr(products.get(deal.product), "family", ""),
        "product": lambda deal: deal.product,
        "segment": company.segment_of,
    }
    for label, way in ways.items():
        names = {n: way(deal) for n, deal in dated}
        counts = Counter(name for name in names.values() if name)
        large = {name for name, count in counts.items() if count >= KIND_ENOUGH}
        if len(large) > 1 and sum(counts[name] for name in large) >= COVERED * len(dated):
            kinds: dict[str, list[int]] = defaultdict(list)
            for n, _ in sorted(dated, key=lambda item: (item[1].created or date.min, item[0])):
                kinds[names[n] if names[n] in large else OTHER].append(n)
            return label, dict(kinds)
    ordered = sorted(dated, key=lambda item: (item[1].created or date.min, item[0]))
    return "all", {"all": [n for n, _ in ordered]}


def _win_rates(company: Company, kinds: Mapping[str, Sequence[int]]) -> Mapping[str, float]:
    """Share of closed deals won by kind, drawn to the overall share as far as kinds do not differ."""
    closed = {
        kind: [
            company.opportunities[n].outcome for n in members if company.opportunities[n].outcome != "open"
        ]
        for kind, members in kinds.items()
    }
    won = {kind: outcomes.count("won") for kind, outcomes in closed.items()}
    total = sum(len(outcomes) for outcomes in closed.values())
    mean = (sum(won.values()) + PRIOR_RATE * PRIOR_STRENGTH) / (total + PRIOR_STRENGTH)
    strength = prior_strength(list(won.values()), [len(outcomes) for outcomes in closed.values()], mean)
    return {kind: (won[kind] + strength * mean) / (len(closed[kind]) + strength) for kind in kinds}


def _sized(company: Company, deal: Opportunity) -> bool:
    """Whether a past opportunity says how large it was, itself or by its product."""
    product = company.product_by_id.get(deal.product)
    if deal.amount is not None and deal.amount.amount > 0:
        return True
    return any(o.price for o in deal.options) or (
        deal.amount is None and product is not None and product.list_price is not None
    )


def _season(days: Sequence[date], first: date, last: date) -> tuple[tuple[float, ...], bool]:
    """Multiplier per calendar month (mean 1) over whole years, and whether a season was found."""
    flat = ((1.0,) * 12, False)
    years = (last - first).days // 365
    if years < SEASON_YEARS:
        return flat
    begin = last - timedelta(days=365 * years)
    counts, length = np.zeros(12), np.zeros(12)
    for day in days:
        if day > begin:
            counts[day.month - 1] += 1
    for n in range(1, 365 * years + 1):
        length[(begin + timedelta(days=n)).month - 1] += 1
    expected = counts.sum() * length / length.sum()
    if expected.min() < 5:
        return flat
    # deals come in clumps; monthly counts vary more than Poisson, so the statistic is scaled by how much
    statistic = float(((counts - expected) ** 2 / expected).sum()) / max(_clumping(days, begin, last), 1.0)
    if chdtrc(11, statistic) >= SEASON_SURE:
        return flat
    ratio = counts / expected
    season = 1 + years / (years + SEASON_STRENGTH) * (ratio - 1)
    return tuple(float(x) for x in season / season.mean()), True


def _clumping(days: Sequence[date], begin: date, last: date) -> float:
    """Variance over mean of weekly counts around the mean of their month, 1 for arrivals that keep no
    company."""
    weeks = (last - begin).days // 7
    counts = np.zeros(weeks)
    for day in days:
        at = (day - begin).days // 7
        if 0 <= at < weeks:
            counts[at] += 1
    months = np.array([(begin + timedelta(weeks=n)).month for n in range(weeks)])
    rest = sum(((counts[months == m] - counts[months == m].mean()) ** 2).sum() for m in np.unique(months))
    return float(rest / max(weeks - 12, 1) / counts.mean()) if counts.sum() else 1.0
