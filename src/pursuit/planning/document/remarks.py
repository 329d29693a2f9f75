"""What a reader must know beside the numbers: warnings, what stood in for missing data, rounds of harmony."""

from __future__ import annotations

from typing import Any

from pursuit.domain import Quote
from pursuit.planning.document.reasons import spoken
from pursuit.planning.document.view import View
from pursuit.planning.floor import Conflict
from pursuit.words import format_hours, format_percent


def _told(view: View, conflict: Conflict) -> str:
    resource = view.company.resources[conflict.resource].name
    names = {project.id: project.name for project in view.running}
    name = names.get(conflict.ref) or view.deal_name(view.open_by_id[conflict.ref])
    message = "{name}: {hours} of {resource} do not fit before {day}."
    day = view.day_of_friday[min(conflict.last, len(view.day_of_friday) - 1)]
    hours = format_hours(max(conflict.hours, 1), view.answer.settings.lang)
    return view.say(message, name=name, hours=hours, resource=resource, day=day)


def round_rows(view: View) -> list[dict[str, Any]]:
    """Each round of choosing and trying on the floor."""
    return [
        {"round": n, "objective": round(r.objective), "conflicts": [_told(view, c) for c in r.conflicts]}
        for n, r in enumerate(view.answer.rounds, start=1)
    ]


def warnings(view: View) -> list[str]:
    """What could make a reader decide otherwise."""
    answer, say = view.answer, view.say
    found: list[str] = []
    beliefs = answer.situation.beliefs
    if beliefs.signal == "no signal":
        found.append(
            say(
                "Nothing in the closed deals tells who wins (no signal): every deal stands at the base rate of its"
                " stage and age."
            )
        )
    stale = [belief for belief in beliefs.opportunities.values() if belief.stale]
    if stale:
        total = len(beliefs.opportunities)
        found.append(
            say(
                "{count} of {total} open deals are stale: open for longer than deals ever took to close.",
                count=len(stale),
                total=total,
            )
        )
    lapsed = _lapsed(view)
    if lapsed:
        names = ", ".join(lapsed[:3]) + (" …" if len(lapsed) > 3 else "")
        found.append(
            say("The latest quote of {count} open deals has lapsed: {names}.", count=len(lapsed), names=names)
        )
    for row_name in answer.model.raised:
        kind, _, ref = row_name.partition(":")
        limit = view.account_name(ref) if kind == "credit" else ref
        found.append(say("Decisions made by hand go beyond the limit {limit}.", limit=limit))
    if answer.rounds[-1].conflicts:
        found.append(
            say(
                "The shop floor still cannot carry {count} orders in time; see the rounds.",
                count=len(answer.rounds[-1].conflicts),
            )
        )
    if answer.model.months:
        floor = answer.model.problem.cash.floor
        chance = float((answer.solution.firm.balance < floor[None, :]).any(axis=1).mean())
        if chance >= 0.05:
            found.append(
                say(
                    "Cash falls under its floor in some month with a chance of {chance}.",
                    chance=format_percent(chance),
                )
            )
    if answer.status in ("clock", "cancelled"):
        found.append(say("The search was stopped early; this is the best plan found until then."))
    return [*found, *view.company.notes]


def _lapsed(view: View) -> list[str]:
    """Names of open deals whose latest quote no longer holds."""
    latest: dict[str, Quote] = {}
    for quote in sorted(view.company.quotes, key=lambda quote: quote.revision):
        latest[quote.opportunity] = quote
    quotes = ((opp, latest.get(opp.id)) for opp in view.company.open_opportunities)
    return [
        view.deal_name(opp)
        for opp, quote in quotes
        if quote and quote.valid_until and quote.valid_until < view.company.as_of
    ]


def fallbacks(view: View) -> list[str]:
    """What was missing and what stood in for it."""
    answer, company, say = view.answer, view.company, view.say
    found = [spoken(view, reason) for reason in answer.situation.beliefs.fallbacks]
    offers = [offer for group in answer.situation.offers.values() for offer in group]
    assumed = sum(offer.assumed_material for offer in offers)
    if assumed:
        found.append(
            say("{count} offers name no material cost: half of the price is assumed.", count=assumed)
        )
    bare = sum(not offer.work for offer in offers)
    if bare:
        found.append(
            say("{count} offers have no work and no routing: they are planned without load.", count=bare)
        )
    if company.finance is None:
        found.append(say("No cash sheet: the firm's own cash is not planned."))
    if not company.accounts:
        found.append(
            say(
                "No accounts: customers' default, credit limits and lifetime value are left out or stand at averages."
            )
        )
    if company.contracts:
        expected = sum(contract.remaining for contract in company.contracts) or 1.0
        promised = sum(max((c.minimum or 0.0) - c.called, 0.0) for c in company.contracts)
        found.append(
            say(
                "Call-offs of {count} contracts are planned at the quantity expected: {share} of it is promised by the "
                "customers, the rest may come sooner, later or not at all.",
                count=len(company.contracts),
                share=format_percent(promised / expected),
            )
        )
    if not any(opp.late_penalty for opp in company.open_opportunities):
        found.append(
            say(
                "No late penalties: 0.5 % of the price per week of lateness, at most 10 %, stands for lost goodwill."
            )
        )
    if not any(account.courses for account in company.accounts):
        found.append(say("No account courses: customers are kept as they are."))
    return [*found, *answer.solution.fallbacks]
