"""Documents of the wrong shape, and rows that are missing, doubled or unknown."""

from __future__ import annotations

import copy

from tests.planning.spoiling.draft import UNKNOWN, Draft, Kind, change, kind, put


def _register_tables() -> None:
    """Rows that may neither be missing nor stand twice, and their ids."""

    def add(name: str, spoil: Kind) -> None:
        spoil.__name__ = name
        kind(spoil)

    def drop(table: str) -> Kind:
        return lambda d: d.plan[table] and bool(d.plan[table].pop(int(d.rng.integers(len(d.plan[table])))))

    def double(table: str) -> Kind:
        return lambda d: d.plan[table] and (d.plan[table].append(copy.deepcopy(d.row(table))) or True)

    def rename(table: str, key: str) -> Kind:
        return lambda d: put(d.row(table), key, UNKNOWN)

    for table in ("decisions", "investments", "projects", "resources", "allocation", "goals"):
        add(f"drop_{table}", drop(table))
    for table in ("decisions", "accounts", "investments", "projects", "resources", "allocation", "goals"):
        add(f"double_{table}", double(table))
    for table in ("segments", "spending"):
        add(f"double_{table}", double(table))
    for table, key in (
        ("decisions", "opportunity"),
        ("decisions", "segment"),
        ("decisions", "account"),
        ("accounts", "account"),
        ("investments", "investment"),
        ("projects", "project"),
        ("projects", "account"),
        ("resources", "resource"),
        ("allocation", "resource"),
        ("goals", "goal"),
        ("schedule", "order"),
        ("schedule", "work_center"),
    ):
        add(f"unknown_{key}_in_{table}", rename(table, key))


_register_tables()


@kind
def lacks_key(d: Draft) -> bool:
    table = d.pick(["decisions", "accounts", "allocation", "schedule", "cash", "goals", "value", ""])
    record = d.plan if not table else d.plan[table] if table == "value" else d.row(table)
    return bool(record) and record.pop(d.pick(sorted(record)), ...) is not ...


@kind
def unknown_key(d: Draft) -> bool:
    d.row("decisions")["surprise"] = 1
    return True


@kind
def money_with_decimals(d: Draft) -> bool:
    return change(d.row("decisions"), "effect", 0.5)


@kind
def text_for_number(d: Draft) -> bool:
    return put(d.row("allocation"), "capacity", "40")


@kind
def truth_for_number(d: Draft) -> bool:
    return put(d.row("accounts"), "rank", True) or put(d.plan, "seed", True)


@kind
def no_number(d: Draft) -> bool:
    return put(d.row("allocation"), d.pick(["capacity", "committed", "overtime"]), float("nan"))


@kind
def negative_hours(d: Draft) -> bool:
    return put(d.row("allocation"), d.pick(["capacity", "committed", "overtime", "subcontract"]), -1.0)


@kind
def unknown_word(d: Draft) -> bool:
    return put(d.plan, "status", "optimal")


@kind
def unknown_decision(d: Draft) -> bool:
    return put(d.row("decisions"), "decision", "maybe")


@kind
def no_calendar_day(d: Draft) -> bool:
    return put(d.plan["horizon"], d.pick(["start", "end"]), "2026-02-30")


@kind
def odd_date(d: Draft) -> bool:
    return put(d.plan, "as_of", d.plan["as_of"].replace("-", "/"))


@kind
def no_reasons(d: Draft) -> bool:
    return put(d.row("decisions"), "reasons", [])


@kind
def other_format(d: Draft) -> bool:
    return put(d.plan, "format", "pursuit-plan/2")
