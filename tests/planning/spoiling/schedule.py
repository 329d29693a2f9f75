"""A schedule that the shop floor cannot carry out."""

from __future__ import annotations

from collections import Counter

from tests.planning.spoiling.draft import Draft, change, kind, put, shift


@kind
def scheduled_though_not_pursued(d: Draft) -> bool:
    other = d.decided("decline", "defer")
    return other is not None and put(d.row("schedule"), "order", other["opportunity"])


@kind
def firm_flipped(d: Draft) -> bool:
    row = d.row("schedule")
    return row is not None and put(row, "firm", not row["firm"])


@kind
def hours_off(d: Draft) -> bool:
    row = d.row("schedule")
    return row is not None and change(row, "hours", 1 + len(row["weeks"]))


@kind
def start_off(d: Draft) -> bool:
    row = d.row("schedule")
    return row is not None and put(row, "start", shift(row["start"], d.pick([-7, 1, 7])))


@kind
def end_off(d: Draft) -> bool:
    row = d.row("schedule")
    return row is not None and put(row, "end", shift(row["end"], d.pick([-7, -1, 7])))


@kind
def work_outside_the_horizon(d: Draft) -> bool:
    row = d.row("schedule")
    return row is not None and put(row["weeks"][-1], "week", d.plan["horizon"]["end"])


@kind
def week_twice(d: Draft) -> bool:
    row = d.row("schedule")
    return row is not None and not row["weeks"].append(dict(row["weeks"][0]))


@kind
def weeks_out_of_order(d: Draft) -> bool:
    row = d.pick([row for row in d.plan["schedule"] if len(row["weeks"]) > 1])
    return row is not None and not row["weeks"].reverse()


@kind
def no_hours_at_all(d: Draft) -> bool:
    row = d.row("schedule")
    if row is None:
        return False
    row.update(hours=0.0, weeks=[{"week": entry["week"], "hours": 0.0} for entry in row["weeks"]])
    return True


@kind
def resource_overloaded(d: Draft) -> bool:
    """Rows agree with themselves, yet one week holds more than capacity and twice the legal overtime."""
    row = d.row("schedule")
    if row is None:
        return False
    entry = d.pick(row["weeks"])
    cells = [
        c for c in d.plan["allocation"] if (c["resource"], c["week"]) == (row["work_center"], entry["week"])
    ]
    legal = d.company.resource_by_id[row["work_center"]].overtime_hours
    extra = 10 + 1.1 * cells[0]["capacity"] + 2 * legal
    entry["hours"] += extra
    row["hours"] += extra
    return True


@kind
def project_short_of_hours(d: Draft) -> bool:
    """A project said to end within the horizon, and nowhere late, loses half of an operation."""
    end = d.plan["horizon"]["end"]
    late = {row["order"] for row in d.plan["schedule"] if row["late"]}
    whole = {
        row["project"]
        for row in d.plan["projects"]
        if row["finish"] and row["finish"] < end and row["due"] < end and row["project"] not in late
    }
    hours = Counter[tuple[str, str]]()
    for row in d.plan["schedule"]:
        hours[row["order"], row["work_center"]] += row["hours"]
    rows = [row for row in d.plan["schedule"] if row["order"] in whole]
    row = d.pick([r for r in rows if r["hours"] > 4 + 0.1 * hours[r["order"], r["work_center"]]])
    if row is None:
        return False
    row["hours"] /= 2
    for entry in row["weeks"]:
        entry["hours"] /= 2
    return True


@kind
def deal_with_too_many_hours(d: Draft) -> bool:
    """A deal's operation takes more than all hours its offer has on that resource."""
    chosen = d.chosen()
    row = d.pick([row for row in d.plan["schedule"] if row["order"] in chosen])
    if row is None:
        return False
    full = sum(p.hours for p in chosen[row["order"]].work if p.resource == row["work_center"])
    extra = 1.2 * full + 5
    row["weeks"][-1]["hours"] += extra
    row["hours"] += extra
    return True


@kind
def step_ahead(d: Draft) -> bool:
    """A late step is worked off in the week before the first hour of an early one."""
    works = {project.id: project.work for project in d.company.projects}
    works |= {opportunity: offer.work for opportunity, offer in d.chosen().items()}
    candidates = []
    for order, work in works.items():
        rows = {row["work_center"]: row for row in d.plan["schedule"] if row["order"] == order}
        if len({piece.resource for piece in work}) < len(work):
            continue
        for early in work:
            for late in work:
                before, after = rows.get(early.resource), rows.get(late.resource)
                if early.step >= late.step or not (before and after and early.hours and late.hours):
                    continue
                slack = 0.02 + 0.06 * d.plan["horizon"]["weeks"] * (1 / early.hours + 1 / late.hours)
                if before["start"] > d.plan["horizon"]["start"] and after["hours"] / late.hours > slack:
                    candidates.append((before, after))
    pair = d.pick(candidates)
    if pair is None:
        return False
    before, after = pair
    monday = shift(before["start"], -7)
    after.update(start=monday, end=shift(monday, 4), weeks=[{"week": monday, "hours": after["hours"]}])
    return True


@kind
def late_work_not_called_late(d: Draft) -> bool:
    rows = [row for row in d.plan["schedule"] if row["late"] and row["due"]]
    row = d.pick(
        [row for row in rows if row["weeks"][-1]["week"] > row["due"] and row["weeks"][-1]["hours"] > 0]
    )
    return put(row, "late", False)


@kind
def project_row_due_off(d: Draft) -> bool:
    row = d.pick([row for row in d.plan["schedule"] if row["firm"]])
    return row is not None and put(row, "due", shift(row["due"], d.pick([1, 7])))


@kind
def all_in_one_week(d: Draft) -> bool:
    """A whole operation is put in its last week although that week cannot hold it."""
    hours = {(cell["resource"], cell["week"]): cell["capacity"] for cell in d.plan["allocation"]}
    rows = []
    for row in d.plan["schedule"]:
        legal = d.company.resource_by_id[row["work_center"]].overtime_hours
        last = row["weeks"][-1]["week"]
        if row["hours"] > 10 + 1.1 * hours[row["work_center"], last] + 2 * legal:
            rows.append(row)
    row = d.pick(rows)
    if row is None:
        return False
    row.update(
        start=row["weeks"][-1]["week"], weeks=[{"week": row["weeks"][-1]["week"], "hours": row["hours"]}]
    )
    return True
