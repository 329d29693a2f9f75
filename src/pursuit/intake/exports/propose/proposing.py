"""Tables that nobody recognises to a mapping, proposed; nothing is read from disk and nothing is guessed in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pursuit.intake.cells.read import is_blank
from pursuit.intake.exports.propose.choosing import Candidate, candidates, choose, rivals_of
from pursuit.intake.exports.propose.deals import settle_deals
from pursuit.intake.exports.propose.habits import Typed, open_habits
from pursuit.intake.exports.propose.looks import Looks, as_text, look
from pursuit.intake.exports.propose.proposal import (
    SURE,
    ColumnProposal,
    Proposal,
    Rival,
    TableProposal,
    sample,
)
from pursuit.intake.exports.propose.reasons import reason, spoken
from pursuit.intake.exports.propose.sheets import choose_sheet
from pursuit.intake.exports.propose.vocabulary import bare
from pursuit.intake.layout.grids import Grid
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.words import Words

_HANGUL = re.compile("[가-힣]")
_SIGNS = {"원": "KRW", "₩": "KRW", "€": "EUR", "£": "GBP", "KRW": "KRW", "USD": "USD", "EUR": "EUR"}


def propose(grids: Sequence[Grid], lang: str = "en", name: str = "", today: date | None = None) -> Proposal:
    """A mapping for tables of foreign files.

    Parameters
    ----------
    grids
        The tables, as laid out (``layout.laying.lay_out`` with ``vocabulary.is_name``).
    lang
        Language of the reasons, ``ko`` or ``en``.
    name
        What to call the firm until the user says better.
    today
        From which days whose year has two digits are told to be near; None where it does not matter.
    """
    words = Words(lang)
    tables = [_table(grid, words, today) for grid in grids if any(grid.header)]
    mended = tuple(_mended(table, tables) for table in tables)
    currency, why = _currency(mended, words)
    return Proposal(name or (grids[0].file if grids else ""), mended, currency, why, lang)


def _table(grid: Grid, words: Words, today: date | None) -> TableProposal:
    cells = [[row[at] if at < len(row) else None for _, row in grid.rows] for at in range(len(grid.header))]
    looks = [look(column) for column in cells]
    found = candidates(grid.header, looks)
    sheet, sure = choose_sheet(grid, found)
    chosen = choose(found, sheet) if sheet else []
    rivals = {candidate.at: rivals_of(candidate, found, chosen, sheet) for candidate in chosen}
    passed_over = {
        other.at: other for others in rivals.values() for other in others if other.at not in rivals
    }
    by_place = passed_over | {candidate.at: candidate for candidate in chosen}
    columns = tuple(
        _column(grid.header[at], by_place[at], rivals.get(at, []), at in passed_over or not sure, words)
        if at in by_place
        else _left(grid.header[at], at, found, words)
        for at in range(len(grid.header))
        if grid.header[at]
    )
    samples = {
        header: sample([value for value in cells[at] if not is_blank(value)])
        for at, header in reversed(list(enumerate(grid.header)))
    }
    columns = tuple(replace(column, samples=samples[column.header]) for column in columns)
    columns = _without_owner(columns, sheet, words)
    gaps = frozenset(h for h, seen in zip(grid.header, looks, strict=True) if seen.filled < seen.rows)
    table = TableProposal(grid, sheet, sure, columns, gaps=gaps)
    by_header = dict(zip(grid.header, looks, strict=True))
    table = _habits(table, by_header, today)
    return settle_deals(table, by_header, words) if sheet == "opportunities" else table


def _left(header: str, at: int, found: Sequence[Candidate], words: Words) -> ColumnProposal:
    """A column that is not used, and whether that is for its name or for its values."""
    called = (
        c for c in found if c.at == at and c.match and c.match.way == "exact" and c.fit == "contradicts"
    )
    if best := max(called, key=lambda c: c.confidence, default=None):
        why = words(
            "It is called like {column}, but its values do not suit it.",
            column=spoken(best.target, words.lang),
        )
        return ColumnProposal(header, None, 0.0, why)
    return ColumnProposal(header, None, 0.0, words("It is called like nothing that is used here."))


def _column(
    header: str, candidate: Candidate, rivals: Sequence[Candidate], doubtful: bool, words: Words
) -> ColumnProposal:
    """A column with its best candidate; it is open where that is doubtful, unsure or has rivals."""
    return ColumnProposal(
        header,
        candidate.target,
        candidate.confidence,
        reason(candidate, words),
        rivals=tuple(Rival(c.target, c.confidence) for c in rivals if c.at == candidate.at),
        open=doubtful or candidate.confidence < SURE or bool(rivals),
    )


def _without_owner(
    columns: tuple[ColumnProposal, ...], sheet: str, words: Words
) -> tuple[ColumnProposal, ...]:
    """Nothing can be said of a customer or product that no column names."""
    named = {c.target[0] for c in columns if c.target and c.target[1] in ("id", "name")}
    why = words("No column names the record that this is said of.")
    return tuple(
        replace(c, target=None, confidence=0.0, reason=why, rivals=(), open=False)
        if c.target and c.target[0] not in {sheet, *named}
        else c
        for c in columns
    )


def _habits(table: TableProposal, looks: dict[str, Looks], today: date | None) -> TableProposal:
    """How the table writes days and figures, from the columns that are taken for such."""
    typed, percent = [], set()
    for at, header in enumerate(table.grid.header):
        column = next((c for c in table.columns if c.header == header and c.target), None)
        if column is None or column.target is None:
            continue
        seen = looks[header]
        kind = SHEET_BY_NAME[column.target[0]].column(column.target[1]).kind
        unit = table.grid.unit(at, kind)
        typed.append(Typed(kind, [word for word, _ in seen.words], unit is not None and unit.scale != 1))
        if kind == "share" and unit is None and not seen.percents and seen.high is not None and seen.high > 1:
            percent.add(header)
    korean = any(_HANGUL.search(header) for header in table.grid.header)
    told = open_habits(typed, korean, today)
    return replace(
        table, dates=told.dates, decimals=told.decimals, unclear=told.unclear, percent=frozenset(percent)
    )


def _mended(table: TableProposal, tables: Sequence[TableProposal]) -> TableProposal:
    """Spellings of customers and products that differ from those in their own table only in case or spaces."""
    mends: dict[str, dict[str, str]] = {}
    for sheet in ("accounts", "products"):
        own = [other for other in tables if other.sheet == sheet and other is not table]
        for column in table.columns:
            if table.sheet == sheet or column.target not in ((sheet, "id"), (sheet, "name")):
                continue
            known = {text for other in own for text in _values(other, column.target)}
            known = known or {text for other in own for text in _values(other, (sheet, "name"))}
            by_bare = {bare(text): text for text in known}
            wrong = {
                text: by_bare[bare(text)]
                for text in _texts(table.grid, column.header) - known
                if bare(text) in by_bare
            }
            if wrong:
                mends[column.header] = wrong
    return replace(table, mends=mends)


def _values(table: TableProposal, target: tuple[str, str]) -> set[str]:
    if target[1] not in {column.name for column in SHEET_BY_NAME[target[0]].columns}:
        return set()
    header = table.header_of(*target)
    return _texts(table.grid, header) if header else set()


def _texts(grid: Grid, header: str) -> set[str]:
    at = grid.header.index(header)
    return {as_text(row[at]) for _, row in grid.rows if at < len(row) and not is_blank(row[at])}


def _currency(tables: Sequence[TableProposal], words: Words) -> tuple[str, str]:
    """The firm's currency: as a column says, as stands beside the figures, else as the language of the headers."""
    known = [table for table in tables if table.sheet]
    codes = {text.upper() for table in known for text in _values(table, (table.sheet, "currency"))}
    signs = {code for table in known for code in _signs(table)}
    korean = any(_HANGUL.search(column.header) for table in known for column in table.columns)
    if len(codes) == 1:
        return codes.pop(), words("A column says so.")
    if not codes and len(signs) == 1:
        return signs.pop(), words("It stands beside the figures.")
    if "KRW" in codes or (korean and not codes and not signs):
        return "KRW", words("The headers are Korean; correct it if the firm counts in another currency.")
    return "", words("Nothing in the file says it.")


def _signs(table: TableProposal) -> set[str]:
    """Currencies that the headers, the figures and the notes of sums of money name."""
    found = set()
    for at, header in enumerate(table.grid.header):
        column = next((c for c in table.columns if c.header == header and c.target), None)
        if (
            column
            and column.target
            and SHEET_BY_NAME[column.target[0]].column(column.target[1]).kind == "money"
        ):
            unit = table.grid.unit(at, "money")
            texts = (header, *column.samples)
            found |= {unit.currency} if unit and unit.currency else set()
            found |= {code for sign, code in _SIGNS.items() if any(sign in text for text in texts)}
    return found
