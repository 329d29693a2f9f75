from __future__ import annotations

import pytest

from pursuit.demo import DemoFirm, make_firm


@pytest.fixture(scope="session")
def firm() -> DemoFirm:
    return make_firm()
