"""Seeded small problems with every part of the model in them, and ways to change one."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import product

import numpy as np

from benchmarks.generator import Size, make_vendor
from pursuit.selection.compiled import compile_problem
from pursuit.selection.firm import Firm
from pursuit.selection.problem import Packages, SelectionProblem


def random_problem(seed, *, tightness=1.6, risk_aversion=0.3, **size) -> SelectionProblem:
    """A made-up vendor's choice; ``size`` as in ``benchmarks.generator.Size``."""
    return make_vendor(Size(**size), seed, tightness, risk_aversion).draw(seed)


def pinned(p: SelectionProblem, *options: int) -> SelectionProblem:
    """The same choice with these options decided already."""
    allowed = p.allowed.copy()
    for option in options:
        allowed[list(p.options_of(int(p.item_of[option])))] = False
        allowed[option] = True
    return replace(p, allowed=allowed)


def without(p: SelectionProblem, option: int) -> SelectionProblem:
    """The same choice with one option forbidden."""
    allowed = p.allowed.copy()
    allowed[option] = False
    return replace(p, allowed=allowed)


def roomier(p: SelectionProblem, factor: float) -> SelectionProblem:
    """The same choice with ``factor`` times the regular hours."""
    return replace(p, capacity=p.capacity * factor)


def kept_packages(p: SelectionProblem, keep) -> SelectionProblem:
    """The same choice with only the packages that the mask ``keep`` holds."""
    k = p.packages
    return replace(p, packages=Packages(**{f.name: getattr(k, f.name)[keep] for f in fields(k)}))


def random_choice(p: SelectionProblem, rng) -> np.ndarray:
    """One option per item, whatever it breaks."""
    return np.array([rng.choice(p.options_of(i)) for i in range(p.items)])


def best_by_enumeration(p: SelectionProblem):
    """Objective and choice of the best of all choices, or (-inf, None) where none is allowed."""
    c = compile_problem(p)
    best, best_choice = -np.inf, None
    firm = None
    for choice in product(*(p.options_of(i) for i in range(p.items))):
        if not p.allowed[list(choice)].all():
            continue
        if firm is None:
            firm = Firm(c, np.array(choice))
        moved = [i for i in range(p.items) if firm.choice[i] != choice[i]]
        firm.take([int(firm.choice[i]) for i in moved], [choice[i] for i in moved])
        worth = firm.worth()
        if worth.feasible and worth.objective > best:
            best, best_choice = worth.objective, np.array(choice)
    return best, best_choice
