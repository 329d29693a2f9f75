"""Words and days the sample is made from; no real firm's names."""

from __future__ import annotations

from datetime import date, timedelta

AS_OF = date(2026, 3, 2)
HEADS = (
    "윤슬",
    "미르담",
    "솔아람",
    "너울",
    "한별뫼",
    "도담",
    "가온여울",
    "해찬솔",
    "다온재",
    "라온벼리",
    "누리샘",
    "늘찬",
)
TAILS = ("유압", "기전", "정공", "모빌리티", "산기", "중공업", "테크", "로보틱스")
SEGMENTS = (
    ("SEG-EQ", "반도체 장비", 0.34),
    ("SEG-RB", "산업용 로봇", 0.30),
    ("SEG-EV", "전기차 부품", 0.24),
    ("SEG-HY", "유압·건설기계", 0.41),
    ("SEG-EN", "에너지 설비", 0.22),
    ("SEG-ME", "의료기기", 0.28),
)
PRODUCTS = (
    "스핀들 하우징",
    "감속기 케이스",
    "진공 챔버",
    "유압 매니폴드",
    "서보 브래킷",
    "터빈 블레이드 홀더",
    "가이드 레일",
)
STAGES = ("발굴", "제안", "견적 제출", "협상")
OWNERS = ("영업1팀", "영업2팀", "기술영업팀", "해외영업팀")
RESOURCES = (
    ("R-5AX", "5축 가공", "work_center", 320.0),
    ("R-MCT", "머시닝센터", "work_center", 480.0),
    ("R-CNC", "CNC 선반", "work_center", 440.0),
    ("R-GRD", "정밀 연삭", "work_center", 200.0),
    ("R-HT", "열처리", "work_center", 160.0),
    ("R-SRF", "표면처리", "work_center", 180.0),
    ("R-WLD", "용접", "work_center", 240.0),
    ("R-ASM", "조립", "people", 520.0),
    ("R-QC", "검사", "people", 200.0),
    ("R-DES", "설계", "people", 280.0),
    ("R-SAL", "기술영업", "people", 240.0),
    ("R-PM", "생산관리", "people", 120.0),
)


def day(weeks: float = 0, extra: int = 0) -> str:
    return (AS_OF + timedelta(days=round(weeks) * 7 + extra)).isoformat()
