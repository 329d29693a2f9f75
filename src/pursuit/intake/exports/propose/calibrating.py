"""Hours an export cannot hold, reckoned back from what the firm did in the last year; stand-ins, and told as such.

Two things are assumed: that selling took half of the sellers' time, and that the work won in the year filled most of
the hours there were. From them follow hours per deal and per unit whose proportions come from the firm's own deals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from typing import Any, Protocol

WEEK = 40.0
"""Hours of a person's week."""
SELLING = 0.5
"""Share of the sellers' hours that went into deals."""
FILLED = 0.85
"""Share of the hours of production that the work won in a year took."""
CREW = 5
"""People taken to do the work won; only hours per unit in proportion to it count."""
YEAR = 52
ANY_PRODUCT = "STANDARD"
"""What is sold where no column says it."""


class Row(Protocol):
    """A typed row of the input."""

    def __getitem__(self, column: str) -> Any: ...


@dataclass(frozen=True, slots=True)
class Hours:
    """Stand-ins for one firm.

    Parameters
    ----------
    sellers
        People who own deals.
    per_deal
        Hours of selling per deal; None where no deals of a year are dated.
    weeks
        Weeks from the first word to the decision, the middle of the closed deals; None where none are dated.
    per_unit
        Product -> what a unit takes of the work won in the year; empty where no won deals of a year are known.
    """

    sellers: int
    per_deal: float | None = None
    weeks: int | None = None
    per_unit: Mapping[str, float] = field(default_factory=dict)


def reckon_hours(deals: Sequence[Row]) -> Hours:
    """The stand-ins that a firm's deals give."""
    days = [day for row in deals for name in ("created", "closed") if (day := _day(row, name))]
    last = max(days, default=None)
    recent = [row for row in deals if last and (day := _day(row, "created", "closed")) and _within(day, last)]
    sellers = len({row["owner"] for row in recent or deals if row["owner"]}) or 1
    return Hours(
        sellers,
        _round(sellers * WEEK * YEAR * SELLING / len(recent)) if recent else None,
        _cycle(deals),
        _per_unit(deals, last) if last else {},
    )


def _day(row: Row, *columns: str) -> date | None:
    return next((row[name] for name in columns if row[name] and row[name] > date.min), None)


def _within(day: date, last: date) -> bool:
    return last - timedelta(weeks=YEAR) < day <= last


def _cycle(deals: Sequence[Row]) -> int | None:
    spans = [
        (row["closed"] - row["created"]).days
        for row in deals
        if row["outcome"] in ("won", "lost") and _day(row, "closed") and _day(row, "created")
    ]
    spans = [days for days in spans if days >= 0]
    return min(max(round(median(spans) / 7), 1), 26) if spans else None


def _per_unit(deals: Sequence[Row], last: date) -> dict[str, float]:
    """What a unit of each product takes of the year's work, in proportion to its price."""
    sums: dict[str, float] = defaultdict(float)
    units: dict[str, float] = defaultdict(float)
    for row in deals:
        day = _day(row, "closed", "created")
        if row["outcome"] == "won" and day and _within(day, last) and row["product"]:
            sums[row["product"]] += _amount(row["amount"] or row["gross_amount"])
            units[row["product"]] += row["quantity"] or 1
    total = sum(sums.values())
    if not total:
        return {}
    return {name: sums[name] / units[name] / total for name in sums if sums[name] and units[name]}


def _amount(value: Any) -> float:
    return float(value.value) if value else 0.0


def hours_per_unit(part: float, hours_per_week: float) -> float:
    """Hours of a unit on a work centre whose year was filled by the work won in it."""
    return _round(part * hours_per_week * YEAR * FILLED)


def _round(hours: float) -> float:
    """Two figures that count: more would look known."""
    return float(f"{hours:.2g}")
