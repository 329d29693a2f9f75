"""A proposal with a user's answers in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pursuit.intake.cells.habits import DateOrder, DecimalMark
from pursuit.intake.exports.propose.proposal import ColumnProposal, Proposal, TableProposal
from pursuit.intake.exports.propose.vocabulary import Outcome, Target
from pursuit.words import Words


def _changed(proposal: Proposal, at: int, change: Callable[[TableProposal], TableProposal]) -> Proposal:
    tables = list(proposal.tables)
    tables[at] = change(tables[at])
    return replace(proposal, tables=tuple(tables))


def answer_column(proposal: Proposal, at: int, header: str, target: Target | None) -> Proposal:
    """Table ``at`` with a column settled; any other that stood for the same place is left out."""
    why = Words(proposal.lang)("You said so.")

    def settled(column: ColumnProposal) -> ColumnProposal:
        if column.header == header:
            return replace(column, target=target, confidence=1.0, reason=why, rivals=(), open=False)
        if target and column.target == target:
            return replace(column, target=None, confidence=0.0, rivals=(), open=False)
        rivals = tuple(rival for rival in column.rivals if rival.target != target)
        return replace(column, rivals=rivals)

    return _changed(proposal, at, lambda t: replace(t, columns=tuple(map(settled, t.columns))))


def answer_word(proposal: Proposal, at: int, word: str, outcome: Outcome) -> Proposal:
    """Table ``at`` with the meaning of one word of its outcome."""

    def settled(table: TableProposal) -> TableProposal:
        left = tuple(other for other in table.unknown_words if other != word)
        return replace(table, words={**table.words, word: outcome}, unknown_words=left)

    return _changed(proposal, at, settled)


def answer_habit(
    proposal: Proposal, at: int, *, dates: DateOrder = "", decimals: DecimalMark = ""
) -> Proposal:
    """Table ``at`` with the way it writes days or decimals."""
    given: dict[str, Any] = {k: v for k, v in (("dates", dates), ("decimals", decimals)) if v}
    return _changed(
        proposal,
        at,
        lambda t: replace(t, **given, unclear={k: v for k, v in t.unclear.items() if k not in given}),
    )


def answer_currency(proposal: Proposal, currency: str) -> Proposal:
    """The proposal in a currency."""
    return replace(proposal, currency=currency, currency_reason=Words(proposal.lang)("You said so."))
