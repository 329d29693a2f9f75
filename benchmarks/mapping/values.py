"""Values as they stand under a header: one made-up column per kind, seeded."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

ROWS = 24
_FIRMS = [
    "가온정밀",
    "나래산업",
    "(주)다온",
    "라움테크",
    "마루전자",
    "바름기공",
    "사계ENG",
    "아람시스템",
    "자올금속",
    "차오름",
]
_COMPANIES = [
    "Aldgate Ltd",
    "Birch & Co",
    "Cobalt Inc",
    "Dune GmbH",
    "Elm Corp",
    "Fjord AS",
    "Gale LLC",
    "Harrow plc",
]
_PARTS = ["스핀들 하우징", "기어박스", "브래킷 A형", "유압 실린더", "제어반", "컨베이어"]
_PARTS_EN = ["Spindle housing", "Gear box", "Bracket", "Cylinder", "Control panel"]
_PEOPLE = ["김영업", "이대리", "박과장", "최팀장"]
_PEOPLE_EN = ["Ann Field", "Bo Stone", "Cy Brook", "Di Moor"]
_WORDS: dict[str, list[str]] = {
    "firm": _FIRMS, "firm_one": ["가온정밀"], "company": _COMPANIES, "part": _PARTS, "part_en": _PARTS_EN,
    "person": _PEOPLE, "person_en": _PEOPLE_EN,
    "team_ko": ["영업1팀", "영업2팀", "해외영업팀"], "stage_ko": ["상담", "견적제출", "협상", "니즈파악"],
    "stage_ended_ko": ["상담", "견적", "협상", "수주", "실주"],
    "stage_en": ["Qualification", "Proposal", "Negotiation"],
    "stage_ended_en": ["Qualification", "Proposal", "Closed Won", "Closed Lost"],
    "outcome_ko": ["수주", "실주", "진행"], "outcome_en": ["Won", "Lost", "Open"],
    "source_ko": ["전시회", "기존고객", "홈페이지"], "source_en": ["Web", "Referral", "Trade show"],
    "sector_ko": ["기계", "전자", "자동차"], "sector_en": ["Machinery", "Electronics", "Automotive"],
    "region_ko": ["경기", "경남", "서울"], "region_en": ["Korea", "Germany", "Japan"],
    "family_ko": ["하우징류", "기어류"], "family_en": ["Housings", "Gears"], "grade": ["AA", "BBB", "BB+", "A-"],
    "grade_abc": ["A", "B", "C"], "grade_words": ["상", "중", "하"], "terms_ko": ["60일", "익월말", "어음 90일"],
    "currency": ["USD", "EUR"], "unit": ["EA", "SET"], "yes": ["Y", "N"], "kind_en": ["Normal", "High", "Low"],
    "kind_ko": ["일반", "특수", "기타유형"],
    "machine_ko": ["MCT", "조립", "연삭"], "machine_en": ["Milling", "Assembly"],
}  # fmt: skip


def column(kind: str, chance: random.Random) -> list[Any]:
    """A column of ``ROWS`` values of a kind."""
    return [_value(kind, at, chance) for at in range(ROWS)]


def _value(kind: str, at: int, chance: random.Random) -> Any:
    if kind in _WORDS:
        return _WORDS[kind][at % 2 if kind == "yes" else chance.randrange(len(_WORDS[kind]))]
    return _MADE[kind](at, chance)


def _day(at: int, chance: random.Random) -> str:
    return (date(2025, 9, 1) + timedelta(days=chance.randrange(300))).isoformat()


_MADE: dict[str, Callable[[int, random.Random], Any]] = {
    "number": lambda at, chance: at + 1,
    "code": lambda at, chance: f"A-{2600 + at:05}",
    "code_few": lambda at, chance: f"C{chance.randrange(6):03}",
    "title_ko": lambda at, chance: f"{_PARTS[at % len(_PARTS)]} {at + 1}차 공급",
    "title_en": lambda at, chance: f"{_PARTS_EN[at % len(_PARTS_EN)]}, lot {at + 1}",
    "part_unique": lambda at, chance: f"{_PARTS[at % len(_PARTS)]} {at + 10}",
    "part_unique_en": lambda at, chance: f"{_PARTS_EN[at % len(_PARTS_EN)]} {at + 10}",
    "won": lambda at, chance: f"{chance.randrange(3, 900) * 100_000:,}",
    "thousand": lambda at, chance: f"{chance.randrange(300, 90_000):,}",
    "million": lambda at, chance: chance.randrange(10, 900),
    "dollars": lambda at, chance: float(chance.randrange(1_000, 900_000)),
    "quantity": lambda at, chance: chance.randrange(1, 400),
    "percent": lambda at, chance: f"{chance.randrange(1, 10) * 10}%",
    "small_percent": lambda at, chance: f"0.{chance.randrange(1, 4)}%",
    "per_cent_number": lambda at, chance: chance.randrange(1, 10) * 10,
    "share": lambda at, chance: chance.randrange(1, 10) / 10,
    "day": _day,
    "month": lambda at, chance: f"2026-{chance.randrange(1, 13):02}",
    "phone": lambda at, chance: f"010-1234-{1000 + at}",
    "email": lambda at, chance: f"p{at}@example.com",
    "business": lambda at, chance: f"{120 + at}-81-{10000 + 37 * at}",
    "note": lambda at, chance: "재통화 예정" if at % 5 == 0 else "",
    "note_full": lambda at, chance: f"기존 사양에서 {at}번째 변경 요청",
    "file": lambda at, chance: f"quote{at}.pdf",
    "days": lambda at, chance: chance.choice([30, 60, 90]),
    "days_small": lambda at, chance: 1 + at % 3,
    "hours": lambda at, chance: chance.choice([40, 80, 160]),
    "hours_small": lambda at, chance: chance.randrange(1, 40) / 4,
    "heads": lambda at, chance: chance.randrange(1, 9),
}
