"""Every error a user can meet, in one tree.

::

    PursuitError
    ├── InputError          what came in cannot be used; carries every fault found, not just the first
    │   └── CompanyError    records that contradict each other or point nowhere
    ├── PlanError           a plan that its own checker refuses
    ├── SolveError          the choice or the schedule could not be computed
    ├── PolicyError         a way to decide failed in a replay, or what it answered means nothing
    └── MissingError        an optional part (data folder, browser, database) is not on this machine

Each message says what is wrong, where, and what to do next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong with one place of the input.

    ``row`` counts as the user's program shows it (the header is row 1), 0 where no row is meant. ``row_told`` is the
    row in the words of the language the fault is told in ("5행"); English stands in for it where it is empty.
    """

    file: str
    sheet: str
    row: int
    column: str
    value: str
    problem: str
    mend: str
    severity: str = "error"
    row_told: str = field(default="", compare=False)

    @property
    def place(self) -> str:
        """File, sheet, row and column as a person reads them; empty where the fault has no place."""
        row = (self.row_told or f"row {self.row}") if self.row else ""
        return " · ".join(part for part in (self.file, self.sheet, row, self.column) if part)

    def __str__(self) -> str:
        shown = f" '{self.value}'" if self.value else ""
        return f"{self.place}{shown}: {self.problem} {self.mend}".strip()


class PursuitError(Exception):
    """Root of every error raised on purpose."""


class InputError(PursuitError):
    """Input that cannot be used; ``faults`` lists everything that is wrong with it."""

    def __init__(self, faults: Iterable[Fault] | str) -> None:
        if isinstance(faults, str):
            faults = [Fault("", "", 0, "", "", faults, "")]
        self.faults: tuple[Fault, ...] = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))


class CompanyError(InputError):
    """Records of a firm that contradict each other or name something that does not exist."""


class PlanError(PursuitError):
    """A plan that does not pass its checker; ``problems`` lists each rule it breaks."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems: tuple[str, ...] = tuple(problems)
        super().__init__("\n".join(self.problems))


class SolveError(PursuitError):
    """The choice or the schedule could not be computed from valid input."""


class PolicyError(PursuitError):
    """A way to decide failed; ``policy``, ``monday`` and ``seed`` tell where, ``books`` (if kept) what it saw."""

    def __init__(self, policy: str, problem: str, monday: str = "", seed: int = 0) -> None:
        self.policy, self.problem, self.monday, self.seed = policy, problem, monday, seed
        self.books: object = None
        super().__init__(policy, problem, monday, seed)  # what a process hands on to another

    def __str__(self) -> str:
        when = f" on Monday {self.monday} (seed {self.seed})" if self.monday else ""
        return f"The policy {self.policy} failed{when}: {self.problem}"


class MissingError(PursuitError):
    """An optional part is not on this machine; the message says how to get it."""
