"""A proposed table as the blocks of a mapping: which column of ours is filled by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pursuit.intake.exports.propose.proposal import ColumnProposal, TableProposal
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME

Filling = str | Mapping[str, object]
"""What stands behind a column of ours in a mapping: a header, or a table of conditions."""

_NAMED_BY_EACH_OTHER = ("accounts", "products", "resources", "projects")
"""Sheets whose id may be their name, or the other way round."""


@dataclass(slots=True)
class Block:
    """One block of a mapping.

    Parameters
    ----------
    sheet
        The sheet it feeds.
    fields
        Column of ours -> what fills it and the column it was proposed from, if any.
    questions
        Column of ours -> the columns that may fill it, to be decided by the user.
    missing
        Columns that must be filled and for which nothing was found.
    """

    sheet: str
    fields: dict[str, tuple[Filling, ColumnProposal | None]] = field(default_factory=dict)
    questions: dict[str, list[ColumnProposal]] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)


def blocks_of(table: TableProposal) -> tuple[Block, Block | None, Block | None]:
    """The block of the table's own sheet, and what it says of customers and of products beyond their names."""
    own = Block(table.sheet)
    for column in table.columns:
        for name, filling in _fillings(column, table).items():
            if column.open:
                own.questions.setdefault(name, []).append(column)
            else:
                own.fields[name] = (filling, column)
        for rival in column.rivals if column.open else ():
            if rival.target[0] == table.sheet:
                own.questions.setdefault(rival.target[1], []).append(column)
    _outcome(own, table)
    _names(own, table)
    own.missing = [
        c.name for c in SHEET_BY_NAME[table.sheet].columns if c.required and c.name not in own.fields
    ]
    return own, _side("accounts", table), _side("products", table)


def _fillings(column: ColumnProposal, table: TableProposal) -> dict[str, Filling]:
    """The columns of the table's own sheet that one of its columns fills."""
    if column.target is None:
        return {}
    sheet, name = column.target
    if sheet != table.sheet:
        ref = _reference(table.sheet, sheet)
        other = table.header_of(sheet, "id")
        if name == "id" or (name == "name" and not other):
            return {ref: column.header} if ref else {}
        return {}
    if column.header in table.percent:
        return {name: {"column": column.header, "percent": True}}
    if is_split(column, table):
        ended = ended_when(column.header, table)
        return {
            "closed": ended,
            "expected_close": {"column": column.header, "unless": ended["when"]},
        }
    return {name: column.header}


def ended_when(header: str, table: TableProposal) -> dict[str, object]:
    """A day of decision in the rows of deals that are decided."""
    ended = [word for word, meant in table.words.items() if meant != "open"]
    return {"column": header, "when": {table.outcome: ended}}


def is_split(column: ColumnProposal, table: TableProposal) -> bool:
    """Whether a day is expected while a deal is open and final afterwards."""
    return column.header in table.split and bool(table.words)


def _reference(sheet: str, other: str) -> str:
    """The column of a sheet that names the records of another."""
    columns = SHEET_BY_NAME[sheet].columns
    found = (c.name for c in columns if c.kind == "text" and (c.ref == other or f"{c.name}s" == other))
    return next(found, "")


def _outcome(own: Block, table: TableProposal) -> None:
    """Their words for won and lost; also where they stand in the column of the stage."""
    if table.outcome:
        column = next((c for c in table.columns if c.header == table.outcome), None)
        own.fields["outcome"] = ({"column": table.outcome, "words": dict(table.words)}, column)
        if "stage" not in own.fields and sum(meant == "open" for meant in table.words.values()) > 1:
            own.fields["stage"] = (table.outcome, column)


def _names(own: Block, table: TableProposal) -> None:
    """An id made of a name, a name of an id, where a table has but one of them."""
    fields = own.fields
    if own.sheet in _NAMED_BY_EACH_OTHER:
        if "id" not in fields and "name" in fields:
            fields["id"] = fields["name"]
        if "name" not in fields and "id" in fields:
            fields["name"] = fields["id"]
    if own.sheet == "routings" and "work_center" not in fields and "name" in fields:
        fields["work_center"] = fields["name"]
    if own.sheet == "routings" and "id" not in fields:
        product = table.header_of("products", "id") or table.header_of("products", "name")
        if product:
            fields["id"] = (product, None)
    if own.sheet == "opportunities" and "id" not in fields:
        parts = _telling(table)
        if parts:
            fields["id"] = ({"text": " ".join(f"{{{header}}}" for header in parts), "unique": True}, None)


def _telling(table: TableProposal) -> list[str]:
    """Columns that are filled in every row and, put together, name a deal without a number of its own."""
    full = [
        header
        for target in (
            ("opportunities", "name"),
            ("accounts", "name"),
            ("accounts", "id"),
            ("products", "name"),
            ("opportunities", "created"),
        )
        if (header := table.header_of(*target)) and header not in table.gaps and "{" not in header
    ]
    return full[:1] if table.header_of("opportunities", "name") in full[:1] else full[:3]


def _side(sheet: str, table: TableProposal) -> Block | None:
    """What a table says of the customers or products it names, where that is more than a name."""
    if table.sheet == sheet or not _reference(table.sheet, sheet):
        return None
    block = Block(sheet)
    for column in table.columns:
        if column.target and column.target[0] == sheet:
            if column.open:
                block.questions.setdefault(column.target[1], []).append(column)
            else:
                block.fields[column.target[1]] = (column.header, column)
    if not {"id", "name"} & block.fields.keys() or len(block.fields) < 2:
        return None
    block.fields.setdefault("id", block.fields.get("name", ("", None)))
    block.fields.setdefault("name", block.fields["id"])
    return block
