"""Work packages while a problem is being written, and how they are put into bundles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from pursuit.selection.problem import Ints, Packages


@dataclass(frozen=True, slots=True)
class WorkTerms:
    """Money for a whole package: for each week of lateness, for lateness at most, for not doing it.

    ``subcontract`` tells whether it may be given outside, where its resource allows that.
    """

    late_cost: float = 0.0
    late_cap: float = 0.0
    subcontract: bool = False
    breach_cost: float = 0.0


@dataclass(frozen=True, slots=True)
class Piece:
    """One package: planned hours on one resource, its window in weeks, all else as in ``Packages``."""

    resource: int
    hours: float
    first: int
    last: int
    due: int
    rate: float
    late_cost: float
    late_cap: float
    subcontract_cost: float
    subcontract_share: float
    breach_cost: float


@dataclass(frozen=True)
class Bundles:
    """All packages of a problem and who brings them, as :class:`SelectionProblem` wants it."""

    packages: Packages
    sure: Ints  # (O,)
    if_won: Ints  # (O,)
    base_bundle: Ints  # (N,)
    base_scenario: Ints  # (N,)


@dataclass
class WorkBook:
    """Pieces by who brings them: an option for sure, an option if it is won, or one scenario whatever is chosen."""

    sure: dict[int, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    if_won: dict[int, list[Piece]] = field(default_factory=lambda: defaultdict(list))
    base: dict[int, list[Piece]] = field(default_factory=lambda: defaultdict(list))

    def bundles(self, item_start: Sequence[int]) -> Bundles:
        """Put the pieces into bundles; ``item_start`` (I+1,) tells which options are of one item.

        What comes anyway makes one bundle per scenario. Options of one item that bring the very same work share a
        bundle, since they are priced and loaded alike: a deal's work does not depend on the effort put into winning it.
        """
        groups = [tuple(pieces) for _, pieces in sorted(self.base.items())]
        options = item_start[-1]
        owned = np.full((2, options), -1, dtype=np.int64)
        for start, end in pairwise(item_start):
            known: dict[tuple[int, tuple[Piece, ...]], int] = {}
            for option in range(start, end):
                for kind, book in enumerate((self.sure, self.if_won)):
                    pieces = tuple(book.get(option, ()))
                    if pieces:
                        bundle = known.setdefault((kind, pieces), len(groups))
                        if bundle == len(groups):
                            groups.append(pieces)
                        owned[kind, option] = bundle
        return Bundles(
            _packages(groups),
            owned[0],
            owned[1],
            np.arange(len(self.base), dtype=np.int64),
            np.array(sorted(self.base), dtype=np.int64),
        )


def _packages(groups: Sequence[tuple[Piece, ...]]) -> Packages:
    """The pieces of all bundles as columns, every one on a single resource and none after another one."""
    pieces = [piece for group in groups for piece in group]

    def whole(name: str) -> Ints:
        return np.array([getattr(piece, name) for piece in pieces], dtype=np.int64)

    money = ("rate", "late_cost", "late_cap", "subcontract_cost", "subcontract_share", "breach_cost")
    return Packages(
        bundle_start=np.cumsum([0, *(len(group) for group in groups)], dtype=np.int64),
        first=whole("first"),
        last=whole("last"),
        due=whole("due"),
        least=np.zeros(len(pieces)),
        before=np.full(len(pieces), -1, dtype=np.int64),
        use_start=np.arange(len(pieces) + 1, dtype=np.int64),
        use_resource=whole("resource"),
        use_hours=np.array([piece.hours for piece in pieces], dtype=float),
        **{name: np.array([getattr(piece, name) for piece in pieces], dtype=float) for name in money},
    )
