"""Durations as other programs write them, in hours."""

from __future__ import annotations

import re
from datetime import time, timedelta
from decimal import Decimal

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.figures import read_number

_ISO = re.compile(
    r"P(?=.)(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+(?:\.\d+)?)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+(?:\.\d+)?)H)?(?:(?P<minutes>\d+(?:\.\d+)?)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?:(?P<days>\d+)(?: days?,)? )?(?P<hours>\d+):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d(?:\.\d+)?))?"
)
_HOURS = {
    "weeks": Decimal(168),
    "days": Decimal(24),
    "hours": Decimal(1),
    "minutes": Decimal(1) / 60,
    "seconds": Decimal(1) / 3600,
}


def read_duration(raw: object) -> Decimal:
    """Hours in a cell, rounded to six places: a time cell, ``P1DT2H`` (ISO 8601), ``[1 ]2:30[:00]``, or seconds.

    Raises
    ------
    CellError
        For anything else.
    """
    if isinstance(raw, time):
        raw = timedelta(hours=raw.hour, minutes=raw.minute, seconds=raw.second, microseconds=raw.microsecond)
    if isinstance(raw, timedelta):
        return round(Decimal(str(raw.total_seconds())) / 3600, 6)
    text = raw.strip() if isinstance(raw, str) else ""
    if match := _ISO.fullmatch(text) or _CLOCK.fullmatch(text):
        parts = {name: part for name, part in match.groupdict().items() if part}
        return round(sum((Decimal(part) * _HOURS[name] for name, part in parts.items()), Decimal(0)), 6)
    try:
        return round(read_number(raw) / 3600, 6)
    except CellError:
        raise CellError(
            "This is not a duration.", "Write it like PT2H30M or 2:30:00, or in seconds."
        ) from None
