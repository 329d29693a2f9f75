"""What can be read and still be wrong, in the order in which it is told."""

from __future__ import annotations

from pursuit.intake.findings import Findings
from pursuit.intake.records.frame import Frame
from pursuit.intake.records.quality.amounts import check_amounts
from pursuit.intake.records.quality.chances import check_chances
from pursuit.intake.records.quality.days import check_days
from pursuit.intake.records.quality.doubles import check_doubles
from pursuit.intake.records.quality.history import check_history
from pursuit.intake.records.quality.lookalikes import check_lookalikes
from pursuit.intake.records.quality.mangled import check_mangled
from pursuit.intake.records.quality.references import check_references
from pursuit.intake.records.quality.spellings import check_spellings
from pursuit.intake.records.quality.words import check_words
from pursuit.intake.records.rows import Tables


def check_sense(tables: Tables, frame: Frame, findings: Findings) -> None:
    """Report everything in rows that is well-formed but contradicts itself, the rest, or the day of the data.

    Sums must be settled before. What no plan could be right with is an error, what a person should look at a
    warning.
    """
    check_mangled(tables, findings)
    check_lookalikes(tables, findings)
    check_references(tables, findings)
    check_words(tables, frame, findings)
    check_doubles(tables, findings)
    check_days(tables, frame, findings)
    check_amounts(tables, findings)
    check_chances(tables, findings)
    check_spellings(tables, findings)
    check_history(tables, findings)
