"""How a table writes days and figures, where its columns show it; what stays open is asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from pursuit.intake.cells.dates import readings
from pursuit.intake.cells.evidence import COUNTED, DATED, settle
from pursuit.intake.cells.habits import DateOrder, Habits
from pursuit.intake.cells.written import taken_apart

_EITHER = re.compile(r"[-+]?\d{1,3}[.,]\d{3}")

Typed = Sequence[tuple[str, Sequence[str]]]
"""The kind of each column and its distinct values as text."""


def open_habits(columns: Typed, korean: bool, today: date | None) -> tuple[DateOrder, dict[str, str]]:
    """The order of days that only Korean headers speak for, and an example of what stays open.

    Parameters
    ----------
    columns
        Kinds and values of the columns that are taken for days or figures.
    korean
        Whether the headers are Korean, in which case years stand first if they lie near ``today``.
    today
        None where it is not known.

    Returns
    -------
    order, open
        Empty where the values show the order themselves; ``dates`` or ``decimals`` -> a value of two meanings.
    """
    shown = settle(columns)
    told = settle(columns, Habits(today=today), korean=korean)
    order: DateOrder = ""
    left: dict[str, str] = {}
    for (kind, values), alone, habits in zip(columns, shown, told, strict=True):
        if kind in DATED and (text := next(filter(_is_loose, values), "")) and not alone.dates:
            order = order or habits.dates
            if not habits.dates:
                left.setdefault("dates", text)
        if kind in COUNTED and not habits.decimals and not habits.thousands:
            text = next((text for text in values if _EITHER.fullmatch(text.strip())), "")
            if text:
                left.setdefault("decimals", text)
    return order, left


def _is_loose(text: str) -> bool:
    """Whether a text could be several days."""
    written = taken_apart(text)
    return (
        written is not None and len(written.numbers) == 3 and len(set(readings(written.numbers).values())) > 1
    )
