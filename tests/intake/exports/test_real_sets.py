"""Public sets that nobody wrote for us come in whole, and what is wrong with them is told."""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from pursuit.intake import read_company

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="session")
def data() -> Callable[[str], Path]:
    """A file or folder of the public sets; the test is skipped where it is missing."""

    def find(name: str) -> Path:
        path = Path(os.environ.get("PURSUIT_DATA", ROOT / "../shared/data")) / name
        if not path.exists():
            pytest.skip(f"{name} is not on this machine (set PURSUIT_DATA)")
        return path

    return find


def test_it_consulting(data: Callable[[str], Path]) -> None:
    """All 6,810 deals arrive, 2,457 of them won; missing categories, ids and names are told with their number."""
    folder = data("deals/it_consulting")
    read = read_company(folder, mapping=EXAMPLES / "it-consulting-mapping.toml")
    with (folder / "deals.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    closed = read.company.closed_opportunities
    assert Counter(o.outcome for o in closed) == {"won": 2457, "lost": 4353}
    assert sum(o.amount.major for o in closed if o.amount) == sum(Decimal(row["Deal Cost"]) for row in rows)
    assert (min(o.closed for o in closed if o.closed), read.company.as_of) == (
        date(2011, 4, 19),
        date(2017, 6, 30),
    )
    told = {w.column: w.problem for w in read.warnings}
    blank = sum(not row["Client Category"] for row in rows)
    assert f"({len(rows):,} rows in all" in told["id"]
    assert any(f"({blank} rows in all" in w.problem for w in read.warnings if w.column == "Client Category")
    assert {o.account for o in closed} == {row["Client Category"].strip() or "Not stated" for row in rows}


def test_adventureworks(data: Callable[[str], Path]) -> None:
    """57,851 order lines become 3,616 won orders of 632 resellers, to the cent, each of its main product."""
    folder = data("production/adventureworks")
    read = read_company(folder, mapping=EXAMPLES / "adventureworks-mapping.toml")
    lines = 0
    totals: dict[str, Decimal] = defaultdict(Decimal)
    products: dict[str, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    with (folder / "FactResellerSales.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            lines += 1
            totals[row["SalesOrderNumber"]] += Decimal(row["SalesAmount"])
            products[row["SalesOrderNumber"]][row["ProductKey"]] += Decimal(row["SalesAmount"])
    orders = read.company.closed_opportunities
    assert (lines, len(orders), len({o.account for o in orders})) == (57851, 3616, 632)
    assert {o.id: o.amount.major for o in orders if o.amount} == {
        number: round(total, 2) for number, total in totals.items()
    }
    assert all(products[o.id][o.product] == max(products[o.id].values()) for o in orders)
    assert {o.outcome for o in orders} == {"won"}


@pytest.mark.parametrize(
    "share", [pytest.param(12, id="part"), pytest.param(1, id="whole", marks=pytest.mark.slow)]
)
def test_online_retail(data: Callable[[str], Path], tmp_path: Path, share: int) -> None:
    """Invoice lines become invoices, to the penny; returns are negative, missing customers told."""
    compute, table = retail(data, share)
    write = pytest.importorskip("pyarrow.csv").write_csv
    write(table, tmp_path / "online_retail.csv")
    read = read_company(tmp_path, mapping=EXAMPLES / "online-retail-mapping.toml")
    lines = table.append_column("amount", compute.multiply(table["Quantity"], table["UnitPrice"]))
    numbers = lines["InvoiceNo"].to_pylist()
    totals: dict[str, float] = defaultdict(float)
    for number, amount in zip(numbers, lines["amount"].to_pylist(), strict=True):
        totals[number] += amount
    invoices = {invoice.id: invoice for invoice in read.company.invoices}
    assert set(invoices) == set(totals)
    assert all(abs(float(invoices[n].net_amount.major) - total) < 0.0051 for n, total in totals.items())
    returns = [invoices[n].net_amount.amount for n in totals if n.startswith("C")]
    assert sum(amount < 0 for amount in returns) >= len(returns) - 1 > 0  # one return of the set is positive
    known = dict(zip(numbers, lines["CustomerID"].to_pylist(), strict=True))
    missing = sum(customer is None for customer in known.values())
    assert sum(i.account == "unknown" for i in invoices.values()) == missing > 0
    assert any(w.column == "CustomerID" and f"{missing:,} rows" in w.problem for w in read.warnings)
    if share == 1:
        assert table.num_rows == 747_285


def retail(data: Callable[[str], Path], share: int):  # type: ignore[no-untyped-def]
    """The first lines of the set, customer numbers as whole numbers, and the library that reckons with them."""
    arrow = pytest.importorskip("pyarrow")
    compute = pytest.importorskip("pyarrow.compute")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(data("purchases/online_retail_II_to_2011-06-09.parquet"))
    table = table.slice(0, table.num_rows // share)
    at = table.schema.get_field_index("CustomerID")
    return compute, table.set_column(at, "CustomerID", table.column(at).cast(arrow.int64()))
