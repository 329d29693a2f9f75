"""One cell to one typed value, by the kind of its column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.dates import read_date
from pursuit.intake.cells.figures import Amount, read_amount, read_currency, read_number, read_share
from pursuit.intake.cells.listing import split_list, split_pairs
from pursuit.intake.sheets.table import Column, plain

_YES = {"yes", "y", "true", "1", "o", "예", "네", "참"}
_NO = {"no", "n", "false", "0", "x", "아니오", "아니요", "거짓"}
_NEVER = {"never", "none", "없음"}
NOT_CALCULATED = "#FORMULA?"
_SHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def read_cell(column: Column, raw: object) -> Any:
    """The value of a cell that is not blank; numbers as float or int, money as Amount.

    Raises
    ------
    CellError
        When the cell cannot be read, or lies outside what the column allows.
    """
    if raw == NOT_CALCULATED:
        raise CellError(
            "The formula here has no result in the file.", "Open it in your spreadsheet program and save it."
        )
    if isinstance(raw, str) and raw.strip() in _SHEET_ERRORS:
        raise CellError("The spreadsheet shows an error here.", "Correct the formula or type the value.")
    return _READERS[column.kind](column, raw)


def _within(column: Column, value: Decimal) -> Decimal:
    if column.low is not None and value < Decimal(column.low):
        raise CellError("The number is too small.", "It is {low} or more.", low=f"{column.low:g}")
    if column.high is not None and value > Decimal(column.high):
        raise CellError("The number is too large.", "It is {high} or less.", high=f"{column.high:g}")
    return value


def _text(column: Column, raw: object) -> str:
    if isinstance(raw, date):
        raise CellError(
            "The spreadsheet turned this into a date.", "Format the cell as text and type it again."
        )
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise CellError("This is not text.", "Format the cell as text and type it again.")
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw).strip()
    words = column.choices.items()
    return next((code for code, korean in words if plain(text) in (plain(code), plain(korean))), text)


def _choice(column: Column, raw: object) -> str:
    text = plain(raw) if isinstance(raw, str) else ""
    for code, korean in column.choices.items():
        if text in (plain(code), plain(korean)):
            return code
    words = ", ".join(f"{code} ({korean})" for code, korean in column.choices.items())
    raise CellError("This word is not known here.", "Use one of: {words}.", words=words)


def _number(column: Column, raw: object) -> float:
    return float(_within(column, read_number(raw)))


def _share(column: Column, raw: object) -> float:
    return float(_within(column, read_share(raw)))


def _integer(column: Column, raw: object) -> int:
    value = _within(column, read_number(raw))
    if value != int(value):
        raise CellError("This is not a whole number.", "Round it.")
    return int(value)


def _money(column: Column, raw: object) -> Amount:
    amount = read_amount(raw)
    _within(column, amount.value)
    return amount


def _yes(column: Column, raw: object) -> bool:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw).strip().casefold()
    if text not in _YES | _NO:
        raise CellError("This is neither yes nor no.", "Write yes or no.")
    return text in _YES


def _integers(column: Column, raw: object) -> tuple[int, ...]:
    if str(raw).strip().casefold() in _NEVER:
        return ()
    items = split_list(raw) if isinstance(raw, str) else (raw,)
    return tuple(_integer(column, item) for item in items)


def _pairs(raw: object) -> list[tuple[str, str]]:
    try:
        return split_pairs(raw if isinstance(raw, str) else str(raw))
    except ValueError as error:
        raise CellError(
            "'{part}' is not one name with one value.", "Write name: value; name: value.", part=str(error)
        ) from None


def _numbers_by_name(column: Column, raw: object) -> Mapping[str, float]:
    return {name: _number(column, value) for name, value in _pairs(raw)}


_READERS: dict[str, Callable[[Column, object], Any]] = {
    "text": _text,
    "choice": _choice,
    "number": _number,
    "share": _share,
    "integer": _integer,
    "money": _money,
    "currency": lambda column, raw: read_currency(raw),
    "date": lambda column, raw: read_date(raw),
    "yes": _yes,
    "list": lambda column, raw: split_list(_text(column, raw)),
    "integers": _integers,
    "numbers_by_name": _numbers_by_name,
    "texts_by_name": lambda column, raw: dict(_pairs(raw)),
}
