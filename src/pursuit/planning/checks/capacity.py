"""Hours there are and hours asked for, per resource and week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from pursuit.domain import Resource
from pursuit.planning.checks.case import HOURS, Case, once_each


def week_share(case: Case, resource: Resource, week: int) -> float:
    """Share of an ordinary week that a resource works; 1 without a calendar."""
    calendar = case.company.calendar_by_id.get(resource.calendar)
    return calendar.week_share(case.axis.monday(week)) if calendar else 1.0


def overtime_allowed(case: Case, resource: Resource, week: int) -> float:
    """Legal overtime of a week, none where it has no price."""
    if resource.overtime_cost is None:
        return 0.0
    return resource.overtime_hours * week_share(case, resource, week)


def capacity_range(case: Case, resource: Resource, week: int) -> tuple[float, float]:
    """Least and most regular hours: own ones by the calendar, investments' with or without it."""
    share = week_share(case, resource, week)
    added = 0.0
    for investment in case.company.investments:
        start = case.taken_investments.get(investment.id)
        if start is None or resource.id not in investment.capacity:
            continue
        running = week - start - investment.lead_weeks
        if running >= 0:
            ramp = min(1.0, (running + 1) / (investment.ramp_weeks + 1))
            added += investment.capacity[resource.id] * ramp
    own = resource.hours_per_week * share
    ends = (own + added, own + added * share)
    return max(min(ends), 0.0), max(*ends, 0.0)


def resource_problems(case: Case) -> Iterator[str]:
    """Each resource stands once."""
    known = case.company.resource_by_id
    yield from once_each("resource", (row["resource"] for row in case.plan["resources"]), known)


def allocation_problems(case: Case) -> Iterator[str]:
    """Every resource and week exactly once, with hours that can be."""
    cells = Counter((row["resource"], row["week"]) for row in case.plan["allocation"])
    for resource in case.company.resources:
        for monday in case.week_of:
            count = cells[resource.id, monday]
            if count != 1:
                yield f"Resource {resource.id} in the week of {monday} stands {count} times."
    for row in case.plan["allocation"]:
        name = f"Resource {row['resource']} in the week of {row['week']}"
        known, week = case.company.resource_by_id.get(row["resource"]), case.week_of.get(row["week"])
        if known is None or week is None:
            yield f"{name} is outside the company or the horizon."
            continue
        low, high = capacity_range(case, known, week)
        if known.hours_known and not low - HOURS <= row["capacity"] <= high + HOURS:
            yield f"{name} has {high:.1f} regular hours, not {row['capacity']:.1f}."
        if row["committed"] > row["expected_load"] + HOURS:
            yield f"{name} has more hours committed than expected in all."
        if row["overtime"] > overtime_allowed(case, known, week) + HOURS:
            allowed = overtime_allowed(case, known, week)
            yield f"{name} has {row['overtime']:.1f} hours of overtime where {allowed:.1f} are legal."
        if row["subcontract"] > 0 and known.subcontract_cost is None:
            yield f"{name} gives work outside, which this resource cannot."
        if row["overload_probability"] == 0 and row["overtime"] > HOURS:
            yield f"{name} expects overtime though no future exceeds regular hours."


def ceiling(case: Case) -> Mapping[tuple[str, int], float]:
    """Regular hours as the plan tells them plus legal overtime, by resource and week."""
    return {
        (row["resource"], case.week_of[row["week"]]): row["capacity"]
        + overtime_allowed(case, case.company.resource_by_id[row["resource"]], case.week_of[row["week"]])
        for row in case.plan["allocation"]
        if row["week"] in case.week_of and row["resource"] in case.company.resource_by_id
    }
