"""One raw cell of an export to a date or a number, as its file writes them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.dates import read_date
from pursuit.intake.cells.figures import read_number, read_share
from pursuit.intake.exports.records import Record
from pursuit.intake.exports.tablespec import TableSpec

_TRUTHS = {"true": Decimal(1), "false": Decimal(0)}


def dated(raw: Any, spec: TableSpec) -> Any:
    """A date in the format its file declares as a date; anything else as it is."""
    if spec.date_format and isinstance(raw, str) and raw.strip():
        try:
            return datetime.strptime(raw.strip(), spec.date_format).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            return raw
    return raw


def as_date(raw: Any, spec: TableSpec) -> date:
    """The day in a cell.

    Raises
    ------
    CellError
        When it is none, or could be two.
    """
    return read_date(raw, spec.habits)


def as_number(raw: Any, spec: TableSpec) -> Decimal:
    """The number in a cell; true and false count as 1 and 0, 12% as 0.12.

    Raises
    ------
    CellError
        When it is none, or could be two.
    """
    if isinstance(raw, bool):
        return Decimal(int(raw))
    if isinstance(raw, str):
        if (truth := _TRUTHS.get(raw.strip().casefold())) is not None:
            return truth
        if raw.strip().endswith(("%", "％")):
            return read_share(raw, spec.habits)
    return read_number(raw, spec.habits)


def figure(record: Record, reference: str) -> Decimal:
    """The number in a column as rows are ordered by it: what is blank or no number comes first."""
    try:
        return as_number(record.get(reference), record.spec(reference))
    except CellError:
        return Decimal("-Infinity")
