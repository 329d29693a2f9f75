"""Contracts: each expected call-off stands in the plan, on its own day, with no more work than its units need."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from pursuit.domain import Contract
from pursuit.planning.checks.case import HOURS, Case

SHARE = 0.005  # of a quantity of hours, forgiven


def contract_problems(case: Case) -> Iterator[str]:
    """The days are stepped through and the hours reckoned anew here, not taken from what the plan was made from."""
    for contract in case.company.contracts:
        expected, left = _days(case, contract)
        rows = [row for row in case.plan["projects"] if row["project"].rpartition("@")[0] == contract.id]
        told = sorted(row["due"] for row in rows)
        if told != [day.isoformat() for day in expected]:
            yield f"Contract {contract.id} is due on {', '.join(map(str, expected))}, not on {', '.join(told)}."
        for row in rows:
            if row["project"] != f"{contract.id}@{row['due']}":
                yield f"Call-off {row['project']} is due on {row['due']}, another day than it is named by."
            if row["account"] != contract.account:
                yield f"Call-off {row['project']} is for {contract.account}, not {row['account']}."
            if row["mode"] != "as_planned":
                yield f"Call-off {row['project']} cannot be carried on {row['mode']}."
            if row["finish"] is not None and row["finish"] < case.axis.start.isoformat():
                yield f"Call-off {row['project']} finishes before the plan begins."
        if left:
            yield from _work_problems(case, contract, max(contract.quantity - contract.called, 0) / left)


def _days(case: Case, contract: Contract) -> tuple[list[date], int]:
    """Days inside the plan, and how many are left in all."""
    inside, left, day = [], 0, contract.starts
    while day <= contract.ends:
        if day > case.company.as_of:
            left += 1
            if day < case.axis.end:
                inside.append(day)
        day += timedelta(days=7 * contract.every_weeks)
    return (inside if contract.quantity > contract.called else []), left


def _work_problems(case: Case, contract: Contract, units: float) -> Iterator[str]:
    product = case.company.product_by_id.get(contract.product)
    routing = case.company.routing_by_id.get(product.routing) if product else None
    needed: dict[str, float] = {}
    for step in routing.operations if routing else ():
        hours = step.setup_hours + units * step.hours_per_unit
        needed[step.work_center] = needed.get(step.work_center, 0.0) + hours
    placed: dict[tuple[str, str], float] = {}
    for row in case.plan["schedule"]:
        if row["order"].rpartition("@")[0] == contract.id:
            key = row["order"], row["work_center"]
            placed[key] = placed.get(key, 0.0) + row["hours"]
    for (order, resource), hours in sorted(placed.items()):
        most = needed.get(resource, 0.0)
        if hours > most * (1 + SHARE) + HOURS:
            yield f"Call-off {order} needs {most:.1f} hours of {resource}, not {hours:.1f}."
