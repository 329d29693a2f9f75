"""The planted faults still fit the program; ``make faults`` plants them."""

from __future__ import annotations

from pathlib import Path

import pytest

import pursuit
from tests.faults.planted import PLANTED, Planted

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: fault.name)
def test_fault_can_be_planted(fault: Planted) -> None:
    """The sound line stands exactly once in its file, and the test that must notice exists."""
    text = (Path(pursuit.__file__).parent / fault.file).read_text("utf-8")
    assert text.count(fault.sound) == 1
    assert fault.faulty != fault.sound
    file, name = fault.test.split("::")
    assert f"def {name}(" in (ROOT / file).read_text("utf-8")
