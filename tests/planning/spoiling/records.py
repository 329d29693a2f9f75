"""Labels and facts that differ from the company's records."""

from __future__ import annotations

from tests.planning.spoiling.draft import UNKNOWN, Draft, change, kind, put


def _register_labels() -> None:
    for table in ("accounts", "investments", "projects", "resources", "segments", "goals"):

        def spoil(d: Draft, table: str = table) -> bool:
            names = {record.id: record.name for record in getattr(d.company, table)}
            rows = [row for row in d.plan[table] if names.get(row[table.removesuffix("s")])]
            return put(d.pick(rows), "name", UNKNOWN)

        spoil.__name__ = f"other_name_in_{table}"
        kind(spoil)


def _register_facts() -> None:
    for key in ("name", "product", "stage", "owner"):

        def spoil(d: Draft, key: str = key) -> bool:
            known = {opp.id: getattr(opp, key) for opp in d.company.open_opportunities}
            return put(
                d.pick([row for row in d.plan["decisions"] if known[row["opportunity"]]]), key, UNKNOWN
            )

        spoil.__name__ = f"other_{key}_of_a_deal"
        kind(spoil)


_register_labels()
_register_facts()


@kind
def other_sector(d: Draft) -> bool:
    known = {account.id for account in d.company.accounts if account.sector}
    return put(d.pick([row for row in d.plan["accounts"] if row["account"] in known]), "sector", UNKNOWN)


@kind
def other_segment_of_an_account(d: Draft) -> bool:
    known = {account.id for account in d.company.accounts if account.segment in d.company.segment_by_id}
    return put(d.pick([row for row in d.plan["accounts"] if row["account"] in known]), "segment", UNKNOWN)


@kind
def exposure_below_zero(d: Draft) -> bool:
    return put(d.row("accounts"), "exposure", d.pick([-1, -10_000]))


@kind
def resource_of_another_kind(d: Draft) -> bool:
    row = d.row("resources")
    return put(row, "kind", "people" if row["kind"] != "people" else "work_center")


@kind
def price_of_an_hour_below_zero(d: Draft) -> bool:
    return put(d.row("resources"), "price_per_hour", d.pick([-1, -500]))


@kind
def segment_of_more_accounts_than_there_are(d: Draft) -> bool:
    customers = {opp.account for opp in d.company.opportunities} | {p.account for p in d.company.projects}
    return put(d.row("segments"), "accounts", len(customers) + len(d.company.accounts) + d.pick([1, 5]))


@kind
def effect_of_doing_as_planned(d: Draft) -> bool:
    return change(d.pick([row for row in d.plan["projects"] if row["mode"] == "as_planned"]), "effect", 1)


@kind
def option_without_name(d: Draft) -> bool:
    return put(d.decided("pursue"), "option_name", None)
