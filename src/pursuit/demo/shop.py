"""What the firm makes things with: work centres, people, their calendars, and technologies."""

from __future__ import annotations

from datetime import date, timedelta

from pursuit.domain import Resource, Technology
from pursuit.units import Calendar, Money

BOTTLENECK = "WC-5AX"
CALENDAR = "본사공장"

# id, name, kind, hours a week, heads, cash per hour, wage per overtime hour before the 1.5, share of legal
# overtime that machines and shifts leave room for, price outside, share that may go outside
_ROWS: tuple[tuple[str, str, str, float, int, int, int, float, int | None, float], ...] = (
    ("WC-5AX", "5축 가공기 (5대, 2교대)", "work_center", 290, 10, 24_000, 19_000, 0.5, 148_000, 0.15),
    ("WC-MC", "3축 머시닝센터 (12대, 2교대)", "work_center", 864, 18, 14_000, 13_000, 0.6, 64_000, 0.6),
    ("WC-TUR", "CNC 선반 (10대, 2교대)", "work_center", 720, 14, 11_000, 12_000, 0.6, 48_000, 0.7),
    ("WC-GRD", "정밀 연삭 (7대)", "work_center", 400, 10, 13_000, 18_000, 0.8, 66_000, 0.4),
    ("WC-HT", "진공 열처리로 (3기)", "work_center", 300, 6, 32_000, 15_000, 0.8, 78_000, 1.0),
    ("WC-EDM", "와이어·방전 (3대)", "work_center", 200, 4, 12_000, 10_000, 0.8, 56_000, 0.6),
    ("WC-SUR", "세척·표면처리", "work_center", 180, 5, 18_000, 17_000, 0.8, 58_000, 1.0),
    ("ASM", "정밀조립반", "people", 760, 19, 3_000, 20_000, 1.0, None, 0.0),
    ("INS", "정밀측정·검사", "people", 520, 13, 2_000, 22_000, 1.0, None, 0.0),
    ("DES", "설계 엔지니어", "people", 320, 8, 0, 27_000, 0.8, 62_000, 0.3),
    ("PRC", "공정기술·CAM", "people", 360, 9, 0, 26_000, 0.8, None, 0.0),
    ("QA", "품질보증·인증", "people", 200, 5, 0, 25_000, 0.8, None, 0.0),
    ("SAL", "기술영업", "people", 320, 8, 0, 28_000, 0.5, None, 0.0),
    ("PM", "프로젝트 관리", "people", 200, 5, 0, 29_000, 0.5, None, 0.0),
)


def resources() -> tuple[Resource, ...]:
    """Work centres and people; overtime never above the legal 12 hours a head, paid one and a half times."""
    made = []
    for id_, name, kind, hours, heads, cash, wage, room, outside, share in _ROWS:
        made.append(
            Resource(
                id_,
                name,
                kind,
                hours_per_week=hours,
                headcount=heads,
                hourly_cost=Money(cash, "KRW"),
                overtime_hours=float(round(12 * heads * room)),
                overtime_cost=Money(cash + round(1.5 * wage), "KRW"),
                subcontract_cost=None if outside is None else Money(outside, "KRW"),
                subcontract_share=share,
                calendar=CALENDAR,
            )
        )
    return tuple(made)


def calendars(as_of: date) -> tuple[Calendar, ...]:
    """One calendar: Korean holidays, the week's summer shutdown and the firm's anniversary of each year."""
    closed: list[date] = []
    for year in range(as_of.year - 4, as_of.year + 3):
        august = date(year, 8, 1)
        monday = august + timedelta(days=(-august.weekday()) % 7)  # the first Monday of August
        closed += [monday + timedelta(days=n) for n in range(5)]
        closed.append(date(year, 10, 15))
    return (Calendar(CALENDAR, "KR", closed=tuple(closed)),)


def technologies() -> tuple[Technology, ...]:
    """Eight technologies, three of them not held."""
    return (
        Technology("T-5AX", "동시 5축 가공", True),
        Technology("T-GRD", "초정밀 연삭 (1㎛)", True),
        Technology("T-VHT", "진공 열처리", True),
        Technology("T-TI", "티타늄·난삭재 가공", True),
        Technology("T-AS", "항공 품질인증 (AS9100)", True),
        Technology("T-CLEAN", "의료용 클린룸·ISO 13485", False),
        Technology("T-DLC", "DLC 코팅", False),
        Technology("T-MOD", "로봇 관절 표준 모듈", False),
    )
