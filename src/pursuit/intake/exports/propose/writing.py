"""A proposal as a ``mapping.toml`` with its reasons beside it; what is open stands there as a question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pursuit.intake.exports.propose.blocks import Block, Filling, blocks_of, ended_when
from pursuit.intake.exports.propose.calibrating import ANY_PRODUCT
from pursuit.intake.exports.propose.proposal import ColumnProposal, Proposal, TableProposal
from pursuit.intake.exports.propose.toml import key, quoted, remark, value
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.words import Words, format_percent

KOREAN_VAT = 0.1
ENDED = "ended"
"""A column made of the day of decision in rows of deals that are decided."""
_DAYS = {
    "opportunities": ("created", "closed"),
    "quotes": ("sent",),
    "invoices": ("issued", "paid"),
    "deliveries": ("delivered",),
}
"""Columns whose days have passed when the file is written."""


def write_mapping(proposal: Proposal, path: Path, own: Sequence[str] = ()) -> None:
    """Write the mapping that a proposal comes to.

    Parameters
    ----------
    proposal
        As proposed, or with the user's answers in it.
    path
        The file to write.
    own
        Names of workbooks in our own form that are read with it.
    """
    path.write_text("\n".join(_lines(proposal, own)) + "\n", encoding="utf-8")


def _lines(proposal: Proposal, own: Sequence[str]) -> Iterator[str]:
    words = Words(proposal.lang)
    names = file_keys(proposal)
    yield remark(
        words("Proposed by pursuit map; docs/input-format.md describes the language. Change what is wrong.")
    )
    yield remark(words("Behind each line: how sure it is, and why. Lines that begin with # are not read."))
    yield ""
    unknown = sorted(
        {table.grid.file for table in proposal.tables} - {table.grid.file for table in proposal.known}
    )
    if unknown:
        yield f"ignore = {value(unknown)}  {remark(words('nothing in these files was recognised'))}"
    linked = [sheet for sheet in ("accounts", "products") if _linked(sheet, proposal)]
    if linked:
        yield f"fill = {value(linked)}  {remark(words('customers and products that deals name and no table lists'))}"
    if own:
        yield f"own = {value(own)}  {remark(words('your own workbook; what it says goes first'))}"
    yield ""
    yield from _company(proposal, names, words)
    for at, table in enumerate(proposal.known):
        yield from _file(table, names[at], words)
        own_block, *sides = blocks_of(table)
        if own and table.sheet == "opportunities" and "product" not in own_block.fields:
            own_block.fields["product"] = ({"value": ANY_PRODUCT}, None)
        yield from _block(own_block, names[at], table, words)
        for side in sides:
            if side and not proposal.feeding(side.sheet) and not (own and side.sheet == "products"):
                alias = f"{names[at]}_{side.sheet}"
                yield from _file(table, alias, words, {c: str(f) for c, (f, _) in side.fields.items()})
                yield from _block(_by_own_names(side), alias, table, words)


def _by_own_names(side: Block) -> Block:
    """A block that draws on columns declared by our names."""
    return replace(side, fields={column: (column, source) for column, (_, source) in side.fields.items()})


def file_keys(proposal: Proposal) -> list[str]:
    """A name in the mapping for each table that feeds a sheet."""
    files = Counter(table.grid.file for table in proposal.known)
    keys: list[str] = []
    for table in proposal.known:
        parts = [table.grid.file.rpartition("/")[2].rpartition(".")[0]]
        parts += [table.grid.title] if files[table.grid.file] > 1 else []
        base = "_".join(re.sub(r"\W+", "_", part).strip("_") for part in parts) or "file"
        name, number = base, 2
        while name in keys:
            name, number = f"{base}_{number}", number + 1
        keys.append(name)
    return keys


def _linked(sheet: str, proposal: Proposal) -> bool:
    """Whether any table names records of a sheet."""
    return any(
        column.target and column.target[0] == sheet and not column.open
        for table in proposal.known
        if table.sheet != sheet
        for column in table.columns
    )


def _company(proposal: Proposal, names: list[str], words: Words) -> Iterator[str]:
    yield "[company]"
    yield f"name = {quoted(proposal.name)}"
    yield f"currency = {quoted(proposal.currency)}  {remark(proposal.currency_reason)}"
    vat = KOREAN_VAT if proposal.currency == "KRW" else 0.0
    yield f"vat_rate = {vat}  {remark(words('used only where amounts with VAT stand alone'))}"
    days = [
        f"{name}.{column}"
        for name, table in zip(names, proposal.known, strict=True)
        for column in _past(table)
    ]
    if days:
        why = words("the day of the data: the latest one in these columns")
        yield f"as_of = {value({'latest': days})}  {remark(why)}"
    else:
        yield remark(words("as_of = 2026-03-31   the day this data describes; or pass it: --as-of"))


def _past(table: TableProposal) -> list[str]:
    """Columns whose days had passed when the file was written."""
    headers = filter(None, (table.header_of(table.sheet, column) for column in _DAYS.get(table.sheet, ())))
    return [ENDED if header in table.split else header for header in headers]


def _file(
    table: TableProposal, name: str, words: Words, grouped: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The lines of one file; ``grouped`` are the columns of the rows that its lines become, one per id."""
    grid = table.grid
    yield ""
    yield f"[files.{key(name)}]"
    yield f"file = {quoted(grid.file)}"
    if not grid.file.lower().endswith((".csv", ".tsv", ".txt")):
        yield f"sheet = {quoted(grid.title)}"
    if grid.top > 1:
        yield f"header_row = {grid.top}"
    for name_, habit in (("dates", table.dates), ("decimals", table.decimals)):
        if habit:
            yield f"{name_} = {quoted(habit)}"
        elif name_ in table.unclear:
            choices = {"dates": "dmy / mdy / ymd", "decimals": "point / comma"}[name_]
            text = words(
                "{text} can be read in two ways; say which: {choices}.",
                text=table.unclear[name_],
                choices=choices,
            )
            yield remark(text)
            yield f'# {name_} = ""'
    for header in table.split if not grouped else ():
        yield f"make.{ENDED} = {value(ended_when(header, table))}"
    for column, header in (grouped or {}).items():
        yield f"columns.{column} = {quoted(header)}"
    if grouped:
        yield 'group = "id"'
    yield f"headers = {value([header for header in grid.header if header])}"
    for header, spellings in table.mends.items():
        yield f"mend.{key(header)} = {value(spellings)}"


def _block(block: Block, name: str, table: TableProposal, words: Words) -> Iterator[str]:
    yield ""
    yield f"[[sheets.{block.sheet}]]"
    yield f"from = {quoted(name)}"
    if block.sheet == table.sheet and not table.sure:
        yield remark(words("It is not sure that the table is this; look at every line."))
    late = []
    order = {column.name: at for at, column in enumerate(SHEET_BY_NAME[block.sheet].columns)}
    for column in sorted(block.fields, key=lambda c: order[c]):
        filling, source = block.fields[column]
        if column == "outcome":
            late = [*_outcome(block.sheet, filling, table, words)]
        else:
            yield f"{column} = {value(filling)}  {remark(_why(source, words))}".rstrip(" #")
    for column, sources in block.questions.items():
        yield from _question(column, sources, words)
    for column in block.missing:
        if column not in block.questions:
            text = words(
                "{column} must be filled in, and nothing was found for it: {help}",
                column=column,
                help=words(SHEET_BY_NAME[block.sheet].column(column).help),
            )
            yield remark(text)
    yield from late


def _why(source: ColumnProposal | None, words: Words) -> str:
    if source is None:
        return words("made of other columns")
    return f"{format_percent(source.confidence)}: {source.reason}"


def _question(column: str, sources: list[ColumnProposal], words: Words) -> Iterator[str]:
    yield remark(
        words("Which column is {column}? Take away the # before the right line, if one is.", column=column)
    )
    for source in sources:
        shown = ", ".join(source.samples)
        yield remark(f"{column} = {quoted(source.header)}  # {_why(source, words)} ({shown})")


def _outcome(sheet: str, filling: Filling, table: TableProposal, words: Words) -> Iterator[str]:
    yield ""
    yield f"[sheets.{sheet}.outcome]"
    yield f"column = {quoted(table.outcome)}"
    yield ""
    yield f"[sheets.{sheet}.outcome.words]"
    for word, meant in table.words.items():
        yield f"{key(word)} = {quoted(meant)}"
    if table.unknown_words:
        yield remark(words("What do these words mean: open, won or lost? Fill in and take away the #."))
    for word in table.unknown_words:
        yield remark(f'{key(word)} = ""')
