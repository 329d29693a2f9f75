"""Work packages as columns while a vendor is made, and the arrays of a problem they become."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from pursuit.selection.problem import Packages

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Sheet:
    """Packages of bundles 0 .. ``bundles``-1, sorted by ``bundle``; columns as in ``Packages``.

    Each has one or two uses. ``before`` points into the sheet. ``resource`` and ``hours`` are (P, 2); a second resource
    of -1 is none.
    """

    bundles: int
    bundle: Ints
    first: Ints
    last: Ints
    due: Ints
    rate: Floats
    least: Floats
    before: Ints
    late_cost: Floats
    late_cap: Floats
    subcontract_cost: Floats
    subcontract_share: Floats
    breach_cost: Floats
    resource: Ints
    hours: Floats

    def __len__(self) -> int:
        return len(self.bundle)


def sheet(bundles: int, bundle: Ints, first: Ints, due: Ints, resource: Ints, hours: Floats, rate: Floats,
          breach: Floats, **others: NDArray) -> Sheet:  # fmt: skip
    """A sheet whose columns not named mean: not late, not outside, no least share, after nothing."""
    n = len(bundle)
    columns: dict[str, NDArray] = {
        "last": due, "least": np.zeros(n), "before": np.full(n, -1), "late_cost": np.zeros(n),
        "late_cap": np.zeros(n), "subcontract_cost": np.full(n, np.inf), "subcontract_share": np.zeros(n),
    }  # fmt: skip
    if resource.ndim == 1:
        resource = np.column_stack([resource, np.full(n, -1)])
        hours = np.column_stack([hours, np.zeros(n)])
    columns |= others
    return Sheet(
        bundles=bundles, bundle=bundle, first=first, due=due, rate=rate, breach_cost=breach,
        resource=resource, hours=hours, **columns,
    )  # fmt: skip


def merged(parts: Sequence[Sheet]) -> Sheet:
    """The packages of several sheets with the same bundles, bundle by bundle; ``before`` must be empty."""
    order = np.argsort(np.concatenate([p.bundle for p in parts]), kind="stable")
    columns = {
        f.name: np.concatenate([getattr(p, f.name) for p in parts])[order]
        for f in fields(Sheet)
        if f.name != "bundles"
    }
    return Sheet(bundles=parts[0].bundles, **columns)


def joined(parts: Sequence[Sheet]) -> tuple[Packages, Ints]:
    """Sheets one after the other as arrays of a problem, and the number of the first bundle of each."""
    whole = {
        f.name: np.concatenate([getattr(p, f.name) for p in parts])
        for f in fields(Packages)
        if f.name not in ("bundle_start", "before", "use_start", "use_resource", "use_hours")
    }
    counts = np.concatenate([np.bincount(p.bundle, minlength=p.bundles) for p in parts])
    shift = np.cumsum([0, *(len(p) for p in parts)])
    before = [np.where(p.before >= 0, p.before + s, -1) for p, s in zip(parts, shift, strict=False)]
    resource = np.concatenate([p.resource for p in parts])
    used = resource >= 0
    packages = Packages(
        bundle_start=np.concatenate([[0], np.cumsum(counts)]),
        before=np.concatenate(before),
        use_start=np.concatenate([[0], np.cumsum(used.sum(axis=1))]),
        use_resource=resource[used],
        use_hours=np.concatenate([p.hours for p in parts])[used],
        **whole,
    )
    return packages, np.cumsum([0, *(p.bundles for p in parts)])[:-1]
