"""A choice valued on futures it was not tuned on."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pursuit.forecast import draw_scenarios
from pursuit.planning.model import Settings, Situation, build_model
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from pursuit.selection.problem import Floats, Ints

FRESH_SEED = 7_919
"""Added to the plan's seed for the first set of fresh futures; any number but 0 would do."""


@dataclass(frozen=True)
class FreshValues:
    """Worth of two choices in the same fresh futures, (F,) each, goals' shortfall not taken off."""

    plan: Floats
    today: Floats


def value_on_fresh(s: Situation, settings: Settings, plan: Ints, today: Ints) -> FreshValues:
    """Value both choices on ``settings.fresh`` futures drawn anew, a set of the plan's size at a time."""
    found: list[tuple[Floats, Floats]] = []
    done = 0
    while done < settings.fresh:
        size = min(settings.scenarios, settings.fresh - done)
        seed = settings.seed + FRESH_SEED * (1 + len(found))
        futures = draw_scenarios(s.company, s.beliefs, s.long_axis, scenarios=size, seed=seed)
        model = build_model(replace(s, futures=futures, cut=None, earliest={}), settings.risk_aversion)
        compiled = compile_problem(model.problem)
        found.append((Firm(compiled, plan).worth().values, Firm(compiled, today).worth().values))
        done += size
    return FreshValues(np.concatenate([p for p, _ in found]), np.concatenate([t for _, t in found]))
