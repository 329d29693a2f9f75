"""Investments, projects under way, goals: each once, within what the company allows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from pursuit.domain import contract_of
from pursuit.planning.checks.case import Case, once_each


def investment_problems(case: Case) -> Iterator[str]:
    """Each investment is decided once, at one of its starts, at its cost, as pinned."""
    known = {investment.id: investment for investment in case.company.investments}
    rows = case.plan["investments"]
    yield from once_each("investment", (row["investment"] for row in rows), known)
    for row in rows:
        name, investment = f"Investment {row['investment']}", known.get(row["investment"])
        if investment is None:
            continue
        if (row["decision"] == "no") != (row["start"] is None):
            yield f"{name} is decided {row['decision']} with the start {row['start']}."
        elif row["start"] is not None:
            start = date.fromisoformat(row["start"])
            week = case.axis.index(start)
            if start.weekday() != 0 or week not in investment.starts:
                yield f"{name} cannot be started on {start}."
            elif (row["decision"] == "now" and week != min(investment.starts)) or (
                row["decision"] == "later" and week == 0
            ):
                yield f"{name} is decided {row['decision']} but started on {start}."
        cost = case.company.home(investment.cost)
        if row["cost"] != cost and (row["decision"] != "no" or row["cost"] != 0):
            yield f"{name} costs {cost}, not {row['cost']}."
        if row["kind"] != investment.kind:
            yield f"{name} is a {investment.kind}, not a {row['kind']}."
        pin, begun = investment.pinned, case.taken_investments.get(investment.id)
        if (pin in ("no", "now", "later") and row["decision"] != pin) or (
            pin.isdecimal() and begun != int(pin)
        ):
            yield f"{name} is pinned to {pin} but decided {row['decision']}."


def project_problems(case: Case) -> Iterator[str]:
    """Each project stands once, in a mode it has, with its own customer and due date."""
    known = {project.id: project for project in case.company.projects}
    rows = [row for row in case.plan["projects"] if contract_of(case.company, row["project"]) is None]
    yield from once_each("project", (row["project"] for row in rows), known)
    for row in rows:
        name, project = f"Project {row['project']}", known.get(row["project"])
        if project is None:
            continue
        modes = {"as_planned", *(mode.kind for mode in project.modes)}
        if row["mode"] not in modes:
            yield f"{name} cannot be carried on {row['mode']}."
        if project.pinned in modes and row["mode"] != project.pinned:
            yield f"{name} is pinned to {project.pinned} but carried on {row['mode']}."
        if row["account"] != project.account:
            yield f"{name} is for {project.account}, not {row['account']}."
        if row["due"] != project.due.isoformat():
            yield f"{name} is due on {project.due}, not {row['due']}."
        if row["finish"] is not None and row["finish"] < case.axis.start.isoformat():
            yield f"{name} finishes before the plan begins."


def goal_problems(case: Case) -> Iterator[str]:
    """Each goal stands once as it is; shortfall and price follow from what is expected."""
    known = {goal.id: goal for goal in case.company.goals}
    rows = case.plan["goals"]
    yield from once_each("goal", (row["goal"] for row in rows), known)
    for row in rows:
        name, goal = f"Goal {row['goal']}", known.get(row["goal"])
        if goal is None:
            continue
        if (row["measure"], row["target"]) != (goal.measure, goal.target):
            yield f"{name} is {goal.measure} of {goal.target:g}, not {row['measure']} of {row['target']:g}."
        slack = 0.01 + 1e-6 * abs(goal.target)
        shortfall = max(goal.target - row["expected"], 0.0)
        if abs(row["shortfall"] - shortfall) > slack:
            yield f"{name} falls short by {shortfall:g}, not by {row['shortfall']:g}."
        price = goal.weight * row["shortfall"]
        if abs(row["price"] - price) > 2 + goal.weight * slack:
            yield f"{name} has the price {row['price']}; weight and shortfall give {price:.0f}."


def spending_problems(case: Case) -> Iterator[str]:
    """Spending names accounts and opportunities that exist, each once."""
    seen: set[tuple[str, str]] = set()
    for row in case.plan["spending"]:
        key = (row["by"], row["id"])
        if key in seen:
            yield f"The spending on the {row['by']} {row['id']} stands twice."
        seen.add(key)
        known = {"account": case.account_ids, "opportunity": case.open_by_id}.get(row["by"])
        if known is not None and row["id"] not in known:
            yield f"The spending names the {row['by']} {row['id']}, which does not exist."
