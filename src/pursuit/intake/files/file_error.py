"""A file or a part of one that is not read, and why; known to the reading process and to its child alike."""

from __future__ import annotations


class FileError(Exception):
    """Why something is not read; ``problem`` and ``mend`` are keys of the word catalogue.

    Parameters
    ----------
    problem, mend
        What is wrong and what to do, with ``{placeholders}`` for ``values``.
    value
        What was found, shown as it is.
    row
        Where, if a row is meant.
    """

    def __init__(self, problem: str, mend: str, value: str = "", row: int = 0, **values: object) -> None:
        super().__init__(problem)
        self.problem, self.mend, self.value, self.row, self.values = problem, mend, value, row, values
