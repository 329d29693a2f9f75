"""Whose plan it is, as of when, over which weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pursuit.planning.checks.case import Case
from pursuit.units import monday_of


def heading_problems(case: Case) -> Iterator[str]:
    """The company's name, currency, fingerprint and day."""
    told, company = case.plan["company"], case.company
    if told["hash"] != company.content_hash:
        yield "The plan was made from another snapshot of the company: the hashes differ."
    if told["name"] != company.name:
        yield f"The plan names the company {told['name']!r}; it is {company.name!r}."
    if told["currency"] != company.currency:
        yield f"The plan counts in {told['currency']}; the company counts in {company.currency}."
    if case.plan["as_of"] != company.as_of.isoformat():
        yield f"The plan is as of {case.plan['as_of']}; the company as of {company.as_of}."


def horizon_problems(case: Case) -> Iterator[str]:
    """The horizon starts on the Monday of the snapshot's week or the next, and ends after its last week."""
    horizon = case.plan["horizon"]
    start, end = date.fromisoformat(horizon["start"]), date.fromisoformat(horizon["end"])
    this_week = monday_of(case.company.as_of)
    if start not in (this_week, this_week + timedelta(weeks=1)):
        yield f"The horizon starts on {start}, not on the Monday before or after {case.company.as_of}."
    if (end - start).days != 7 * horizon["weeks"]:
        yield f"The horizon of {horizon['weeks']} weeks from {start} does not end on {end}."
