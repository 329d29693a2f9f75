"""What the plan repeats from the company's records, it repeats rightly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pursuit.planning.checks.case import Case

TABLES = ("accounts", "investments", "projects", "resources", "segments", "goals")


def label_problems(case: Case) -> Iterator[str]:
    """Each record goes by its own name."""
    for table in TABLES:
        names = {record.id: record.name for record in getattr(case.company, table)}
        key = table.removesuffix("s")
        for row in case.plan[table]:
            name = names.get(row[key])
            if name and row["name"] != name:
                yield f"The {key} {row[key]} is called {name!r}, not {row['name']!r}."


def opportunity_problems(case: Case) -> Iterator[str]:
    """Name, product, stage and owner of a deal are those on record, where there are any."""
    for row in case.plan["decisions"]:
        opportunity = case.open_by_id.get(row["opportunity"])
        if opportunity is None:
            continue
        product = case.company.product_by_id.get(opportunity.product)
        known: Mapping[str, tuple[str, ...]] = {
            "name": (opportunity.name,),
            "product": (opportunity.product, product.name if product else opportunity.product),
            "stage": (opportunity.stage,),
            "owner": (opportunity.owner,),
        }
        for key, words in known.items():
            if words[0] and row[key] not in words:
                yield f"Opportunity {row['opportunity']} has the {key} {words[-1]!r}, not {row[key]!r}."


def account_record_problems(case: Case) -> Iterator[str]:
    """Segment and sector of an account are those on record, where there are any; no exposure is below 0."""
    for row in case.plan["accounts"]:
        account = case.company.account_by_id.get(row["account"])
        if row["exposure"] < 0:
            yield f"Account {row['account']} has an exposure below 0."
        if account is None:
            continue
        if account.sector and row["sector"] != account.sector:
            yield f"Account {account.id} is of the sector {account.sector!r}, not {row['sector']!r}."
        segment = case.company.segment_by_id.get(account.segment)
        if segment and row["segment"] not in (segment.id, segment.name):
            yield f"Account {account.id} is in segment {segment.id!r}, not {row['segment']!r}."


def resource_record_problems(case: Case) -> Iterator[str]:
    """A resource is of its own kind, and one more hour of it never costs the firm money."""
    for row in case.plan["resources"]:
        resource = case.company.resource_by_id.get(row["resource"])
        if resource and row["kind"] != resource.kind:
            yield f"Resource {resource.id} is a {resource.kind}, not a {row['kind']}."
        if row["price_per_hour"] < 0:
            yield f"Resource {row['resource']} has a price per hour below 0."


def member_problems(case: Case) -> Iterator[str]:
    """A segment has at least the accounts that are declared in it, and no more than there are."""
    for row in case.plan["segments"]:
        declared = sum(account.segment == row["segment"] for account in case.company.accounts)
        if not declared <= row["accounts"] <= max(len(case.account_ids), declared):
            yield f"Segment {row['segment']} has {declared} accounts on record, not {row['accounts']}."


def mode_problems(case: Case) -> Iterator[str]:
    """A project carried on as planned has no effect against being carried on as planned."""
    for row in case.plan["projects"]:
        if row["mode"] == "as_planned" and row["effect"] != 0:
            yield f"Project {row['project']} goes on as planned, so its effect is 0, not {row['effect']}."
