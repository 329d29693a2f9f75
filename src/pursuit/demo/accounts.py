"""Customers as the firm's own records show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

from numpy.random import Generator

from pursuit.demo.credit import credit_limit, default_probability, grade
from pursuit.demo.customers import Customer
from pursuit.demo.figures import stream, won
from pursuit.demo.inquiries import pull_of
from pursuit.domain import Account, Course

LED = 40
"""So many of the largest accounts have courses to choose from; the others are simply served."""

_RETENTION = {"grow": 0.95, "keep": 0.90, "harvest": 0.80, "let_go": 0.35}
ORDERS = {"grow": 1.3, "keep": 1.0, "harvest": 0.7, "let_go": 0.15}
_HOURS = {"grow": 2.0, "keep": 0.8, "harvest": 0.2, "let_go": 0.0}
_COST = {"grow": 12e6, "keep": 4e6, "harvest": 1e6, "let_go": 0.0}


def make_accounts(
    seed: int, customers: tuple[Customer, ...], buyers: Collection[str], touched: Mapping[str, date]
) -> tuple[tuple[Account, ...], dict[tuple[str, str], float]]:
    """Accounts with grades, limits and courses, and the true retention by (account, course).

    ``buyers`` are those that ever ordered, ``touched`` the last day a deal or a quote went to each.
    """
    rng = stream(seed, "courses")
    by_size = sorted(customers, key=lambda c: -pull_of(customers, c) * c.size)
    led = {c.id for c in by_size[:LED]} | {c.id for c in customers if c.role}
    made = []
    retention: dict[tuple[str, str], float] = {}
    for customer in customers:
        truth = _retention(customer)
        retention |= {(customer.id, course): value for course, value in truth.items()}
        courses = _courses(rng, customer, truth) if customer.id in led else ()
        account = _account(rng, customer, courses)
        contact = max(customer.last_contact, touched.get(customer.id, customer.last_contact))
        since = account.since if customer.id in buyers else None
        made.append(replace(account, last_contact=contact, since=since))
    return tuple(made), retention


def _retention(customer: Customer) -> dict[str, float]:
    """True yearly retention: a trusting customer stays longer, whatever the course."""
    shift = 0.06 * (customer.relationship - 0.5) - (0.15 if customer.role == "neglected" else 0.0)
    return {kind: round(min(0.98, max(0.05, value + shift)), 3) for kind, value in _RETENTION.items()}


def _courses(rng: Generator, customer: Customer, truth: dict[str, float]) -> tuple[Course, ...]:
    """The four courses; what the managers declare is near the truth, in steps of 0.05 and half orders."""
    size = min(1.6, 0.7 + 0.15 * customer.pull)
    made = []
    for kind, hours in _HOURS.items():
        declared = round((truth[kind] + float(rng.normal(0, 0.04))) * 20) / 20
        orders = customer.repeats * customer.trend[-1] * ORDERS[kind] * float(rng.lognormal(0, 0.2))
        effort = {"SAL": round(hours * size, 1)} if hours else {}
        if kind == "grow":
            effort["PRC"] = 0.5
        made.append(
            Course(
                kind, effort, won(_COST[kind] * size), min(0.95, max(0.05, declared)), round(orders * 2) / 2
            )
        )
    return tuple(made)


def _account(rng: Generator, customer: Customer, courses: tuple[Course, ...]) -> Account:
    seen = customer.health + float(
        rng.normal(0, 0.25)
    )  # a bureau sees the state of a firm, not quite exactly
    now = grade(default_probability(seen))
    before = grade(default_probability(seen - 1.3 * customer.health_trend))
    wishes = customer.market.needs
    needs = tuple(need for need in wishes if rng.random() < 0.7) or wishes[:1]
    buying = {"price_only": "단가 경쟁입찰"}.get(
        customer.role, str(rng.choice(["기술 협의", "복수 견적", "단가 경쟁입찰"], p=[0.4, 0.45, 0.15]))
    )
    return Account(
        id=customer.id,
        name=customer.name,
        business_number=customer.business_number,
        sector=customer.sector,
        region=customer.region,
        segment=customer.market.id,
        since=customer.since,
        relationship=customer.relationship,
        traits={
            "규모": "대기업" if customer.pull > 5 else "중견" if customer.pull > 1.6 else "중소",
            "구매방식": buying,
            "국가": "US" if customer.abroad else "KR",
            "거래형태": "단가계약" if customer.repeats >= 3 else "건별",
            **({} if customer.abroad else {"전년 신용등급": before}),
        },
        needs=needs,
        credit_grade="" if customer.abroad else now,
        credit_limit=won(credit_limit(now, customer.pull)),
        payment_days=customer.payment_days,
        note_days=customer.note_days,
        last_contact=customer.last_contact,
        courses=courses,
    )
