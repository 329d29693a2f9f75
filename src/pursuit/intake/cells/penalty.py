"""Penalties for lateness (지체상금율) as contracts write them: 1/1000, 0.1%/일, 1000분의 1.5, 0.75‰."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from pursuit.intake.cells.cell_error import CellError, Note
from pursuit.intake.cells.figures import share_in
from pursuit.intake.cells.habits import Habits

UNUSUAL = Decimal("0.003")
"""Public contracts ask for 0.5 (building), 0.75 (goods), 1.25 (services), 1.5 (food for the army) or 2.5 (transport) of
a thousand a day: Enforcement Rule of the Act on Contracts to Which the State Is a Party, article 75 (국가계약법)."""
IMPOSSIBLE = Decimal("0.01")
"""Beyond this a penalty would reach the price in a hundred days: no contract, but a mistake of unit."""

_YEARLY = re.compile(r"연|年|년|per\s*(?:year|annum)|/\s*(?:year|yr)|p\.?a\.?$|annual|yearly", re.IGNORECASE)
_MONTHLY = re.compile(r"월|month", re.IGNORECASE)
_PER_DAY = re.compile(
    r"지체일수|지체|계약금액의?|(?:/|매|per)?\s*1?\s*일\s*당?|(?:/|per|a)\s*day|daily|의(?=\s*\d)",
    re.IGNORECASE,
)
_FIGURE = r"(\d+(?:\.\d+)?)"
_FRACTION = re.compile(rf"{_FIGURE}\s*/\s*(\d[\d,]*)")
_OUT_OF = re.compile(rf"(\d[\d,]*|천|만)\s*분\s*의?\s*{_FIGURE}")
_PER_MILLE = re.compile(rf"{_FIGURE}\s*‰")
_WORDS = {"천": "1000", "만": "10000"}


def read_day_rate(raw: object, habits: Habits) -> tuple[float, Note | None]:
    """The share of the price for each day late.

    Raises
    ------
    CellError
        For a rate per year or month, and for more than ``IMPOSSIBLE`` a day.
    """
    note = None
    rate = _written(raw) if isinstance(raw, str) else None
    if rate is None:
        text = _PER_DAY.sub("", unicodedata.normalize("NFKC", raw)).strip() if isinstance(raw, str) else raw
        rate, note = share_in(text, habits)
    if rate < 0:
        raise CellError("The number is too small.", "It is {low} or more.", low="0")
    if rate > IMPOSSIBLE:
        problem = "This would be {percent} of the price for each day late, most likely a mistake of unit."
        mend = "Write the share of the price per day, like 0.1% or 1/1000."
        raise CellError(problem, mend, percent=_percent(rate))
    if note is None and rate > UNUSUAL:
        problem = "{percent} of the price a day is unusual; public contracts ask for 0.05% to 0.25%."
        note = Note(problem, "Nothing, if that is right.", percent=_percent(rate))
    return float(rate), note


def _written(raw: str) -> Decimal | None:
    """A rate written as a fraction; None for anything that is read as a share."""
    text = unicodedata.normalize("NFKC", raw)
    if _YEARLY.search(text):
        mend = "Write the rate of one day, like 0.1% or 1/1000 (a yearly one may be a 365th a day)."
        raise CellError("This is a rate per year; a rate per day is asked for.", mend)
    if _MONTHLY.search(text):
        mend = "Write the rate of one day, like 0.1% or 1/1000."
        raise CellError("This is a rate per month; a rate per day is asked for.", mend)
    bare = _PER_DAY.sub("", text).strip()
    if match := _FRACTION.fullmatch(bare):
        top, bottom = match.groups()
    elif match := _OUT_OF.fullmatch(bare):
        bottom, top = match.groups()
    elif match := _PER_MILLE.fullmatch(bare):
        top, bottom = match[1], "1000"
    else:
        return None
    below = Decimal(_WORDS.get(bottom, bottom).replace(",", ""))
    return Decimal(top) / below if below else None


def _percent(rate: Decimal) -> str:
    return f"{(rate * 100).normalize():f}%"
