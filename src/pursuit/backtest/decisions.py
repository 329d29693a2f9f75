"""What a policy is asked every Monday, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from pursuit.domain import Company

STANDARD = "standard"
"""Name of the offer of a deal that declares no options."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What is decided on a Monday; what is not named goes on as it is.

    Parameters
    ----------
    pursue
        Option by open opportunity, from now on and until decided otherwise. A deal that is neither pursued nor
        declined waits, and is lost when its day passes.
    decline
        Open opportunities told no.
    promise
        Date promised by opportunity pursued, where it is not the offer's own.
    courses
        Course by account from now on; ``keep`` where nothing is said.
    modes
        Way to carry on by project from now on; ``as_planned`` where nothing is said.
    invest
        Investments begun this week.
    """

    pursue: Mapping[str, str] = field(default_factory=dict)
    decline: frozenset[str] = frozenset()
    promise: Mapping[str, date] = field(default_factory=dict)
    courses: Mapping[str, str] = field(default_factory=dict)
    modes: Mapping[str, str] = field(default_factory=dict)
    invest: frozenset[str] = frozenset()


class Policy(Protocol):
    """A way to decide. It sees the firm's books as of a Monday and nothing else.

    A policy may remember what it saw; it is made anew for every replay.
    """

    name: str

    def decide(self, company: Company) -> Decisions:
        """Decide on the Monday ``company.as_of``."""
        ...
