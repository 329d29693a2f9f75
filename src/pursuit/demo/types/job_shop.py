"""A job shop: many small orders, short lead times, a bottleneck that changes with the season (docs/firm-types.md)."""

from __future__ import annotations

from pursuit.backtest.nature import Breakdown
from pursuit.demo.types.blueprint import Article, Blueprint, Center, Extra, Market, Role, Stage, WinLaw
from pursuit.demo.types.money import krw, purse
from pursuit.domain import Goal, Investment, Limit, Need, Technology

SPRING = (1.0, 1.2, 1.7, 1.6, 1.4, 1.0, 0.7, 0.6, 0.7, 0.7, 0.7, 0.7)
AUTUMN = (0.7, 0.7, 0.7, 0.7, 0.7, 0.8, 1.0, 1.1, 1.6, 1.7, 1.4, 0.9)
"""Inquiries by month: machine makers ask in spring, car and mould makers in autumn; so the bottleneck alternates."""

JOB_SHOP = Blueprint(
    kind="job_shop",
    name="다솜결정밀㈜",
    bottleneck="MIL",
    steps={
        "PRG": ("공정·CAM", 1.0, 1),
        "TUR": ("선삭", 1.5, 1),
        "MIL": ("밀링", 2.0, 1),
        "EDM": ("와이어·방전", 1.5, 1),
        "GRD": ("연삭", 1.0, 1),
        "INS": ("검사", 0.5, 1),
    },
    centers=(
        Center("MIL", "머시닝센터 (4대)", "work_center", 138, 4, 9_000, 19_000, 0.4, 52_000, 0.3,
               (1.06, 0.18), Breakdown(0.02, 1.0, 0.3)),
        Center("TUR", "CNC 선반 (3대)", "work_center", 138, 4, 8_000, 18_000, 0.4, 46_000, 0.4,
               (1.04, 0.15), Breakdown(0.02, 1.0, 0.35)),
        Center("GRD", "연삭 (2대)", "work_center", 66, 2, 8_000, 19_000, 0.4, 48_000, 0.3, (1.05, 0.18)),
        Center("EDM", "와이어·방전 (2대)", "work_center", 66, 2, 9_000, 19_000, 0.4, 50_000, 0.5),
        Center("INS", "검사·출하", "people", 72, 2, 0, 18_000, 0.5),
        Center("PRG", "공정기술·CAM", "people", 104, 3, 0, 22_000, 0.5, None, 0.0, (1.08, 0.20)),
        Center("SAL", "견적·영업", "people", 40, 1, 0, 22_000, 0.3),
    ),
    articles=(
        Article("BRK", "브라켓·플레이트", "기계가공", 45_000, 0.30, 3,
                {"PRG": 110, "MIL": 560, "INS": 90}, 11e6, 60e6, {"SAL": 3, "PRG": 1}),
        Article("SFT", "샤프트·부싱", "선삭", 28_000, 0.32, 3,
                {"PRG": 70, "TUR": 640, "GRD": 160, "INS": 80}, 10e6, 60e6, {"SAL": 3, "PRG": 1}),
        Article("JIG", "조립 지그", "치공구", 2_400_000, 0.28, 4,
                {"PRG": 170, "MIL": 340, "EDM": 200, "GRD": 220, "INS": 80}, 16e6, 80e6,
                {"SAL": 5, "PRG": 4}, unit="조"),
        Article("MLD", "금형 코어", "치공구", 680_000, 0.26, 4,
                {"PRG": 140, "MIL": 150, "EDM": 420, "GRD": 320, "INS": 90}, 14e6, 70e6,
                {"SAL": 4, "PRG": 3},
                extra=Extra("polish", "경면 가공 적용", "T-POL", 1.12, 1.02, 1.05, 0.5, 0.4)),
        Article("PRT", "시제품", "시제품", 900_000, 0.22, 2,
                {"PRG": 230, "TUR": 120, "MIL": 380, "INS": 110}, 8e6, 40e6, {"SAL": 4, "PRG": 3}),
        Article("VOL", "양산 부품", "양산", 6_500, 0.45, 4,
                {"PRG": 25, "TUR": 180, "MIL": 560, "INS": 60}, 34e6, 150e6, {"SAL": 4, "PRG": 1}),
    ),
    markets=(
        Market("EQP", "설비·자동화", {"산업기계": 0.02, "자동화설비": 0.03}, ("자동화", "메카텍", "설비"),
               26, 0.38, {"BRK": 0.55, "PRT": 0.20, "VOL": 0.15, "JIG": 0.10}, 0.1, 1.00, (0.0, 0.0, 1.0), (30, 45),
               (0, 0, 30), (0.001, 0.10), "영업1팀", (0.45, 0.40, 0.15), SPRING, repeats=1.6,
               reference=300_000, trust=1_500_000, needs=("N-FAST",)),
        Market("AUT", "자동차·기계 부품", {"자동차부품": 0.03, "기계부품": 0.03}, ("기공", "산업", "정공"),
               22, 0.30, {"SFT": 1.0}, 0.0, 0.97, (0.0, 0.0, 1.0), (45, 60), (0, 60),
               (0.001, 0.10), "영업2팀", (0.15, 0.45, 0.40), AUTUMN, hopes=0.25, repeats=2.0, drag=9,
               reference=100_000, trust=800_000),
        Market("MLD", "금형·사출", {"금형": 0.05, "사출성형": 0.05}, ("금형", "몰드", "사출"),
               18, 0.20, {"MLD": 0.85, "JIG": 0.15}, 0.1, 1.00, (0.0, 0.0, 1.0), (30, 60), (0, 30, 60),
               (0.001, 0.10), "영업2팀", (0.35, 0.40, 0.25), AUTUMN, hopes=0.20, repeats=1.2, drag=10,
               reference=300_000, trust=800_000, needs=("N-POL",)),
        Market("RND", "연구소·스타트업", {"연구개발": 0.03, "로봇": 0.04}, ("랩", "로보틱스", "테크"),
               14, 0.12, {"PRT": 0.7, "JIG": 0.3}, -0.1, 1.10, (0.0, 0.0, 1.0), (14, 30), (0,),
               (0.0, 0.0), "영업1팀", (0.70, 0.25, 0.05), hopes=0.05, repeats=0.3,
               reference=900_000, trust=500_000, points=1.0, needs=("N-FAST",)),
    ),
    roles=(
        Role("eater", "EQP", {"pull": 6.0, "size": 1.5, "price_level": 0.90, "style": 2,
                              "products": {"VOL": 1.0}, "repeats": 4.0, "relationship": 0.55, "default": 0.01}),
        Role("failing", "MLD", {"pull": 4.0, "size": 2.0, "default": 0.22, "drag": 45.0,
                                "relationship": 0.72, "payment_days": 60, "note_days": 60, "price_level": 1.02}),
        Role("neglected", "AUT", {"pull": 3.5, "price_level": 1.07, "style": 0, "relationship": 0.82,
                                  "default": 0.005, "repeats": 5.0}),
    ),
    stages=(Stage("견적요청", 0.35, 0.35), Stage("견적", 0.45, 0.75), Stage("협의", 0.20, 1.0)),
    win=WinLaw(base=-0.05),
    technologies=(Technology("T-POL", "경면 연마"), Technology("T-CNC", "동시 가공", True)),
    needs=(Need("N-FAST", "일주일 안의 시제품 납기"), Need("N-POL", "금형 경면 품질", "T-POL")),
    investments=(
        Investment("I-MIL", "머시닝센터 1대 증설", "machine", krw(160), krw(0.75), 8, 4, {"MIL": 38.0},
                   effort={"PRG": 24.0}, residual_share=0.85, starts=(0, 6, 13)),
        Investment("I-SHIFT", "야간 교대 2명", "shift", krw(6), krw(1.9), 3, 4, {"MIL": 32.0, "TUR": 32.0},
                   effort={"PRG": 10.0}, residual_share=0.0, starts=(0, 6, 13)),
        Investment("I-POL", "경면 연마 설비·기능공", "technology", krw(28), krw(0.5), 6, 2, {}, "T-POL",
                   {"PRG": 20.0}, residual_share=0.6, starts=(0, 13)),
    ),
    goals=(Goal("G-RND", "시제품 고객 확보", "strategic", 20.0, 3e5),
           Goal("G-MARGIN", "반기 기여이익 5억원", "margin", 5e8, 0.05)),
    limits=(Limit("L-MLD", "segment:MLD", krw(400)),),
    finance=purse(420, 120, 250, 117),
    cycle=2.6,
    cycle_shape=2.5,
    silent=0.10,
    spread=0.80,
    smallest=1.5e6,
    asked=(0.6, 1.5),
    late=(0.08, 0.20),
    repeat_size=6e6,
    patience_weeks=6,
)  # fmt: skip
