"""What is wrong with a selection problem, every fault at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from pursuit.selection.problem import SelectionProblem


def faults_of(p: SelectionProblem) -> list[str]:
    """Every reason why ``p`` is not sound; none if it is."""
    if p.value.ndim != 2 or p.capacity.ndim != 2 or p.item_start.ndim != 1 or p.packages.first.ndim != 1:
        return ["value and capacity must have two axes, item_start and packages.first one"]
    faults = _shapes(p)
    if faults:
        return faults
    if p.scenarios < 1 or p.items < 1:
        return ["there is nothing to decide on, or no scenario to judge it in"]
    for name, start, end in (
        ("item_start", p.item_start, p.options),
        ("packages.bundle_start", p.packages.bundle_start, len(p.packages)),
        ("packages.use_start", p.packages.use_start, len(p.packages.use_hours)),
        ("need_start", p.need_start, len(p.need_provider)),
        ("rows.start", p.rows.start, len(p.rows.option)),
    ):
        if start[0] != 0 or start[-1] != end or np.any(np.diff(start) < 0):
            faults.append(f"{name} must rise from 0 to {end}")
    if faults:
        return faults
    if np.any(np.diff(p.item_start) < 1):
        return ["an item has no option"]
    if not np.all(np.add.reduceat(p.allowed.astype(np.int64), p.item_start[:-1]) > 0):
        faults.append("an item has no allowed option")
    return faults + _numbers(p) + _packages(p) + _links(p) + _hours(p)


def _shapes(p: SelectionProblem) -> list[str]:
    O, S = p.value.shape
    R, T = p.capacity.shape
    P, C, M = len(p.packages), len(p.rows.limit), len(p.cash.floor)
    N, E, G = len(p.base_bundle), len(p.cash.exact_option), len(p.gain_option)
    shapes: dict[str, tuple[Any, tuple[int, ...]]] = {
        "item_start": (p.item_start, (p.items + 1,)),
        "option_ids": (np.empty(len(p.option_ids)), (O,)),
        "allowed": (p.allowed, (O,)),
        "won": (p.won, (O, S)),
        "base_value": (p.base_value, (S,)),
        "sure": (p.sure, (O,)),
        "if_won": (p.if_won, (O,)),
        "base_scenario": (p.base_scenario, (N,)),
        "hours_factor": (p.hours_factor, (R, S)),
        "overtime": (p.overtime, (R, T)),
        "overtime_cost": (p.overtime_cost, (R,)),
        "capacity_gain": (p.capacity_gain, (G, R, T)),
        "need_start": (p.need_start, (len(p.need_option) + 1,)),
        "rows.start": (p.rows.start, (C + 1,)),
        "rows.coefficient": (p.rows.coefficient, p.rows.option.shape),
        "rows.penalty": (p.rows.penalty, (C,)),
        "rows.names": (np.empty(len(p.rows.names)), (C,)),
        "cash.base": (p.cash.base, (S, M)),
        "cash.fixed": (p.cash.fixed, (O, M)),
        "cash.won": (p.cash.won, (O, M)),
        "cash.exact": (p.cash.exact, (E, M, S)),
        "packages.use_start": (p.packages.use_start, (P + 1,)),
        "packages.use_resource": (p.packages.use_resource, p.packages.use_hours.shape),
    }
    for name in (
        "last", "due", "rate", "least", "before", "late_cost", "late_cap", "subcontract_cost", "subcontract_share",
        "breach_cost",
    ):  # fmt: skip
        shapes[f"packages.{name}"] = (getattr(p.packages, name), (P,))
    return [
        f"{name} has shape {array.shape}, expected {expected}"
        for name, (array, expected) in shapes.items()
        if array.shape != expected
    ]


def _numbers(p: SelectionProblem) -> list[str]:
    """Numbers that are not finite, or out of the range in which the model means something."""
    faults = []
    whole = ("value", "base_value", "capacity", "overtime", "overtime_cost", "hours_factor", "capacity_gain")
    faults += [f"{name} holds a number that is not finite" for name in whole if not _finite(getattr(p, name))]
    if np.any(p.capacity < 0) or np.any(p.overtime < 0) or np.any(p.overtime_cost < 0):
        faults.append("capacity, overtime and their cost cannot be negative")
    if not np.all(p.hours_factor > 0):
        faults.append("hours_factor must be above 0")
    if not (_finite(p.rows.coefficient) and _finite(p.rows.limit)):
        faults.append("a row holds a number that is not finite")
    if not np.all(p.rows.penalty >= 0):
        faults.append("the penalty of a row cannot be negative")
    cash = p.cash
    if not all(_finite(a) for a in (cash.base, cash.fixed, cash.won, cash.exact, cash.floor)):
        faults.append("cash holds a number that is not finite")
    if not (np.isfinite(cash.penalty) and cash.penalty >= 0):
        faults.append("the penalty of cash must be finite and not negative")
    if not 0 <= p.risk_aversion <= 1:
        faults.append("risk_aversion lies between 0 and 1")
    return faults


def _packages(p: SelectionProblem) -> list[str]:
    faults, k = [], p.packages
    R, T = p.capacity.shape
    if not len(k):
        return []
    if np.any(k.first < 0) or np.any(k.last >= T) or np.any(k.first > k.last):
        faults.append("a package has an empty window or one outside the weeks")
    if np.any(np.diff(k.use_start) < 1):
        faults.append("a package uses no resource")
    if np.any(k.use_resource < 0) or np.any(k.use_resource >= R):
        faults.append("a package lies outside the resources")
    if not (_sound(k.use_hours) and np.all(k.use_hours > 0) and np.all(k.rate > 0) and _finite(k.rate)):
        faults.append("a package has endless hours, none, or no rate (leave out work that takes no hours)")
    weeks = np.maximum(np.minimum(k.due, k.last) - k.first + 1, 0)
    if not (_sound(k.least) and np.all(k.least <= k.rate) and np.all(k.least * weeks <= 1 + 1e-9)):
        faults.append(
            "a package has a least share under 0, above its rate, or more than a whole by its due week"
        )
    if not (_sound(k.late_cost) and np.all(k.late_cap >= 0) and _sound(k.breach_cost)):
        faults.append("a package has a negative late cost, or a breach cost that is negative or endless")
    share = k.subcontract_share
    if not (np.all(k.subcontract_cost >= 0) and np.all((share >= 0) & (share <= 1))):
        faults.append("a package has a negative subcontract cost, or a share outside 0 to 1")
    bundle = np.repeat(np.arange(k.bundles), np.diff(k.bundle_start))
    after = np.flatnonzero(k.before != -1)
    earlier = k.before[after]
    if np.any(earlier < 0) or np.any(earlier >= after):
        faults.append("packages.before must point at an earlier package or be -1")
    elif np.any(bundle[earlier] != bundle[after]):
        faults.append("packages.before points into another bundle")
    if np.any((k.before != -1) & (k.least > 0)):
        faults.append("a package cannot both follow another one and have a least share")
    return faults


def _links(p: SelectionProblem) -> list[str]:
    """Indices that point at something that does not exist, or to one thing from two sides."""
    faults = []
    for name in ("gain_option", "need_option", "need_provider", "rows.option", "cash.exact_option"):
        room, _, field = name.rpartition(".")
        index = getattr(getattr(p, room) if room else p, field)
        if np.any(index < 0) or np.any(index >= p.options):
            faults.append(f"{name} points at an option that does not exist")
    for name in ("sure", "if_won", "base_bundle"):
        index = getattr(p, name)
        if np.any(index < (0 if name == "base_bundle" else -1)) or np.any(index >= p.packages.bundles):
            faults.append(f"{name} points at a bundle that does not exist")
    if np.any(p.base_scenario < -1) or np.any(p.base_scenario >= p.scenarios):
        faults.append("base_scenario points at a scenario that does not exist")
    if faults:
        return faults
    if len(set(p.gain_option.tolist())) < len(p.gain_option):
        faults.append("gain_option names an option twice")
    owner = np.concatenate([p.item_of, p.item_of, p.items + np.arange(len(p.base_bundle))])
    bundle = np.concatenate([p.sure, p.if_won, p.base_bundle])
    pairs = np.unique(np.column_stack([bundle, owner])[bundle >= 0], axis=0)
    if len(pairs) and len(np.unique(pairs[:, 0])) < len(pairs):
        faults.append("a bundle belongs to two items, or comes twice")
    if np.any((p.sure == p.if_won) & (p.sure >= 0)):
        faults.append("an option brings the same bundle twice")
    return faults


def _hours(p: SelectionProblem) -> list[str]:
    """Options may together not take more hours away than there are: each item its greediest."""
    item_of, least = p.item_of, p.capacity.copy()
    taken: dict[int, Any] = {}
    for g, option in enumerate(p.gain_option):
        if 0 <= option < p.options:
            i = int(item_of[option])
            taken[i] = np.minimum(taken.get(i, np.zeros(1)), p.capacity_gain[g])
    for gain in taken.values():
        least = least + gain
    return ["options could together take more hours away than there are"] if np.any(least < -1e-9) else []


def _finite(numbers: Any) -> bool:
    return bool(np.all(np.isfinite(numbers)))


def _sound(numbers: Any) -> bool:
    """Whether all are finite and none is negative."""
    return bool(np.all(np.isfinite(numbers)) and np.all(numbers >= 0))
