"""Default probabilities come from accounts, grades, sector or prior, in that order."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.domain import Account, Invoice, Statement
from pursuit.forecast.credit_tables import (
    BID_GRADES,
    KOREAN_DEFAULT,
    ONE_YEAR_DEFAULT,
    Z_MIDDLES,
    grade_default,
    z_default,
    z_score,
)
from pursuit.forecast.default import forecast_defaults
from pursuit.units import Money

HEALTHY = Statement("A", date(2025, 12, 31), "KRW", 100, 60, 40, 20, 60, 30, 120, 12, 8)
WEAK = Statement("A", date(2025, 12, 31), "KRW", 100, 30, 95, 60, 5, -20, 80, -6, -9)


def test_z_score_by_hand():
    """3.25 + 6.56 * 0.4 + 3.26 * 0.3 + 6.72 * 0.12 + 1.05 * 1.5 for a healthy firm."""
    assert z_score(HEALTHY) == pytest.approx(3.25 + 2.624 + 0.978 + 0.8064 + 1.575)


def test_a_missing_item_gives_no_score():
    """A statement without EBIT is not scored at all, rather than with a zero."""
    assert z_score(Statement("A", date(2025, 12, 31), "KRW", 100, 60, 40, 20, 60, 30)) is None


@given(st.floats(-20, 20), st.floats(0, 5))
def test_a_better_score_never_fails_more(score, more):
    """The default probability falls along Z'' and stays between the floor and even odds."""
    assert 0.0003 - 1e-12 <= z_default(score + more) <= z_default(score) + 1e-12 <= 0.5 + 1e-12


def test_the_middle_of_each_letter_has_its_published_rate():
    """Scores at a letter's middle meet the study's rate exactly."""
    for letter, middle in Z_MIDDLES.items():
        assert z_default(middle) == pytest.approx(ONE_YEAR_DEFAULT[letter])
    assert list(ONE_YEAR_DEFAULT.values()) == sorted(ONE_YEAR_DEFAULT.values())


@pytest.mark.parametrize(
    ("written", "letter"),
    [
        ("BB+", "BB"),
        (" bbb- ", "BBB"),
        ("CC", "CC"),
        ("aaa", "AAA"),
        ("BB0", "BB"),
        ("D", "D"),
        ("e-1", "AAA"),
        ("e-4", "BBB"),
        ("E10", "D"),
    ],
)
def test_grades_are_read_as_people_write_them(written, letter):
    """NICE and KED letters with their signs, in any case."""
    found = grade_default(written)
    assert found is not None
    assert found[0] == letter


def test_grades_have_the_rates_of_korean_issuers():
    """NICE's own table, not S&P's: a Korean BB fails five times as often; no better grade fails more than a worse."""
    found = [grade_default(grade) for grade in BID_GRADES]
    rates = [pair[1] for pair in found if pair]
    assert rates == sorted(rates)
    assert len(rates) == 10
    assert grade_default("BB-") == ("BB", 0.0317)
    assert KOREAN_DEFAULT["BB"] > 5 * ONE_YEAR_DEFAULT["BB"]


def test_what_is_no_grade_is_not_guessed():
    """An unknown mark is no grade."""
    assert grade_default("우량") is None
    assert grade_default("e-11") is None
    assert grade_default("") is None


def test_removing_a_statement_changes_the_basis(firm):
    """Statement, then grade, then sector, then prior: each stands in when the better one is gone."""
    others = tuple(Account(f"S{n}", "s", sector="steel") for n in range(12))
    scores = tuple(
        Statement(o.id, date(2025, 12, 31), "KRW", 100, 30, 95, 60, 5, -20, 80, -6, -9) for o in others
    )

    def basis(account, *statements):
        return forecast_defaults(
            firm(accounts=(account, *others), statements=(*scores, *statements))
        ).chances["A"]

    full = Account("A", "a", sector="steel", credit_grade="BB")
    assert basis(full, HEALTHY).basis == "statement"
    assert basis(full).basis == "grade"
    assert basis(Account("A", "a", sector="steel")).basis == "sector"
    assert basis(Account("A", "a", sector="food")).basis == "prior"
    assert basis(Account("A", "a", default_probability=0.3), HEALTHY).basis == "declared"
    assert basis(Account("A", "a", sector="steel")).mean > basis(Account("A", "a", sector="food")).mean


def test_weak_accounts_fail_more_and_the_reason_shows_the_score(firm):
    """A firm eaten up by losses is far more likely to fail than a healthy one, with its own figures."""
    healthy = forecast_defaults(firm(accounts=(Account("A", "a"),), statements=(HEALTHY,))).chances["A"]
    weak = forecast_defaults(firm(accounts=(Account("A", "a"),), statements=(WEAK,))).chances["A"]
    assert healthy.mean < 0.001 < 0.1 < weak.mean
    assert weak.low < weak.mean < weak.high
    assert weak.reasons[0].values["score"] == f"{z_score(WEAK):.2f}"


def test_only_statements_known_on_the_day_count(firm):
    """The latest complete statement before the company's day is used, not one of the future."""
    later = Statement("A", date(2026, 12, 31), "KRW", 100, 30, 95, 60, 5, -20, 80, -6, -9)
    chance = forecast_defaults(firm(accounts=(Account("A", "a"),), statements=(HEALTHY, later))).chances["A"]
    assert chance.reasons[0].values["year"] == 2025


def test_paying_late_raises_the_risk(firm):
    """Invoices paid sixty days late, or still open long after they were due, make a default likelier."""
    day = date(2025, 9, 1)

    def chance(paid):
        bill = Invoice("I", "A", day, day + timedelta(days=30), Money(1000, "KRW"), paid=paid)
        return forecast_defaults(firm(accounts=(Account("A", "a"),), invoices=(bill,))).chances["A"].mean

    on_time, late, never = chance(day + timedelta(days=20)), chance(day + timedelta(days=90)), chance(None)
    assert on_time == pytest.approx(0.02)
    assert on_time < late < never


def test_the_plan_says_where_nothing_is_known(firm):
    """A customer without accounts and grade is a fallback, counted."""
    found = forecast_defaults(firm(accounts=(Account("A", "a"), Account("B", "b", credit_grade="A"))))
    assert found.fallbacks[0].values["count"] == 1


def test_a_grade_that_cannot_be_read_is_told(firm):
    """A mark nobody can place is not passed over in silence; grades that are read are not counted."""
    found = forecast_defaults(
        firm(accounts=(Account("A", "a", credit_grade="우량"), Account("B", "b", credit_grade="BBB+")))
    )
    told = [reason for reason in found.fallbacks if "they are not used" in reason.message]
    assert [dict(reason.values) for reason in told] == [{"count": 1, "grade": "우량"}]
