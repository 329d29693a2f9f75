"""One typed value to one cell, such that reading it gives the value back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pursuit.intake.cells.listing import join_list, join_pairs
from pursuit.intake.sheets.table import Column
from pursuit.units import Money

Cell = str | int | float | date | None
YES = {"en": ("no", "yes"), "ko": ("아니오", "예")}
NEVER = {"en": "never", "ko": "없음"}


def show(column: Column, value: object, lang: str, row_currency: str = "") -> Cell:
    """The cell that stands for ``value``; None for a blank one.

    ``row_currency`` is what the row's currency column says; a sum in another one names its own.
    """
    match value:
        case None | "":
            return None
        case bool():
            return YES[lang][value]
        case Money():
            amount = exact(value.major)
            return amount if value.currency == row_currency else f"{amount} {value.currency}"
        case int() | float() | Decimal():
            return exact(value)
        case Mapping():
            return (
                join_pairs(
                    (str(name), str(exact(v) if isinstance(v, int | float) else v))
                    for name, v in value.items()
                )
                or None
            )
        case tuple():
            return join_list(map(str, value)) or (NEVER[lang] if column.kind == "integers" else None)
        case str() if column.kind == "choice" and lang == "ko":
            return column.choices.get(value, value)
        case str() | date():
            return value
    raise TypeError(f"{column.name} cannot hold {type(value).__name__}")


def exact(value: int | float | Decimal) -> int | float | str:
    """A number a spreadsheet keeps exactly, or its digits as text where 15 figures are not enough."""
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if number == number.to_integral_value() and abs(number) < 10**15:
        return int(number)
    if Decimal(f"{float(number):.15G}") == number:
        return float(number)
    return f"{number:f}"
