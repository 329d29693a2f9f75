"""A made-up race of three policies over four worlds and six weeks."""

from __future__ import annotations

from typing import Any

WEEKS = 6


def _figure(mean: float, half: float) -> dict[str, float]:
    return {"mean": mean, "low": mean - half, "high": mean + half}


def _band(start: int, step: int) -> dict[str, list[int]]:
    median = [start + step * week for week in range(WEEKS)]
    return {
        "low": [value - 31_000_000 for value in median],
        "median": median,
        "high": [value + 47_000_000 for value in median],
    }


def _policy(code: str, profit: int, weeks_below: float, ahead: dict[str, Any] | None) -> dict[str, Any]:
    measures = {
        "profit": _figure(profit, 80_000_000),
        "lowest_cash": _figure(210_000_000, 30_000_000),
        "weeks_below": _figure(weeks_below, 0.4),
        "on_time": _figure(0.91, 0.03),
        "overtime": _figure(0.012, 0.004),
        "utilisation": _figure(0.88, 0.02),
        "lost_customers": _figure(4, 0),
        "won": _figure(120.5, 6.5),
        "delivered": _figure(117.25, 6),
        "breached": _figure(0.75, 0.5),
        "below_floor": _figure(0.25, 0.2),
    }
    runs = [
        {"seed": seed, "profit": profit, "lowest_cash": 210_000_000, "weeks_below": 1, "on_time": 0.91}
        | {
            "overtime": 0.012,
            "utilisation": 0.88,
            "lost_customers": 4,
            "won": 120,
            "delivered": 117,
            "breached": 1,
        }
        for seed in (1, 2, 3, 4)
    ]
    return {
        "policy": code,
        "measures": measures,
        "worst_tenth": profit - 140_000_000,
        "ahead": ahead,
        "profit_by_week": _band(-20_000_000, profit // WEEKS),
        "cash_by_week": _band(500_000_000, -41_000_000),
        "runs": runs,
    }


def sample_race() -> dict[str, Any]:
    """A new one each time."""
    lead = {"mean": 120_000_000, "low": -10_000_000, "high": 250_000_000, "seeds": 3}
    behind = {"mean": -60_000_000, "low": -90_000_000, "high": -30_000_000, "seeds": 0}
    return {
        "format": "pursuit-replay/1",
        "company": {"name": "시험정밀", "currency": "KRW", "hash": "ab" * 32},
        "firm": "job-shop",
        "truth": "made",
        "start": "2026-03-02",
        "weeks": WEEKS,
        "seeds": [1, 2, 3, 4],
        "status": "whole",
        "floor": 100_000_000,
        "reference": "amount",
        "policies": [
            _policy("ours", 700_000_000, 1.5, lead),
            _policy("amount", 580_000_000, 0.5, None),
            _policy("everything", 520_000_000, 2.5, behind),
        ],
    }
