"""Each opportunity's decision with its numbers and reasons."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import numpy as np

from pursuit.domain import Opportunity
from pursuit.planning.document.reasons import reasons_for
from pursuit.planning.document.view import View
from pursuit.scheduling import promise_quantiles
from pursuit.selection.effects import Effect

COMMON = 0.4
"""Share of decisions from which a sentence says nothing about the one at hand and is left out."""


def decision_rows(view: View) -> list[dict[str, Any]]:
    """One row per open opportunity, in input order."""
    promises = _promises(view)
    rows = [_row(view, opp, promises) for opp in view.company.open_opportunities]
    counts = Counter(text for row in rows for text in set(row["reasons"]))
    common = {text for text, count in counts.items() if len(rows) >= 10 and count >= COMMON * len(rows)}
    for row in rows:
        row["reasons"] = [row["reasons"][0], *(text for text in row["reasons"][1:] if text not in common)]
    return rows


def _row(view: View, opp: Opportunity, promises: dict[str, Any]) -> dict[str, Any]:
    answer = view.answer
    facts = view.chosen(opp.id)
    effect = answer.effects[view.item_index[opp.id]]
    decision = facts.word
    offer = facts.offer if decision == "pursue" else None
    shown = offer or answer.situation.offers[opp.id][0]
    bottleneck, per_hour = _bottleneck(view, effect)
    belief = answer.situation.beliefs.opportunities[opp.id]
    promise = promises.get(opp.id) if offer else None
    parts = effect_parts(view, effect)
    product = view.company.product_by_id.get(opp.product)
    again = answer.situation.long_axis.friday(facts.start).isoformat() if decision == "defer" else None
    return {
        "opportunity": opp.id,
        "name": view.deal_name(opp),
        "account": opp.account,
        "segment": view.company.segment_of(opp),
        "product": product.name if product else opp.product,
        "stage": opp.stage,
        "owner": opp.owner,
        "amount": shown.price,
        "decision": decision,
        "option": offer.id if offer else None,
        "option_name": (offer.name or offer.id) if offer else None,
        "decide_by": opp.decide_by.isoformat() if opp.decide_by else again,
        "win_probability": _interval(view, opp, facts.chance if offer else belief.win.mean),
        "expected_value": sum(parts[name] for name in ("margin", "pursuit_cost", "lifetime", "reference")),
        "effect": sum(parts.values()),
        "effect_parts": parts,
        "effect_basis": effect.basis,
        "displaces": _displaced(view, effect),
        "contribution_per_bottleneck_hour": per_hour,
        "bottleneck": bottleneck,
        "promise": promise,
        "requested_date": opp.requested_date.isoformat() if opp.requested_date else None,
        "pinned": bool(opp.pinned),
        "stale": belief.stale,
        "reasons": reasons_for(view, opp, facts, effect, parts, bottleneck, per_hour, promise),
    }


def effect_parts(view: View, effect: Effect) -> dict[str, int]:
    """The split of an effect in whole minor units, adding up to it exactly."""
    facts = view.answer.model.facts
    with_, without = facts[effect.with_option].parts, facts[effect.without_option].parts
    parts = {
        name: round(with_.get(name, 0.0) - without.get(name, 0.0))
        for name in ("margin", "pursuit_cost", "lifetime", "reference")
    }
    parts["others"] = round(effect.others)
    parts["goals"] = round(effect.goals)
    parts["risk"] = round(effect.risk)
    parts["capacity"] = round(effect.capacity)
    largest = max(parts, key=lambda name: abs(parts[name]))
    parts[largest] += round(effect.value) - sum(parts.values())  # rounding, where nobody sees it
    return parts


def _interval(view: View, opp: Opportunity, mean: float) -> dict[str, float]:
    """Interval of the standard option, moved on the log-odds scale to the chosen one's mean."""
    win = view.answer.situation.beliefs.opportunities[opp.id].win

    def logit(p: float) -> float:
        p = min(max(p, 1e-9), 1 - 1e-9)
        return math.log(p / (1 - p))

    shift = logit(mean) - logit(win.mean)
    low, high = (1 / (1 + math.exp(-(logit(p) + shift))) for p in (win.low, win.high))
    return {"mean": round(mean, 6), "low": round(min(low, mean), 6), "high": round(max(high, mean), 6)}


def _displaced(view: View, effect: Effect) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}
    for displaced in effect.displaces:
        facts = view.answer.model.facts[int(view.answer.model.problem.item_start[displaced.item])]
        if facts.kind == "investment" or round(displaced.value) <= 0:
            continue
        ref, name = view.name_of(displaced.item)
        row = {"opportunity": ref, "name": name, "value": round(displaced.value), "how": displaced.how}
        if ref not in rows:
            rows[ref] = row
    return list(rows.values())


def _bottleneck(view: View, effect: Effect) -> tuple[str | None, int | None]:
    """The scarcest resource the option uses, and its expected contribution per expected hour there."""
    facts = view.answer.model.facts[effect.with_option]
    offer = facts.offer
    if offer is None:
        return None, None
    s = view.answer.situation
    hours = np.zeros(len(view.company.resources))
    for piece in offer.work:
        hours[s.resource_index[piece.resource]] += piece.hours * facts.chance
    for resource, effort in offer.effort.items():
        hours[s.resource_index[resource]] += effort
    spent = hours * view.scarce_price
    r = int(np.argmax(spent))
    if spent[r] <= 0 or hours[r] <= 0:
        return None, None
    contribution = facts.parts.get("margin", 0.0) + facts.parts.get("pursuit_cost", 0.0)
    return view.company.resources[r].id, round(contribution / hours[r])


def _promises(view: View) -> dict[str, Any]:
    """Fridays by which each pursued order would be done in 50, 80 and 95 % of the futures in which it is won."""
    answer = view.answer
    last = answer.situation.weeks - 1
    weeks = promise_quantiles(answer.finish)
    found = {}
    for order, (p50, p80, p95) in zip(answer.floor.orders, weeks.tolist(), strict=True):
        found[order.ref] = {
            "p50": view.day_of_friday[min(p50, last)],
            "p80": view.day_of_friday[min(p80, last)],
            "p95": view.day_of_friday[p95] if p95 <= last else None,
        }
    return found
