"""What is really so in a made-up firm, and what nobody in it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Truth:
    """The laws a demo firm was made by; forecasts are judged against them and never see them.

    Attributes
    ----------
    win_coefficients
        Coefficients of the true win model by name (log-odds per unit, see ``docs/demo-firm.md``).
    win_probability
        True probability by (opportunity id, option id) for every open opportunity.
    default_probability
        True probability by account id of failing within a year.
    price_sensitivity
        By account id: how much more (above 1) or less than usual it looks at the price.
    repeat_orders
        By account id: expected orders a year beside the pipeline, under the course that it is on now (keep).
    retention
        By (account id, course): true probability of still being a customer after a year.
    hours_factor
        By resource id: (mean, spread of the logarithm) of real hours over planned hours.
    late_probability
        By product id: true probability that a delivery of it is late in an ordinary month.
    arrivals
        By segment id: true inquiries per week, before the season.
    season
        Inquiries by calendar month against the mean.
    roles
        Which record plays which part: ``near_default``, ``price_only``, ``neglected``, ``often_late``
        (accounts), ``bottleneck`` (resource), ``opening_technology`` and ``opened_segment``.
    """

    win_coefficients: Mapping[str, float]
    win_probability: Mapping[tuple[str, str], float]
    default_probability: Mapping[str, float]
    price_sensitivity: Mapping[str, float]
    repeat_orders: Mapping[str, float]
    retention: Mapping[tuple[str, str], float]
    hours_factor: Mapping[str, tuple[float, float]]
    late_probability: Mapping[str, float]
    arrivals: Mapping[str, float]
    season: tuple[float, ...]
    roles: Mapping[str, str]
