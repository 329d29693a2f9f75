"""Valid plans spoilt in one place each, for showing that the plan checker catches whatever can go wrong.

Every kind makes a plan invalid whatever valid plan it starts from, or says that it does not apply to it.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from pursuit.domain import Company
from tests.planning.spoiling import commitments, customers, decisions, heading, hours, money, schedule, shape
from tests.planning.spoiling.draft import KINDS, Draft

__all__ = ["KINDS", "mutations"]

_REGISTERED = (shape, heading, decisions, money, customers, commitments, hours, schedule)


def mutations(
    plan: Mapping[str, Any], company: Company, seed: int, count: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """``count`` distinct spoilt copies of a valid plan with the name of what was done, kinds in turn."""
    rng = np.random.default_rng(seed)
    seen = {_text(plan)}
    made = 0
    for attempt in range(50 * count):
        name = list(KINDS)[attempt % len(KINDS)]
        draft = Draft(copy.deepcopy(dict(plan)), company, rng)
        if KINDS[name](draft) in (None, False) or _text(draft.plan) in seen:
            continue
        seen.add(_text(draft.plan))
        yield name, draft.plan
        made += 1
        if made == count:
            return


def _text(plan: Mapping[str, Any]) -> str:
    return json.dumps(plan, sort_keys=True)
