"""Changes as people write them: money in full, shares in percent, days year first."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from babel.numbers import format_currency

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.figures import read_amount
from pursuit.intake.sheets.table import Column
from pursuit.intake.staging.changes import Change
from pursuit.intake.writing.showing import show
from pursuit.units import Money
from pursuit.words import Words, format_money

_SIGNS = {"removed": "-", "changed": "~", "added": "+"}


def tell_change(change: Change, words: Words) -> str:
    """A record in one line: its sign, its key, and its name or each field that changes."""
    names = {column.name: column for column in change.sheet.columns}
    shown = " · ".join(str(part) for part in change.key) or change.sheet.title(words.lang)
    if change.action == "changed":
        more = "; ".join(
            f"{field.column.header(words.lang)}: "
            f"{tell_value(field.column, field.old, words)} → {tell_value(field.column, field.new, words)}"
            for field in change.fields
        )
    else:
        name = change.cells.get("name") if "name" in names else None
        more = str(name) if name and name not in change.key else ""
    return f"{_SIGNS[change.action]} {shown}{'  ' if more else ''}{more}"


def tell_value(column: Column, value: Any, words: Words) -> str:
    """One value, exact."""
    match value:
        case None:
            return words("(empty)")
        case Money():
            return tell_money(value, words.lang)
        case bool():
            return str(show(column, value, words.lang))
        case int() | float() | Decimal() if column.kind == "share":
            return f"{(Decimal(repr(float(value))) * 100).normalize():f}%"
        case int() | float() | Decimal():
            number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
            return f"{int(number):,}" if number == int(number) else f"{number:,f}"
        case _:
            return str(show(column, value, words.lang))


def tell_money(money: Money, lang: str) -> str:
    """An amount to the last won or cent: ``3,000만원`` where that is exact, ``30,000,500원``; ``₩30,000,000``."""
    if lang == "ko" and money.currency == "KRW":
        short = format_money(money, lang)
        try:
            exact = read_amount(short).value == money.major
        except CellError:
            exact = False
        return short if exact else f"{money.amount:,}원"
    return format_currency(money.major, money.currency, locale=lang)
