"""Sums that stand out: nothing for a won deal, or a thousand times what such deals are worth."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from statistics import median

from pursuit.intake.findings import Findings
from pursuit.intake.records.rows import Row, Tables
from pursuit.units import Money

FAR = 100.0
"""How many times a deal may be worth what its product says, or the reverse, before it is doubted."""
FAR_ALONE = 300.0
"""The same where only the other sums of the column can be compared."""
ENOUGH = 3
"""Deals of a product whose median price is taken for usual."""
ENOUGH_ALONE = 8
"""Sums of a currency whose median is taken for usual."""
SPREADS = 5.0
"""How many standard deviations (of the logarithm, estimated by the median deviation) a sum may lie off."""

Usual = Callable[[Row], float]


def check_amounts(tables: Tables, findings: Findings) -> None:
    """Warn of won deals without value, deals of no quantity, and sums far off what is usual."""
    deals = tables["opportunities"]
    for row in deals:
        if row["outcome"] == "won" and _nothing(row, findings):
            problem, mend = "It was won for nothing.", "Fill in what it was worth, or leave it empty."
            findings.warn(row.place("amount"), row["id"], problem, mend)
        if row["quantity"] == 0:
            problem, mend = "It is a deal over no pieces.", "Fill in the quantity, or leave it empty for 1."
            findings.warn(row.place("quantity"), row["id"], problem, mend)
    by_product, off = _by_product(tables), set()
    for row in deals:
        if (usual := by_product(row)) and _ratio(row["amount"], usual) >= FAR:
            off.add(row)
            _tell(row, "amount", usual, findings)
    rest = [row for row in deals if row not in off and not by_product(row)]
    for rows, column in (
        (rest, "amount"),
        (tables["invoices"], "net_amount"),
        (tables["projects"], "amount"),
    ):
        for row, usual in _outlying(rows, column):
            _tell(row, column, usual, findings)


def _nothing(row: Row, findings: Findings) -> bool:
    """Whether a sum of 0 is stated, and not put there for one that could not be read."""
    told = any(findings.at(row.place(column)) for column in ("amount", "gross_amount"))
    return row["amount"] is not None and not row["amount"].amount and not told


def _tell(row: Row, column: str, usual: float, findings: Findings) -> None:
    money = row[column]
    problem = "It is far off what is usual here, about {usual}; perhaps it is counted in thousands."
    findings.warn(row.place(column), money.major, problem, "Check the sum and its unit.", usual=_rough(usual))


def _rough(value: float) -> str:
    """A sum to two figures."""
    digits = 1 - math.floor(math.log10(value))
    return f"{round(value, digits):,.{max(0, digits)}f}"


def _ratio(money: Money | None, usual: float) -> float:
    """How many times larger one is than the other; 1 for a sum of nothing."""
    if money is None or not money.amount:
        return 1.0
    value = abs(float(money.major))
    return max(value / usual, usual / value)


def _by_product(tables: Tables) -> Usual:
    """What a deal is usually worth by its product: list price, else the median of the product's deals; 0 if unknown."""
    lists = {
        (row["id"], row["list_price"].currency): float(row["list_price"].major)
        for row in tables["products"]
        if row["list_price"] is not None and row["list_price"].amount > 0
    }
    seen: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in tables["opportunities"]:
        if row["product"] and row["amount"] is not None and row["amount"].amount > 0:
            seen[row["product"], row["amount"].currency].append(float(row["amount"].major) / _pieces(row))
    prices = {key: median(values) for key, values in seen.items() if len(values) >= ENOUGH} | lists

    def usual(row: Row) -> float:
        money = row["amount"]
        return prices.get((row["product"], money.currency), 0.0) * _pieces(row) if money is not None else 0.0

    return usual


def _pieces(row: Row) -> float:
    return row["quantity"] or 1.0


def _outlying(rows: Iterable[Row], column: str) -> list[tuple[Row, float]]:
    """Rows whose sum lies far off the median of its currency, measured by how far the others lie off it."""
    by_currency: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row[column] is not None and row[column].amount:
            by_currency[row[column].currency].append(row)
    found = []
    for same in by_currency.values():
        logs = [math.log(abs(row[column].major)) for row in same]
        middle = median(logs)
        spread = 1.4826 * median(abs(log - middle) for log in logs)
        limit = max(math.log(FAR_ALONE), SPREADS * spread)
        if len(same) >= ENOUGH_ALONE:
            found += [
                (row, math.exp(middle))
                for row, log in zip(same, logs, strict=True)
                if abs(log - middle) > limit
            ]
    return found
