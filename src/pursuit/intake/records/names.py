"""One firm under several spellings: (주)가나, 가나 주식회사, ㈜가나; GANA CO.,LTD, Gana Co., Ltd."""

from __future__ import annotations

import re
import unicodedata

_FORMS = {
    "stock": "주식회사|(주)|주)|株式会社",
    "limited": "유한회사|유한책임회사|(유)|유)|有限公司|有限会社",
    "partnership": "합자회사|합명회사|(합)|(자)",
    "foundation": "재단법인|(재)",
    "association": "사단법인|(사)",
    "school": "학교법인|(학)",
    "medical": "의료법인|(의)",
    "farm": "농업회사법인|영농조합법인",
}
_KOREAN = re.compile(
    "|".join(f"(?P<{form}>{'|'.join(map(re.escape, words.split('|')))})" for form, words in _FORMS.items())
)
_FOREIGN = re.compile(
    r"[\s,.&]+(?:(?:co|company)[\s.,]*(?:ltd|limited|inc)|ltd|limited|inc|incorporated|corp|corporation|co|company|llc|l\.l\.c|"
    r"llp|plc|gmbh(?:[\s&.]*co[\s.]*kg)?|ag|kg|ohg|se|s\.?a\.?s?|s\.?r\.?l|s\.?p\.?a|b\.?v|n\.?v|k\.?k|oyj?|ab|a/s|"
    r"pte[\s.,]*(?:ltd|limited)|pty[\s.,]*(?:ltd|limited)|sdn[\s.,]*bhd|pvt[\s.,]*(?:ltd|limited))[\s.,]*$"
)


def same_firm(name: str) -> str:
    """What is left of a name when its legal form, spaces, case and signs are taken away: equal for equal firms.

    Only a form that stands before or behind the name is taken away; a name that is nothing else stays as it is.
    """
    text = _folded(name)
    while True:
        shorter = _FOREIGN.sub("", _without_korean(text)[0]).strip(" ,.")
        if shorter == text or not _bare(shorter):
            return _bare(text) or text
        text = shorter


def legal_form(name: str) -> str:
    """The Korean legal form a name states; empty where it states none."""
    return _without_korean(_folded(name))[1]


def firm_key(name: str) -> str:
    """Equal only for spellings that cannot be two firms: one name and one Korean legal form, or the same letters.

    (주)가나 and 가나 주식회사 are one; Gana Co., Ltd and GANA CO.,LTD are; 가나 and (주)가나, or Gana GmbH and
    Gana AG, may be two.
    """
    form = legal_form(name)
    return f"{form} {same_firm(name)}" if form else _bare(_folded(name)) or _folded(name)


def _folded(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).casefold()
    return re.sub(r"\s+", " ", text.replace("[주]", "(주)")).strip()


def _without_korean(text: str) -> tuple[str, str]:
    for match in _KOREAN.finditer(text):
        rest = f"{text[: match.start()]} {text[match.end() :]}".strip()
        if (match.start() == 0 or match.end() == len(text)) and _bare(rest):
            return rest, match.lastgroup or ""
    return text, ""


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", text)
