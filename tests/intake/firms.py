"""Small firms drawn at random, with every kind of record a Company can hold."""

# ruff: noqa: E501
# fmt: off
# one record per line

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import strategies as st

from pursuit.domain import (
    COURSES,
    INVESTMENT_KINDS,
    MILESTONE_EVENTS,
    PROJECT_MODES,
    RESOURCE_KINDS,
    Account,
    Company,
    Contract,
    Course,
    Delivery,
    ExchangeRate,
    Finance,
    Goal,
    Grade,
    Investment,
    Invoice,
    LatePenalty,
    Limit,
    Need,
    Operation,
    Opportunity,
    Option,
    PaymentMilestone,
    Product,
    Project,
    ProjectMode,
    Quote,
    Resource,
    Routing,
    Segment,
    Statement,
    Technology,
    Work,
)
from pursuit.units import Calendar, Money

# letters that trouble spreadsheets and our own lists: signs, separators, quotes, Korean, line breaks
LETTERS = "ab가힣A1=+-@'\";:,\\.%#_ \n€"
TEXT = st.text(LETTERS, max_size=8).map(str.strip)
NAME = TEXT.filter(bool)
HOURS = st.floats(0, 1e6, allow_nan=False) | st.integers(0, 500)
SHARE = st.floats(0, 1, allow_nan=False)
WEEKS = st.integers(1, 60)
DAYS = st.dates(date(1890, 1, 1), date(2100, 1, 1))
MONEY = st.builds(Money, st.integers(0, 10**14), st.sampled_from(["KRW", "USD"]))
NUMBERS = ["123-45-67891", "101-81-00016", "220-87-12343"]  # made up, with the digit that proves them
GRADES = ["", "S", "상", "유력", "50~70%", "70% 이상", "own word"]
HOME = st.builds(Money, st.integers(0, 10**14), st.just("KRW"))


def opt(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


def some(strategy: st.SearchStrategy, most: int = 3) -> st.SearchStrategy:
    return st.lists(strategy, max_size=most).map(tuple)


def part(ids: list[str]) -> st.SearchStrategy:
    return st.lists(st.sampled_from(ids), unique=True, max_size=2).map(tuple) if ids else st.just(())


def one(ids: list[str]) -> st.SearchStrategy:
    return st.sampled_from(["", *ids])


@st.composite
def firms(draw: st.DrawFn) -> Company:
    def ids(least: int = 0, most: int = 2) -> list[str]:
        return draw(st.lists(NAME, min_size=least, max_size=most, unique=True))

    names = {
        key: ids(key in ("resources", "opportunities", "accounts"))
        for key in (
            "resources",
            "opportunities",
            "accounts",
            "segments",
            "needs",
            "technologies",
            "routings",
            "products",
            "goals",
            "calendars",
            "projects",
            "contracts",
            "investments",
            "limits",
            "invoices",
            "deliveries",
        )
    }
    effort = st.dictionaries(st.sampled_from(names["resources"]), HOURS, max_size=2)
    work = some(
        st.builds(
            Work, st.sampled_from(names["resources"]), HOURS, st.integers(0, 5), WEEKS, opt(HOURS), TEXT
        ),
        2,
    )
    penalty = opt(st.builds(LatePenalty, st.floats(0, 0.003), SHARE))
    event = st.sampled_from(MILESTONE_EVENTS)
    payments = st.just(()) | st.tuples(
        st.builds(PaymentMilestone, event, st.just(0.3), st.integers(-30, 90)),
        st.builds(PaymentMilestone, event, st.just(0.7)),
    )

    def records(cls: type, key: str, **more: st.SearchStrategy) -> tuple:
        return tuple(draw(st.builds(cls, id=st.just(name), **more)) for name in names[key])

    def kinds(cls: type, words: tuple[str, ...], **more: st.SearchStrategy) -> st.SearchStrategy:
        one_each = st.lists(st.sampled_from(words), unique=True, max_size=2)
        return one_each.flatmap(
            lambda chosen: st.tuples(*(st.builds(cls, kind=st.just(kind), **more) for kind in chosen))
        )

    scope = st.sampled_from(["", *(f"account:{name}" for name in names["accounts"])])
    option = {
        "name": TEXT, "price": opt(MONEY), "material_cost": opt(MONEY), "lead_time_weeks": opt(WEEKS), "effort": effort, "effort_weeks": opt(WEEKS), "pursuit_cost": opt(MONEY),
        "win_probability": opt(SHARE), "win_shift": st.floats(-3, 3), "work": work, "technologies": part(names["technologies"]),
    }  # fmt: skip
    options = st.lists(NAME, unique=True, max_size=2).flatmap(
        lambda chosen: st.tuples(*(st.builds(Option, id=st.just(name), **option) for name in chosen))
    )
    days = st.lists(DAYS, min_size=2, max_size=2).map(sorted)
    opportunities = []
    for at, name in enumerate(names["opportunities"]):
        created, closed = draw(days)
        made = draw(
            st.builds(
                Opportunity, id=st.just(name), account=st.sampled_from(names["accounts"]), name=TEXT, product=one(names["products"]), quantity=HOURS, amount=MONEY,
                stage=TEXT, outcome=st.just("open") if at == 0 else st.sampled_from(["open", "won", "lost"]), created=st.just(created), closed=opt(st.just(closed)),
                expected_close=opt(DAYS), decide_by=opt(DAYS), requested_date=opt(DAYS), owner=TEXT, source=TEXT, segment=one(names["segments"]), competitors=some(NAME, 2),
                win_probability=opt(SHARE), likelihood=st.sampled_from(GRADES), late_penalty=penalty, payments=payments, options=options, pinned=st.sampled_from(["", "decline", "defer"]),
                strategic=st.dictionaries(st.sampled_from(names["goals"]), st.floats(-5, 5), max_size=1) if names["goals"] else st.just({}),
            )
        )  # fmt: skip
        opportunities.append(made)
    invoices = []
    for name in names["invoices"]:
        issued, paid = draw(days)
        invoices.append(
            draw(
                st.builds(
                    Invoice,
                    st.just(name),
                    st.sampled_from(names["accounts"]),
                    st.just(issued),
                    DAYS,
                    st.builds(Money, st.integers(-(10**12), 10**12), st.just("USD")),
                    opt(st.builds(Money, st.integers(0, 10**9), st.just("USD"))),
                    opt(st.just(paid)),
                    TEXT,
                )
            )
        )
    accounts = tuple(
        replace(account, name=f"{account.name}{at}", business_number=number)
        for at, (account, number) in enumerate(zip(records(Account, "accounts", name=NAME, sector=TEXT, region=TEXT, segment=one(names["segments"]), since=opt(DAYS), relationship=opt(SHARE), traits=st.dictionaries(NAME, NAME, max_size=2), needs=part(names["needs"]), credit_grade=TEXT, credit_limit=opt(MONEY), default_probability=opt(SHARE), payment_days=opt(st.integers(0, 300)), note_days=st.integers(0, 300), last_contact=opt(DAYS), courses=kinds(Course, COURSES, effort=effort, cost=opt(MONEY), retention=opt(SHARE), orders_per_year=opt(HOURS))), draw(st.permutations(["", *NUMBERS])), strict=False))
    )
    contracts = []
    for name in names["contracts"] if names["products"] else ():
        starts, ends = draw(days)
        called, minimum, quantity = sorted(draw(st.lists(HOURS, min_size=3, max_size=3)))
        contracts.append(
            draw(
                st.builds(
                    Contract, id=st.just(f"K{name}"), name=TEXT, account=one(names["accounts"]), product=st.sampled_from(names["products"]), unit_price=MONEY, starts=st.just(starts), ends=st.just(ends),
                    quantity=st.just(quantity), called=st.just(called), every_weeks=WEEKS, minimum=opt(st.just(minimum)), late_penalty=penalty, payments=payments,
                )
            )
        )  # fmt: skip
    statement_days = draw(st.lists(DAYS, unique=True, max_size=2))
    figure = opt(st.floats(-1e12, 1e12, allow_nan=False))
    quote_revisions = draw(st.lists(st.integers(1, 9), unique=True, max_size=2))
    return Company(
        name=draw(NAME),
        currency="KRW",
        as_of=draw(st.dates(date(2000, 1, 1), date(2090, 1, 1))),
        vat_rate=draw(SHARE),
        resources=records(Resource, "resources", name=NAME, kind=st.sampled_from(RESOURCE_KINDS), hours_per_week=HOURS, headcount=opt(HOURS), hourly_cost=opt(MONEY), overtime_hours=HOURS, overtime_cost=opt(MONEY), subcontract_cost=opt(MONEY), subcontract_share=SHARE, calendar=one(names["calendars"]), hours_known=st.booleans()),
        opportunities=tuple(opportunities),
        accounts=accounts,
        segments=records(Segment, "segments", name=NAME, needs=part(names["needs"]), reference_value=opt(MONEY), trust_value=opt(MONEY), note=TEXT),
        needs=records(Need, "needs", text=NAME, technology=one(names["technologies"])),
        products=records(Product, "products", name=NAME, family=TEXT, list_price=opt(MONEY), material_share=opt(SHARE), routing=one(names["routings"]), lead_time_weeks=opt(WEEKS), technologies=part(names["technologies"]), effort=effort, effort_weeks=WEEKS, bought_in=opt(MONEY)),
        routings=records(Routing, "routings", operations=st.lists(st.builds(Operation, st.sampled_from(names["resources"]), TEXT, HOURS, HOURS, WEEKS, opt(MONEY)), min_size=1, max_size=3).map(tuple)),
        technologies=records(Technology, "technologies", name=NAME, held=st.booleans()),
        projects=records(Project, "projects", name=NAME, account=st.sampled_from(names["accounts"]), due=DAYS, amount=MONEY, work=work, late_penalty=penalty, payments=payments, modes=kinds(ProjectMode, PROJECT_MODES, delay_weeks=st.integers(-2, 20), hours_factor=HOURS, cost=opt(MONEY), note=TEXT), pinned=st.sampled_from(["", *PROJECT_MODES]), release=opt(DAYS), material_cost=opt(MONEY)),
        contracts=tuple(contracts),
        grades=(Grade("own word", draw(SHARE)), Grade("S", draw(SHARE))),
        investments=records(Investment, "investments", name=NAME, kind=st.sampled_from(INVESTMENT_KINDS), cost=MONEY, weekly_cost=opt(MONEY), lead_weeks=st.integers(0, 30), ramp_weeks=st.integers(0, 30), capacity=effort, technology=one(names["technologies"]), effort=effort, effort_weeks=WEEKS, residual_share=SHARE, starts=some(st.integers(0, 40)), pinned=st.sampled_from(["", "no", "4"])),
        goals=records(Goal, "goals", name=NAME, measure=st.sampled_from(["revenue", "margin", "wins", "strategic"]), target=HOURS, weight=HOURS, scope=scope),
        limits=records(Limit, "limits", scope=scope, exposure=MONEY),
        calendars=records(Calendar, "calendars", country=st.sampled_from(["", "KR"]), weekdays=st.tuples(st.just(1.0), *[SHARE] * 6), closed=some(DAYS, 2), opened=some(DAYS, 2)),
        quotes=tuple(draw(st.builds(Quote, st.sampled_from(names["opportunities"]), st.just(number), DAYS, opt(DAYS), st.just(Money(100, "USD")), opt(st.just(Money(110, "USD"))))) for number in quote_revisions),
        statements=tuple(draw(st.builds(Statement, st.sampled_from(names["accounts"]), st.just(day), st.sampled_from(["KRW", "EUR"]), *[figure] * 9)) for day in statement_days),
        invoices=tuple(invoices),
        deliveries=records(Delivery, "deliveries", account=st.sampled_from(names["accounts"]), promised=DAYS, delivered=DAYS, in_full=st.booleans(), complaint=st.booleans(), order=TEXT),
        rates=(ExchangeRate(draw(DAYS), "USD", "KRW", draw(st.floats(1, 2000))),),
        finance=draw(opt(st.builds(Finance, HOME, HOME, HOME, HOME, SHARE))),
        notes=draw(some(NAME.filter(lambda text: "\n" not in text), 2).map(lambda notes: tuple(dict.fromkeys(notes)))),
    )  # fmt: skip
