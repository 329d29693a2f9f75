"""What figures are counted in, as people note it: (단위: 천원), [단위 : 억원, %], in thousands, US$ million."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.cells.figures import read_currency

ONE, PERCENT = Decimal(1), Decimal("0.01")

_KOREAN = {
    "십": 1,
    "백": 2,
    "천": 3,
    "만": 4,
    "십만": 5,
    "백만": 6,
    "천만": 7,
    "억": 8,
    "십억": 9,
    "백억": 10,
    "천억": 11,
    "조": 12,
}
_ENGLISH = {
    **dict.fromkeys(("thousand", "thousands", "thou", "k", "000", "'000", "000s", "'000s"), 3),
    **dict.fromkeys(("million", "millions", "mil", "mio", "mn", "mln", "mm", "000000"), 6),
    **dict.fromkeys(("billion", "billions", "bn", "bln"), 9),
    **dict.fromkeys(("trillion", "trillions", "tn"), 12),
}  # fmt: skip
_POWERS = _KOREAN | _ENGLISH
_AFTER_MONEY = {"m": 6, "b": 9}  # a bare m may be metres; "USD m" is not
_CURRENCIES = {
    **dict.fromkeys(("원", "원화", "won", "krwon", "₩"), "KRW"),
    **dict.fromkeys(("us$", "usdollar", "usdollars", "미화", "미달러", "미국달러"), "USD"),
    **dict.fromkeys(("€", "유로", "euro", "euros"), "EUR"),
    **dict.fromkeys(("£",), "GBP"),
    **dict.fromkeys(("엔", "엔화"), "JPY"),
    **dict.fromkeys(("위안", "위안화"), "CNY"),
}  # fmt: skip
_UNCLEAR = {"$", "¥", "달러", "dollar", "dollars", "弗", "불"}
_PIECES = {"개", "ea", "pcs", "pc", "명", "건", "대", "세트", "set", "sets", "units", "head"}
_PERCENT = {"%", "퍼센트", "percent", "pct"}
_LONGEST = 120
_FILLER = {"in", "of", "expressed", "korean", "amount", "amounts", "figures", "currency", "금액", "화폐"}
_WORD = re.compile(r"us\$|us dollars?|krw|'?0{3}s?\b|0{6}|[a-z]+|[가-힣]+|[%₩€£$¥弗]")
_TAX = r"(?:v\.?a\.?t\.?|부가세|부가가치세)\s*[은는]?\s*"
_VAT = re.compile(_TAX + r"(별도|제외|미포함|excluded|excl\.?|포함|included|incl\.?)")
_LEAD = re.compile(r"(?:금액|화폐|통화|currency)?\s*(?:단위|units?)(?![가-힣a-z])\s*(:|=|are\b|is\b)?\s*")
_SEPARATOR = re.compile(r"[,/;·]|및|\band\b")
_BRACKETED = re.compile(r"[(\[{<【〔](?P<inner>[^()\[\]{}<>【】〔〕]*)[)\]}>】〕]")


@dataclass(frozen=True, slots=True)
class Unit:
    """What figures are counted in.

    Parameters
    ----------
    scale
        What one stands for: 1000 in ``천원``, 0.01 in ``%``.
    kind
        ``money``, ``share``, ``pieces``, or ``figure`` where only the size is named (``in thousands``).
    currency
        Its currency code, where it names one.
    unclear
        Whether it names a sign that several currencies share (``$``).
    """

    scale: Decimal
    kind: str
    currency: str = ""
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A note above a table: its text, the units it names, and whether it says that VAT is in the sums."""

    text: str
    units: tuple[Unit, ...]
    with_vat: bool = False

    def unit(self, kind: str) -> Unit | None:
        """What it says columns of a kind are counted in; a size without a currency speaks of money."""
        kinds = ("money", "figure") if kind == "money" else (kind,)
        return next((unit for unit in self.units if unit.kind in kinds and kind in ("money", "share")), None)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'").strip()


@lru_cache(4096)
def read_unit(text: str) -> Unit | None:
    """The unit a text names and nothing else; None where any part of it is something else."""
    folded = re.sub(r"us dollars?", "us$", _fold(text).replace("u.s.", "us"))
    words = _WORD.findall(folded)
    if not words or re.sub(r"[\s'.,/\-]", "", _WORD.sub("", folded)):
        return None
    power, currency, kind, unclear = 0, "", "", False
    for word in [word for word in words if word not in _FILLER]:
        size, rest = _size(word, bool(kind))
        power += size
        if not rest:
            kind = kind or ("figure" if size else kind)
        elif rest in _PIECES | _PERCENT and kind in ("", "figure"):
            kind = "share" if rest in _PERCENT else "pieces"
        elif (code := _currency(rest)) and currency in ("", code) and kind in ("", "figure", "money"):
            currency, kind = code, "money"
        elif rest in _UNCLEAR and kind in ("", "figure"):
            kind, unclear = "money", True
        else:
            return None
    if not kind or (kind == "share" and power):
        return None
    return Unit(PERCENT if kind == "share" else ONE.scaleb(power), kind, currency, unclear)


def _size(word: str, after_money: bool) -> tuple[int, str]:
    """The power of ten a word begins with, and what is left of it: 천원 is 3 and 원."""
    if after_money and word in _AFTER_MONEY:
        return _AFTER_MONEY[word], ""
    if word in _POWERS:
        return _POWERS[word], ""
    known = (prefix for prefix in sorted(_KOREAN, key=len, reverse=True) if word.startswith(prefix))
    prefix = next(known, "")
    return _KOREAN.get(prefix, 0), word.removeprefix(prefix)


def _currency(word: str) -> str:
    if word in _CURRENCIES:
        return _CURRENCIES[word]
    try:
        return read_currency(word) if len(word) == 3 and word.isascii() else ""
    except CellError:
        return ""


@lru_cache(4096)
def split_header(header: str) -> tuple[str, Unit | None]:
    """A header and the unit at its end: ``금액(천원)`` is ``금액`` and thousands of won.

    Without a unit the header comes back as it is.
    """
    text = unicodedata.normalize("NFKC", header).strip() if len(header) <= _LONGEST else ""
    for match in _BRACKETED.finditer(text):
        inner = _LEAD.sub("", _fold(match["inner"]), count=1)
        unit = read_unit(_VAT.sub("", inner).strip(" ,/")) if match.end() == len(text) else None
        if unit and (name := text[: match.start()].strip()):
            vat = _VAT.search(inner)  # what it says of VAT stays with the name
            return f"{name} ({vat[0].strip()})" if vat else name, unit
    words = re.split(r"[,/_]\s*|\s+-\s+", text)
    if len(words) == 2 and words[0].strip() and (unit := read_unit(words[1])) and _telling(unit, words[1]):
        return words[0].strip(), unit
    if len(text) > 1 and text[-1] in "%％" and text[:-1].strip():
        return text[:-1].strip(), read_unit("%")
    return header.strip(), None


def _telling(unit: Unit, text: str) -> bool:
    """Whether a unit without brackets is one beyond doubt (``Amount, KRW mn``; not the word ``k``)."""
    return (unit.kind in ("money", "share") and len(text.strip()) > 1) or "%" in text


@lru_cache(1024)
def read_note(text: str) -> Note | None:
    """The units a note names: the whole cell, or a bracket in a title; None where it is no such note.

    A note that says it is about units but names none that is known here comes back without any.
    """
    folded = _fold(text).strip(" ※*") if len(text) <= _LONGEST else ""
    inner = [match["inner"].strip() for match in _BRACKETED.finditer(folded)]
    unknown = None
    for part in (*inner, folded):
        lead = _LEAD.match(part)
        rest = part[lead.end() :] if lead else part
        units = [read_unit(piece) for piece in _SEPARATOR.split(_VAT.sub("", rest)) if piece.strip(" .")]
        if units and all(units) and (lead or part in inner or _sure(units)):
            with_vat = any(said.startswith(("포함", "incl")) for said in _VAT.findall(rest))
            return Note(text.strip(), tuple(unit for unit in units if unit), with_vat)
        if lead and lead[1]:
            unknown = Note(text.strip(), ())
    return unknown


def _sure(units: list[Unit | None]) -> bool:
    """Whether a cell without the word unit can only be one: it names a size, or a currency."""
    return any(unit and (unit.scale > 1 or unit.kind == "money") for unit in units)
