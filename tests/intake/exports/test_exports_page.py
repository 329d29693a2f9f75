"""The page about exports names every export there is, with every source it was verified against."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pursuit.intake.exports.known import library

DOCS = Path(__file__).parents[3] / "docs"


@pytest.mark.parametrize("page", ["exports.md", "exports.ko.md"])
def test_each_export_has_its_part_with_its_sources(page: str) -> None:
    """Each export has a heading of its own, and below it a link to each source of its description."""
    parts = re.split(r"^## ", (DOCS / page).read_text("utf-8"), flags=re.MULTILINE)
    by_name = {part.split("\n", 1)[0].strip(): part for part in parts}
    assert {spec.export.name for spec in library().values()} <= set(by_name)
    for spec in library().values():
        links = set(re.findall(r"\]\((https?://[^)]+)\)", by_name[spec.export.name]))
        assert set(spec.export.verified) <= links
