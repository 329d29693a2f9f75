"""Deals nobody knows yet: in each future they come, and are taken on where room is left, at their expected worth."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from pursuit.domain import Offer, offers_of
from pursuit.planning.model.assumptions import ARRIVAL_RESOURCES
from pursuit.planning.model.cash import CashCalendar
from pursuit.planning.model.ledger import Ledger
from pursuit.planning.model.opportunities import windows
from pursuit.planning.model.situation import Situation
from pursuit.planning.model.work import WorkTerms
from pursuit.selection.problem import Floats


@dataclass(frozen=True)
class _Example:
    """A past deal as a pattern: its offer, the weeks it took to decide, its worth before the chance of winning."""

    offer: Offer
    cycle: int
    margin: float
    effort: float


def add_arrivals(s: Situation, ledger: Ledger, cash: CashCalendar) -> tuple[Floats, Floats]:
    """Write the deals to come; returns their worth if all are taken on (S,) and their cash (M, S).

    A deal enters at its chance, so that nobody sees whether it will be won when its work is refused. It may be taken
    in part, its worth spread over the resources it needs most; deals alike are put together.
    """
    patterns: dict[int, _Example] = {}
    base = np.zeros(s.futures.size)
    flow = cash.empty()
    none = np.zeros(s.futures.size, bool)
    for scenario, arrivals in enumerate(s.futures.arrivals):
        merged: dict[tuple[int, int, int, int], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
        for stream, example, week in arrivals:
            if example not in patterns:
                patterns[example] = _pattern(s, example)
            pattern = patterns[example]
            chance = s.beliefs.arrivals[stream].win_probability
            worth = chance * pattern.margin - pattern.effort
            start = week + pattern.cycle
            if worth <= 0 or start >= s.axis.weeks:
                continue
            base[scenario] += worth
            due = start + pattern.offer.lead_weeks
            alone = np.zeros(s.futures.size)
            alone[scenario] = chance
            cash.received(flow, pattern.offer.price, (), None, start, due, alone, none)
            cash.put(flow, (start + due) / 2, -alone * (pattern.offer.price - pattern.margin))
            _spread(s, merged, pattern, chance, worth, week, start, due)
        for (r, first, last, _), (hours, rate, worth) in sorted(merged.items()):
            terms = WorkTerms(breach_cost=worth)
            ledger.base_work(scenario, r, hours, (first, last, last), rate, terms)
    return base, flow


def _pattern(s: Situation, example: int) -> _Example:
    opp = s.company.opportunities[example]
    offer = offers_of(s.company, opp)[0]
    days = (opp.closed - opp.created).days if opp.closed and opp.created else s.usual_cycle
    cost = sum(p.hours * s.hourly_cost[s.resource_index[p.resource]] for p in offer.work)
    effort = offer.pursuit_cost + sum(h * s.hourly_cost[s.resource_index[r]] for r, h in offer.effort.items())
    return _Example(
        offer, max(round(days / 7), 1), float(offer.price - offer.material_cost - cost), float(effort)
    )


def _spread(
    s: Situation,
    merged: dict[tuple[int, int, int, int], list[float]],
    pattern: _Example,
    chance: float,
    worth: float,
    week: int,
    start: int,
    due: int,
) -> None:
    """Put a deal's work into the pieces that deals alike share: same resource, window to four weeks, like worth."""
    capacity = s.capacity.mean(axis=1) + 1e-9
    pieces = [
        (
            s.resource_index[piece.resource],
            first,
            due_week,
            piece.hours * chance,
            piece.hours * chance / piece.weeks,
        )
        for piece, (first, _, due_week) in windows(pattern.offer.work, start, due, s.weeks)
    ]
    last = max(start - 1, week)
    for resource, hours in pattern.offer.effort.items():
        pieces.append(
            (
                s.resource_index[resource],
                min(week, s.weeks - 1),
                min(last, s.weeks - 1),
                hours,
                hours / (last - week + 1),
            )
        )
    pieces = [piece for piece in pieces if piece[3] > 0]
    pieces.sort(key=lambda piece: -piece[3] / capacity[piece[0]])
    kept = pieces[:ARRIVAL_RESOURCES]
    total = sum(piece[3] / capacity[piece[0]] for piece in kept) or 1.0
    for r, first, due_week, hours, rate in kept:
        part = worth * hours / capacity[r] / total
        density = int(np.floor(np.log2(max(part / hours, 1e-6))))
        entry = merged[(r, first // 4 * 4, min(due_week // 4 * 4 + 3, s.weeks - 1), density)]
        for n, amount in enumerate((hours, rate, part)):
            entry[n] += amount
