"""What parts the cells of a text file, found from the text; never guessed."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from typing import NamedTuple

from pursuit.intake.files.file_error import FileError

CANDIDATES = {",": ",", ";": ";", "\t": "tab", "|": "|"}
"""The signs that are looked for, and how they are shown."""
_SAMPLE_LETTERS = 2**17
_SAMPLE_ROWS = 300
_LINE = re.compile(r"[^\r\n]*(\r\n|\r|\n|$)")
_DECLARED = re.compile(r"sep=([^\w\s\"']|\t)\s*", re.IGNORECASE)


class _Reading(NamedTuple):
    """How well one sign parts a text: the share of rows of the usual width, and the first of those rows."""

    delimiter: str
    share: float
    first: int
    width: int
    spaced: bool

    def is_worse(self, other: _Reading) -> bool:
        """Whether ``other`` is at least as good in both respects and better in one."""
        mine, theirs = (self.share, -self.first), (other.share, -other.first)
        return theirs != mine and theirs[0] >= mine[0] and theirs[1] >= mine[1]

    def is_prose(self) -> bool:
        """Whether this may as well be one column of texts with a sign in them under a plain header."""
        return self.delimiter != "," and self.first > 0 and self.width == 2


def declared_delimiter(text: str) -> tuple[str, int]:
    """The sign a first line ``sep=;`` declares and where the text goes on after it; nothing and 0 without one."""
    line = _LINE.match(text)
    found = _DECLARED.fullmatch(line[0]) if line else None
    return (found[1], line.end()) if found and line else ("", 0)


def find_delimiter(text: str) -> str:
    """The sign that parts the cells: the only one under which the rows are alike; a comma where none stands.

    Raises
    ------
    FileError
        When the text can be read in two ways.
    """
    sample = text[:_SAMPLE_LETTERS]
    if len(text) > len(sample):
        sample = sample[: max(sample.rfind("\n"), sample.rfind("\r")) + 1] or sample
    readings = [reading for sign in CANDIDATES if (reading := _reading(sample, sign))]
    readings = [one for one in readings if not (one.is_prose() and one.spaced)]
    best = [one for one in readings if not any(one.is_worse(other) for other in readings)]
    signs = [one.delimiter for one in best] or [","]
    if "," not in signs and best[0].is_prose():
        signs.append(",")
    if len(signs) > 1:
        raise FileError(
            "The cells of this file may be parted by any of {signs}; each gives another table.",
            "Put a first line such as sep=; into the file, or declare the delimiter in the mapping.",
            signs="  ".join(CANDIDATES[sign] for sign in signs),
        )
    return signs[0]


def _reading(sample: str, delimiter: str) -> _Reading | None:
    """How ``delimiter`` parts the text; None where most rows stay whole or the quotes do not close."""
    if delimiter not in sample:
        return None
    widths, spaced = [], False
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=True):
            if any(cells):
                widths.append(len(cells))
                spaced = spaced or any(cell.startswith(" ") for cell in cells[1:])
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error as error:
        if "unexpected end of data" not in str(error):  # the sample may end inside quotes
            return None
    if not widths:
        return None
    width, rows = Counter(widths).most_common(1)[0]
    if width == 1:
        return None
    return _Reading(delimiter, rows / len(widths), widths.index(width), width, spaced)
