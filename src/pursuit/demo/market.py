"""The markets the firm sells to: segments, their needs, their year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pursuit.domain import Need, Segment
from pursuit.units import Money


@dataclass(frozen=True, slots=True)
class Market:
    """One segment: how many customers, what share of inquiries, what they buy, how easily they are won.

    ``appeal`` is the segment's place in the true win model, ``price_level`` the usual price against the list.
    """

    id: str
    name: str
    sectors: tuple[str, ...]
    accounts: int
    inquiries: float
    products: Mapping[str, float]
    appeal: float
    price_level: float
    needs: tuple[str, ...]
    reference: int
    trust: int
    team: str
    note: str = ""


MARKETS: tuple[Market, ...] = (
    Market("S-SEMI", "반도체·디스플레이 장비", ("반도체장비", "디스플레이장비"), 20, 0.29,
           {"P-CHM": 0.45, "P-STG": 0.30, "P-VLV": 0.25}, 0.00, 1.00, ("N-LEAD", "N-CLEAN", "N-PREC"),
           25_000_000, 40_000_000, "영업1팀",
           "투자 주기에 따라 발주가 몰리고 납기가 수주를 가름"),
    Market("S-AUTO", "자동차 부품", ("자동차부품",), 18, 0.22,
           {"P-KNK": 0.42, "P-SHF": 0.40, "P-JIG": 0.18}, 0.10, 0.96, ("N-PRICE", "N-VOLUME"),
           5_000_000, 15_000_000, "영업2팀",
           "매년 단가 인하 요구, 물량은 안정적"),
    Market("S-ROB", "로봇·자동화", ("산업용로봇", "물류자동화"), 14, 0.14,
           {"P-RDC": 0.50, "P-JNT": 0.50}, 0.20, 1.02, ("N-MODULE", "N-PREC", "N-LEAD"), 35_000_000,
           30_000_000, "신사업팀",
           "성장 시장, 표준 모듈을 찾는 고객이 늘고 있음"),
    Market("S-AERO", "항공·방산", ("항공기부품", "방산"), 8, 0.10,
           {"P-IMP": 0.45, "P-ACT": 0.55}, 0.55, 1.05, ("N-CERT", "N-TI"), 45_000_000, 60_000_000, "영업1팀",
           "지체상금 요율이 높고 인증 이력이 필수"),
    Market("S-GEN", "공작·산업기계", ("공작기계", "건설기계", "유압기기"), 20, 0.21,
           {"P-SPD": 0.30, "P-HYD": 0.35, "P-GER": 0.25, "P-SHF": 0.10}, 0.00, 0.99,
           ("N-PRICE", "N-WEAR"), 10_000_000, 20_000_000, "영업2팀",
           "오래된 고객이 많고 분기 말에 발주"),
    Market("S-MED", "의료기기", ("의료기기", "치과기기"), 10, 0.04,
           {"P-IML": 0.35, "P-SRG": 0.65}, 0.10, 1.06, ("N-ISO", "N-CLEAN", "N-TI"), 60_000_000,
           40_000_000, "신사업팀",
           "클린룸 인증이 있어야 본 물량을 받을 수 있음"),
)  # fmt: skip

MARKET = {market.id: market for market in MARKETS}

SEASON = (0.80, 0.85, 1.25, 1.20, 1.10, 0.95, 0.75, 0.65, 1.20, 1.30, 1.10, 0.85)
"""Inquiries by calendar month against the mean: budgets open in March, a second wave follows the summer."""

DELIVERY_RUSH = (0.75, 0.80, 1.00, 1.00, 1.00, 1.30, 0.90, 0.70, 1.00, 1.05, 1.25, 1.45)
"""Wished delivery dates by calendar month: half-year and year end."""

SOURCES: Mapping[str, float] = {
    "기존고객": 0.46,
    "소개": 0.14,
    "전시회": 0.14,
    "홈페이지": 0.16,
    "입찰": 0.10,
}


def segments() -> tuple[Segment, ...]:
    """Segments as records."""
    return tuple(
        Segment(m.id, m.name, m.needs, Money(m.reference, "KRW"), Money(m.trust, "KRW"), m.note)
        for m in MARKETS
    )


def needs() -> tuple[Need, ...]:
    """What customers want or suffer from."""
    return (
        Need("N-LEAD", "설비 투자 시점에 맞춘 짧은 납기"),
        Need("N-PREC", "1㎛급 정밀도와 측정 성적서", "T-GRD"),
        Need("N-CLEAN", "입자 오염이 없는 세척·포장", "T-CLEAN"),
        Need("N-PRICE", "단가 인하"),
        Need("N-VOLUME", "월 물량 변동에 대한 대응"),
        Need("N-MODULE", "설계 부담을 줄이는 표준 관절 모듈", "T-MOD"),
        Need("N-CERT", "항공 품질인증 업체의 제작 이력", "T-AS"),
        Need("N-TI", "티타늄·난삭재 가공 품질", "T-TI"),
        Need("N-WEAR", "습동부 마모와 잦은 교체", "T-DLC"),
        Need("N-ISO", "ISO 13485 인증 공급처", "T-CLEAN"),
    )
