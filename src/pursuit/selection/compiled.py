"""A problem laid out for the kernels: one row of numbers per package, everything contiguous."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from pursuit.selection.problem import Bools, Floats, Ints, SelectionProblem

BIG = 1e300
"""Money per share that stands for 'not possible'."""

COARSE = 3e-4
"""Share of the usual price of an hour below which moving it is not worth the while."""

SMALL = 6000
"""Shares in all scenarios together that make a small problem."""

FIRST, LAST, DUE, BEFORE = 0, 1, 2, 3
RATE, LATE, CAP, OUTSIDE, MOST_OUTSIDE, BREACH, LEAST, SPARE_SHARE = 0, 1, 2, 3, 4, 5, 6, 7
"""Columns of ``Work.when`` and ``Work.terms``."""


class Work(NamedTuple):
    """Packages as the kernels read them (a named tuple, since compiled code takes those).

    Attributes
    ----------
    when
        (P, 4) first, last, due week and the package before (-1: none).
    terms
        (P, 8) rate, late cost, late cap, subcontract cost (``BIG``: none) and share, breach cost, least share, and the
        share that least shares leave free.
    use_start, use_resource, use_hours
        Uses of each package, planned hours.
    tight
        (P,) whether the rate may exceed what a resource can ever give in some week.
    bundle_start, bundle_of
        (B+1,), (P,).
    sure, if_won
        (O,) bundles of the options.
    factor
        (R, S) overrun.
    most
        (R, T) hours a resource can give at most, all investments and overtime together.
    """

    when: Ints
    terms: Floats
    use_start: Ints
    use_resource: Ints
    use_hours: Floats
    tight: Bools
    bundle_start: Ints
    bundle_of: Ints
    sure: Ints
    if_won: Ints
    factor: Floats
    most: Floats


@dataclass(frozen=True)
class Compiled:
    """What all parts of a solve share; built once.

    Attributes
    ----------
    problem, work
        The problem, and its packages for the kernels.
    base_start, base_package
        Packages that come in scenario s whatever is chosen are ``base_package[base_start[s]:base_start[s+1]]``.
    gain
        Option -> (R, T) hours it adds.
    kind
        (P,) 0 plain; 1 linked: on several resources at once; 2 stiff: with a least share.
    chain
        (P,) number of the package among those that stand before or after another, -1 for the others.
    tol
        Money per hour below which two costs count as equal.
    small
        Whether the linear programme is fast enough to try every exchange by it. Where all work is plain it has no need.
    """

    problem: SelectionProblem
    work: Work
    base_start: Ints
    base_package: Ints
    gain: dict[int, Floats]
    kind: Ints
    chain: Ints
    tol: float
    small: bool


def compile_problem(problem: SelectionProblem) -> Compiled:
    """Lay ``problem`` out for the kernels."""
    k = problem.packages
    first = k.first.astype(np.int64)
    most = _most_hours(problem)
    sub = np.where(np.isfinite(k.subcontract_cost), k.subcontract_cost, BIG)
    cap = np.minimum(k.late_cap, BIG)
    planned = np.maximum(np.minimum(k.due, k.last) - first + 1, 0)
    spare = np.where(k.least > 0, np.maximum(1.0 - k.least * planned, 0.0), 1.0)
    terms = [k.rate, k.late_cost, cap, sub, k.subcontract_share, k.breach_cost, k.least, spare]
    several = np.diff(k.use_start) > 1
    in_chain = k.before >= 0
    in_chain[k.before[in_chain]] = True
    work = Work(
        when=np.ascontiguousarray(np.column_stack([first, k.last, k.due, k.before]).astype(np.int64)),
        terms=np.ascontiguousarray(np.column_stack(terms).astype(float)),
        use_start=k.use_start.astype(np.int64),
        use_resource=k.use_resource.astype(np.int64),
        use_hours=np.ascontiguousarray(k.use_hours.astype(float)),
        tight=_tight(problem, first, most),
        bundle_start=k.bundle_start.astype(np.int64),
        bundle_of=np.repeat(np.arange(k.bundles), np.diff(k.bundle_start)).astype(np.int64),
        sure=problem.sure.astype(np.int64),
        if_won=problem.if_won.astype(np.int64),
        factor=np.ascontiguousarray(problem.hours_factor.astype(float)),
        most=most,
    )
    base_start, base_package = _base(problem)
    kind = np.where(k.least > 0, 2, np.where(several, 1, 0)).astype(np.int64)
    shares = problem.scenarios * int((k.last - first + 3).sum())
    return Compiled(
        problem=problem,
        work=work,
        base_start=base_start,
        base_package=base_package,
        gain={int(o): problem.capacity_gain[g] for g, o in enumerate(problem.gain_option)},
        kind=kind,
        chain=np.where(in_chain, np.cumsum(in_chain) - 1, -1).astype(np.int64),
        tol=COARSE * _usual_price(problem),
        small=shares <= SMALL and bool(np.any(kind > 0) or np.any(in_chain)),
    )


def _usual_price(p: SelectionProblem) -> float:
    """Money that an hour not done usually loses."""
    k = p.packages
    hours = np.bincount(
        np.repeat(np.arange(len(k)), np.diff(k.use_start)), weights=k.use_hours, minlength=len(k)
    )
    dear = (k.breach_cost > 0) & (hours > 1e-6)
    return float(np.median(k.breach_cost[dear] / hours[dear])) if np.any(dear) else 1e-9


def _most_hours(p: SelectionProblem) -> Floats:
    """(R, T) regular hours, overtime, and what every item can add at most."""
    best: dict[int, Floats] = {}
    item_of = p.item_of
    for g, option in enumerate(p.gain_option):
        i = int(item_of[option])
        best[i] = np.maximum(best.get(i, np.zeros_like(p.capacity)), p.capacity_gain[g])
    return np.ascontiguousarray(sum(best.values(), start=p.capacity + p.overtime))


def _tight(p: SelectionProblem, first: Ints, most: Floats) -> Bools:
    """(P,) whether some week of the window may give less than the rate asks for."""
    k = p.packages
    worst = k.use_hours * p.hours_factor.max(axis=1)[k.use_resource]
    out = np.zeros(len(k), dtype=bool)
    owner = np.repeat(np.arange(len(k)), np.diff(k.use_start))
    for u in range(len(worst)):
        package = owner[u]
        window = most[k.use_resource[u], first[package] : k.last[package] + 1]
        out[package] |= bool(len(window)) and worst[u] * k.rate[package] > window.min()
    return out


def _base(p: SelectionProblem) -> tuple[Ints, Ints]:
    """Packages that come whatever is chosen, scenario by scenario, those of every scenario first."""
    k, S = p.packages, p.scenarios
    common = [np.arange(*_ends(k.bundle_start, b)) for b in p.base_bundle[p.base_scenario < 0]]
    always = np.concatenate([np.zeros(0, np.int64), *common])
    own = np.flatnonzero(p.base_scenario >= 0)
    own = own[np.argsort(p.base_scenario[own], kind="stable")]
    cut = np.searchsorted(p.base_scenario[own], np.arange(S + 1))
    start, found = [0], []
    for s in range(S):
        mine = [np.arange(*_ends(k.bundle_start, b)) for b in p.base_bundle[own[cut[s] : cut[s + 1]]]]
        found.append(np.concatenate([always, *mine]))
        start.append(start[-1] + len(found[-1]))
    return np.array(start, dtype=np.int64), np.concatenate(found).astype(np.int64)


def _ends(start: Ints, b: int) -> tuple[int, int]:
    return int(start[b]), int(start[b + 1])
