"""Selection and schedule as one: from a company to a plan that the shop floor can carry out, and its checker.

Names are loaded when they are first asked for, so that the checker can be used without any solver.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pursuit.planning.checker import check_plan, verify_plan
    from pursuit.planning.make import make_plan
    from pursuit.planning.model.situation import Settings

__all__ = ["Settings", "check_plan", "make_plan", "verify_plan"]

_HOME = {
    "Settings": "pursuit.planning.model.situation",
    "check_plan": "pursuit.planning.checker",
    "make_plan": "pursuit.planning.make",
    "verify_plan": "pursuit.planning.checker",
}


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
