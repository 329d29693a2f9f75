"""The hours of an order as pieces of work no week of which would swallow a whole work centre."""

from __future__ import annotations

from math import ceil

from pursuit.demo.catalogue import Article, routings
from pursuit.demo.shop import resources
from pursuit.domain import Work

_ROUTING = {routing.id[2:]: routing for routing in routings()}
_HOURS = {resource.id: resource.hours_per_week for resource in resources()}
_MOST_OF_A_WEEK = 0.45
"""Most of a resource's week that one order gets on average; larger orders take more weeks (분할 납품)."""


def full_work(article: Article, quantity: float, *, hours: float = 1.0, hurry: int = 0) -> tuple[Work, ...]:
    """Work of an order, all hours times ``hours``, the weeks of each step less ``hurry`` where possible."""
    made = []
    for step, op in enumerate(_ROUTING[article.id[2:]].operations, start=1):
        needed = round((op.setup_hours + quantity * op.hours_per_unit) * hours, 1)
        fair = ceil(needed / (_MOST_OF_A_WEEK * (1 + 0.3 * hurry) * _HOURS[op.work_center]))
        made.append(Work(op.work_center, needed, step, max(1, op.weeks - hurry, fair), None, op.name))
    return tuple(made)


def large_work(article: Article, quantity: float) -> tuple[Work, ...]:
    """Work of an order too large for the routing's usual weeks; empty where the routing says it all."""
    work = full_work(article, quantity)
    usual = tuple(op.weeks for op in _ROUTING[article.id[2:]].operations)
    return () if tuple(piece.weeks for piece in work) == usual else work


def weeks_of(work: tuple[Work, ...]) -> int:
    """Weeks that the steps take one after the other."""
    return sum(piece.weeks for piece in work)


def lead_weeks(article: Article, quantity: float) -> int:
    """Usual lead time of an order of this size."""
    return max(article.lead, weeks_of(full_work(article, quantity)) + 1)
