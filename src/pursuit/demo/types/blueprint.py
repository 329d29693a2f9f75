"""What tells one type of firm from another: the numbers that one shared generator makes any firm from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from pursuit.backtest.nature import Breakdown
from pursuit.domain import Finance, Goal, Investment, Limit, Need, Technology

USUAL = 300
"""Inquiries a year that the numbers of a blueprint hold for."""

STYLES = ("기술 협의", "복수 견적", "단가 경쟁입찰")
"""How customers buy: by talking the matter through, by comparing quotes, by price alone."""

FLAT = (1.0,) * 12
BUDGETS = (0.80, 0.85, 1.25, 1.20, 1.10, 0.95, 0.75, 0.65, 1.20, 1.30, 1.10, 0.85)
"""Inquiries by month where yearly budgets rule: they open in March, a second wave follows the summer."""


@dataclass(frozen=True, slots=True)
class Center:
    """A work centre or a group of people.

    ``hours`` a week and ``heads`` hold for 300 inquiries a year. ``cash`` is what an hour costs only if used,
    ``wage`` what an hour of overtime costs before its supplement of a half, ``overtime`` the share of the legal twelve
    hours a head that there is room for, ``overrun`` mean and log spread of real over planned hours.
    """

    id: str
    name: str
    kind: str
    hours: float
    heads: float
    cash: int
    wage: int
    overtime: float = 0.6
    outside: int | None = None
    outside_share: float = 0.0
    overrun: tuple[float, float] = (1.0, 0.10)
    breakdown: Breakdown | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """A better version of a product: the technology it needs and what it changes, all as factors."""

    id: str
    name: str
    technology: str
    price: float
    material: float
    hours: float
    log_odds: float
    share: float  # of deals in which it is offered


@dataclass(frozen=True, slots=True)
class Article:
    """A product: ``hours`` are per 100 million won of list price, ``typical`` the median order in won.

    ``upcoming`` products could never be sold so far, so that no history speaks of them.
    """

    id: str
    name: str
    family: str
    price: int
    material: float
    lead: int
    hours: Mapping[str, float]
    typical: float
    largest: float
    effort: Mapping[str, float]
    effort_weeks: int = 2
    technologies: tuple[str, ...] = ()
    extra: Extra | None = None
    upcoming: bool = False
    unit: str = "개"


@dataclass(frozen=True, slots=True)
class Market:
    """A segment: who is in it, what it asks for and when, on which terms it buys and pays.

    ``sectors`` are yearly default rates of ordinary firms. ``share`` is its part of all inquiries, ``appeal`` its place
    in the win law, ``terms`` the shares paid at order, half-way and delivery, ``days`` and ``notes`` the customary
    days of credit and of the note after it, ``drag`` the mean days a healthy customer pays late, ``hopes`` how much too
    high its sales team puts its chances, ``repeats`` call-offs a year of an ordinary customer.
    """

    id: str
    name: str
    sectors: Mapping[str, float]
    endings: tuple[str, ...]
    accounts: int
    share: float
    products: Mapping[str, float]
    appeal: float
    price_level: float
    terms: tuple[float, float, float]
    days: tuple[int, ...]
    notes: tuple[int, ...]
    penalty: tuple[float, float]
    team: str
    styles: tuple[float, float, float] = (0.4, 0.4, 0.2)
    season: tuple[float, ...] = BUDGETS
    cycle: float = 1.0  # against the firm's
    hopes: float = 0.10
    repeats: float = 0.5
    drag: float = 5.0
    reference: int = 0
    trust: int = 0
    points: float = 0.0  # strategic, per order
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A customer with a part to play: the first of its market, changed in what is named."""

    name: str
    market: str
    changes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the pipeline: share of all lost deals that end in it, and the part of the cycle passed at its end."""

    name: str
    losses: float
    until: float


@dataclass(frozen=True, slots=True)
class WinLaw:
    """Coefficients of the log-odds of winning (see docs/firm-types.md)."""

    base: float
    relationship: float = 2.2
    price: float = -6.0
    rival: float = -0.30
    size: float = -0.25
    weeks_short: float = -0.22
    late_share: float = -3.0
    references: float = 0.15
    unprepared: float = -2.0
    heavy: tuple[float, float, float] = (0.95, 0.30, 0.0)  # by style
    sensitivity: tuple[float, float, float] = (0.7, 1.0, 1.7)  # by style
    sources: Mapping[str, tuple[float, float]] = field(  # share, log-odds
        default_factory=lambda: {
            "기존고객": (0.46, 0.20),
            "소개": (0.14, 0.35),
            "전시회": (0.14, -0.15),
            "홈페이지": (0.16, -0.40),
            "입찰": (0.10, -0.35),
        }
    )


@dataclass(frozen=True, eq=False)
class Blueprint:
    """A type of firm.

    ``cycle`` is the mean number of weeks until a customer decides (gamma of ``cycle_shape``), ``silent`` the share of
    customers who never do, ``asked`` the range of the time a customer gives over the usual lead time, ``growth`` the
    growth of inquiries a year up to today, ``late`` the share of late deliveries: of ordinary goods, and what is added
    in the measure that goods need the bottleneck, ``repeat_size`` the median call-off in won.
    """

    kind: str
    name: str
    steps: Mapping[str, tuple[str, float, int]]  # by centre: name, setup hours, usual weeks
    centers: tuple[Center, ...]
    articles: tuple[Article, ...]
    markets: tuple[Market, ...]
    stages: tuple[Stage, ...]
    win: WinLaw
    bottleneck: str
    finance: Finance
    roles: tuple[Role, ...]
    technologies: tuple[Technology, ...] = ()
    investments: tuple[Investment, ...] = ()
    goals: tuple[Goal, ...] = ()
    limits: tuple[Limit, ...] = ()
    needs: tuple[Need, ...] = ()
    cycle: float = 6.0
    cycle_shape: float = 4.0
    silent: float = 0.08
    spread: float = 0.75  # of the logarithm of sizes
    smallest: float = 3e6
    asked: tuple[float, float] = (0.75, 1.40)
    growth: float = 0.20
    late: tuple[float, float] = (0.06, 0.18)
    repeat_size: float = 1e7
    most_of_a_week: float = 0.40  # of a centre's hours that one order gets on average
    patience_weeks: int = 12
    retention: Mapping[str, float] = field(
        default_factory=lambda: {"grow": 0.95, "keep": 0.90, "harvest": 0.80, "let_go": 0.35}
    )

    @cached_property
    def article_by_id(self) -> Mapping[str, Article]:
        """Products by id."""
        return {article.id: article for article in self.articles}

    @cached_property
    def hours_by_center(self) -> Mapping[str, float]:
        """Hours a week by centre."""
        return {center.id: center.hours for center in self.centers}

    def sized(self, per_year: int) -> Blueprint:
        """The same firm grown or shrunk to so many inquiries a year: its people, machines, cash, aims and limits.

        Orders stay as large as they are, so that a small firm feels each of them more; only the largest of all, which
        it could never carry, it turns away.
        """
        by = per_year / USUAL
        f = self.finance
        return replace(
            self,
            centers=tuple(
                replace(c, hours=max(round(c.hours * by), 20), heads=max(round(c.heads * by, 1), 0.5))
                for c in self.centers
            ),
            articles=tuple(
                replace(a, largest=max(1.5 * a.typical, a.largest * min(1.0, by) ** 0.5))
                for a in self.articles
            ),
            finance=replace(
                f,
                opening_cash=f.opening_cash * by,
                floor=f.floor * by,
                credit_line=f.credit_line * by,
                fixed_cost=f.fixed_cost * by,
            ),
            goals=tuple(replace(goal, target=round(goal.target * by, 1)) for goal in self.goals),
            limits=tuple(replace(limit, exposure=limit.exposure * by) for limit in self.limits),
        )
