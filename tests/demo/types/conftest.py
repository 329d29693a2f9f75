from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from pursuit.demo.types import TypeFirm, make_type


@pytest.fixture(scope="session")
def firm_of() -> Callable[[str], TypeFirm]:
    """A firm of each type, made once."""
    return cache(lambda kind: make_type(kind, 3))
