"""What the shop floor is to do: known work, in its hours, in its order, within the hours there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from pursuit.domain import Work
from pursuit.planning.checks.capacity import ceiling
from pursuit.planning.checks.case import HOURS, Case

Row = Mapping[str, Any]
SHARE = 0.005  # of a quantity of hours, forgiven
WEEKLY = 0.06  # hours forgiven per weekly figure, as they may be shown with one decimal


def row_problems(case: Case) -> Iterator[str]:
    """Each row names known work on a known resource, and its weeks, ends and hours agree."""
    for row in case.plan["schedule"]:
        name = f"Operation {row['operation']!r} of {row['order']}"
        project = case.project_by_id.get(row["order"])
        if project is None and row["order"] not in case.chosen:
            yield f"{name}: the order is neither a project nor a pursued opportunity."
        if row["firm"] != (project is not None):
            yield f"{name}: said to be {'already' if row['firm'] else 'not yet'} sold."
        if project and row["due"] != project.due.isoformat():
            yield f"{name}: due on {project.due}, not {row['due']}."
        if project and project.release and row["weeks"]:
            first = case.week_of.get(row["weeks"][0]["week"], 0)
            if first < min(case.axis.index(project.release), case.axis.weeks - 1):
                yield f"{name}: worked on before {project.release}, when it can first be begun."
        if row["work_center"] not in case.company.resource_by_id:
            yield f"{name}: there is no resource {row['work_center']}."
        yield from _week_problems(case, row, name)


def _week_problems(case: Case, row: Row, name: str) -> Iterator[str]:
    mondays = [entry["week"] for entry in row["weeks"]]
    if any(monday not in case.week_of for monday in mondays):
        yield f"{name}: hours in a week that is not in the horizon."
        return
    if mondays != sorted(set(mondays)):
        yield f"{name}: a week stands twice or out of order."
    total = sum(entry["hours"] for entry in row["weeks"])
    if abs(total - row["hours"]) > WEEKLY * (len(mondays) + 1):
        yield f"{name}: {row['hours']:.1f} hours, but its weeks hold {total:.1f}."
    busy = [entry["week"] for entry in row["weeks"] if entry["hours"] > 0]
    if not busy:
        yield f"{name}: no week has any hours."
        return
    first, last = case.week_of[busy[0]], case.week_of[busy[-1]]
    ends = (case.axis.monday(first).isoformat(), case.axis.friday(last).isoformat())
    if (row["start"], row["end"]) != ends:
        yield f"{name}: starts or ends on another day than its hours do."
    if not row["late"] and row["due"] and last > case.axis.index(date.fromisoformat(row["due"])):
        yield f"{name}: worked on after the week of {row['due']}, yet not called late."


def load_problems(case: Case) -> Iterator[str]:
    """No resource is given more hours in a week than it has with overtime."""
    used: dict[tuple[str, int], float] = defaultdict(float)
    for row in case.plan["schedule"]:
        for entry in row["weeks"]:
            if entry["week"] in case.week_of:
                used[row["work_center"], case.week_of[entry["week"]]] += entry["hours"]
    most = ceiling(case)
    for (resource, week), hours in sorted(used.items()):
        limit = most.get((resource, week), 0.0)
        if hours > limit * (1 + SHARE) + HOURS:
            monday = case.axis.monday(week)
            yield f"Resource {resource} is given {hours:.1f} of {limit:.1f} hours in the week of {monday}."


def work_problems(case: Case) -> Iterator[str]:
    """Projects are scheduled whole unless late or beyond the horizon; deals within their full hours."""
    rows = _rows_by_order(case)
    modes = {row["project"]: row for row in case.plan["projects"]}
    for project in case.project_by_id.values():
        told = modes.get(project.id)
        if told is None:
            continue
        factor = next((mode.hours_factor for mode in project.modes if mode.kind == told["mode"]), 1.0)
        beyond = told["finish"] is None or told["finish"] >= case.axis.end.isoformat()
        own = rows[project.id]
        whole = not beyond and project.due < case.axis.end and not any(row["late"] for row in own)
        yield from _hours_problems(f"Project {project.id}", own, project.work, factor, whole)
    for opportunity, offer in case.chosen.items():
        own = rows[opportunity]
        yield from _hours_problems(f"Opportunity {opportunity}", own, offer.work, 1.0, whole=False)


def _hours_problems(
    name: str, rows: Sequence[Row], work: Sequence[Work], factor: float, whole: bool
) -> Iterator[str]:
    needed: dict[str, float] = defaultdict(float)
    placed: dict[str, float] = defaultdict(float)
    for piece in work:
        needed[piece.resource] += piece.hours * factor
    for row in rows:
        placed[row["work_center"]] += sum(entry["hours"] for entry in row["weeks"])
    for resource in sorted({*needed, *placed}):
        slack = HOURS + SHARE * needed[resource]
        if placed[resource] > needed[resource] + slack:
            yield f"{name} needs {needed[resource]:.1f} hours of {resource}, not {placed[resource]:.1f}."
        elif whole and placed[resource] < needed[resource] - slack:
            yield f"{name} is given {placed[resource]:.1f} of the {needed[resource]:.1f} hours of {resource}."


def step_problems(case: Case) -> Iterator[str]:
    """At the end of no week is a later step further, by share of its hours, than an earlier one."""
    rows = _rows_by_order(case)
    works = {project.id: project.work for project in case.project_by_id.values()}
    works |= {opportunity: offer.work for opportunity, offer in case.chosen.items()}
    for order, work in works.items():
        pieces = [piece for piece in sorted(work, key=lambda piece: piece.step) if piece.hours > 0]
        matched = _matched(pieces, rows[order])
        if matched is None:
            yield f"Order {order} has more operations on a resource than its work has."
            continue
        done = [_done(case, row) for row in matched]
        for (early, before), (late, after) in combinations(enumerate(pieces), 2):
            if before.step == after.step:
                continue
            slack = 0.01 + WEEKLY * case.axis.weeks * (1 / before.hours + 1 / after.hours)
            for week in range(case.axis.weeks):
                if done[late][week] / after.hours > done[early][week] / before.hours + slack:
                    monday = case.axis.monday(week)
                    steps = f"step {after.step} is ahead of step {before.step}"
                    yield f"Order {order}: {steps} in the week of {monday}."
                    break


def _matched(pieces: Sequence[Work], rows: Sequence[Row]) -> list[Row | None] | None:
    """The row of each piece of work: by resource and name, else by resource in the order of steps."""
    free = list(rows)
    found: list[Row | None] = [None] * len(pieces)
    for by_name in (True, False):
        for index, piece in enumerate(pieces):
            fitting = [
                row
                for row in free
                if row["work_center"] == piece.resource and (not by_name or row["operation"] == piece.name)
            ]
            if found[index] is None and fitting and (not by_name or len(fitting) == 1):
                found[index] = fitting[0]
                free.remove(fitting[0])
    return None if free else found


def _done(case: Case, row: Row | None) -> list[float]:
    """Hours done by the end of each week."""
    hours = [0.0] * case.axis.weeks
    for entry in row["weeks"] if row else ():
        if entry["week"] in case.week_of:
            hours[case.week_of[entry["week"]]] += entry["hours"]
    for week in range(1, case.axis.weeks):
        hours[week] += hours[week - 1]
    return hours


def _rows_by_order(case: Case) -> Mapping[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in case.plan["schedule"]:
        rows[row["order"]].append(row)
    return rows
