"""Every open opportunity decided once, within what the company offers, holds and has pinned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from pursuit.domain import Opportunity
from pursuit.planning.checks.case import Case, once_each

FEW = 10  # decisions below which one sentence may well serve half of them


def coverage_problems(case: Case) -> Iterator[str]:
    """Each open opportunity is decided exactly once and nothing else is."""
    decided = (row["opportunity"] for row in case.plan["decisions"])
    yield from once_each("opportunity", decided, case.open_by_id)


def option_problems(case: Case) -> Iterator[str]:
    """A pursued one has an option that exists, at its price; the others have none; pins are obeyed."""
    for row, opportunity in _known(case):
        name = f"Opportunity {row['opportunity']}"
        offers = {offer.id: offer for offer in case.offers[opportunity.id]}
        if row["decision"] == "pursue" and row["option"] not in offers:
            yield f"{name} is pursued with the option {row['option']!r}, which it does not have."
        if row["decision"] != "pursue" and row["option"] is not None:
            yield f"{name} has an option although it is not pursued."
        if (row["option"] is None) != (row["option_name"] is None):
            yield f"{name} has an option without a name, or the reverse."
        standard = case.offers[opportunity.id][0]
        price = offers.get(row["option"] or "", standard).price
        if row["amount"] != price:
            yield f"{name} is shown at {row['amount']}; the option's net price is {price}."
        if row["pinned"] != bool(opportunity.pinned):
            yield f"{name} is said to be {'pinned' if row['pinned'] else 'free'}; the decider says otherwise."
        wanted = _pinned(opportunity, set(offers))
        if wanted and wanted not in ((row["decision"], row["option"]), (row["decision"], None)):
            decided = f"{row['decision']} {row['option'] or ''}".strip()
            yield f"{name} is pinned to {opportunity.pinned!r} but decided {decided}."


def _pinned(opportunity: Opportunity, offers: set[str]) -> tuple[str, str | None] | None:
    if opportunity.pinned in ("decline", "defer", "pursue"):
        return opportunity.pinned, None
    return ("pursue", opportunity.pinned) if opportunity.pinned in offers else None


def technology_problems(case: Case) -> Iterator[str]:
    """What a pursued option needs is held or comes from a chosen investment; what is unlocked needs it."""
    available = {technology.id for technology in case.company.technologies if technology.held}
    for investment in case.company.investments:
        if investment.id in case.taken_investments:
            available.add(investment.technology)
    for opportunity, offer in case.chosen.items():
        for technology in offer.technologies:
            if technology not in available:
                yield f"Opportunity {opportunity} needs {technology}, which is neither held nor invested in."
    brings = {investment.id: investment.technology for investment in case.company.investments}
    for row in case.plan["investments"]:
        for opportunity in row["unlocks"]:
            chosen = case.chosen.get(opportunity)
            if chosen is None or brings.get(row["investment"], "") not in chosen.technologies:
                yield f"Investment {row['investment']} unlocks {opportunity}, not pursued or not in need."


def record_problems(case: Case) -> Iterator[str]:
    """What is repeated from the company's own records is repeated rightly."""
    for row, opportunity in _known(case):
        name = f"Opportunity {row['opportunity']}"
        if row["account"] != opportunity.account:
            yield f"{name} belongs to account {opportunity.account}, not {row['account']}."
        segment = case.company.segment_of(opportunity)
        known = case.company.segment_by_id.get(segment)
        if row["segment"] not in (segment, known.name if known else segment):
            yield f"{name} is in segment {segment!r}, not {row['segment']!r}."
        if opportunity.requested_date and row["requested_date"] != opportunity.requested_date.isoformat():
            yield f"{name} is requested for {opportunity.requested_date}, not {row['requested_date']}."
        last_day = opportunity.decide_by.isoformat() if opportunity.decide_by else row["decide_by"]
        if row["decision"] != "defer" and row["decide_by"] != last_day:
            yield f"{name} must be decided by {last_day}, not {row['decide_by']}."
        scarce = {word for resource in case.company.resources for word in (resource.id, resource.name)}
        if row["bottleneck"] is not None and row["bottleneck"] not in scarce:
            yield f"{name} names a bottleneck that is no resource: {row['bottleneck']}."
        if (row["bottleneck"] is None) != (row["contribution_per_bottleneck_hour"] is None):
            yield f"{name} has a bottleneck without a contribution per hour, or the reverse."


def chance_problems(case: Case) -> Iterator[str]:
    """Intervals hold their mean; promises are Fridays that rise with their certainty."""
    for row in case.plan["decisions"]:
        name, chance = f"Opportunity {row['opportunity']}", row["win_probability"]
        if not chance["low"] <= chance["mean"] <= chance["high"]:
            yield f"{name} has a win probability outside its own interval."
        if row["promise"] is None:
            continue
        told = [row["promise"][key] for key in ("p50", "p80", "p95")]
        days = [date.fromisoformat(day) for day in told if day]
        if any(day.weekday() != 4 for day in days):
            yield f"{name} has a promise that is no Friday."
        if days != sorted(days):
            yield f"{name} has a surer promise that is earlier than a less sure one."
        if days[0] < case.axis.start:
            yield f"{name} is promised before the plan begins."


def displacement_problems(case: Case) -> Iterator[str]:
    """What is displaced exists, is something else, stands once, and loses something."""
    known = {
        *case.open_by_id,
        *case.project_by_id,
        *case.account_ids,
        *(investment.id for investment in case.company.investments),
    }
    for row in case.plan["decisions"]:
        name = f"Opportunity {row['opportunity']}"
        for target, count in Counter(item["opportunity"] for item in row["displaces"]).items():
            if count > 1:
                yield f"{name} displaces {target} twice."
            if target == row["opportunity"]:
                yield f"{name} displaces itself."
            elif target not in known:
                yield f"{name} displaces {target}, which does not exist."
        if any(item["value"] <= 0 for item in row["displaces"]):
            yield f"{name} displaces something that loses nothing."


def reason_problems(case: Case) -> Iterator[str]:
    """Every decision has reasons, and no sentence serves half of them."""
    rows = case.plan["decisions"]
    for row in rows:
        if not all(reason.strip() for reason in row["reasons"]):
            yield f"Opportunity {row['opportunity']} has an empty reason."
    served = Counter(reason for row in rows for reason in set(row["reasons"]))
    for reason, count in served.items():
        if len(rows) >= FEW and 2 * count >= len(rows):
            yield f"One sentence serves {count} of {len(rows)} decisions: {reason!r:.80}."


def _known(case: Case) -> Iterator[tuple[Mapping[str, Any], Opportunity]]:
    for row in case.plan["decisions"]:
        if row["opportunity"] in case.open_by_id:
            yield row, case.open_by_id[row["opportunity"]]
