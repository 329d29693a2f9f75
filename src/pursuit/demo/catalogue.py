"""What the firm makes: fifteen products in six families with their routings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pursuit.domain import Operation, Product, Routing
from pursuit.units import Money


@dataclass(frozen=True, slots=True)
class Article:
    """A product before it is turned into records.

    ``hours`` are per 100 million won of list price, so that a routing stays in proportion to what is paid
    for it; ``largest`` is the biggest order the shop has ever taken for it, in won.
    """

    id: str
    name: str
    family: str
    price: int
    material: float
    lead: int
    hours: Mapping[str, float]
    technologies: tuple[str, ...] = ()
    largest: float = 1.0e9
    typical: float = 1.5e8


ARTICLES: tuple[Article, ...] = (
    Article("P-CHM", "진공챔버 가공품", "반도체·진공", 8_500_000, 0.40, 10,
            {"PM": 16, "PRC": 34, "WC-5AX": 105, "WC-MC": 115, "WC-SUR": 45, "INS": 50, "QA": 18},
            ("T-5AX",), 6e8, 1.7e8),
    Article("P-STG", "정밀 스테이지 모듈", "반도체·진공", 24_000_000, 0.50, 14,
            {"PM": 26, "DES": 78, "PRC": 16, "WC-MC": 95, "WC-5AX": 18, "WC-GRD": 50, "ASM": 170,
             "INS": 40, "QA": 14},
            (), 1.2e9, 2.2e8),
    Article("P-VLV", "밸브 블록", "반도체·진공", 620_000, 0.42, 8,
            {"PM": 10, "PRC": 24, "WC-MC": 180, "WC-TUR": 60, "WC-EDM": 35, "WC-SUR": 35, "INS": 40}, (),
            6e8, 1.1e8),
    Article("P-KNK", "조향 너클 가공품", "자동차", 185_000, 0.48, 8,
            {"PM": 9, "PRC": 26, "WC-5AX": 98, "WC-MC": 120, "WC-HT": 55, "INS": 34}, ("T-5AX",), 7e8, 1.9e8),
    Article("P-SHF", "구동축", "자동차", 94_000, 0.48, 7,
            {"PM": 8, "PRC": 18, "WC-TUR": 225, "WC-HT": 80, "WC-GRD": 70, "INS": 32}, ("T-VHT",), 1.5e9,
            1.8e8),
    Article("P-JIG", "조립·검사 지그", "자동차", 13_500_000, 0.35, 11,
            {"PM": 16, "DES": 105, "PRC": 20, "WC-MC": 135, "WC-EDM": 80, "WC-GRD": 30, "ASM": 85, "INS": 40},
            (), 5e8, 0.8e8),
    Article("P-RDC", "정밀 감속기 부품", "로봇·자동화", 410_000, 0.38, 9,
            {"PM": 13, "PRC": 28, "WC-TUR": 150, "WC-HT": 55, "WC-GRD": 115, "WC-EDM": 55, "INS": 55},
            ("T-GRD",), 9e8, 1.5e8),
    Article("P-JNT", "로봇 관절 모듈", "로봇·자동화", 5_200_000, 0.52, 12,
            {"PM": 30, "DES": 95, "WC-MC": 95, "WC-TUR": 70, "WC-GRD": 30, "ASM": 245, "INS": 38, "QA": 20},
            (), 1.3e9, 2.1e8),
    Article("P-IMP", "임펠러·블리스크", "항공·방산", 16_000_000, 0.36, 12,
            {"PM": 24, "PRC": 55, "WC-5AX": 165, "WC-HT": 35, "WC-GRD": 25, "INS": 70, "QA": 48},
            ("T-5AX", "T-TI", "T-AS"), 5e8, 1.6e8),
    Article("P-ACT", "작동기 하우징", "항공·방산", 3_800_000, 0.40, 13,
            {"PM": 22, "PRC": 36, "WC-TUR": 60, "WC-MC": 130, "WC-5AX": 80, "WC-SUR": 35,
             "ASM": 55, "INS": 55, "QA": 45},
            ("T-5AX", "T-AS"), 9e8, 2.0e8),
    Article("P-SPD", "스핀들 유닛", "공작·산업기계", 9_800_000, 0.45, 11,
            {"PM": 22, "DES": 45, "PRC": 14, "WC-TUR": 110, "WC-HT": 45, "WC-GRD": 95, "ASM": 165, "INS": 42},
            ("T-GRD",), 1.2e9, 1.7e8),
    Article("P-HYD", "유압 매니폴드", "공작·산업기계", 740_000, 0.49, 8,
            {"PM": 8, "PRC": 18, "WC-MC": 235, "WC-TUR": 40, "WC-EDM": 30, "WC-SUR": 28, "INS": 28}, (),
            1.5e9, 1.4e8),
    Article("P-GER", "기어박스 부품", "공작·산업기계", 280_000, 0.46, 12,
            {"PM": 13, "DES": 18, "PRC": 22, "WC-MC": 60, "WC-TUR": 130, "WC-HT": 85,
             "WC-GRD": 60, "ASM": 55, "INS": 38},
            ("T-VHT",), 1.0e9, 1.4e8),
    Article("P-IML", "임플란트 픽스처", "의료", 38_000, 0.27, 10,
            {"PM": 18, "PRC": 32, "WC-TUR": 160, "WC-5AX": 22, "WC-EDM": 40, "WC-SUR": 45,
             "INS": 62, "QA": 55},
            ("T-TI", "T-CLEAN"), 8e8, 2.2e8),
    Article("P-SRG", "수술기구 부품", "의료", 265_000, 0.34, 10,
            {"PM": 14, "PRC": 26, "WC-MC": 110, "WC-TUR": 75, "WC-EDM": 75, "WC-GRD": 40,
             "WC-SUR": 35, "INS": 50, "QA": 32},
            (), 4e8, 0.9e8),
)  # fmt: skip

ARTICLE = {article.id: article for article in ARTICLES}

_STEPS: dict[str, tuple[str, float, int]] = {  # name, setup hours, usual weeks
    "PM": ("착수·일정계획", 4, 1),
    "DES": ("설계", 16, 2),
    "PRC": ("공정설계·CAM", 10, 1),
    "WC-TUR": ("선삭", 8, 1),
    "WC-MC": ("3축 가공", 10, 2),
    "WC-5AX": ("5축 가공", 14, 2),
    "WC-HT": ("열처리", 6, 1),
    "WC-GRD": ("연삭", 8, 1),
    "WC-EDM": ("방전·와이어", 6, 1),
    "WC-SUR": ("세척·표면처리", 3, 1),
    "ASM": ("조립", 8, 2),
    "INS": ("정밀측정", 6, 1),
    "QA": ("품질문서·출하승인", 6, 1),
}


def routings() -> tuple[Routing, ...]:
    """One routing per product, operations in the order the parts pass."""
    made = []
    for article in ARTICLES:
        steps = []
        for center, (name, setup, weeks) in _STEPS.items():
            if center in article.hours:
                per_unit = article.hours[center] * article.price / 1e8
                steps.append(
                    Operation(center, name, float(setup), round(per_unit, 3 if per_unit < 1 else 2), weeks)
                )
        made.append(Routing(f"R-{article.id[2:]}", tuple(steps)))
    return tuple(made)


def products() -> tuple[Product, ...]:
    """Products as records, with the presales effort that is usual for them."""
    made = []
    for article in ARTICLES:
        effort = {"SAL": 16.0, "PRC": 6.0}
        if "DES" in article.hours:
            effort = {"SAL": 20.0, "PRC": 4.0, "DES": 14.0}
        if "QA" in article.hours and article.family in ("항공·방산", "의료"):
            effort["QA"] = 6.0
        made.append(
            Product(
                article.id,
                article.name,
                article.family,
                Money(article.price, "KRW"),
                article.material,
                f"R-{article.id[2:]}",
                article.lead,
                article.technologies,
                effort,
                5 if "DES" in effort else 4,
            )
        )
    return tuple(made)
