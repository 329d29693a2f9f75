"""Why a cell cannot be used."""

from __future__ import annotations


class CellError(ValueError):
    """A cell that cannot be read: problem and mend as keys of the word catalogue, with their figures."""

    def __init__(self, problem: str, mend: str, **values: object) -> None:
        super().__init__(problem)
        self.problem, self.mend, self.values = problem, mend, values
