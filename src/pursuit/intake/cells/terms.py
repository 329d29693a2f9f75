"""Terms of payment in one cell: 선급30% 중도40% 잔금30%, 계약금 10 / 잔금 90, 월말마감 익월말 현금, 어음 90일."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from pursuit.intake.cells.cell_error import CellError, Note
from pursuit.intake.cells.waiting import find_days

_EVENTS = {
    "order": "선급금|선급|선금|선수금|계약금|착수금|착수|계약시|down ?payment|down|advance|deposit",
    "interim": "중도금|중도|중간금|중간|기성금|기성|interim|progress",
    "delivery": "잔금|잔액|잔대금|준공금|준공|납품시|납품|검수|final|balance|on delivery",
}
_WORD = re.compile("|".join(f"(?P<{event}>{words})" for event, words in _EVENTS.items()))
_PART = re.compile(
    r"[\s:=(]*(?P<share>\d+(?:\.\d+)?)\s*(?:%|퍼센트|프로)?\)?"
    r"(?:[\s,(:]*(?:납품|검수|인도|계약|발행|준공)?\s*(?:후|완료후|시)?\s*(?P<days>\d{1,3})\s*(?:일|days?)(?:\s*(?:이내|후))?\)?)?"
    r"[\s,/+;·|및&-]*"
)
_NOTE = re.compile(r"(?:약속|전자)?어음\s*\(?(\d{1,3})\s*일?\)?|(\d{1,3})\s*일?\s*(?:약속|전자)?어음")
_BOTH_SIDES = re.compile(r"\d\s*일?\s*(?:약속|전자)?어음\s*\(?\d")
_ASK = "Write it like 선급30% 중도40% 잔금30%, 60일, 익월말 or 어음 90일, or fill in the sheet payments."


@dataclass(frozen=True, slots=True)
class Terms:
    """What a cell says of payment.

    Parameters
    ----------
    shares
        (event, share of the price, days after it) of each part; empty where only days are said.
    days, note_days
        Days from the bill to the money, and to the note's due day after that; None where not said.
    """

    shares: tuple[tuple[str, float, int], ...] = ()
    days: int | None = None
    note_days: int | None = None


def read_terms(raw: object) -> tuple[Terms, Note | None]:
    """The terms in a cell.

    Raises
    ------
    CellError
        When they do not clearly say, or their shares do not add up to 100 %.
    """
    if not isinstance(raw, str):
        raise CellError("These terms of payment are not clear.", _ASK)
    text = unicodedata.normalize("NFKC", raw).casefold().strip()
    words = [match for match in _WORD.finditer(text) if _followed(text, match.end())]
    return (Terms(_shares(text, words)), None) if words else _waiting(text)


def _followed(text: str, at: int) -> bool:
    """Whether a share follows a word, so that it is one of the parts."""
    return bool(re.match(r"[\s:=(]*\d+(?:\.\d+)?\s*(?!일|days?|\d|\.)", text[at:]))


def _shares(text: str, words: list[re.Match[str]]) -> tuple[tuple[str, float, int], ...]:
    parts = []
    ends = [word.start() for word in words[1:]] + [len(text)]
    for word, end in zip(words, ends, strict=True):
        found = _PART.fullmatch(text[word.end() : end])
        if found is None or text[: words[0].start()].strip():
            raise CellError("These terms of payment are not clear.", _ASK)
        parts.append((word.lastgroup or "", float(found["share"]), int(found["days"] or 0)))
    total = sum(share for _, share, _ in parts)
    if abs(total - 100) > 0.01:
        problem = "The shares of these terms add up to {total}%, not 100%."
        raise CellError(problem, "Correct the shares; the last part counts too.", total=f"{total:g}")
    return tuple((event, round(share / 100, 6), days) for event, share, days in parts)


def _waiting(text: str) -> tuple[Terms, Note | None]:
    notes = list(_NOTE.finditer(text))
    if _BOTH_SIDES.search(text):  # 30일 어음 90일: which of the two the note is, nobody can say
        raise CellError("These terms of payment are not clear.", _ASK)
    rest = _NOTE.sub("", text).strip(" ,/+·및")
    found = find_days(f"{rest}일" if rest.isdigit() else rest) if rest else None
    if len(notes) > 1 or (rest and found is None) or not (notes or found):
        raise CellError("These terms of payment are not clear.", _ASK)
    note_days = int(notes[0][1] or notes[0][2]) if notes else None
    return Terms((), found[0] if found else None, note_days), found[1] if found else None
