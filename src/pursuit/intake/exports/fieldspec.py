"""The part of the mapping language that fills one column of a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

REFERENCE = re.compile(r"\{([^{}]+)\}")
Words = dict[str, list[str]]
"""Column name -> the words that count, however spaced or capitalised; the empty word is a blank cell."""


STRICT = ConfigDict(extra="forbid", frozen=True)
"""Nothing unknown may stand in a part of the language."""


class FieldSpec(BaseModel):
    """What fills one column: a source column, a constant, a text or a formula, with its conditions.

    Parameters
    ----------
    when, unless
        The field gives something only in these rows.
    words, other
        Their words to ours (``Closed Won*`` for all that begin so), and what every other word means; without it
        another word is a fault.
    blank
        What stands in for an empty cell.
    clip
        Smallest and largest result of a formula.
    split
        What parts the items of a list in the column.
    strip
        Texts taken off either end.
    percent
        A bare number in the column is per cent.
    unique
        Where the same stands again, its number is added.
    """

    model_config = STRICT

    column: str = ""
    value: str | int | float | bool | date | None = None
    text: str | list[str] = ""
    formula: str = ""
    when: Words = {}
    unless: Words = {}
    words: dict[str, str] = {}
    other: str = ""
    blank: str = ""
    clip: tuple[float, float] | None = None
    split: str = ""
    strip: list[str] = []
    percent: bool = False
    unique: bool = False

    @model_validator(mode="after")
    def _one_source(self) -> FieldSpec:
        if sum((bool(self.column), self.value is not None, bool(self.text), bool(self.formula))) != 1:
            raise ValueError("a field has exactly one of column, value, text, formula")
        if (self.split or self.strip or self.percent) and not self.column:
            raise ValueError("split, strip and percent go with column")
        if self.other and not self.words:
            raise ValueError("other says what the words that are not listed mean; list the others in words")
        return self

    def drawn(self) -> tuple[str, ...]:
        """The source columns its value is made of."""
        texts = [self.text] if isinstance(self.text, str) else self.text
        found = [name.strip() for text in (*texts, self.formula) for name in REFERENCE.findall(text)]
        return tuple(dict.fromkeys([*filter(None, [self.column]), *found]))

    def references(self) -> tuple[str, ...]:
        """Every source column it looks at."""
        return tuple(dict.fromkeys([*self.drawn(), *self.when, *self.unless]))


def _alternatives(raw: Any) -> Any:
    """A field as the list of its alternatives, each ``"column"`` written out."""
    items = raw if isinstance(raw, list) else [raw]
    return [{"column": item} if isinstance(item, str) else item for item in items]


Alternatives = Annotated[list[FieldSpec], BeforeValidator(_alternatives)]
"""Fields of which the first that gives something fills the column."""


def drawn_columns(fields: Iterable[FieldSpec]) -> tuple[str, ...]:
    """The columns some fields draw on, each once."""
    return tuple(dict.fromkeys(name for field in fields for name in field.drawn()))
