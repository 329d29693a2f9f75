"""A small firm with a nature of its own, and policies that decide by dice."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from pursuit.backtest.decisions import Decisions
from pursuit.backtest.luck import Luck
from pursuit.backtest.nature import Breakdown, Hidden, Laws, Newcomer
from pursuit.domain import (
    Account,
    Company,
    Course,
    Finance,
    Investment,
    LatePenalty,
    Operation,
    Opportunity,
    Option,
    PaymentMilestone,
    Product,
    Project,
    ProjectMode,
    Resource,
    Routing,
    Technology,
    Work,
)
from pursuit.units import Money

START = date(2026, 3, 2)
ACCOUNTS = ("A1", "A2", "A3")


def won(amount: float) -> Money:
    """Money in won."""
    return Money(round(amount), "KRW")


def opportunity(number: int, week: int, luck: Luck) -> Opportunity:
    """A deal that comes in during a week."""
    created = START + timedelta(weeks=week)
    quantity = 1 + int(30 * luck.uniform("quantity", week, number))
    return Opportunity(
        id=f"N-{week}-{number}",
        account=ACCOUNTS[int(3 * luck.uniform("account", week, number))],
        product="P",
        quantity=float(quantity),
        amount=won(quantity * 1_000_000),
        stage="문의",
        created=created,
        expected_close=created + timedelta(weeks=6),
        decide_by=created + timedelta(weeks=4),
        requested_date=created + timedelta(weeks=14),
        late_penalty=LatePenalty(0.002, 0.1),
        payments=(
            PaymentMilestone("order", 0.3, 14),
            PaymentMilestone("interim", 0.2, 14),
            PaymentMilestone("delivery", 0.5, 30),
        ),
        options=(
            Option("standard", lead_time_weeks=6, effort={"S": 10.0}, effort_weeks=2),
            Option("heavy", lead_time_weeks=6, effort={"S": 30.0}, effort_weeks=3, pursuit_cost=won(300_000)),
        ),
    )


@dataclass(frozen=True)
class SmallNature:
    """Two deals a week for a small shop; ``tilt`` changes the luck of everything from a week on."""

    per_week: float = 2.0
    hours: float = 100.0
    tilt_from: int = 10**6
    laws: Laws = field(
        default_factory=lambda: Laws(
            hours={"M": (1.1, 0.3)},
            breakdowns={"M": Breakdown(0.1, 2.0, 0.6)},
            default=dict.fromkeys(ACCOUNTS, 0.1),
            payment_drag=dict.fromkeys(ACCOUNTS, 12.0),
            retention={("A1", "keep"): 0.8, ("A2", "grow"): 0.95},
            orders_per_year={("A1", "keep"): 3.0},
            patience_weeks=6,
        )
    )

    @property
    def company(self) -> Company:
        """The books at the beginning."""
        return Company(
            name="작은 공장",
            currency="KRW",
            as_of=START,
            resources=(
                Resource(
                    "M",
                    "기계",
                    "work_center",
                    self.hours,
                    None,
                    won(20_000),
                    20.0,
                    won(30_000),
                    won(50_000),
                    0.5,
                ),
                Resource("S", "영업", "people", 40.0),
            ),
            opportunities=(
                *(_closed(n) for n in range(6)),
                Opportunity(
                    "O-1", "A1", product="P", quantity=5.0, amount=won(5e6), decide_by=START + timedelta(30)
                ),
            ),
            accounts=tuple(
                Account(
                    name,
                    f"고객 {name}",
                    sector="기계",
                    relationship=0.7,
                    payment_days=30,
                    courses=(Course("grow", {"S": 2.0}, won(1e6)),),
                )
                for name in ACCOUNTS
            ),
            products=(
                Product("P", "부품", material_share=0.4, routing="R", effort={"S": 8.0}, technologies=("T",)),
            ),
            routings=(Routing("R", (Operation("M", "가공", 2.0, 3.0, 2), Operation("M", "연마", 1.0, 0.5))),),
            technologies=(Technology("T", "가공", True), Technology("T2", "새 기술")),
            projects=(
                Project(
                    "J-1",
                    "진행",
                    "A2",
                    START + timedelta(40),
                    won(2e7),
                    (Work("M", 60.0),),
                    LatePenalty(0.001, 0.1),
                    (PaymentMilestone("delivery", 1.0, 30),),
                    (ProjectMode("as_planned"), ProjectMode("slower", 3)),
                ),
            ),
            investments=(
                Investment(
                    "I-1",
                    "기계 추가",
                    "machine",
                    won(3e7),
                    won(100_000),
                    4,
                    2,
                    {"M": 50.0},
                    effort={"S": 10.0},
                ),
            ),
            finance=Finance(won(3e7), won(1e7), won(1e7), won(4e6)),
        )

    @property
    def hidden(self) -> dict[str, Hidden]:
        """The one deal that is open."""
        return {"O-1": Hidden({"standard": 0.5}, 3)}

    def newcomers(self, week: int, luck: Luck) -> tuple[Newcomer, ...]:
        """Deals of a week; another luck from the week of the tilt on."""
        if week >= self.tilt_from:
            luck = Luck(luck.seed + 1)
        made = []
        for number in range(luck.poisson(self.per_week, "arrivals", week)):
            deal = opportunity(number, week, luck)
            odds = 2 * luck.uniform("odds", week, number) - 1
            hidden = Hidden({"standard": odds, "heavy": odds + 0.5}, week + 5, stages={week + 2: "견적"})
            made.append(Newcomer(deal, hidden))
        return tuple(made)

    def repeat_order(self, account: str, week: int, number: int, luck: Luck) -> Opportunity | None:
        """A call-off."""
        return Opportunity(
            f"R-{account}-{week}-{number}", account, product="P", quantity=4.0, amount=won(4e6)
        )


def _closed(number: int) -> Opportunity:
    day = START - timedelta(weeks=20 - number)
    return Opportunity(
        f"C-{number}",
        "A1",
        product="P",
        amount=won(1e7),
        outcome="won" if number % 2 else "lost",
        created=day - timedelta(60),
        closed=day,
    )


class Dice:
    """Decides anything at random, things that cannot be done included, and writes down what it decided."""

    name = "dice"

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.decided: list[Decisions] = []

    def decide(self, company: Company) -> Decisions:
        """Throw the dice."""
        rng = self.rng
        deals = [opp.id for opp in company.open_opportunities]
        pursue = {name: rng.choice(["standard", "heavy", "nonsense"]) for name in deals if rng.random() < 0.7}
        decided = Decisions(
            pursue=pursue | ({"O-404": "standard"} if rng.random() < 0.1 else {}),
            decline=frozenset(name for name in deals if name not in pursue and rng.random() < 0.3),
            promise={
                n: company.as_of + timedelta(weeks=rng.randint(4, 12)) for n in pursue if rng.random() < 0.3
            },
            courses={account.id: rng.choice(["grow", "keep", "let_go"]) for account in company.accounts},
            modes={"J-1": rng.choice(["as_planned", "slower"])},
            invest=frozenset({"I-1"} if rng.random() < 0.1 else ()),
        )
        self.decided.append(decided)
        return decided
