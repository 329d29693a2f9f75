"""Two thousand broken files end in tables or faults; ``make fuzz`` runs a hundred thousand of each format."""

from __future__ import annotations

import sys

import pytest

from tests.fuzz.running import run
from tests.fuzz.spoiling import FORMATS, make

CASES = 500


@pytest.mark.skipif(sys.platform == "win32", reason="the runner forks")
@pytest.mark.parametrize("form", FORMATS)
def test_spoilt_files(form: str) -> None:
    """No spoilt file of any format raises, hangs or leaves neither a table nor a fault; many are still read."""
    tally = run(form, seed=0, first=0, cases=CASES)
    assert tally.failed == {}
    assert tally.cases == CASES
    assert tally.ended["tables"] + tally.ended["tables and faults"] > CASES / 10
    assert tally.ended["fault"] > CASES / 20


@pytest.mark.parametrize("form", FORMATS)
def test_a_case_can_be_made_again(form: str) -> None:
    """A case depends on its format, seed and number alone."""
    assert [make(form, 5, n) for n in range(20)] == [make(form, 5, n) for n in range(20)]
    assert len({make(form, 5, n) for n in range(20)}) > 10
