"""One cell to one typed value, by the kind of its column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from pursuit.intake.cells.cell_error import CellError, Note, SlipError
from pursuit.intake.cells.dates import read_day
from pursuit.intake.cells.figures import amount_in, number_in, read_currency, share_in
from pursuit.intake.cells.forms import FORMS
from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.cells.listing import split_list, split_pairs
from pursuit.intake.sheets.table import Column, plain

_YES = {"yes", "y", "true", "1", "o", "예", "네", "참"}
_NO = {"no", "n", "false", "0", "x", "아니오", "아니요", "거짓"}
_NEVER = {"never", "none", "없음"}
_NOTHING = {
    "-",
    "--",
    "–",
    "—",
    "tbd",
    "tba",
    "n/a",
    "na",
    "?",
    "미정",
    "미확정",
    "추후",
    "추후협의",
    "협의",
    "없음",
}
NOT_CALCULATED = "#FORMULA?"
_SHEET_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"}
_MEASURED = {"date", "number", "share", "integer", "money", "currency"}

Read = tuple[Any, Note | None]
"""A value and what it was taken for, where it is not exactly what stands in the cell."""


def is_blank(raw: object) -> bool:
    """Whether a cell holds nothing."""
    return raw is None or (isinstance(raw, str) and not raw.strip())


def says_nothing(raw: object) -> bool:
    """Whether a cell is a word or dash for what is not known: 미정, TBD, -."""
    return isinstance(raw, str) and len(raw) < 12 and raw.replace(" ", "").casefold() in _NOTHING


def read_cell(column: Column, raw: object, habits: Habits = UNKNOWN) -> Any:
    """The value of a cell that is not blank; numbers as float or int, money as Amount.

    Raises
    ------
    CellError
        When the cell cannot be read, or lies outside what the column allows.
    """
    return read_noted(column, raw, habits)[0]


def read_noted(column: Column, raw: object, habits: Habits) -> Read:
    """The value of a cell as `read_cell` reads it, None where it says that nothing is known, with a note."""
    if isinstance(raw, str):
        if raw == NOT_CALCULATED:
            raise CellError(
                "The formula here has no result in the file.",
                "Open it in your spreadsheet program and save it.",
            )
        if raw[:1] == "#" and raw.strip() in _SHEET_ERRORS:
            raise CellError("The spreadsheet shows an error here.", "Correct the formula or type the value.")
        if column.kind in _MEASURED and says_nothing(raw):
            mend = "Fill it in when it is known." if column.kind == "date" else "A zero is written 0."
            return None, Note("It says that nothing is known; read as an empty cell.", mend)
    own = FORMS[column.form](raw, habits) if column.form else None
    return own or _READERS[column.kind](column, raw, habits)


def _within(column: Column, value: Decimal) -> Decimal:
    if column.low is not None and value < column.low:
        raise CellError("The number is too small.", "It is {low} or more.", low=f"{column.low:g}")
    if column.high is not None and value > column.high:
        raise CellError("The number is too large.", "It is {high} or less.", high=f"{column.high:g}")
    return value


def _text(column: Column, raw: object, habits: Habits) -> Read:
    if isinstance(raw, date):
        raise CellError(
            "The spreadsheet turned this into a date.", "Format the cell as text and type it again."
        )
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        raise CellError("This is not text.", "Format the cell as text and type it again.")
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw).strip()
    return (_codes(tuple(column.choices.items())).get(plain(text), text) if column.choices else text), None


@cache
def _codes(choices: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The code of each word a column knows, in both languages."""
    return {plain(word): code for code, korean in reversed(choices) for word in (code, korean)}


def _choice(column: Column, raw: object, habits: Habits) -> Read:
    code = _codes(tuple(column.choices.items())).get(plain(raw)) if isinstance(raw, str) else None
    if code is not None:
        return code, None
    words = ", ".join(f"{code} ({korean})" for code, korean in column.choices.items())
    raise CellError("This word is not known here.", "Use one of: {words}.", words=words)


def _number(column: Column, raw: object, habits: Habits) -> Read:
    value, note = number_in(raw, habits)
    return float(_within(column, value)), note


def _share(column: Column, raw: object, habits: Habits) -> Read:
    value, note = share_in(raw, habits)
    if column.high == 1 and 1 < value <= 100 and "%" not in str(raw):
        mend = "If it is a percentage, write {percent}; a share is {high} or less."
        raise SlipError(
            "The number is too large for a share.", mend, percent=f"{value.normalize():f}%", high=1
        )
    return float(_within(column, value)), note


def _integer(column: Column, raw: object, habits: Habits) -> Read:
    value, note = number_in(raw, habits)
    if _within(column, value) != int(value):
        raise CellError("This is not a whole number.", "Round it.")
    return int(value), note


def _money(column: Column, raw: object, habits: Habits) -> Read:
    amount, note = amount_in(raw, habits)
    _within(column, amount.value)
    return amount, note


def _yes(column: Column, raw: object, habits: Habits) -> Read:
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = str(raw).strip().casefold()
    if text not in _YES | _NO:
        raise CellError("This is neither yes nor no.", "Write yes or no.")
    return text in _YES, None


def _integers(column: Column, raw: object, habits: Habits) -> Read:
    if str(raw).strip().casefold() in _NEVER:
        return (), None
    items = split_list(raw) if isinstance(raw, str) else (raw,)
    return tuple(_integer(column, item, habits)[0] for item in items), None


def _pairs(raw: object) -> list[tuple[str, str]]:
    try:
        return split_pairs(raw if isinstance(raw, str) else str(raw))
    except ValueError as error:
        raise CellError(
            "'{part}' is not one name with one value.", "Write name: value; name: value.", part=str(error)
        ) from None


def _numbers_by_name(column: Column, raw: object, habits: Habits) -> Read:
    values: Mapping[str, float] = {name: _number(column, v, habits)[0] for name, v in _pairs(raw)}
    return values, None


_READERS: dict[str, Callable[[Column, object, Habits], Read]] = {
    "text": _text,
    "choice": _choice,
    "number": _number,
    "share": _share,
    "integer": _integer,
    "money": _money,
    "currency": lambda column, raw, habits: (read_currency(raw), None),
    "date": lambda column, raw, habits: read_day(raw, habits),
    "yes": _yes,
    "list": lambda column, raw, habits: (split_list(_text(column, raw, habits)[0]), None),
    "integers": _integers,
    "numbers_by_name": _numbers_by_name,
    "texts_by_name": lambda column, raw, habits: (dict(_pairs(raw)), None),
}
