"""Customers and segments, ranked by what they are worth and put in a sequence."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from pursuit.domain import Account
from pursuit.forecast import AccountBelief
from pursuit.planning.document.reasons import spoken
from pursuit.planning.document.view import View
from pursuit.planning.model.limits import outstanding


def account_rows(view: View) -> list[dict[str, Any]]:
    """One row per account, ranked by lifetime value plus what its pursued and deferred deals do for the firm."""
    company = view.company
    ids = [account.id for account in company.accounts] or sorted(
        {o.account for o in company.open_opportunities}
    )
    opened = Counter(opp.account for opp in company.open_opportunities)
    words: dict[str, Counter[str]] = defaultdict(Counter)
    soon: Counter[str] = Counter()
    exposure: Counter[str] = Counter()
    for opp in company.open_opportunities:
        facts = view.chosen(opp.id)
        words[opp.account][facts.word] += 1
        if facts.word == "pursue":
            soon[opp.account] += round(sum(facts.parts.values()))
            exposure[opp.account] += round(facts.chance * facts.exposure)
    rows = []
    for ref in ids:
        belief = view.answer.situation.beliefs.accounts.get(ref)
        lifetime = round(belief.lifetime_value) if belief else 0
        rows.append(
            _row(
                view,
                ref,
                belief,
                words[ref],
                soon[ref],
                lifetime,
                opened[ref],
                exposure[ref] + outstanding(company, {ref}),
            )
        )
    order = sorted(range(len(rows)), key=lambda n: (-rows[n][1], rows[n][0]["account"]))
    for rank, n in enumerate(order, start=1):
        rows[n][0]["rank"] = rank
    return [rows[n][0] for n in order]


def _row(
    view: View,
    ref: str,
    belief: AccountBelief | None,
    words: Counter[str],
    soon: int,
    lifetime: int,
    opened: int,
    exposure: int,
) -> tuple[dict[str, Any], int]:
    account = view.company.account_by_id.get(ref)
    course = view.chosen(f"account:{ref}").word if f"account:{ref}" in view.item_index else None
    when = (
        "now"
        if words["pursue"]
        else "next"
        if words["defer"]
        else "not"
        if course == "let_go" or not lifetime
        else "later"
    )
    reasons = [spoken(view, reason) for reason in belief.reasons[:3]] if belief else []
    reasons += _needs_lines(view, account)
    row = {
        "account": ref,
        "name": view.account_name(ref),
        "segment": account.segment if account else "",
        "sector": account.sector if account else "",
        "course": course,
        "lifetime_value": lifetime,
        "lifetime_low": round(belief.lifetime_low) if belief else 0,
        "lifetime_high": round(belief.lifetime_high) if belief else 0,
        "default_probability": belief.default.mean if belief else 0.0,
        "exposure": max(exposure, 0),
        "rank": 1,
        "when": when,
        "patience": "soon" if soon >= lifetime / 2 and soon > 0 else "patient",
        "open_opportunities": opened,
        "pursued": words["pursue"],
        "reasons": reasons,
    }
    return row, soon + lifetime


def _needs_lines(view: View, account: Account | None) -> list[str]:
    """What the customer needs that the firm can do, and what it lacks with what closing the gap costs."""
    if account is None:
        return []
    company = view.company
    segment = company.segment_by_id.get(account.segment)
    wanted = set(account.needs) | set(segment.needs if segment else ())
    needs = [need for need in company.needs if need.id in wanted]
    held = {technology.id for technology in company.technologies if technology.held}
    open_ = [need for need in needs if need.technology and need.technology not in held]
    if not needs:
        return []
    lines = [
        view.say("Needs the firm can meet: {met} of {total}.", met=len(needs) - len(open_), total=len(needs))
    ]
    for need in open_:
        costs = [company.home(i.cost) for i in company.investments if i.technology == need.technology]
        if costs:
            lines.append(
                view.say(
                    "Not met yet: {need}; closing the gap costs {cost}.",
                    need=need.text,
                    cost=view.money(min(costs)),
                )
            )
        else:
            lines.append(
                view.say(
                    "Not met yet: {need}; no investment on the list would close the gap.", need=need.text
                )
            )
    return lines


def segment_rows(view: View) -> list[dict[str, Any]]:
    """One row per segment of the company, and per other group its deals fall in."""
    company = view.company
    names = {segment.id: segment.name for segment in company.segments}
    members: dict[str, list[str]] = defaultdict(list)
    for account in company.accounts:
        members[account.segment or account.sector].append(account.id)
    deals = defaultdict(list)
    for opp in company.open_opportunities:
        deals[company.segment_of(opp)].append(opp)
    closed: dict[str, Counter[str]] = defaultdict(Counter)
    for opp in company.closed_opportunities:
        closed[company.segment_of(opp)][opp.outcome] += 1
    rows: list[dict[str, Any]] = []
    for ref in dict.fromkeys([*names, *(ref for ref in deals if ref)]):
        chosen = [view.chosen(opp.id) for opp in deals[ref]]
        pursued = [facts for facts in chosen if facts.word == "pursue"]
        beliefs = view.answer.situation.beliefs.accounts
        lifetime = sum(beliefs[a].lifetime_value for a in members[ref] if a in beliefs)
        worth = sum(sum(facts.parts.values()) for facts in pursued)
        done = closed[ref].total()
        rate = closed[ref]["won"] / done if done else None
        message = (
            "{pursued} of {open} open deals are pursued, worth {worth} at their chances; {accounts} customers have"
            " {lifetime} of lifetime value."
        )
        text = view.say(
            message,
            pursued=len(pursued),
            open=len(chosen),
            worth=view.money(worth),
            accounts=len(members[ref]),
            lifetime=view.money(lifetime),
        )
        rows.append(
            {
                "segment": ref,
                "name": names.get(ref, ref),
                "accounts": len(members[ref]),
                "open_opportunities": len(chosen),
                "pursued": len(pursued),
                "value": round(worth + lifetime),
                "rank": 1,
                "win_rate": rate,
                "reasons": [text],
            }
        )
    rows.sort(key=lambda row: (-row["value"], row["segment"]))
    for rank, row in enumerate(rows, start=1):
        row["rank"] = rank
    return rows
