"""What is special about deals: outcomes that stand in the stage, a day that is both expected and final, grades."""

from __future__ import annotations

from dataclasses import replace

from pursuit.intake.exports.propose.fitting import fit
from pursuit.intake.exports.propose.looks import Looks
from pursuit.intake.exports.propose.proposal import SURE, ColumnProposal, TableProposal
from pursuit.intake.exports.propose.vocabulary import Outcome, outcome_of
from pursuit.words import Words

STAGE = ("opportunities", "stage")
OUTCOME = ("opportunities", "outcome")
CLOSED = ("opportunities", "closed")
EXPECTED = ("opportunities", "expected_close")
BOTH = frozenset({CLOSED, EXPECTED})


def settle_deals(table: TableProposal, looks: dict[str, Looks], words: Words) -> TableProposal:
    """The table with its outcome settled, and days of decision told apart by it."""
    columns = tuple(_stage_or_outcome(column) for column in table.columns)
    table = replace(table, columns=columns)
    header = outcome_header(table, looks)
    if header:
        known, unknown = outcome_words(looks[header])
        table = replace(table, outcome=header, words=known, unknown_words=unknown)
    split = frozenset(c.header for c in table.columns if _ends_and_waits(c, table))
    columns = tuple(_day_of_decision(c, words) if c.header in split else c for c in table.columns)
    return replace(table, columns=columns, split=split)


def outcome_header(table: TableProposal, looks: dict[str, Looks]) -> str:
    """The column that says how a deal ended: its own, else that of the stage where won or lost stand in it."""
    own = table.header_of(*OUTCOME)
    stage = table.header_of(*STAGE)
    if own or not stage:
        return own
    return stage if fit(OUTCOME, looks[stage]) == "tells" else ""


def outcome_words(look: Looks) -> tuple[dict[str, Outcome], tuple[str, ...]]:
    """Words of a column with what they mean, and those nobody knows."""
    meant = {word: outcome_of(word) for word, _ in look.words}
    return (
        {word: outcome for word, outcome in meant.items() if outcome},
        tuple(word for word, outcome in meant.items() if not outcome),
    )


def _stage_or_outcome(column: ColumnProposal) -> ColumnProposal:
    """That a column may be the stage as well as the outcome is no doubt: it can be both."""
    if column.target not in (STAGE, OUTCOME) or not column.rivals:
        return column
    rivals = tuple(rival for rival in column.rivals if rival.target not in (STAGE, OUTCOME))
    return replace(column, rivals=rivals, open=bool(rivals) or column.confidence < SURE)


def _ends_and_waits(column: ColumnProposal, table: TableProposal) -> bool:
    """Whether a close date is both expected and final, which the outcome tells apart."""
    meant = {column.target, *(rival.target for rival in column.rivals)}
    others = [c for c in table.columns if c is not column and c.target in BOTH and not c.open]
    return column.target in BOTH and meant >= BOTH and bool(table.words) and not others


def _day_of_decision(column: ColumnProposal, words: Words) -> ColumnProposal:
    rivals = tuple(rival for rival in column.rivals if rival.target not in BOTH)
    why = words("While a deal is open this is the day expected, afterwards the day it ended.")
    return replace(column, target=CLOSED, confidence=0.9, reason=why, rivals=rivals, open=bool(rivals))
