"""Small tables of deals, as foreign programs write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest

from pursuit.intake.layout.grids import Grid

KOREAN: dict[str, list[Any]] = {
    "No": list(range(1, 9)),
    "접수일": [f"2026.0{1 + at % 3}.{10 + at}" for at in range(8)],
    "거래처명": ["가온", "나래", "다온", "라움"] * 2,
    "품명": ["하우징", "기어"] * 4,
    "수량": [10, 20, 5, 40] * 2,
    "견적금액": [f"{(at + 1) * 1_500_000:,}" for at in range(8)],
    "상태": ["수주", "실주", "진행", "진행"] * 2,
    "확도": ["100%", "0%", "50%", "70%"] * 2,
    "담당자": ["1팀", "2팀"] * 4,
}

MakeGrid = Callable[..., Grid]


@pytest.fixture
def make_grid() -> MakeGrid:
    """Makes a table of columns."""

    def make(
        columns: Mapping[str, Sequence[Any]] = KOREAN, title: str = "영업현황", file: str = "deals.csv"
    ) -> Grid:
        rows = tuple(zip(*columns.values(), strict=True))
        return Grid(file, title, tuple(columns), tuple((at + 2, tuple(row)) for at, row in enumerate(rows)))

    return make


@pytest.fixture
def korean() -> dict[str, list[Any]]:
    """Eight deals of a Korean spreadsheet."""
    return {name: list(values) for name, values in KOREAN.items()}
