"""Precision and recall of what is proposed, with and without asking."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from benchmarks.mapping.sets import HeaderSet
from pursuit.intake.exports.propose.proposing import propose


@dataclass
class Score:
    """Counts over some header sets.

    ``right`` and ``wrong`` are columns proposed without asking; ``asked`` those asked about with the truth among the
    choices; ``wanted`` those that are a column of ours; ``misses`` says which went wrong.
    """

    right: int = 0
    wrong: int = 0
    asked: int = 0
    asked_in_vain: int = 0
    wanted: int = 0
    sheets: int = 0
    sets: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        """Share of what is proposed without asking that is right."""
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Share of our columns that are proposed without asking."""
        return self.right / max(1, self.wanted)

    @property
    def recall_asking(self) -> float:
        """The same with every question answered."""
        return (self.right + self.asked) / max(1, self.wanted)


def measure(sets: Iterable[HeaderSet]) -> Score:
    """Propose a mapping for each set and compare it with the truth."""
    score = Score()
    for case in sets:
        (table,) = propose([case.grid()]).tables
        score.sets += 1
        score.sheets += table.sheet == case.sheet
        if table.sheet != case.sheet:
            score.misses.append(f"{case.name}: taken for {table.sheet or 'nothing'}")
        for (header, truth, _), proposed in zip(case.columns, table.columns, strict=True):
            score.wanted += "-" not in truth
            targets = {".".join(proposed.target)} if proposed.target else set()
            told = f"{case.name}: {header} is {'/'.join(sorted(truth))}"
            if proposed.open:
                offered = targets | {".".join(rival.target) for rival in proposed.rivals}
                good = bool(offered & truth - {"-"})
                score.asked += good and "-" not in truth
                score.asked_in_vain += not good
                score.misses.append(f"{told}, asked {'/'.join(sorted(offered))}")
            elif targets:
                good = bool(targets & truth)
                score.right += good and "-" not in truth
                score.wrong += not good
                if not good:
                    score.misses.append(f"{told}, WRONGLY {targets.pop()}")
            elif "-" not in truth:
                score.misses.append(f"{told}, left out")
    return score
