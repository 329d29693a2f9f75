"""How a cell or a line looks: blank, typed (a figure or a day), or text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pursuit.intake.cells.read import is_blank
from pursuit.intake.layout.units import split_header

Knows = Callable[[str], bool]
"""Whether a text is a header that anything here could recognise."""

_SIGNS = r"[\s\d.,:/+\-()%₩$€£¥△▲−'년월일원조억만천백]*"
_TYPED = re.compile(rf"{_SIGNS}\d{_SIGNS}|\d{{4}}-\d\d-\d\dT[\d:.+]+Z?|[+-]?\d+(?:\.\d+)?[eE][+-]?\d+")
_LONGEST = 40
_PERIOD = re.compile(
    r"(?:(?:19|20)?\d\d\s*[년\-./']?\s*)?(?:(?:0?[1-9]|1[0-2])\s*월|[1-4]\s*(?:/\s*4)?\s*분기|[상하]반기|q[1-4]|[1-4]q|h[12]|[12]h)"
    r"|(?:19|20)\d\d\s*(?:년도?|[\-./]\s*(?:0?[1-9]|1[0-2])|(?:0[1-9]|1[0-2]))?"
    r"|(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?[\s\-']*(?:\d\d|\d{4})?"
    r"|(?:w|wk|week|cw|kw)\s*\d{1,2}|\d{1,2}\s*주차?|(?:q[1-4]|[1-4]q)[\s\-/']*(?:\d\d|\d{4})",
    re.IGNORECASE,
)
_NOTHING = {"-", "–", "—", ".", "n/a", "na", "null", "none", "nan", "#n/a", "미정", "없음", "?", "x"}


def text_of(cell: Any) -> str:
    """A cell as a name: the text it shows, without spaces around; 2026.0 is ``2026``."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def holds(cells: Iterable[Any]) -> bool:
    """Whether any cell of a line holds something."""
    for cell in cells:
        if cell is None or cell == "" or (isinstance(cell, str) and not cell.strip()):
            continue
        return True
    return False


def is_typed(cell: Any) -> bool:
    """Whether a cell holds a figure or a day, as text or as such."""
    if isinstance(cell, str):
        text = cell.strip()
        return len(text) <= _LONGEST and _TYPED.fullmatch(text) is not None
    return not isinstance(cell, bool) and isinstance(cell, int | float | date)


def is_neutral(cell: Any) -> bool:
    """Whether a cell holds nothing or a sign for nothing."""
    return is_blank(cell) or (isinstance(cell, str) and cell.strip().casefold() in _NOTHING)


def is_period(cell: Any) -> bool:
    """Whether a header cell names a month, quarter, week or year."""
    if isinstance(cell, date):
        return True
    text = text_of(cell)
    return len(text) <= _LONGEST and _PERIOD.fullmatch(text) is not None


def _is_bare_year(cell: Any) -> bool:
    return not isinstance(cell, date) and is_period(cell)


def knows_header(knows: Knows, cell: Any) -> bool:
    """Whether a cell is a known header, with or without a unit in it."""
    text = text_of(cell)
    return bool(text) and isinstance(cell, str) and (knows(text) or knows(split_header(text)[0]))


@dataclass(frozen=True, slots=True)
class Look:
    """One line at a glance.

    Parameters
    ----------
    filled
        Positions of the cells that hold something.
    known
        Number of different known headers among them.
    typed
        Positions of figures and days; a bare year is none of them.
    unique
        Whether no two cells hold the same text.
    """

    filled: tuple[int, ...]
    known: int
    typed: tuple[int, ...]
    unique: bool

    @property
    def width(self) -> int:
        """Number of cells that hold something."""
        return len(self.filled)

    @property
    def is_text(self) -> bool:
        """Whether no cell is typed."""
        return not self.typed

    @property
    def is_known(self) -> bool:
        """Whether it is a header beyond doubt: at least two known names, and more known than not."""
        return self.known >= 2 and 2 * self.known > self.width and not self.typed


def look(cells: Sequence[Any], knows: Knows) -> Look:
    """How a line looks."""
    filled = tuple(at for at, cell in enumerate(cells) if not is_blank(cell))
    texts = [text_of(cells[at]) for at in filled]
    known = {text for at, text in zip(filled, texts, strict=True) if knows_header(knows, cells[at])}
    typed = tuple(at for at in filled if is_typed(cells[at]) and not _is_bare_year(cells[at]))
    return Look(filled, len(known), typed, len(set(texts)) == len(texts))
