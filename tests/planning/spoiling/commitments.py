"""Investments, projects and goals that are not the company's."""

from __future__ import annotations

from tests.planning.spoiling.draft import UNKNOWN, Draft, change, kind, put, shift


@kind
def investment_started_though_declined(d: Draft) -> bool:
    row = d.pick([row for row in d.plan["investments"] if row["decision"] == "no"])
    return put(row, "start", d.plan["horizon"]["start"])


@kind
def investment_started_on_another_day(d: Draft) -> bool:
    row = d.pick([row for row in d.plan["investments"] if row["start"]])
    return row is not None and put(row, "start", shift(row["start"], d.pick([1, 7 * 500])))


@kind
def investment_chosen_without_start(d: Draft) -> bool:
    return put(d.pick([row for row in d.plan["investments"] if row["start"]]), "start", None)


@kind
def investment_cost_off(d: Draft) -> bool:
    return change(
        d.pick([row for row in d.plan["investments"] if row["start"]]), "cost", d.pick([1, -1, 1_000])
    )


@kind
def investment_of_another_kind(d: Draft) -> bool:
    row = d.row("investments")
    return row is not None and put(row, "kind", "hire" if row["kind"] != "hire" else "shift")


@kind
def mode_not_offered(d: Draft) -> bool:
    row = d.row("projects")
    modes = {project.id: {mode.kind for mode in project.modes} for project in d.company.projects}
    other = {"slower", "paused", "stripped"} - (modes.get(row["project"], set()) if row else set())
    return bool(row and other) and put(row, "mode", min(other))


@kind
def project_due_off(d: Draft) -> bool:
    row = d.row("projects")
    return row is not None and put(row, "due", shift(row["due"], d.pick([1, 7])))


@kind
def project_finished_before_the_plan(d: Draft) -> bool:
    return put(d.row("projects"), "finish", shift(d.plan["horizon"]["start"], -d.pick([1, 30])))


@kind
def call_off_changed(d: Draft) -> bool:
    row = d.pick([row for row in d.plan["projects"] if "@" in row["project"]])
    return row is not None and put(row, *d.pick([("due", shift(row["due"], 7)), ("account", "A1")]))


@kind
def goal_target_off(d: Draft) -> bool:
    return change(d.row("goals"), "target", 1)


@kind
def goal_shortfall_off(d: Draft) -> bool:
    row = d.row("goals")
    return row is not None and change(row, "shortfall", 1 + 1e-3 * abs(row["target"]))


@kind
def goal_price_off(d: Draft) -> bool:
    weights = {goal.id: goal.weight for goal in d.company.goals}
    row = d.row("goals")
    if row is None:
        return False
    return change(row, "price", 1_000 + int(weights[row["goal"]] * (1 + 1e-3 * abs(row["target"]))))


@kind
def spending_on_a_stranger(d: Draft) -> bool:
    return put(d.pick([row for row in d.plan["spending"] if row["by"] != "segment"]), "id", UNKNOWN)


@kind
def now_called_later(d: Draft) -> bool:
    """An investment started in the first week of the horizon is no later one."""
    start = d.plan["horizon"]["start"]
    return put(d.pick([row for row in d.plan["investments"] if row["start"] == start]), "decision", "later")


@kind
def pinned_project_carried_on_otherwise(d: Draft) -> bool:
    pinned = {
        p.id for p in d.company.projects if p.pinned in {mode.kind for mode in p.modes} - {"as_planned"}
    }
    row = d.pick([row for row in d.plan["projects"] if row["project"] in pinned])
    return row is not None and not row.update(mode="as_planned", effect=0)
