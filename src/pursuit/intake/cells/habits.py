"""How a file writes what can be written in several ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

DateOrder = Literal["", "ymd", "dmy", "mdy"]
DecimalMark = Literal["", "point", "comma"]


@dataclass(frozen=True, slots=True)
class Habits:
    """What a file declares about its own way of writing, or what its columns have shown.

    Parameters
    ----------
    dates
        Order of year, month and day; empty where nothing is declared.
    date_format
        A ``strptime`` pattern that goes before everything else; empty for none.
    decimals
        The sign before decimals; empty where nothing is declared.
    today
        The day the data describes, from which a date without a year is dated; None where not known.
    """

    dates: DateOrder = ""
    date_format: str = ""
    decimals: DecimalMark = ""
    today: date | None = None
