"""How a file writes dates and decimals, told from all its columns; a column that stays open is not guessed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pursuit.intake.cells.dates import SERIALS, readings
from pursuit.intake.cells.habits import UNKNOWN, DateOrder, DecimalMark, Habits
from pursuit.intake.cells.marks import proof
from pursuit.intake.cells.written import taken_apart

DATED = frozenset({"date"})
PLAIN = frozenset({"number", "share", "integer", "money"})
COUNTED = PLAIN | {"integers", "numbers_by_name"}
THREE_DECIMALS = frozenset({"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"})
"""Currencies of three decimals (ISO 4217)."""
NEAR_YEARS = 10
"""How far the years of two digits may lie from today where only Korean headers speak for year first."""

_FIGURE = re.compile(r"[-+(△▲]?\s*[$€£¥₩]?\s*\d[\d.,' \xa0\u202f]*[)%원-]?")
"""Texts that are numbers at first sight, whatever their column."""
_THOUSANDS = {
    "point": (re.compile(r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.,])"), "."),
    "comma": (re.compile(r"(?<![\d.,])[1-9]\d{0,2},\d{3}(?![\d.,])"), ","),
}
"""By decimal mark, a text in which it may as well part thousands, and the mark itself."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one column of dates shows.

    Parameters
    ----------
    orders
        The orders in which every value of it can be read; empty when no order fits all.
    loose
        Whether it has values whose order matters.
    year_first
        Whether it has values with their year of four digits in front.
    """

    orders: frozenset[DateOrder]
    loose: bool
    year_first: bool


def settle(
    columns: Sequence[tuple[str, Iterable[object]]],
    declared: Habits = UNKNOWN,
    *,
    own: bool = False,
    korean: bool = False,
    three_decimals: bool = False,
) -> list[Habits]:
    """The habits of each column of one table.

    Parameters
    ----------
    columns
        Kind and distinct values of each; see `pursuit.intake.sheets.table.Kind`.
    declared
        What the file or the user says, which goes before everything else.
    own
        Whether it is one of our own sheets, which write a decimal point where nothing shows otherwise.
    korean
        Whether its headers are Korean; in Korea dates are written year first.
    three_decimals
        Whether sums may be in a currency of three decimals.
    """
    values = [(kind, list(found) if kind in DATED | PLAIN else []) for kind, found in columns]
    orders = iter(settle_orders([found for kind, found in values if kind in DATED], declared, korean))
    marks = iter(_marks([found for kind, found in values if kind in COUNTED], declared.decimals, own))
    settled = []
    for kind, found in values:
        habits = declared
        if kind in DATED:
            habits = replace(habits, dates=next(orders), serials=_serial(found))
        elif kind in COUNTED:
            mark, proven = next(marks)
            whole = kind == "money" and not three_decimals
            if whole and proven and not declared.decimals and _contradicts(found, mark):
                mark, whole = "", False
            elif whole and not proven:
                mark = ""
            habits = replace(habits, decimals=mark, thousands=whole)
        settled.append(habits)
    return settled


def _contradicts(column: Iterable[object], mark: DecimalMark) -> bool:
    """Whether more figures of a column have three digits after ``mark``, as thousands have, than prove it decimal."""
    thousands, decimals = _THOUSANDS[mark]
    texts = [value.strip() for value in column if isinstance(value, str)]
    proving = sum(decimals in text and proof(text) == mark for text in texts)
    return sum(thousands.search(text) is not None for text in texts) > proving


def settle_orders(
    columns: Sequence[Iterable[object]], declared: Habits, korean: bool = False
) -> list[DateOrder]:
    """The order of year, month and day in each column of dates; empty where it stays open."""
    if declared.dates or declared.date_format:
        return [declared.dates] * len(columns)
    seen = [_evidence(values) for values in columns]
    shown = {order for one in seen if one.loose and len(one.orders) == 1 for order in one.orders}
    if any(one.year_first for one in seen):
        shown.add("ymd")
    return [
        _order(one, values, shown, korean, declared.today) for one, values in zip(seen, columns, strict=True)
    ]


def mark_of(columns: Iterable[Sequence[object]]) -> DecimalMark:
    """The one decimal mark that numbers of a table prove; empty where they prove none or both, or a column objects."""
    numbers = [
        [
            cell
            for cell in cells
            if isinstance(cell, str) and ("," in cell or "." in cell) and _FIGURE.fullmatch(cell.strip())
        ]
        for cells in map(set, columns)
    ]
    shown = {proof(cell) for cells in numbers for cell in cells} - {""}
    mark: DecimalMark = shown.pop() if len(shown) == 1 else ""
    return "" if mark and any(_contradicts(cells, mark) for cells in numbers) else mark


def _evidence(values: Iterable[object]) -> Evidence:
    orders: frozenset[DateOrder] = frozenset({"ymd", "dmy", "mdy"})
    loose = year_first = False
    for value in values:
        if not isinstance(value, str) or (written := taken_apart(value)) is None:
            continue
        if len(written.numbers) == 3 and (days := readings(written.numbers)):
            orders &= days.keys()
            loose = True
        year_first = year_first or (len(written.year) == 4 and not written.vague)
    return Evidence(orders, loose, year_first)


def _order(
    seen: Evidence, values: Iterable[object], shown: set[DateOrder], korean: bool, today: date | None
) -> DateOrder:
    """The one order a column's own values allow, else the one of them that the file shows."""
    if not seen.loose:
        return next(iter(shown)) if len(shown) == 1 else ""
    if len(seen.orders) == 1:
        return next(iter(seen.orders))
    days = [
        readings(written.numbers)
        for value in values
        if isinstance(value, str) and (written := taken_apart(value)) and len(written.numbers) == 3
    ]
    if seen.orders and all(len({one[order] for order in seen.orders}) == 1 for one in days if one):
        return min(seen.orders)
    fitting = seen.orders & shown
    if not fitting and korean and today and "ymd" in seen.orders:
        near = all(abs(one["ymd"].year - today.year) <= NEAR_YEARS for one in days if one)
        fitting = frozenset({"ymd"}) if near else frozenset()
    return next(iter(fitting)) if len(fitting) == 1 else ""


def _serial(values: Iterable[object]) -> bool:
    """Whether every value is a number that a spreadsheet may show for a date."""
    numbers = 0
    for value in values:
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            number = float(value) if isinstance(value, int | float | str) else 0.0
        except ValueError:
            return False
        if not SERIALS.start <= number < SERIALS.stop:
            return False
        numbers += 1
    return numbers > 0


def _marks(
    columns: Sequence[Iterable[object]], declared: DecimalMark, own: bool
) -> list[tuple[DecimalMark, bool]]:
    """The decimal mark of each column of numbers, and whether it was declared or shown."""
    if declared:
        return [(declared, True)] * len(columns)
    votes: list[Counter[DecimalMark]] = [
        Counter(mark for v in values if isinstance(v, str) and (mark := proof(v))) for values in columns
    ]
    shown = {mark for vote in votes for mark in vote}
    usual: DecimalMark = next(iter(shown)) if len(shown) == 1 else ("point" if own else "")
    return [(max(vote, key=vote.__getitem__), True) if vote else (usual, len(shown) == 1) for vote in votes]
