"""Days until money is there, as people write them: 60일, Net 30, 익월말, 어음 90일."""

from __future__ import annotations

import re
import unicodedata

from pursuit.intake.cells.cell_error import Note

_EXACT = re.compile(
    r"(?:net|n/|d\+|t/t|tt|o/a|어음|외상|여신)?(\d{1,3})(?:일|days?|d)?(?:어음|외상)?(?:이내|내|후|within|after\w*)?"
)
_MONTHS = re.compile(r"(?:어음)?(\d{1,2})(?:개월|달|months?)(?:어음|이내|후)?")
_CLOSING = re.compile(r"(?:당월|매월)?(?:월말|말일)(?:마감|정산)[,/후]?")
_MONTH_END = re.compile(r"(당|익|익익|차)월(?:말일?|(\d{1,2})일)")
_NOISE = re.compile(
    r"\s+|[()\[\]]|현금|결제|지급|입금|송금|계좌이체|세금계산서|계산서|발행(?:일)?|기준|검수|납품|인도|invoice|from|of|the"
)
_AT_ONCE = {"즉시", "현금", "cash", "cod", "atsight", "dueonreceipt", "immediate", "immediately"}
_AHEAD = {"당": 0, "익": 1, "차": 1, "익익": 2}


def find_days(text: str) -> tuple[int, Note | None] | None:
    """Days from the bill to the money; None where the text does not clearly say.

    A day of a month is reckoned from bills spread evenly over a month of thirty days: the end of the next month is 45
    days away on average.
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    if re.sub(r"\s+", "", folded) in _AT_ONCE:
        return 0, Note("It was read as 0 days: paid at once.", "Nothing, if that is right.")
    bare = _CLOSING.sub("", _NOISE.sub("", folded)).strip("후,./ ")
    if match := _EXACT.fullmatch(bare):
        return (int(match[1]), None) if not bare.isdigit() else None
    if match := _MONTHS.fullmatch(bare):
        note = Note("A month was counted as 30 days.", "Write a number of days if you know better.")
        return 30 * int(match[1]), note
    match = _MONTH_END.fullmatch(bare)
    if match is None:
        return None
    days = max(30 * _AHEAD[match[1]] + (15 if match[2] is None else int(match[2]) - 15), 0)
    problem = "It was read as {days} days, the average where bills are spread over a month of 30 days."
    return days, Note(problem, "Write a number of days if you know better.", days=days)


def read_days(raw: object) -> tuple[int, Note | None] | None:
    """Days in a cell that is a text with more than digits; None for the rest, which is read as a number."""
    return find_days(raw) if isinstance(raw, str) else None
