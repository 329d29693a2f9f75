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
    serials
        Whether bare numbers in a column of dates are a spreadsheet's day numbers (1900 system).
    thousands
        Whether three digits after the only mark of a sum of money are thousands, as they must be where no
        currency has three decimals.
    """

    dates: DateOrder = ""
    date_format: str = ""
    decimals: DecimalMark = ""
    today: date | None = None
    serials: bool = False
    thousands: bool = False


UNKNOWN = Habits()
"""Nothing declared and nothing shown."""
POINTED = Habits(decimals="point")
"""A decimal point and commas between thousands, as our own sheets write where nothing shows otherwise."""
