"""Hours by resource and week, averaged over the futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pursuit.planning.model.loads import Loads, sure_packages
from pursuit.selection.problem import Floats

if TYPE_CHECKING:
    from pursuit.planning.make import Answer


def hours_table(answer: Answer, loads: Loads) -> dict[str, Floats]:
    """(R, T) each: capacity, committed, load, overtime and subcontracted hours, and the chance of overload."""
    facts = answer.model.facts
    firm_options = [o for o in answer.solution.choice if facts[o].word != "defer"]
    committed = loads.weekly(sure_packages(loads.problem, np.array(firm_options, dtype=np.int64)))
    load = loads.used.mean(axis=0)
    capacity = answer.floor.problem.capacity
    over = np.maximum(loads.used - capacity[None], 0.0)
    return {
        "capacity": capacity,
        "committed": np.minimum(committed, load),
        "load": load,
        "overtime": over.mean(axis=0),
        "subcontract": loads.outside,
        "overload": (over > 1e-6).mean(axis=0),
    }
