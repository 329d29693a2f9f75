"""Names and numbers of firms that do not exist."""

from __future__ import annotations

from numpy.random import Generator

FIRM_NAME = "늘뫼겸정밀공업㈜"
COMPETITORS = ("바뫼율정공", "초라빈테크", "여람결산업", "로아담기공", "무별린정밀")
"""Rivals; the second one buys orders by price."""

_FIRST = "휘늘솔겨너다로미바서여하초루무"
_SECOND = "람뫼별빛아라온재우비"
_THIRD = "겸빈슬담율결한린"
_ENDINGS = {
    "반도체장비": ("세미텍", "세미시스템", "진공기술"),
    "디스플레이장비": ("디스플레이텍", "광학시스템"),
    "자동차부품": ("오토모티브", "기공", "모빌리티"),
    "산업용로봇": ("로보틱스", "메카트로닉스"),
    "물류자동화": ("자동화", "로지텍"),
    "항공기부품": ("항공", "에어로"),
    "방산": ("디펜스", "시스템즈"),
    "공작기계": ("공작기계", "머시너리"),
    "건설기계": ("중장비", "건기"),
    "유압기기": ("유압", "플루텍"),
    "의료기기": ("메디칼", "메디텍"),
    "치과기기": ("덴탈", "임플란트"),
}
_FOREIGN = (
    "Norvelle Actuation Inc.",
    "Quarrow Semitools LLC",
    "Tessaby Robotics Corp.",
    "Ildermoor Medical Inc.",
)


def korean_name(rng: Generator, sector: str, taken: set[str]) -> str:
    """A name of three coined syllables and an ending of the trade, not used before; it joins ``taken``."""
    while True:
        stem = "".join(syllables[rng.integers(len(syllables))] for syllables in (_FIRST, _SECOND, _THIRD))
        if stem not in taken and stem not in FIRM_NAME:
            taken.add(stem)
            endings = _ENDINGS[sector]
            return f"{'㈜' if rng.random() < 0.6 else ''}{stem}{endings[rng.integers(len(endings))]}"


def foreign_name(number: int) -> str:
    """Name of the ``number``-th customer abroad."""
    return _FOREIGN[number % len(_FOREIGN)]


def business_number(serial: int) -> str:
    """A 사업자등록번호 whose check digit is right, in a range no tax office hands out (099-00-...)."""
    digits = [int(d) for d in f"09900{serial:04d}"]
    weighted = sum(d * w for d, w in zip(digits, (1, 3, 7, 1, 3, 7, 1, 3, 5), strict=True))
    check = (10 - (weighted + digits[8] * 5 // 10) % 10) % 10
    return f"099-00-{serial:04d}{check}"
