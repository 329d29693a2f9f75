"""Hours by resource and week, averaged over the futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pursuit.selection.problem import Bools, Floats

if TYPE_CHECKING:
    from pursuit.planning.make import Answer


def hours_table(answer: Answer) -> dict[str, Floats]:
    """(R, T) each: capacity, committed, load, overtime and subcontracted hours, and the chance of overload."""
    firm = answer.solution.firm
    p = firm.c.problem
    S, R, K = firm.ids.shape
    T = p.capacity.shape[1]
    slots = np.arange(K)[None, None, :] < firm.count[:, :, None]
    options = np.append(
        p.packages.option, -1
    )  # never empty, so that a firm without any work can be looked up too
    conditional = np.append(p.packages.if_won, False)
    owner = np.where(slots, options[firm.ids], -1)
    facts = answer.model.facts
    sure = np.array(
        [f.kind in ("project", "account", "investment") or f.word == "pursue" for f in facts] + [False]
    )
    certain: Bools = slots & ~conditional[firm.ids] & sure[owner]
    committed = np.einsum("srtk,srk->rt", firm.flow, certain.astype(float)) / S
    load = firm.used.mean(axis=0)
    capacity = answer.floor.problem.capacity
    over = np.maximum(firm.used - capacity[None], 0.0)
    outside = np.zeros((R, T))
    for s, r, k in zip(*np.nonzero(slots & (firm.outside > 1e-9)), strict=True):
        package = firm.ids[s, r, k]
        first = int(p.packages.first[package])
        due = max(int(p.packages.due[package]), first)
        outside[r, first : due + 1] += firm.outside[s, r, k] / (due - first + 1) / S
    return {
        "capacity": capacity,
        "committed": np.minimum(committed, load),
        "load": load,
        "overtime": over.mean(axis=0),
        "subcontract": outside,
        "overload": (over > 1e-6).mean(axis=0),
    }
