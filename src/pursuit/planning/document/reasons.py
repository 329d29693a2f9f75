"""Why, in plain words and with the deal's own figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from pursuit.domain import Opportunity
from pursuit.forecast import Reason
from pursuit.planning.document.view import View
from pursuit.planning.model import OptionFacts
from pursuit.planning.model.loads import sure_packages
from pursuit.selection.effects import Effect
from pursuit.words import format_hours, format_percent

RISKY = 0.03
"""Default probability from which the customer's failing is named as a reason."""


def spoken(view: View, reason: Reason) -> str:
    """A forecast's reason in the plan's language."""
    return view.say(reason.message, **reason.values)


def reasons_for(
    view: View,
    opp: Opportunity,
    facts: OptionFacts,
    effect: Effect,
    parts: dict[str, int],
    bottleneck: str | None,
    per_hour: int | None,
    promise: Mapping[str, str | None] | None,
) -> list[str]:
    """Sentences for one decision, the one that decides first."""
    say = view.say
    belief = view.answer.situation.beliefs.opportunities[opp.id]
    first = {"pursue": _why_pursue, "defer": _why_defer, "decline": _why_decline}[facts.word](
        view, opp, effect, parts
    )
    lines = [first]
    if opp.pinned:
        lines.append(
            say(
                "Decided by hand ({choice}); going for it changes the firm's value by {effect}.",
                choice=opp.pinned,
                effect=_signed(view, sum(parts.values())),
            )
        )
    lines += [spoken(view, reason) for reason in belief.win.reasons[:2]]
    lines += _hour_line(view, bottleneck, per_hour)
    lines += _date_line(view, opp, promise)
    lines += _choice_line(view, opp, facts)
    for displaced in effect.displaces[:2]:
        _, name = view.name_of(displaced.item)
        if displaced.how == "pushed_out":
            lines.append(
                say(
                    "Takes the place of {name}, which would otherwise bring {value}.",
                    name=name,
                    value=view.money(displaced.value),
                )
            )
        else:
            lines.append(
                say("Makes {name} later or dearer by {value}.", name=name, value=view.money(displaced.value))
            )
    lines += _default_line(view, opp, facts)
    return list(dict.fromkeys(lines))


def _signed(view: View, amount: float) -> str:
    return ("+" if amount > 0 else "") + view.money(amount)


def _taken(parts: dict[str, int]) -> int:
    """What the deal takes from the rest of the firm: capacity, other choices, goals, risk."""
    return parts["capacity"] + parts["others"] + parts["goals"] + parts["risk"]


def _own(parts: dict[str, int]) -> int:
    return parts["margin"] + parts["pursuit_cost"] + parts["lifetime"] + parts["reference"]


def _why_pursue(view: View, opp: Opportunity, effect: Effect, parts: dict[str, int]) -> str:
    facts = view.answer.model.facts[effect.with_option]
    message = (
        "Raises the firm's value by {effect}: {own} of its own at {chance} to win, {taken} for the hours, risk and"
        " chances it takes."
    )
    total = sum(parts.values())
    if total < 0:
        message = (
            "Kept although it changes the firm's value by {effect}: {own} of its own at {chance} to win, {taken} for"
            " the hours, risk and chances it takes."
        )
    return view.say(
        message,
        effect=_signed(view, total),
        own=view.money(_own(parts)),
        chance=_fine_percent(facts.chance),
        taken=_signed(view, _taken(parts)),
    )


def _why_defer(view: View, opp: Opportunity, effect: Effect, parts: dict[str, int]) -> str:
    chosen = view.chosen(opp.id)
    day = (opp.decide_by or view.answer.situation.long_axis.friday(chosen.start)).isoformat()
    dropped = _dropped_share(view, opp)
    message = (
        "Decide again by {day}: it is worth {value} if capacity is left then, and makes way in {share} of the"
        " futures."
    )
    value = view.money(sum(chosen.parts.values()))
    return view.say(message, day=day, value=value, share=format_percent(dropped))


def _dropped_share(view: View, opp: Opportunity) -> float:
    """Mean share of a deferred deal's work that the futures leave undone."""
    item = view.item_index[opp.id]
    option = view.answer.solution.choice[item : item + 1]
    return view.loads.undone_share(sure_packages(view.answer.model.problem, option))


def _why_decline(view: View, opp: Opportunity, effect: Effect, parts: dict[str, int]) -> str:
    model, say = view.answer.model, view.say
    best = model.facts[effect.with_option]
    missing = [tech for option, tech in model.impossible if model.facts[option].ref == opp.id]
    options = [o for o, facts in enumerate(model.facts) if facts.ref == opp.id and facts.word == "pursue"]
    if missing and all(not model.problem.allowed[o] for o in options):
        names = {technology.id: technology.name for technology in view.company.technologies}
        return say(
            "Needs {technology}, which the firm neither holds nor could have in time; {value} of its own stays out"
            " of reach.",
            technology=names.get(missing[0], missing[0]), value=view.money(_own(parts)),
        )  # fmt: skip
    if view.answer.situation.beliefs.opportunities[opp.id].stale:
        return say(
            "Open longer than any closed deal took: at {chance} to win its {amount} bring {own}, not worth the effort.",
            chance=_fine_percent(best.chance), own=view.money(_own(parts)),
            amount=view.money(best.offer.price if best.offer else 0),
        )  # fmt: skip
    limit = _broken_limit(view, opp, effect)
    if limit:
        return say(
            "Brings {own} of its own, but {limit} leaves no room for {amount} at {chance}.",
            own=view.money(_own(parts)), limit=limit, chance=_fine_percent(best.chance),
            amount=view.money(best.offer.price if best.offer else 0),
        )  # fmt: skip
    if _own(parts) <= 0:
        return say(
            "Would cost more than it brings even with free capacity: {own} at {chance} to win.",
            own=view.money(_own(parts)), chance=_fine_percent(best.chance),
        )  # fmt: skip
    scarce = view.bottlenecks[0] if view.bottlenecks else None
    if scarce is not None and best.offer is not None and parts["capacity"] + parts["others"] < 0:
        resource = view.company.resources[scarce]
        hours = sum(
            w.hours for w in best.offer.work if w.resource == resource.id
        ) * best.chance + best.offer.effort.get(resource.id, 0.0)
        if hours > 0:
            return say(
                "Brings {own} but takes {taken} from the rest: its {hours} of {resource} are worth more elsewhere.",
                own=view.money(_own(parts)), taken=view.money(-_taken(parts)),
                hours=format_hours(hours, view.answer.settings.lang), resource=resource.name,
            )  # fmt: skip
    return say(
        "Brings {own} of its own but {taken} for the hours, risk and limits it touches: {effect} for the firm.",
        own=view.money(_own(parts)), taken=_signed(view, _taken(parts)), effect=_signed(view, sum(parts.values())),
    )  # fmt: skip


def _broken_limit(view: View, opp: Opportunity, effect: Effect) -> str:
    """Name of a hard limit that going for the deal would break; empty when there is none."""
    problem = view.answer.model.problem
    choice = view.answer.solution.choice.copy()
    choice[view.item_index[opp.id]] = effect.with_option
    rows = problem.rows
    over = rows.use(choice, problem.options) > rows.limit * (1 + 1e-9) + 1e-6
    mine = rows.row_of[(rows.option == effect.with_option) & (rows.coefficient > 0)]
    for row in mine[over[mine] & ~np.isfinite(rows.penalty[mine])]:
        kind, _, name = rows.names[row].partition(":")
        if kind == "credit":
            return view.say("the credit limit of {account}", account=view.account_name(name))
        return view.say("the exposure limit {limit}", limit=name)
    return ""


def _fine_percent(share: float) -> str:
    if 0 < share < 0.001:
        return "<0.1%"
    return format_percent(share, digits=1 if share < 0.1 else 0)


def _hour_line(view: View, bottleneck: str | None, per_hour: int | None) -> list[str]:
    if bottleneck is None or per_hour is None or per_hour <= 0:
        return []
    r = view.answer.situation.resource_index[bottleneck]
    message = "Earns {own} per hour of {resource}, where an hour is worth {price} to the firm."
    name, price = view.company.resources[r].name, view.money(view.scarce_price[r])
    return [view.say(message, own=view.money(per_hour), resource=name, price=price)]


def _date_line(view: View, opp: Opportunity, promise: Mapping[str, str | None] | None) -> list[str]:
    """Said when the date asked for cannot be promised at 80 %."""
    day = promise and promise["p80"]
    if (
        not day
        or opp.requested_date is None
        or date.fromisoformat(day) - timedelta(days=4) <= opp.requested_date
    ):
        return []
    message = "Asked for {asked}; {day} can be promised at 80 %."
    return [view.say(message, asked=opp.requested_date.isoformat(), day=day)]


def _choice_line(view: View, opp: Opportunity, facts: OptionFacts) -> list[str]:
    """Why this offer and not the next best one."""
    if facts.word != "pursue" or facts.offer is None:
        return []
    model, scores = view.answer.model, view.answer.solution.scores
    item = view.item_index[opp.id]
    chosen = int(view.answer.solution.choice[item])
    others = [
        o
        for o in model.problem.options_of(item)
        if model.facts[o].word == "pursue" and o != chosen and model.problem.allowed[o]
    ]
    if not others:
        return []
    second = max(others, key=lambda o: float(scores[o]))
    rival = model.facts[second].offer
    gain = float(scores[chosen] - scores[second])
    if rival is None or gain <= 0:
        return []
    message = (
        "{option} rather than {other}: {chance} against {other_chance} to win, {gain} better at today's prices of"
        " capacity."
    )
    return [
        view.say(
            message, option=facts.offer.name or facts.offer.id, other=rival.name or rival.id,
            chance=_fine_percent(facts.chance), gain=view.money(gain),
            other_chance=format_percent(model.facts[second].chance),
        )
    ]  # fmt: skip


def _default_line(view: View, opp: Opportunity, facts: OptionFacts) -> list[str]:
    belief = view.answer.situation.beliefs.accounts.get(opp.account)
    if belief is None or belief.default.mean < RISKY:
        return []
    offer = facts.offer or view.answer.situation.offers[opp.id][0]
    loss = belief.default.mean * belief.loss_given_default * offer.price
    message = "{account} fails within a year with {chance}; on {amount} that is an expected loss of {loss}."
    return [
        view.say(
            message,
            account=view.account_name(opp.account),
            chance=format_percent(belief.default.mean, digits=1),
            amount=view.money(offer.price),
            loss=view.money(loss),
        )
    ]
