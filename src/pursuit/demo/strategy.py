"""What the firm could invest in, what it aims at, what it will not risk, and its own cash."""

from __future__ import annotations

from collections.abc import Mapping

from pursuit.domain import Finance, Goal, Investment, Limit
from pursuit.units import Money


def _won(amount: float) -> Money:
    return Money(round(amount), "KRW")


def investments() -> tuple[Investment, ...]:
    """Six things that could be started now, in a quarter or in two."""
    quarters = (0, 6, 13)
    return (
        Investment("I-5AX", "5축 가공기 1대 증설", "machine", _won(980e6), _won(2.4e6), 10, 6,
                   {"WC-5AX": 76.0},
                   effort={"PRC": 60.0}, effort_weeks=6, residual_share=0.85, starts=quarters),
        Investment("I-SHIFT", "5축 가공 주말 교대조 신설", "shift", _won(45e6), _won(5.6e6), 3, 4,
                   {"WC-5AX": 96.0, "INS": 12.0},
                   effort={"PRC": 30.0}, effort_weeks=3, residual_share=0.0, starts=quarters),
        Investment("I-SALES", "기술영업 2명·견적 담당 1명 채용", "hire", _won(24e6), _won(3.9e6), 6, 8,
                   {"SAL": 80.0, "PRC": 30.0},
                   effort={"SAL": 30.0}, effort_weeks=5, residual_share=0.5, starts=quarters),
        Investment("I-CLEAN", "의료용 클린룸·ISO 13485 인증", "technology", _won(390e6), _won(2.1e6), 8,
                   2, {}, "T-CLEAN",
                   {"QA": 260.0, "PRC": 90.0}, 8, 0.7, quarters),
        Investment("I-DLC", "DLC 코팅 설비 도입", "technology", _won(340e6), _won(1.6e6), 9, 3, {}, "T-DLC",
                   {"PRC": 80.0, "QA": 40.0}, 6, 0.6, quarters),
        Investment("I-MOD", "로봇 관절 표준 모듈 개발", "solution", _won(150e6), _won(0.6e6), 7, 2, {},
                   "T-MOD",
                   {"DES": 420.0, "ASM": 60.0}, 7, 0.65, quarters),
    )  # fmt: skip


def goals() -> tuple[Goal, ...]:
    """Four aims; weights are what the owner would pay for one more won, order or point of them."""
    return (
        Goal("G-MED", "의료기기 매출 10억원", "revenue", 1.0e9, 0.12, "segment:S-MED"),
        Goal("G-ROB", "로봇·자동화 신규 수주 12건", "wins", 12.0, 18e6, "segment:S-ROB"),
        Goal("G-MARGIN", "반기 기여이익 70억원", "margin", 7.0e9, 0.05),
        Goal("G-BRAND", "전략 점수 60점", "strategic", 60.0, 2.5e6),
    )


def limits(roles: Mapping[str, str]) -> tuple[Limit, ...]:
    """Exposure the owner will not go beyond: the customer in trouble, one sector, one segment."""
    made = [
        Limit("L-SECTOR", "sector:자동차부품", _won(2.4e9)),
        Limit("L-SEMI", "segment:S-SEMI", _won(4.5e9)),
    ]
    if "near_default" in roles:
        made.insert(0, Limit("L-ACCOUNT", f"account:{roles['near_default']}", _won(1.5e9)))
    return tuple(made)


def finance() -> Finance:
    """Cash for about three months of wages and rent, a floor of one, and a bank behind it."""
    return Finance(
        opening_cash=_won(4_200e6),
        floor=_won(1_000e6),
        credit_line=_won(3_000e6),
        fixed_cost=_won(1_250e6),
        shortfall_rate=0.24,
    )
