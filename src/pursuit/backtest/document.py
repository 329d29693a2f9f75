"""A race as a document of ``pursuit-replay/1``: what a page is drawn from and other programs read."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from pursuit.backtest.measures import Measures
from pursuit.backtest.race import Figure, Race, Run, figure_of
from pursuit.domain import Company

FORMAT = "pursuit-replay/1"
MONEY = ("profit", "lowest_cash")
REFERENCE = "amount"
"""The policy all others are compared with: what a sales meeting does."""
BAND = (0.1, 0.5, 0.9)


@cache
def replay_schema() -> Mapping[str, Any]:
    """The JSON Schema of ``pursuit-replay/1``."""
    schema: Mapping[str, Any] = json.loads(
        files("pursuit.backtest").joinpath("replay.schema.json").read_bytes()
    )
    return schema


def race_document(
    race: Race, company: Company, *, weeks: int, seeds: Sequence[int], firm: str = ""
) -> dict[str, Any]:
    """The document of a race.

    Parameters
    ----------
    race
        Its runs; those of seeds that not every policy has run are not in it.
    company
        The books it began with.
    weeks
        Length of a replay.
    seeds
        Those wished for; where fewer were run, the document says that the race was cancelled.
    firm
        Type of a made-up firm; empty for a user's own, whose truth was drawn from what can be believed of it.

    Raises
    ------
    ValueError
        When there is no run.
    """
    run = [run.seed for run in next(iter(race.runs.values()), ())]
    if not run:
        raise ValueError("no seed was run by every policy")
    reference = REFERENCE if REFERENCE in race.runs else next(iter(race.runs))
    return {
        "format": FORMAT,
        "company": {
            "name": company.name,
            "currency": company.currency,
            "hash": company.content_hash,
        },
        "firm": firm,
        "truth": "made" if firm else "drawn",
        "start": company.as_of.isoformat(),
        "weeks": weeks,
        "seeds": run,
        "status": "whole" if len(run) == len(seeds) else "cancelled",
        "floor": company.finance.floor.amount if company.finance else None,
        "reference": reference,
        "policies": [_policy(race, name, reference) for name in race.runs],
    }


def _policy(race: Race, name: str, reference: str) -> dict[str, Any]:
    runs = race.runs[name]
    measures = {field: _figure(race.figure(name, field), field) for field in Measures.__dataclass_fields__}
    measures["below_floor"] = _figure(figure_of([float(run.measures.weeks_below > 0) for run in runs]), "")
    return {
        "policy": name,
        "measures": measures,
        "worst_tenth": round(race.worst_tenth(name)),
        "ahead": None if name == reference else _ahead(race, name, reference),
        "profit_by_week": _band([run.profit_by_week for run in runs]),
        "cash_by_week": _band([run.cash_by_week for run in runs]),
        "runs": [_run(run) for run in runs],
    }


def _run(run: Run) -> dict[str, Any]:
    return {"seed": run.seed} | {
        name: round(value, 6) if isinstance(value, float) else value
        for name, value in asdict(run.measures).items()
    }


def _figure(figure: Figure, name: str) -> dict[str, Any]:
    """Mean and interval; no interval where one seed allows none."""

    def kept(value: float) -> float | int | None:
        if not math.isfinite(value):
            return None
        return round(value) if name in MONEY else round(value, 6)

    return {"mean": kept(figure.mean), "low": kept(figure.low), "high": kept(figure.high)}


def _ahead(race: Race, name: str, reference: str) -> dict[str, Any]:
    pairs = zip(race.runs[name], race.runs[reference], strict=True)
    better = sum(one.measures.profit > other.measures.profit for one, other in pairs)
    return _figure(race.ahead(name, reference), "profit") | {"seeds": better}


def _band(paths: Sequence[Sequence[int]]) -> dict[str, list[int]]:
    """Tenth, half and nine tenths of the seeds, week by week."""
    low, median, high = np.quantile(np.asarray(paths, dtype=np.float64), BAND, axis=0).round().astype(int)
    return {"low": low.tolist(), "median": median.tolist(), "high": high.tolist()}
