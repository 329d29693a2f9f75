"""What is told about a cell: why it cannot be used, or what it was taken for."""

from __future__ import annotations


class CellError(ValueError):
    """A cell that cannot be read: problem and mend as keys of the word catalogue, with their figures."""

    def __init__(self, problem: str, mend: str, **values: object) -> None:
        super().__init__(problem)
        self.problem, self.mend, self.values = problem, mend, values


class UnsettledError(CellError):
    """A cell that waits for its column to be settled; such cells are one fault of the column, not many."""


class SlipError(UnsettledError):
    """A cell that may be a slip or its column's habit: few are told one by one, half of a column as one."""


class Note:
    """What a readable cell was taken for, told once for its column; words as in `CellError`."""

    __slots__ = ("mend", "problem", "values")

    def __init__(self, problem: str, mend: str, **values: object) -> None:
        self.problem, self.mend, self.values = problem, mend, values
