"""The documentation of the input names every sheet and column, and its mapping example is a mapping."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from pursuit.intake.exports.spec import MappingSpec
from pursuit.intake.writing.describe import describe

DOCS = Path(__file__).parents[2] / "docs"
PAGES = {"en": "input-format.md", "ko": "input-format.ko.md"}


@pytest.mark.parametrize("lang", PAGES)
def test_tables_are_complete(lang: str) -> None:
    """The page ends with the tables as the code has them now (python -m pursuit.intake.writing.describe)."""
    assert (DOCS / PAGES[lang]).read_text("utf-8").endswith(describe(lang))


@pytest.mark.parametrize("lang", PAGES)
def test_mapping_example_is_one(lang: str) -> None:
    """The example mapping on the page is valid, once the files it joins are added."""
    (example,) = re.findall(r"```toml\n(.*?)```", (DOCS / PAGES[lang]).read_text("utf-8"), re.DOTALL)
    data = tomllib.loads(example)
    data["files"] |= {"sellers": {"file": "sellers.csv"}, "rates": {"file": "rates.csv"}}
    spec = MappingSpec.model_validate(data)
    assert len(spec.sheets["opportunities"][0].fields) == 8
