"""Accounts and segments miscounted, misranked or over their limits."""

from __future__ import annotations

from tests.planning.spoiling.draft import Draft, change, kind, put


@kind
def rank_tied(d: Draft) -> bool:
    rows = d.plan[d.pick(["accounts", "segments"])]
    return len(rows) > 1 and put(rows[0], "rank", rows[1]["rank"])


@kind
def rank_skipped(d: Draft) -> bool:
    rows = d.plan[d.pick(["accounts", "segments"])]
    return put(d.pick(rows), "rank", len(rows) + d.pick([1, 9]))


@kind
def deals_miscounted(d: Draft) -> bool:
    return change(d.row(d.pick(["accounts", "segments"])), d.pick(["open_opportunities", "pursued"]), 1)


@kind
def account_with_deals_missing(d: Draft) -> bool:
    rows = d.plan["accounts"]
    row = d.pick([row for row in rows if row["open_opportunities"]])
    return row is not None and not rows.remove(row)


@kind
def lifetime_interval_reversed(d: Draft) -> bool:
    row = d.row("accounts")
    return row is not None and put(row, "lifetime_low", row["lifetime_high"] + d.pick([1, 1_000]))


@kind
def course_not_offered(d: Draft) -> bool:
    kinds = {account.id: {course.kind for course in account.courses} for account in d.company.accounts}
    row = d.pick([row for row in d.plan["accounts"] if kinds.get(row["account"])])
    other = {"grow", "keep", "harvest", "let_go"} - (kinds[row["account"]] if row else set())
    return bool(row and other) and put(row, "course", min(other))


@kind
def declared_segment_missing(d: Draft) -> bool:
    declared = {segment.id for segment in d.company.segments}
    row = d.pick([row for row in d.plan["segments"] if row["segment"] in declared])
    return row is not None and not d.plan["segments"].remove(row)


@kind
def limit_of_exposure_exceeded(d: Draft) -> bool:
    limits = {limit.scope: d.company.home(limit.exposure) for limit in d.company.limits}
    rows = [row for row in d.plan["accounts"] if row["pursued"] and f"account:{row['account']}" in limits]
    sectors = {account.id: f"sector:{account.sector}" for account in d.company.accounts}
    rows += [row for row in d.plan["accounts"] if row["pursued"] and sectors.get(row["account"]) in limits]
    row = d.pick(rows)
    if row is None:
        return False
    most = limits.get(f"account:{row['account']}", limits.get(sectors[row["account"]], 0))
    return put(
        row, "exposure", most + 1_000_000 + sum(abs(other["exposure"]) for other in d.plan["accounts"])
    )
