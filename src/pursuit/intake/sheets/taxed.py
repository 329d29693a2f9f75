"""Headers that say whether VAT is in their sums: 금액 (VAT 포함), 공급가액(부가세 별도), Amount incl. VAT."""

from __future__ import annotations

import re
import unicodedata

from pursuit.intake.sheets.table import Column, Sheet, plain

_TAX = r"(?:v\.?a\.?t\.?|부가세|부가가치세)"
_WITH = r"(?P<with>포함|incl(?:uded|uding|usive|\.)?|with)"
_WITHOUT = r"(?P<without>별도|제외|미포함|불포함|excl(?:uded|uding|usive|\.)?|without)"
_NOTES = (
    re.compile(rf"[\s(\[,]*{_TAX}\s*(?:{_WITHOUT}|{_WITH})[\s)\]]*"),
    re.compile(rf"[\s(\[,]*(?:{_WITHOUT}|{_WITH})\s*{_TAX}[\s)\]]*"),
)
_NET = ("amount", "net_amount")
_WORDS = """금액 견적금액 제안금액 계약금액 수주금액 예상금액 총액 합계 합계금액 매출액
amount total totalamount value price dealvalue contractamount"""
_ANY_SUM = {"", *map(plain, _WORDS.split())}


def says_vat(header: str) -> bool:
    """Whether a header says that VAT is or is not in its sums."""
    return _note(unicodedata.normalize("NFKC", header).casefold()) is not None


def _note(text: str) -> re.Match[str] | None:
    return next((found for note in _NOTES if (found := note.search(text))), None)


def find_taxed(sheet: Sheet, header: str) -> Column | None:
    """The column of net or gross amounts that a header with a note on VAT means; None without such a note.

    A sum without VAT is the net amount, one with VAT the gross amount. Prices of sheets that know no gross amount are
    only found without VAT.
    """
    text = unicodedata.normalize("NFKC", header).casefold()
    match = _note(text)
    if match is None:
        return None
    base = plain(text[: match.start()] + " " + text[match.end() :])
    named = next((c for c in sheet.columns if base in (plain(c.name), plain(c.ko))), None)
    net = next((c for c in sheet.columns if c.name in _NET and c.kind == "money"), None)
    meant = named if named and named.kind == "money" else net if base in _ANY_SUM else None
    if meant is None or match["without"]:
        return meant
    return next(
        (c for c in sheet.columns if c.name == "gross_amount" and meant.name in (*_NET, c.name)), None
    )
