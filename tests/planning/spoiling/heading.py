"""Another company, day or horizon."""

from __future__ import annotations

from tests.planning.spoiling.draft import Draft, change, kind, put, shift


@kind
def other_hash(d: Draft) -> bool:
    told = d.plan["company"]["hash"]
    at = int(d.rng.integers(len(told)))
    return put(d.plan["company"], "hash", f"{told[:at]}{'0' if told[at] != '0' else '1'}{told[at + 1 :]}")


@kind
def other_name(d: Draft) -> bool:
    return change(d.plan["company"], "name", " 2")


@kind
def other_currency(d: Draft) -> bool:
    return put(d.plan["company"], "currency", "EUR" if d.company.currency != "EUR" else "USD")


@kind
def other_day(d: Draft) -> bool:
    return put(d.plan, "as_of", shift(d.plan["as_of"], d.pick([-7, -1, 1, 30])))


@kind
def shifted_horizon(d: Draft) -> bool:
    days = d.pick([1, 3, 21, -21])
    for key in ("start", "end"):
        d.plan["horizon"][key] = shift(d.plan["horizon"][key], days)
    return True


@kind
def longer_horizon(d: Draft) -> bool:
    return change(d.plan["horizon"], "weeks", d.pick([1, 2, 4]))


@kind
def other_end(d: Draft) -> bool:
    return put(d.plan["horizon"], "end", shift(d.plan["horizon"]["end"], d.pick([-7, -1, 7])))
