"""Call-offs of a contract are work like any project: on its days, for what remains of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.domain import Company, Contract, call_days, call_offs, running_work
from pursuit.units import Money

Changed = Callable[..., Company]


def test_what_remains_is_spread_over_the_days(company: Company) -> None:
    """Units, revenue and hours of all call-offs add up to what the contract has left."""
    (contract,) = company.contracts
    calls = call_offs(company, contract)
    assert [call.due for call in calls] == list(call_days(contract, company.as_of))
    assert sum(call.amount.amount for call in calls) == pytest.approx(100 * 9_000_000, abs=len(calls))
    assert sum(w.hours for call in calls for w in call.work) == pytest.approx(5 * len(calls) + 100 * 2.5)
    assert calls[0].id == "K1@2026-03-30"
    assert calls[0].material_cost == Money(round(calls[0].amount.amount * 0.4), "KRW")


def test_only_call_offs_inside_the_weeks_planned(company: Company) -> None:
    """Work due after the last week planned is not yet on the list; projects always are."""
    end = date(2026, 5, 1)
    found = running_work(company, end)
    assert found[0] == company.projects[0]
    assert [work.due for work in found[1:]] == [date(2026, 3, 30), date(2026, 4, 27)]


def test_a_call_off_cannot_be_begun_before_its_lead_time(company: Company, changed: Changed) -> None:
    """It is released its product's lead time before it is due, else the work's own weeks and two."""
    first = call_offs(company, company.contracts[0])[0]
    assert first.release == first.due - timedelta(weeks=5)
    other = changed("products", lead_time_weeks=9)
    assert call_offs(other, other.contracts[0])[0].release == first.due - timedelta(weeks=9)


def test_nothing_is_left_to_call(company: Company) -> None:
    """A contract called off in full, or over, adds no work."""
    contract = company.contracts[0]
    assert call_offs(company, replace(contract, called=120.0)) == ()
    assert call_offs(company, replace(contract, ends=date(2026, 3, 2))) == ()


@given(
    st.dates(date(2025, 1, 1), date(2026, 12, 31)),
    st.integers(0, 700),
    st.integers(1, 60),
    st.dates(date(2025, 1, 1), date(2027, 12, 31)),
)
def test_days_keep_the_rhythm(starts: date, length: int, weeks: int, as_of: date) -> None:
    """Every day lies after today, within the contract, a whole number of rhythms after its start; none is left out."""
    contract = Contract(
        "K", "", "", Money(1, "KRW"), starts, starts + timedelta(length), 10, every_weeks=weeks
    )
    days = call_days(contract, as_of)
    every = [starts + timedelta(weeks=weeks) * n for n in range(length // (7 * weeks) + 1)]
    assert list(days) == [day for day in every if day > as_of]
