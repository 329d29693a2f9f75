"""Customer firms, won or hoped for, and the groups they form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from pursuit.units import Money

COURSES = ("grow", "keep", "harvest", "let_go")


@dataclass(frozen=True, slots=True)
class Statement:
    """Yearly accounts of a customer in the items that credit scores share; any may be unknown.

    Amounts are in ``currency`` major units as published (millions are fine, as all ratios cancel).
    """

    account: str
    year_end: date
    currency: str
    total_assets: float | None = None
    current_assets: float | None = None
    total_liabilities: float | None = None
    current_liabilities: float | None = None
    equity: float | None = None
    retained_earnings: float | None = None
    sales: float | None = None
    ebit: float | None = None
    net_income: float | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """One way to treat an account over the horizon (육성 / 유지 / 회수 / 정리).

    Parameters
    ----------
    kind
        One of ``COURSES``.
    effort
        Hours per week by resource.
    cost
        Money spent per year beside the hours.
    retention
        Probability that the account is still a customer after a year.
    orders_per_year
        Repeat orders expected per year that are not in the pipeline; None leaves it to the forecast.
    """

    kind: str
    effort: Mapping[str, float] = field(default_factory=dict)
    cost: Money | None = None
    retention: float | None = None
    orders_per_year: float | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """Something an account or a segment wants or suffers from, and the technology that meets it."""

    id: str
    text: str
    technology: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A customer firm.

    ``relationship`` is 0 (stranger) to 1 (trusted partner); ``payment_days`` and ``note_days`` are the days until an
    invoice is paid (외상) and, after that, until the promissory note falls due (어음).
    """

    id: str
    name: str
    business_number: str = ""
    sector: str = ""
    region: str = ""
    segment: str = ""
    since: date | None = None
    relationship: float | None = None
    traits: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    credit_grade: str = ""
    credit_limit: Money | None = None
    default_probability: float | None = None
    payment_days: int | None = None
    note_days: int = 0
    last_contact: date | None = None
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A group of customers that are won and served alike.

    ``reference_value`` is what one more won reference is worth to later wins in the segment, ``trust_value`` what
    declining or disappointing a good customer of it costs; both declared in money.
    """

    id: str
    name: str
    needs: tuple[str, ...] = ()
    reference_value: Money | None = None
    trust_value: Money | None = None
    note: str = ""
