"""Every sheet a firm can be written in, in the order of the template."""

from __future__ import annotations

from pursuit.intake.sheets.money import MONEY_SHEETS
from pursuit.intake.sheets.operations import OPERATIONS_SHEETS
from pursuit.intake.sheets.sales import SALES_SHEETS
from pursuit.intake.sheets.table import Column, Sheet, plain
from pursuit.intake.sheets.taxed import find_taxed, says_vat

SHEETS: tuple[Sheet, ...] = (
    SALES_SHEETS[0],
    *OPERATIONS_SHEETS[:1],
    *SALES_SHEETS[1:],
    *OPERATIONS_SHEETS[1:],
    *MONEY_SHEETS,
)
SHEET_BY_NAME = {sheet.name: sheet for sheet in SHEETS}

README_TITLE = {"en": "read me", "ko": "안내"}
MARK_HEADER = {"en": "Mark", "ko": "표시"}
MARK_EXAMPLE = {"en": "example", "ko": "예시"}

_SHEET_NAMES = {plain(title): sheet for sheet in SHEETS for title in (sheet.name, sheet.ko)}
_HEADERS = {plain(name) for sheet in SHEETS for c in sheet.columns for name in (c.name, c.ko)}
_MARK_HEADERS = {plain(title) for title in MARK_HEADER.values()}
_MARKS = {plain(mark) for mark in MARK_EXAMPLE.values()}
_READMES = {plain(title) for title in README_TITLE.values()}


def find_sheet(title: str) -> Sheet | None:
    """The sheet of that English or Korean name, however it is spaced or capitalised.

    A table with a title of its own is ``Sheet1 · 자원``; its own title goes before the sheet's.
    """
    names = (title, title.rpartition(" · ")[2], title.partition(" · ")[0])
    return next((sheet for name in names if (sheet := _SHEET_NAMES.get(plain(name)))), None)


def find_column(sheet: Sheet, header: str) -> Column | None:
    """The column with that English or Korean header, which may say beside it whether VAT is in its sums."""
    wanted = plain(header)
    named = next((c for c in sheet.columns if wanted in (plain(c.name), plain(c.ko))), None)
    return named or find_taxed(sheet, header)


def is_known_header(text: str) -> bool:
    """Whether any sheet has a column of that name."""
    return plain(text) in _HEADERS or (says_vat(text) and any(find_taxed(sheet, text) for sheet in SHEETS))


def is_readme(title: str) -> bool:
    """Whether a sheet holds instructions rather than data."""
    return plain(title) in _READMES


def is_mark_header(header: str) -> bool:
    """Whether a column only marks example rows."""
    return plain(header) in _MARK_HEADERS


def is_example_mark(value: object) -> bool:
    """Whether a cell of the mark column says that its row is an example."""
    return isinstance(value, str) and plain(value) in _MARKS
