"""Which column of a table is which of ours: every candidate weighed, each header and each column given once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pursuit.intake.exports.propose.fitting import Fit, fit
from pursuit.intake.exports.propose.looks import Looks
from pursuit.intake.exports.propose.proposal import SURE, WORTH_ASKING
from pursuit.intake.exports.propose.vocabulary import NameMatch, Target, name_matches
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME

CLOSE = 0.09
"""Two candidates nearer than this are asked about."""
_ONLY = 0.82
"""Confidence of a name of several meanings where nothing else in the table competes."""
_BY_VALUES: tuple[tuple[Target, float], ...] = (
    (("accounts", "business_number"), 0.85),
    (("opportunities", "outcome"), 0.82),
)
"""Columns whose values tell them whatever their header says."""
_SAYS_PRODUCT = ("invoices", "routings")
"""Sheets that name products though they do not refer to that sheet."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A column of a table as one of ours."""

    at: int
    target: Target
    confidence: float
    fit: Fit
    match: NameMatch | None = None


def candidates(headers: Sequence[str], looks: Sequence[Looks]) -> list[Candidate]:
    """Everything each column could be, whatever sheet the table feeds."""
    found = []
    for at, (header, look) in enumerate(zip(headers, looks, strict=True)):
        for match in name_matches(header):
            how = fit(match.target, look)
            found.append(Candidate(at, match.target, _confidence(match, how), how, match))
        named = {candidate.target for candidate in found if candidate.at == at}
        for target, confidence in _BY_VALUES:
            if target not in named and fit(target, look) == "tells":
                found.append(Candidate(at, target, confidence, "tells"))
    return found


def _confidence(match: NameMatch, how: Fit) -> float:
    """By the name, raised or lowered by the values."""
    if how == "contradicts":
        return 0.25 * match.score
    if match.doubt == 2:
        return 0.6 * match.score
    if match.doubt == 1:
        return match.score * {"tells": 0.86, "suits": 0.68, "unknown": 0.55}[how]
    return match.score * {"tells": 0.99, "suits": 0.96, "unknown": 0.9}[how]


def allowed_targets(sheet: str) -> set[Target]:
    """The columns a table that feeds ``sheet`` can fill: its own, and those of the records it names."""
    columns = SHEET_BY_NAME[sheet].columns
    own = {(sheet, column.name) for column in columns}
    named = {column.ref for column in columns} & {"accounts", "products"}
    if sheet in _SAYS_PRODUCT:
        own |= {("products", "id"), ("products", "name")}
    return own | {(ref, column.name) for ref in named for column in SHEET_BY_NAME[ref].columns}


def choose(found: Iterable[Candidate], sheet: str) -> list[Candidate]:
    """The best candidates for a table that feeds ``sheet``: each header and each column of ours at most once."""
    targets = allowed_targets(sheet)
    pool = [c for c in found if c.target in targets and c.confidence >= WORTH_ASKING]
    pool = _lift_lonely(pool)
    chosen: dict[int, Candidate] = {}
    for candidate in sorted(pool, key=lambda c: (-c.confidence, c.target[0] != sheet, c.at)):
        taken = {c.target for c in chosen.values()}
        if candidate.at not in chosen and candidate.target not in taken:
            chosen[candidate.at] = candidate
    return sorted(chosen.values(), key=lambda c: c.at)


def _lift_lonely(pool: list[Candidate]) -> list[Candidate]:
    """A name of several meanings is taken where it has one meaning here and no other column has that meaning."""

    def lonely(candidate: Candidate) -> bool:
        rivals = [
            c for c in pool if c is not candidate and (c.at == candidate.at or c.target == candidate.target)
        ]
        return (
            not rivals
            and candidate.match is not None
            and candidate.match.doubt == 1
            and candidate.match.way in ("exact", "stripped")
            and candidate.fit == "suits"
        )

    return [replace(c, confidence=_ONLY) if lonely(c) else c for c in pool]


def rivals_of(
    candidate: Candidate, found: Iterable[Candidate], chosen: Sequence[Candidate], sheet: str
) -> list[Candidate]:
    """Candidates that come close: other meanings of this header, other headers of this meaning."""
    targets = allowed_targets(sheet)
    taken = {c.target: c for c in chosen}
    placed = {c.at: c for c in chosen}
    close = []
    for other in found:
        if other.target not in targets or other.confidence < max(WORTH_ASKING, candidate.confidence - CLOSE):
            continue
        if other.at == candidate.at and _goes_before(candidate.target, other.target, sheet):
            continue
        if other.at == candidate.at and other.target != candidate.target:
            holder = taken.get(other.target)
            if holder is None or holder.confidence < other.confidence + CLOSE:
                close.append(other)
        elif other.target == candidate.target and other.at != candidate.at:
            holder = placed.get(other.at)
            if holder is None or holder.confidence < SURE:
                close.append(other)
    return sorted(close, key=lambda c: -c.confidence)


def _goes_before(target: Target, other: Target, sheet: str) -> bool:
    """What a table says of its own records goes before what it says of those it names, but for their names.

    A name may stand for an id, and an id for a name.
    """
    if target[0] == other[0]:
        return {target[1], other[1]} == {"id", "name"}
    return target[0] == sheet and other[1] not in ("id", "name")
