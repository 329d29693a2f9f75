"""Hours that are not there."""

from __future__ import annotations

from tests.planning.spoiling.draft import Draft, change, kind, put, shift


@kind
def capacity_too_high(d: Draft) -> bool:
    row = d.row("allocation")
    resource = d.company.resource_by_id[row["resource"]]
    gains = sum(abs(inv.capacity.get(resource.id, 0.0)) for inv in d.company.investments)
    return resource.hours_known and put(
        row, "capacity", 2 * (resource.hours_per_week + gains) + d.pick([5, 50])
    )


@kind
def capacity_too_low(d: Draft) -> bool:
    gaining = {name for investment in d.company.investments for name in investment.capacity}
    rows = [row for row in d.plan["allocation"] if row["resource"] not in gaining and row["capacity"] >= 3]
    row = d.pick([row for row in rows if d.company.resource_by_id[row["resource"]].hours_known])
    return change(row, "capacity", -d.pick([1.5, 2.5]))


@kind
def more_committed_than_expected(d: Draft) -> bool:
    row = d.row("allocation")
    return put(row, "committed", row["expected_load"] + d.pick([1.0, 30.0]))


@kind
def illegal_overtime(d: Draft) -> bool:
    row = d.row("allocation")
    legal = d.company.resource_by_id[row["resource"]].overtime_hours
    row.update(overtime=2 * legal + d.pick([1.0, 9.0]), overload_probability=0.5)
    return True


@kind
def overtime_without_overload(d: Draft) -> bool:
    d.row("allocation").update(overtime=d.pick([1.0, 3.0]), overload_probability=0.0)
    return True


@kind
def work_given_outside_where_it_cannot(d: Draft) -> bool:
    inside = {resource.id for resource in d.company.resources if resource.subcontract_cost is None}
    return change(
        d.pick([row for row in d.plan["allocation"] if row["resource"] in inside]), "subcontract", 0.5
    )


@kind
def impossible_overload(d: Draft) -> bool:
    return put(d.row("allocation"), "overload_probability", d.pick([1.2, -0.1]))


@kind
def week_outside_the_horizon(d: Draft) -> bool:
    row = d.row("allocation")
    return put(row, "week", shift(row["week"], 7 * d.plan["horizon"]["weeks"]))
