"""How large a made-up vendor is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Size:
    """Numbers of the four axes; everything else is drawn in proportion."""

    opportunities: int = 8
    resources: int = 2
    weeks: int = 8
    scenarios: int = 8


SIZES = {
    "XS": Size(40, 3, 10, 16),
    "S": Size(200, 10, 26, 50),
    "M": Size(1_000, 20, 52, 100),
    "L": Size(10_000, 40, 52, 256),
    "XL": Size(100_000, 60, 52, 256),
}
