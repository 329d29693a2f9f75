"""The mark before decimals: which of two readings a number's commas and points allow."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pursuit.intake.cells.cell_error import CellError, Note, UnsettledError
from pursuit.intake.cells.habits import DecimalMark, Habits

_GROUPS = r"[1-9]\d{{0,2}}(?:{0}\d{{3}})+"
_SHAPE = (
    r"(?:{groups}|[1-9]\d{{0,2}}(?P<space>[ '])\d{{3}}(?:(?P=space)\d{{3}})*|\d+|(?=[.,]\d))(?:{mark}\d*)?"
)
_ALLOWED = {
    "point": re.compile(_SHAPE.format(groups=_GROUPS.format(","), mark=r"\.")),
    "comma": re.compile(_SHAPE.format(groups=_GROUPS.format(r"\."), mark=",")),
}
_BARE: dict[str, dict[int, str | None]] = {
    "point": {ord(sign): None for sign in ", '"},
    "comma": {**{ord(sign): None for sign in ". '"}, ord(","): "."},
}
"""What becomes of each sign before a number is reckoned."""
_DIGITS = re.compile(r"\d[\d.,' ]*\d|\d|[.,]\d+")


def marks_allowed(digits: str) -> tuple[DecimalMark, ...]:
    """The decimal marks under which ``digits`` are a number; one of them is a proof, none a fault.

    Groups are of three digits and do not begin with 0; blanks and apostrophes only group.
    """
    return tuple(mark for mark, shape in _ALLOWED.items() if shape.fullmatch(digits))  # type: ignore[misc]


def proof(text: str) -> DecimalMark:
    """The decimal mark that a number's text proves; empty where it shows none."""
    if "," not in text and "." not in text:
        return ""
    found = _DIGITS.search(text if text.isascii() else unicodedata.normalize("NFKC", text).replace("’", "'"))
    allowed = marks_allowed(found[0]) if found else ()
    return allowed[0] if len(allowed) == 1 else ""


def by_mark(digits: str, habits: Habits, money: bool = False) -> tuple[Decimal, Note | None]:
    """The value of ``digits`` as the file writes decimals.

    Parameters
    ----------
    digits
        Digits, points, commas, apostrophes and blanks.
    habits
        What the file declares or its columns have shown.
    money
        Whether it is a sum of money, whose three last digits are thousands where ``habits`` say so.

    Raises
    ------
    UnsettledError
        When point and comma give two values and nothing says which.
    CellError
        When it is no number, or contradicts how the file writes decimals.
    """
    allowed = marks_allowed(digits)
    if not allowed:
        problem = "Commas and points do not stand where a number has them."
        raise CellError(problem, "Write it like 1,234.5 or 1234.5.")
    if habits.decimals and habits.decimals not in allowed:
        problem = "The file writes decimals after a {mark}; read so, this is not a number."
        raise CellError(problem, "Write it like the others of the file.", mark=_sign(habits.decimals))
    if habits.decimals:
        return _value(digits, habits.decimals), None
    if len(allowed) == 1 or not ({",", "."} & set(digits)):
        return _value(digits, allowed[0]), None
    if not (money and habits.thousands):
        raise UnsettledError(
            "Commas and points can be read in two ways.",
            "Declare it once for the file: decimals = point or comma; or write it like 1234.5.",
        )
    value = _value(digits, "point" if "," in digits else "comma")
    problem = "Three digits after a point were read as thousands, as no sum has three decimals; here {value}."
    mend = "If they are decimals, declare decimals = point for the file."
    return value, Note(problem, mend, value=f"{value:f}") if "." in digits else None


def _value(digits: str, mark: DecimalMark) -> Decimal:
    return Decimal(digits.translate(_BARE[mark]))


def _sign(mark: DecimalMark) -> str:
    return {"point": ".", "comma": ","}.get(mark, "")
