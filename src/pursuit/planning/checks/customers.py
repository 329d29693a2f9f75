"""Accounts and segments: known, complete, counted rightly, ranked, within the limits of exposure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pursuit.domain import Account, Limit
from pursuit.planning.checks.case import Case


def account_problems(case: Case) -> Iterator[str]:
    """Accounts exist, stand once, miss none with an open deal, and count their deals."""
    rows = case.plan["accounts"]
    listed = Counter(row["account"] for row in rows)
    for account, count in listed.items():
        if count > 1:
            yield f"The account {account} stands {count} times."
        if account not in case.account_ids:
            yield f"The account {account} does not exist in the company."
    opened = Counter(opp.account for opp in case.company.open_opportunities)
    pursued = Counter(row["account"] for row in case.plan["decisions"] if row["decision"] == "pursue")
    for account in opened:
        if account and account not in listed:
            yield f"The account {account} has open opportunities but is missing."
    for row in rows:
        name = f"Account {row['account']}"
        if row["open_opportunities"] != opened[row["account"]]:
            yield f"{name} has {opened[row['account']]} open opportunities, not {row['open_opportunities']}."
        if row["pursued"] != pursued[row["account"]]:
            yield f"{name} has {pursued[row['account']]} pursued, not {row['pursued']}."
        if row["lifetime_low"] > row["lifetime_high"]:
            yield f"{name} has a lifetime value whose low is above its high."
        known = case.company.account_by_id.get(row["account"])
        kinds = {course.kind for course in known.courses} if known else set()
        if kinds and row["course"] is not None and row["course"] not in kinds:
            yield f"{name} takes the course {row['course']}, which it does not have."


def segment_problems(case: Case) -> Iterator[str]:
    """Every segment of the company stands once, with the deals that the decisions put in it."""
    rows = case.plan["segments"]
    listed = Counter(row["segment"] for row in rows)
    for segment in case.company.segments:
        if segment.id not in listed:
            yield f"The segment {segment.id} is missing."
    for row in rows:
        name = f"Segment {row['segment']}"
        if listed[row["segment"]] > 1:
            yield f"{name} stands {listed[row['segment']]} times."
        own = [d for d in case.plan["decisions"] if d["segment"] in (row["segment"], row["name"])]
        if row["open_opportunities"] != len(own):
            yield f"{name} has {len(own)} open opportunities, not {row['open_opportunities']}."
        pursued = sum(d["decision"] == "pursue" for d in own)
        if row["pursued"] != pursued:
            yield f"{name} has {pursued} pursued, not {row['pursued']}."


def rank_problems(case: Case) -> Iterator[str]:
    """Ranks of accounts and of segments run from 1 without gaps or ties."""
    for kind in ("accounts", "segments"):
        rows: Sequence[Mapping[str, Any]] = case.plan[kind]
        if sorted(row["rank"] for row in rows) != list(range(1, len(rows) + 1)):
            yield f"The ranks of the {kind} are not 1 to {len(rows)}, each once."


def limit_problems(case: Case) -> Iterator[str]:
    """No deal is pursued for customers whose exposure together is above a limit.

    Judged for limits on an account or a sector; others cannot be read off the accounts' exposure. A limit
    that is exceeded before anything is pursued is no fault of the plan.
    """
    for limit in case.company.limits:
        inside = {account.id for account in case.company.accounts if _covers(limit, account)}
        rows = [row for row in case.plan["accounts"] if row["account"] in inside]
        exposure = sum(row["exposure"] for row in rows)
        most = case.company.home(limit.exposure)
        if exposure > most + len(rows) and any(row["pursued"] for row in rows):
            yield f"The limit {limit.id} allows an exposure of {most}; the plan has {exposure}."


def _covers(limit: Limit, account: Account) -> bool:
    kind, _, name = limit.scope.partition(":")
    place = {"account": account.id, "sector": account.sector}
    return kind in place and place[kind] == name
