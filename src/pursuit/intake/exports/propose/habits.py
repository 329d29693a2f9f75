"""How a table writes days and figures, where its columns show it; what stays open is asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pursuit.intake.cells.dates import readings
from pursuit.intake.cells.evidence import COUNTED, DATED, settle
from pursuit.intake.cells.habits import DateOrder, DecimalMark, Habits
from pursuit.intake.cells.written import taken_apart

_EITHER = re.compile(r"[-+]?\d{1,3}[.,]\d{3}")


@dataclass(frozen=True, slots=True)
class Typed:
    """A column that is taken for days or figures.

    Parameters
    ----------
    kind
        As our column's kind.
    values
        Its distinct values as text.
    scaled
        Whether its figures are counted in thousands or the like, so that they may have decimals.
    """

    kind: str
    values: Sequence[str]
    scaled: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """What is declared, and an example of what stays open; empty where it does not matter."""

    dates: DateOrder = ""
    decimals: DecimalMark = ""
    unclear: Mapping[str, str] = field(default_factory=dict)


def open_habits(columns: Sequence[Typed], korean: bool, today: date | None) -> Written:
    """How a table writes days and figures, as far as reading it needs to be told.

    Parameters
    ----------
    columns
        The columns that are taken for days or figures.
    korean
        Whether the headers are Korean: then years stand first if they lie near ``today``, and commas part
        thousands.
    today
        None where it is not known.
    """
    pairs = [(column.kind, column.values) for column in columns]
    told = settle(pairs, Habits(today=today), korean=korean)
    orders: set[DateOrder] = set()
    decimals: DecimalMark = ""
    unclear: dict[str, str] = {}
    for column, habits in zip(columns, told, strict=True):
        if column.kind in DATED and (text := next(filter(_is_loose, column.values), "")):
            orders.add(habits.dates)
            if not habits.dates:
                unclear.setdefault("dates", text)
        settled = habits.decimals or (habits.thousands and not column.scaled)
        if column.kind in COUNTED and not settled:
            text = next((text for text in column.values if _EITHER.fullmatch(text.strip())), "")
            if text and korean and "," in text:
                decimals = "point"
            elif text:
                unclear.setdefault("decimals", text)
    return Written(orders.pop() if len(orders) == 1 else "", decimals, unclear)


def _is_loose(text: str) -> bool:
    """Whether a text could be several days."""
    written = taken_apart(text)
    return (
        written is not None and len(written.numbers) == 3 and len(set(readings(written.numbers).values())) > 1
    )
