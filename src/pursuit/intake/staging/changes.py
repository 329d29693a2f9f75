"""What a new reading of a firm changes, record by record and field by field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

from pursuit.domain import Company
from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.intake.sheets.table import Column, Sheet
from pursuit.intake.writing.flatten import Cells, flatten

Action = Literal["removed", "changed", "added"]
Key = tuple[Any, ...]
Rows = dict[str, list[Cells]]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a record, before and after; None for empty."""

    column: Column
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One record that comes, goes or changes; ``cells`` are its values after (before, where it goes)."""

    sheet: Sheet
    action: Action
    key: Key
    cells: Cells
    fields: tuple[FieldChange, ...] = ()


def rows_of(company: Company) -> Rows:
    """The records of a firm by sheet, but for the notes, which depend on the reader's language."""
    return {name: rows for name, rows in flatten(company).items() if name != "notes"}


def find_changes(old: Rows | None, new: Rows) -> tuple[Change, ...]:
    """Every difference between two readings, by sheet in their order; all of ``new`` is added to nothing.

    Records are the same by the key of their sheet, else by the columns that must be filled with a name, a word or a
    day; among several of one key, equal ones belong together and the others in the order they stand.
    """
    return tuple(
        change
        for sheet in SHEETS
        for change in _sheet_changes(sheet, (old or {}).get(sheet.name, []), new.get(sheet.name, []))
    )


def count_rows(rows: Rows) -> dict[str, int]:
    """Number of records by sheet, without the sheets that have none."""
    return {name: len(records) for name, records in rows.items() if records}


def _sheet_changes(sheet: Sheet, before: list[Cells], after: list[Cells]) -> Iterator[Change]:
    old, new = _by_key(sheet, before), _by_key(sheet, after)
    found: dict[Action, list[Change]] = {"removed": [], "changed": [], "added": []}
    for key in [*old, *(key for key in new if key not in old)]:
        gone, come = _unequal(old.get(key, []), new.get(key, []))
        for was, now in zip(gone, come, strict=False):
            fields = tuple(
                FieldChange(column, was[column.name], now[column.name])
                for column in sheet.columns
                if was[column.name] != now[column.name]
            )
            found["changed"].append(Change(sheet, "changed", key, now, fields))
        found["removed"] += [Change(sheet, "removed", key, was) for was in gone[len(come) :]]
        found["added"] += [Change(sheet, "added", key, now) for now in come[len(gone) :]]
    for changes in found.values():
        yield from changes


def _by_key(sheet: Sheet, rows: list[Cells]) -> dict[Key, list[Cells]]:
    names = sheet.key or tuple(
        column.name
        for column in sheet.columns
        if column.required and column.kind in ("text", "choice", "date")
    )
    groups: dict[Key, list[Cells]] = {}
    for row in rows:
        cells = {column.name: _settled(row.get(column.name)) for column in sheet.columns}
        groups.setdefault(tuple(cells[name] for name in names), []).append(cells)
    return groups


def _settled(value: Any) -> Any:
    """A value such that all ways to be empty are None."""
    return None if value in ("", ()) or value == {} else value


def _unequal(old: list[Cells], new: list[Cells]) -> tuple[list[Cells], list[Cells]]:
    """Rows of one key without those that stand on both sides."""
    if old == new:
        return [], []
    rest, gone = list(new), []
    for row in old:
        if row in rest:
            rest.remove(row)
        else:
            gone.append(row)
    return gone, rest
