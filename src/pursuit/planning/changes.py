"""Changes of a firm or of how it is planned, each told in a line of text: ``capacity:MC=+10%``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pursuit.errors import InputError
from pursuit.planning.basis import Basis
from pursuit.words import Words

FORM = re.compile(
    r"(?P<what>[a-z]+)(:(?P<target>.+?))?=(?P<sign>[+-]|x)?(?P<number>\d+(\.\d+)?)(?P<percent>%)?"
    r"(@(?P<first>\d+)-(?P<last>\d+))?"
)
PIN = re.compile(r"pin:(?P<target>[^=]+)=(?P<word>.+)")
KINDS = ("capacity", "hour", "unit", "speed", "price", "win", "floor", "cash", "goal", "limit", "risk", "pin")


@dataclass(frozen=True)
class Change:
    """One change: of what, of which record, and how a number moves.

    ``how`` is ``set``, ``add`` or ``times``; ``weeks`` are the first and the last week concerned, counted from 0;
    ``word`` is what a record is pinned to.
    """

    what: str
    target: str
    how: str
    number: float
    weeks: tuple[int, int] | None = None
    word: str = ""

    def moved(self, before: float) -> float:
        """What a number becomes."""
        return {"set": self.number, "add": before + self.number, "times": before * self.number}[self.how]

    def on(self, basis: Basis, lang: str = "en") -> Basis:
        """The basis with this change made.

        Raises
        ------
        InputError
            When there is nothing of that name to change, or it cannot be changed so.
        """
        from pursuit.planning.changing import CHANGES  # which reads changes itself

        return CHANGES[self.what](self, basis, Words(lang))


def parse_change(text: str, lang: str = "en") -> Change:
    """A change from its line: ``what[:record]=number``.

    ``+10%`` and ``-5%`` move by a share, ``x1.2`` times, ``+3`` and ``-3`` by so much, ``0.6`` (``60%``) sets. Weeks
    follow an ``@``, counted from 1: ``speed:MC=50%@3-8``. ``pin:record=word`` decides a record by hand.

    Raises
    ------
    InputError
        When it cannot be read.
    """
    words = Words(lang)
    if pin := PIN.fullmatch(text.strip()):
        return Change("pin", pin["target"], "set", 0.0, word=pin["word"])
    match = FORM.fullmatch(text.strip())
    if match is None or match["what"] not in KINDS:
        raise InputError(
            words(
                "The change '{text}' cannot be read. Write it like capacity:RESOURCE=+10% or win:OPPORTUNITY=0.6; what"
                " can be changed: {kinds}.",
                text=text, kinds=", ".join(KINDS),
            )
        )  # fmt: skip
    number, sign, share = float(match["number"]), match["sign"], bool(match["percent"])
    if sign == "x":
        how, number = "times", number / 100 if share else number
    elif sign:
        signed = number if sign == "+" else -number
        how, number = ("times", 1 + signed / 100) if share else ("add", signed)
    else:
        how, number = "set", number / 100 if share else number
    weeks = (int(match["first"]) - 1, int(match["last"]) - 1) if match["first"] else None
    if weeks is not None and not 0 <= weeks[0] <= weeks[1]:
        raise InputError(words("The weeks in '{text}' must rise from 1 on.", text=text))
    return Change(match["what"], match["target"] or "", how, number, weeks)
