"""What the firm does beside its deals: investments, projects, goals, and where hours and money go."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from pursuit.domain import Investment, Project, call_days, contract_of
from pursuit.planning.document.view import View
from pursuit.planning.model.limits import contribution, in_scope

LONGEST_PAYBACK = 520
"""Weeks from which a payback says no more than that there is none."""


def investment_rows(view: View) -> list[dict[str, Any]]:
    """Each investment once, with its effect, payback and the deals that rest on it."""
    return [_investment(view, investment) for investment in view.company.investments]


def _investment(view: View, investment: Investment) -> dict[str, Any]:
    answer = view.answer
    item = view.item_index[f"investment:{investment.id}"]
    facts = answer.model.facts[int(answer.solution.choice[item])]
    effect = answer.effects[item]
    cost = view.company.home(investment.cost)
    taken = facts.word != "no"
    running = answer.situation.weeks - facts.start - investment.lead_weeks
    spent = -answer.model.facts[effect.with_option].parts.get("margin", 0.0)
    upkeep = view.company.home(investment.weekly_cost) if investment.weekly_cost else 0
    weekly = (effect.value + spent) / running - upkeep if running > 0 else 0.0
    weeks = investment.lead_weeks + cost / weekly if weekly > 0 and cost > 0 else np.inf
    payback = round(weeks, 1) if weeks <= LONGEST_PAYBACK else None
    unlocks = _unlocked(view, investment) if taken else []
    key = (
        "Adds {effect} to the firm's value over the weeks planned, after {spent} of purchase and running cost."
        if effect.value >= 0
        else "Would change the firm's value by {effect} over the weeks planned, after {spent} of purchase and"
        " running cost."
    )
    reasons = [view.say(key, effect=view.money(effect.value), spent=view.money(spent))]
    if unlocks:
        reasons.append(view.say("{count} pursued deals need it.", count=len(unlocks)))
    return {
        "investment": investment.id,
        "name": investment.name,
        "kind": investment.kind,
        "decision": facts.word,
        "start": view.axis.monday(facts.start).isoformat() if taken else None,
        "cost": cost,
        "effect": round(effect.value),
        "payback_weeks": payback,
        "unlocks": unlocks,
        "reasons": reasons,
    }


def _unlocked(view: View, investment: Investment) -> list[str]:
    found = []
    for opp in view.company.open_opportunities:
        facts = view.chosen(opp.id)
        if (
            facts.word == "pursue"
            and facts.offer
            and investment.technology in facts.offer.technologies
            and investment.technology
        ):
            found.append(opp.id)
    return found


def project_rows(view: View) -> list[dict[str, Any]]:
    """Each project under way: how it is carried on, when it is done, what that does."""
    answer, rows = view.answer, []
    index = {order.ref: n for n, order in enumerate(answer.floor.orders)}
    for project in view.running:
        item = view.item_index[f"project:{project.id}"]
        facts = answer.model.facts[int(answer.solution.choice[item])]
        n = index[project.id]
        finish = int(answer.schedule.finish[n])
        due = view.axis.index(project.due)
        late = float((answer.finish[n] > max(due, 0)).mean())
        effect = 0 if facts.word == "as_planned" else round(answer.effects[item].value)
        reasons = [_called_off(view, project) or _pace(view, facts.word, effect)]
        rows.append(
            {
                "project": project.id,
                "name": project.name,
                "account": project.account,
                "mode": facts.word,
                "due": project.due.isoformat(),
                "finish": view.day_of_friday[finish] if finish < view.axis.weeks else None,
                "late_probability": late,
                "effect": effect,
                "reasons": reasons,
            }
        )
    return rows


def _pace(view: View, word: str, effect: int) -> str:
    if not effect:
        return view.say("Any other pace would cost more than it frees.")
    if word == "as_planned":
        return view.say("Goes on as planned.")
    key = "Carried on otherwise: worth {effect} against going on as planned."
    return view.say(key, effect=view.money(effect))


def _called_off(view: View, project: Project) -> str:
    """What a call-off is and how sure; empty for a project."""
    contract = contract_of(view.company, project.id)
    if contract is None:
        return ""
    days = call_days(contract, view.company.as_of)
    units = f"{round(contract.remaining / len(days), 1):,g}"
    product = view.company.product_by_id.get(contract.product)
    return view.say(
        "Call-off under contract {contract}: {units} of {product} expected, not ordered yet.",
        contract=contract.name or contract.id,
        units=units,
        product=product.name if product else contract.product,
    )


def goal_rows(view: View) -> list[dict[str, Any]]:
    """What each goal gets from the plan, what is missing and what that costs."""
    rows = []
    for goal in view.company.goals:
        expected = 0.0
        for opp in view.company.open_opportunities:
            if in_scope(view.company, goal.scope, opp):
                expected += contribution(goal, view.chosen(opp.id), opp)
        shortfall = max(goal.target - expected, 0.0)
        rows.append(
            {
                "goal": goal.id,
                "name": goal.name,
                "measure": goal.measure,
                "target": goal.target,
                "expected": expected,
                "shortfall": shortfall,
                "price": round(shortfall * goal.weight),
            }
        )
    return rows


def spending_rows(view: View) -> list[dict[str, Any]]:
    """Expected hours and money by opportunity pursued, by account and by segment."""
    totals: dict[tuple[str, str], np.ndarray] = defaultdict(lambda: np.zeros(3))
    kinds = {resource.id: resource.kind for resource in view.company.resources}
    for opp in view.company.open_opportunities:
        facts = view.chosen(opp.id)
        if facts.word != "pursue" or facts.offer is None:
            continue
        use = np.zeros(3)
        pieces = [(piece.resource, piece.hours * facts.chance) for piece in facts.offer.work]
        for resource, hours in [*pieces, *facts.offer.effort.items()]:
            use[0 if kinds[resource] == "people" else 1] += hours
        use[2] = facts.offer.pursuit_cost + facts.chance * facts.offer.material_cost
        for key in (
            ("opportunity", opp.id),
            ("account", opp.account),
            ("segment", view.company.segment_of(opp)),
        ):
            if key[1]:
                totals[key] += use
    names = {("segment", segment.id): segment.name for segment in view.company.segments}
    rows = []
    for (by, ref), (people, machines, money) in sorted(totals.items()):
        if by == "opportunity":
            name = view.deal_name(view.open_by_id[ref])
        else:
            name = view.account_name(ref) if by == "account" else names.get((by, ref), ref)
        row = {
            "by": by,
            "id": ref,
            "name": name,
            "people_hours": round(people, 1),
            "machine_hours": round(machines, 1),
            "cash": round(money),
        }
        rows.append(row)
    return rows
