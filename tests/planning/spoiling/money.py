"""Sums that do not add up."""

from __future__ import annotations

from tests.planning.spoiling.draft import Draft, change, kind, put


@kind
def objective_off(d: Draft) -> bool:
    return change(d.plan["value"], "objective", d.pick([-1, 1]) * (100 + 10 * len(d.plan["goals"])))


@kind
def tail_above_mean(d: Draft) -> bool:
    value = d.pick([d.plan["value"], d.plan["value"]["fresh"], d.plan["value"]["today"]])
    return put(value, "worst_tenth", value["expected"] + d.pick([1_000, 50_000]))


@kind
def bound_below_objective(d: Draft) -> bool:
    value = d.plan["value"]
    value.update(bound=value["objective"] - d.pick([2, 1_000]), gap=0.0)
    return True


@kind
def gap_off(d: Draft) -> bool:
    return d.plan["value"]["bound"] != 0 and change(d.plan["value"], "gap", d.pick([1e-5, 0.01]))


@kind
def mean_of_outcomes_off(d: Draft) -> bool:
    return change(d.plan["value"][d.pick(["fresh", "today"])], "expected", d.pick([-1_000, 5, 1_000]))


@kind
def tail_of_outcomes_off(d: Draft) -> bool:
    return change(d.plan["value"][d.pick(["fresh", "today"])], "worst_tenth", d.pick([-1_000, -5]))


@kind
def outcome_missing(d: Draft) -> bool:
    return d.plan["value"]["outcomes"][d.pick(["plan", "today"])].pop() is not None


@kind
def outcome_off(d: Draft) -> bool:
    outcomes = d.plan["value"]["outcomes"][d.pick(["plan", "today"])]
    outcomes[-1] += 10 * len(outcomes)
    return True


@kind
def outcomes_out_of_order(d: Draft) -> bool:
    outcomes = d.plan["value"]["outcomes"][d.pick(["plan", "today"])]
    if outcomes[0] == outcomes[-1]:
        return False
    outcomes.reverse()
    return True


@kind
def more_futures_than_outcomes(d: Draft) -> bool:
    return change(d.plan["value"]["fresh"], "scenarios", d.pick([1, 10]))


@kind
def today_pursues_too_many(d: Draft) -> bool:
    return put(d.plan["value"]["today"], "pursued", len(d.plan["decisions"]) + d.pick([1, 5]))


@kind
def cash_month_missing(d: Draft) -> bool:
    rows = d.plan["cash"]
    return len(rows) > 1 and bool(rows.pop(int(d.rng.integers(len(rows)))))


@kind
def cash_month_wrong(d: Draft) -> bool:
    return put(d.row("cash"), "month", d.pick(["1999-12", "1999-11"]))


@kind
def cash_low_above_mean(d: Draft) -> bool:
    row = d.row("cash")
    return row is not None and put(row, "low", row["expected"] + d.pick([1, 1_000]))


@kind
def cash_never_short_yet_low(d: Draft) -> bool:
    row, finance = d.row("cash"), d.company.finance
    if row is None or finance is None:
        return False
    row.update(
        low=min(row["expected"], finance.floor.amount) - d.pick([100, 1_000]), below_floor_probability=0.0
    )
    return True


@kind
def round_skipped(d: Draft) -> bool:
    return change(d.row("rounds"), "round", d.pick([1, 3]))


@kind
def cash_often_short_yet_high(d: Draft) -> bool:
    finance = d.company.finance
    rows = [row for row in d.plan["cash"] if finance and row["expected"] > finance.floor.amount + 10]
    row = d.pick(rows)
    futures = min(d.plan["value"]["scenarios"], d.plan["value"]["fresh"]["scenarios"])
    if row is None or finance is None or futures < 10:
        return False
    row.update(low=finance.floor.amount + 5, below_floor_probability=0.5)
    return True
