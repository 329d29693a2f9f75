"""Valid plans spoilt in one place each, for showing that the plan checker catches whatever can go wrong.

Every kind makes a plan invalid whatever valid plan it starts from, or says that it does not apply to it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from pursuit.domain import Company
from tests.planning.spoiling import (
    commitments,
    customers,
    decisions,
    heading,
    hours,
    money,
    records,
    replayed,
    schedule,
    shape,
)
from tests.planning.spoiling.draft import KINDS, Draft

__all__ = ["KINDS", "mutations"]

_REGISTERED = (shape, heading, decisions, money, customers, commitments, hours, schedule, records, replayed)


def mutations(
    plan: Mapping[str, Any], company: Company, seed: int, count: int
) -> Iterator[tuple[str, dict[str, Any]]]:
    """``count`` distinct spoilt copies of a valid plan with the name of what was done, kinds in turn."""
    rng = np.random.default_rng(seed)
    original = json.dumps(plan)
    seen = {original}
    kinds = list(KINDS.items())
    for attempt in range(50 * count):
        name, spoil = kinds[attempt % len(kinds)]
        draft = Draft(json.loads(original), company, rng)
        if spoil(draft) in (None, False):
            continue
        text = json.dumps(draft.plan)
        if text not in seen:
            seen.add(text)
            yield name, draft.plan
        if len(seen) > count:
            return
