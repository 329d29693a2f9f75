"""How people choose today: by amount times probability, until capacity is full; the rest waits where it can."""

from __future__ import annotations

import numpy as np

from pursuit.planning.model import Model, Situation
from pursuit.planning.model.loads import expected_hours
from pursuit.selection.problem import Ints


def choose_as_today(s: Situation, model: Model) -> Ints:
    """Sort open opportunities by amount x probability and take each whose standard offer still fits.

    Fits means: the expected load of everything taken stays within regular hours of every resource over the horizon.
    What does not fit is put off to its decision date where it has one, as people do, and declined otherwise.
    Projects go on as planned, accounts are kept as they are, nothing is invested: that is the rule's way.
    """
    p = model.problem
    choice = p.item_start[:-1].copy()
    for i in range(p.items):  # pins bind this rule as well
        if not p.allowed[choice[i]]:
            choice[i] = next(o for o in p.options_of(i) if p.allowed[o])
    room = p.capacity[:, : s.axis.weeks].sum(axis=1)
    load = expected_hours(p)
    for option in choice:
        if model.facts[option].kind != "opportunity":
            room -= load[option]
    ranked = []
    for i in range(p.items):
        pursue = [o for o in p.options_of(i) if model.facts[o].word == "pursue" and p.allowed[o]]
        if pursue and p.allowed[p.item_start[i]]:
            facts = model.facts[pursue[0]]
            if facts.offer is not None and pursue[0] not in p.need_option:
                ranked.append((-facts.chance * facts.offer.price, i, pursue[0]))
    for _, i, option in sorted(ranked):
        if np.all(load[option] <= room + 1e-9):
            choice[i] = option
            room -= load[option]
            continue
        later = [o for o in p.options_of(i) if model.facts[o].word == "defer" and p.allowed[o]]
        choice[i] = later[0] if later else choice[i]
    return choice
