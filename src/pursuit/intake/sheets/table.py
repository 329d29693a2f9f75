"""How a sheet of the input is described: its columns, what may stand in them and what they mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "text",
    "choice",
    "number",
    "share",
    "integer",
    "money",
    "currency",
    "date",
    "yes",
    "list",
    "integers",
    "numbers_by_name",
    "texts_by_name",
]
Scalar = str | float | int


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet.

    Parameters
    ----------
    name
        Field name in the domain and, with spaces for underscores, the English header.
    kind
        What a cell holds; see ``cells.py`` for how each kind may be written.
    ko
        Korean header.
    help
        What to fill in; the key of the word catalogue.
    ref
        Sheet whose ids the cell names; empty for none.
    choices
        Allowed words and their Korean; for ``text`` columns merely translated.
    low, high
        Smallest and largest number allowed, None for no limit.
    example
        One value per example row of the template; texts are keys of the word catalogue.
    form
        A way of writing of its own beside that of its kind (``cells/forms.py``); empty for none.
    """

    name: str
    kind: Kind
    ko: str
    help: str
    required: bool = False
    ref: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    low: float | None = 0.0
    high: float | None = None
    example: tuple[Scalar, ...] = ()
    form: str = ""

    def header(self, lang: str) -> str:
        """The column's header in a language."""
        return self.ko if lang == "ko" else self.name.replace("_", " ").capitalize()

    def told(self, lang: str) -> str:
        """How a report names the column where no file has a header for it."""
        return self.ko if lang == "ko" else self.name


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``key`` are the columns that name a row, ``parent`` the sheet its first key points to.

    ``parent`` is set where a row's currency, if not stated, is that of the record it belongs to.
    """

    name: str
    ko: str
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    required: bool = False
    parent: str = ""

    def title(self, lang: str) -> str:
        """The sheet's name in a language; English names are those of CSV files."""
        return self.ko if lang == "ko" else self.name

    def column(self, name: str) -> Column:
        """The column of that field name."""
        return next(column for column in self.columns if column.name == name)

    def examples(self) -> int:
        """Number of example rows the template shows."""
        return max(len(column.example) for column in self.columns)


def plain(text: str) -> str:
    """``text`` as names are compared: width, case, spaces and punctuation do not count."""
    return re.sub(r"[\s_\-./()·*]+", "", unicodedata.normalize("NFKC", text)).casefold()
