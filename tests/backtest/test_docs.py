"""The page on the replay tells every law with the number it has in the code, in both languages."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from pursuit.backtest.nature import Laws
from pursuit.backtest.policies import POLICIES

DOCS = Path(__file__).parents[2] / "docs"


def numbers(value: object) -> list[float]:
    if isinstance(value, dict):
        return [float(each) for each in value.values()]
    return [float(each) for each in value] if isinstance(value, tuple) else [float(value)]  # type: ignore[arg-type]


@pytest.mark.parametrize("page", ["replay.md", "replay.ko.md"])
def test_every_law_and_policy_is_told(page: str) -> None:
    """Each law that has a number of its own stands in the table, and each policy the command line knows."""
    text = (DOCS / page).read_text("utf-8")
    told = {
        name: [float(number) for number in row.split(",")]
        for name, row in re.findall(r"^\| `(\w+)` \| ([-\d., ]+) \|", text, re.MULTILINE)
    }
    laws = Laws()
    own = {f.name: getattr(laws, f.name) for f in fields(Laws)}
    assert told == {name: numbers(value) for name, value in own.items() if value != {}}
    assert all(f"| `{name}` |" in text for name in POLICIES)
