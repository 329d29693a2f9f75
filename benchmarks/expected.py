"""The choice as most planning tools would pose it: one future in which everything comes at its expectation.

It is a problem of the same form with a single scenario, so that whatever solves the choice can solve it: an option's
conditional work comes for certain, scaled to the share of futures in which it is won, and unknown deals come in their
mean amount. Risk is not seen; options keep their numbers, so that its choice can be judged on the real futures.
"""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np

from benchmarks.sparse import ranges
from pursuit.selection.problem import Cash, Floats, Ints, Packages, SelectionProblem

SCALED = ("late_cost", "late_cap", "subcontract_cost", "breach_cost")
"""Columns of packages that are money per share."""
_INDEXED = ("bundle_start", "before", "use_start", "use_resource", "use_hours")


def expected_problem(p: SelectionProblem) -> SelectionProblem:
    """The choice in the one future that is the mean of all."""
    S, rate = p.scenarios, p.won.mean(axis=1)
    conditional = np.flatnonzero((p.if_won >= 0) & (rate > 0))
    kept = np.unique(p.sure[p.sure >= 0])
    always = np.unique(p.base_bundle[p.base_scenario < 0])
    known = _picked(p.packages, np.concatenate([kept, always]), np.ones(len(kept) + len(always)))
    won = _picked(p.packages, p.if_won[conditional], rate[conditional])
    own = p.base_scenario >= 0
    arriving = _gathered(_picked(p.packages, p.base_bundle[own], np.full(own.sum(), 1.0 / S)))
    sure, if_won = np.full(p.options, -1), np.full(p.options, -1)
    has = p.sure >= 0
    sure[has] = np.searchsorted(kept, p.sure[has])
    first = len(kept) + len(always)
    if_won[conditional] = first + np.arange(len(conditional))
    base = np.concatenate([len(kept) + np.arange(len(always)), [first + len(conditional)]])
    exact = p.cash.exact.mean(axis=2, keepdims=True)
    return replace(
        p,
        value=p.value.mean(axis=1, keepdims=True),
        won=np.ones((p.options, 1), bool),
        base_value=np.array([p.base_value.mean()]),
        packages=_stacked([known, won, arriving]),
        sure=sure,
        if_won=if_won,
        base_bundle=base,
        base_scenario=np.full(len(base), -1),
        hours_factor=p.hours_factor.mean(axis=1, keepdims=True),
        cash=Cash(
            base=p.cash.base.mean(axis=0, keepdims=True), fixed=p.cash.fixed, won=p.cash.won * rate[:, None],
            exact_option=p.cash.exact_option, exact=exact, floor=p.cash.floor, penalty=p.cash.penalty,
        ),
        risk_aversion=0.0,
    )  # fmt: skip


def _picked(k: Packages, bundles: Ints, scale: Floats) -> Packages:
    """Copies of ``bundles``, each at its own ``scale``."""
    count = np.diff(k.bundle_start)[bundles]
    packages = ranges(k.bundle_start[bundles], count)
    by = np.repeat(scale, count)
    uses = np.diff(k.use_start)[packages]
    use = ranges(k.use_start[packages], uses)
    columns = {f.name: getattr(k, f.name)[packages] for f in fields(Packages) if f.name not in _INDEXED}
    for name in SCALED:
        columns[name] = columns[name] * by
    shift = np.arange(len(packages)) - packages
    before = k.before[packages]
    return Packages(
        bundle_start=np.concatenate([[0], np.cumsum(count)]),
        before=np.where(before >= 0, before + shift, -1),
        use_start=np.concatenate([[0], np.cumsum(uses)]),
        use_resource=k.use_resource[use],
        use_hours=k.use_hours[use] * np.repeat(by, uses),
        **columns,
    )


def _gathered(k: Packages) -> Packages:
    """One bundle of packages that stand for many: those alike in window, resource and worth per hour are added up.

    Packages that use several resources, follow others or have a least share stand for themselves.
    """
    if not len(k):
        return replace(k, bundle_start=np.array([0, 0]))
    uses = np.diff(k.use_start)
    alone = (uses > 1) | (k.least > 0) | (k.before >= 0)
    alone[k.before[k.before >= 0]] = True
    resource, hours = k.use_resource[k.use_start[:-1]], k.use_hours[k.use_start[:-1]]
    dear = np.rint(2 * np.log2(np.maximum(k.breach_cost, 1e-9) / np.maximum(hours, 1e-9)))
    keys = np.column_stack([
        np.where(alone, np.arange(len(k)), -1), resource, k.first, k.last, k.due, dear, np.isfinite(k.subcontract_cost)
    ])  # fmt: skip
    _, leader, group = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(leader)
    leader, place = leader[order], np.argsort(order)[group.ravel()]
    total = np.bincount(place, weights=hours)
    share = np.divide(hours, total[place], out=np.zeros(len(k)), where=total[place] > 0)
    mean = {
        name: np.bincount(place, weights=share * getattr(k, name)) for name in ("rate", "subcontract_share")
    }
    given = np.where(np.isfinite(k.subcontract_cost), k.subcontract_cost, 0.0)
    summed = {n: np.bincount(place, weights=getattr(k, n)) for n in ("late_cost", "late_cap", "breach_cost")}
    outside = np.bincount(place, weights=given)
    single = _only(k, leader)
    first_use = single.use_start[:-1]
    at = uses[leader] == 1
    hours_now = single.use_hours.copy()
    hours_now[first_use[at]] = total[at]
    return replace(
        single,
        bundle_start=np.array([0, len(leader)]),
        rate=np.maximum(mean["rate"], 1e-9),
        subcontract_share=mean["subcontract_share"],
        subcontract_cost=np.where(np.isfinite(single.subcontract_cost), outside, np.inf),
        use_hours=hours_now,
        **summed,
    )


def _only(k: Packages, packages: Ints) -> Packages:
    """Some packages in a rising order, all that they follow among them."""
    uses = np.diff(k.use_start)[packages]
    use = ranges(k.use_start[packages], uses)
    columns = {f.name: getattr(k, f.name)[packages] for f in fields(Packages) if f.name not in _INDEXED}
    place = np.full(len(k) + 1, -1)
    place[packages] = np.arange(len(packages))
    return Packages(
        bundle_start=np.array([0, len(packages)]),
        before=place[k.before[packages]],
        use_start=np.concatenate([[0], np.cumsum(uses)]),
        use_resource=k.use_resource[use],
        use_hours=k.use_hours[use],
        **columns,
    )


def _stacked(parts: list[Packages]) -> Packages:
    """Packages of several one after the other, bundles renumbered."""
    plain = [f.name for f in fields(Packages) if f.name not in _INDEXED]
    whole = {name: np.concatenate([getattr(k, name) for k in parts]) for name in plain}
    shift = np.cumsum([0, *(len(k) for k in parts)])
    uses = np.cumsum([0, *(len(k.use_hours) for k in parts)])
    starts = [k.bundle_start[1:] + s for k, s in zip(parts, shift, strict=False)]
    return Packages(
        bundle_start=np.concatenate([[0], *starts]),
        before=np.concatenate(
            [np.where(k.before >= 0, k.before + s, -1) for k, s in zip(parts, shift, strict=False)]
        ),
        use_start=np.concatenate([[0], *(k.use_start[1:] + u for k, u in zip(parts, uses, strict=False))]),
        use_resource=np.concatenate([k.use_resource for k in parts]),
        use_hours=np.concatenate([k.use_hours for k in parts]),
        **whole,
    )
