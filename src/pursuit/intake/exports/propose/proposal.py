"""What is proposed: for each table its sheet, for each column ours, how sure, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pursuit.intake.exports.propose.looks import as_text
from pursuit.intake.exports.propose.vocabulary import Outcome, Target
from pursuit.intake.layout.grids import Grid

SURE = 0.8
"""From this confidence on a column is proposed without asking."""
WORTH_ASKING = 0.4
"""Below it a column is left out."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another thing a column could be."""

    target: Target
    confidence: float


@dataclass(frozen=True, slots=True)
class ColumnProposal:
    """One column of a table.

    Parameters
    ----------
    header
        As it stands in the file.
    target
        The sheet and column it feeds; None where it is left out.
    confidence
        From 0 to 1.
    reason
        Why, in words.
    samples
        The first values.
    rivals
        What else it could be, or for what other column's place it stands; the best first.
    open
        Whether the user has to be asked.
    """

    header: str
    target: Target | None
    confidence: float
    reason: str
    samples: tuple[str, ...] = ()
    rivals: tuple[Rival, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class TableProposal:
    """One table of a file.

    Parameters
    ----------
    grid
        The table.
    sheet
        The sheet of ours it feeds first; empty where none is recognised.
    sure
        Whether no other sheet comes near.
    columns
        In the order of the file; headers without a name are left out.
    outcome
        Header of the column that says how a deal ended; that of its stage where won and lost stand there.
    split
        Headers of days that are expected while a deal is open and final afterwards.
    gaps
        Headers of columns with blank cells.
    words
        Words of its outcome to ours.
    unknown_words
        Words of the outcome that are not known.
    dates, date_format, decimals
        How the file writes them, as in the mapping; empty where it does not matter.
    unclear
        Columns whose days or figures can be read two ways: header -> an example.
    percent
        Headers of shares that are written 0 to 100 without a sign.
    mends
        Spellings in this table of names that another table has: header -> {as written: as there}.
    """

    grid: Grid
    sheet: str
    sure: bool
    columns: tuple[ColumnProposal, ...]
    words: Mapping[str, Outcome] = field(default_factory=dict)
    unknown_words: tuple[str, ...] = ()
    dates: str = ""
    decimals: str = ""
    unclear: Mapping[str, str] = field(default_factory=dict)
    percent: frozenset[str] = frozenset()
    outcome: str = ""
    split: frozenset[str] = frozenset()
    gaps: frozenset[str] = frozenset()
    mends: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def header_of(self, sheet: str, column: str) -> str:
        """The header that feeds a column without doubt; empty for none."""
        found = (c.header for c in self.columns if c.target == (sheet, column) and not c.open)
        return next(found, "")

    @property
    def questions(self) -> tuple[ColumnProposal, ...]:
        """Columns the user has to be asked about."""
        return tuple(column for column in self.columns if column.open)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A whole mapping, proposed.

    Parameters
    ----------
    name
        Of the firm, until the user says better.
    currency
        Empty where nothing tells it.
    currency_reason
        Why, in words.
    lang
        The language it is told in.
    """

    name: str
    tables: tuple[TableProposal, ...]
    currency: str
    currency_reason: str
    lang: str

    @property
    def known(self) -> tuple[TableProposal, ...]:
        """Tables that feed a sheet."""
        return tuple(table for table in self.tables if table.sheet)

    def feeding(self, sheet: str) -> tuple[TableProposal, ...]:
        """Tables whose first sheet this is."""
        return tuple(table for table in self.tables if table.sheet == sheet)


def sample(values: list[Any]) -> tuple[str, ...]:
    """The first three values, as one would read them."""
    return tuple(_short(as_text(value)) for value in values[:3])


def _short(text: str) -> str:
    text = " ".join(text.removesuffix(" 00:00:00").split())
    return text if len(text) <= 28 else f"{text[:27]}…"
