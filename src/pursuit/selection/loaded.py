"""How the chosen work is carried out in every scenario, as plain arrays that anyone can check."""

from __future__ import annotations

from dataclasses import dataclass

from pursuit.selection.problem import Floats, Ints

OUTSIDE, UNDONE = -1, -2
"""What stands in ``week`` for a share given outside, and for one not carried out."""


@dataclass(frozen=True)
class Loading:
    """Shares of packages by scenario and week; what is not listed is 0.

    Attributes
    ----------
    scenario_start
        (S+1,) entries of scenario s are ``scenario_start[s] .. scenario_start[s+1]-1``.
    package, week, share
        (N,) package, week it is worked in (``OUTSIDE`` or ``UNDONE``), and share of the package.
    """

    scenario_start: Ints
    package: Ints
    week: Ints
    share: Floats
