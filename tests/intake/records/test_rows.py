"""Tables become typed rows: habits are settled once per table, stand-ins keep the rest checkable."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from pursuit.intake.cells.figures import Amount
from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid
from pursuit.intake.records.rows import Row, read_tables


def grid(*lines: tuple[object, ...], title: str = "opportunities", habits: Habits = UNKNOWN) -> Grid:
    header = tuple(str(name) for name in lines[0])
    rows = tuple((number, line) for number, line in enumerate(lines[1:], start=2))
    return Grid(f"{title}.csv", title, header, rows, habits=habits)


def read(*grids: Grid, declared: Habits = UNKNOWN) -> tuple[list[Row], Findings]:
    findings = Findings("en")
    return read_tables(list(grids), findings, declared)["opportunities"], findings


def test_a_row_is_read_and_written_by_column() -> None:
    """A row gives its values by column, and takes new ones, even of a column its table had not."""
    (row, other), _ = read(grid(("id", "수량"), ("O1", 3), ("O2", None)))
    assert (row["id"], row["quantity"], row["stage"], row.number) == ("O1", 3.0, None, 2)
    assert dict(other.values) == {"id": "O2", "quantity": None}
    other.values["stage"] = "new"
    assert (row["stage"], other["stage"]) == (None, "new")
    assert row.place("quantity").column == "수량"


def test_an_open_column_is_one_fault() -> None:
    """Three dates that may be two days each are one error, at the first, that says how to declare the order."""
    rows, findings = read(
        grid(("id", "created"), ("O1", "03/04/2026"), ("O2", "05/04/2026"), ("O3", "06/04/2026"))
    )
    (error,) = findings.errors
    assert (error.row, error.column) == (2, "created")
    assert "dates = ymd, dmy or mdy" in error.mend
    assert [row["created"] for row in rows] == [None] * 3
    assert all(findings.at(row.place("created")) for row in rows)


def test_declared_for_the_file_or_the_input() -> None:
    """What a file declares goes before what the input declares."""
    lines = ("id", "created", "quantity"), ("O1", "03/04/2026", "1,234")
    usual = Habits(dates="mdy", decimals="comma")
    (row,), findings = read(grid(*lines), declared=usual)
    assert (row["created"], row["quantity"]) == (date(2026, 3, 4), 1.234)
    (row,), findings = read(grid(*lines, habits=Habits(dates="dmy", decimals="point")), declared=usual)
    assert (row["created"], row["quantity"]) == (date(2026, 4, 3), 1234.0)
    assert not findings.errors
    assert [(w.column, w.row) for w in findings.warnings] == [("created", 2)]


def test_today_is_the_company_sheets() -> None:
    """A date without a year is dated by the company sheet, wherever that stands among the tables."""
    company = grid(("name", "as_of"), ("A", "2026-03-31"), title="company")
    (row,), findings = read(grid(("id", "expected_close"), ("O1", "4월말")), company)
    assert row["expected_close"] == date(2026, 4, 30)
    assert [w.value for w in findings.warnings] == ["4월말"]
    _, findings = read(grid(("id", "expected_close"), ("O1", "4월말")))
    assert [error.value for error in findings.errors] == ["4월말"]


def test_a_dash_is_no_zero() -> None:
    """A dash or 미정 is an empty cell, told once; where the cell must be filled it is a fault."""
    (row, _), findings = read(
        grid(("id", "amount", "created"), ("O1", " - ", "미정"), ("O2", "-", "2026-03-01"))
    )
    assert (row["amount"], row["created"]) == (None, None)
    assert [(w.column, w.row, "2 rows" in w.problem) for w in findings.warnings] == [
        ("amount", 2, True),
        ("created", 2, False),
    ]
    goals = grid(("id", "name", "measure", "target", "weight"), ("G", "n", "wins", "-", "1"), title="goals")
    _, findings = read(goals)
    assert [error.column for error in findings.errors] == ["target"]


def test_sums_of_one_table() -> None:
    """Money written in many ways in one column arrives as sums with the currencies the cells name."""
    lines = [
        ("id", "amount"),
        ("1", "1,234.50"),
        ("2", "€1.2M"),
        ("3", "△3천만원"),
        ("4", 77.5),
        ("5", "$1,000"),
    ]
    rows, findings = read(grid(*lines))
    assert [row["amount"] for row in rows if not findings.at(row.place("amount"))] == [
        Amount(Decimal("1234.50")),
        Amount(Decimal(1_200_000), "EUR"),
        Amount(Decimal("77.5")),
        Amount(Decimal(1000), "$"),
    ]
    assert [(error.row, "too small" in error.problem) for error in findings.errors] == [(4, True)]


def test_percentages_for_shares() -> None:
    """A share column filled with percentages is one fault that asks, whatever its number of rows."""
    _, findings = read(grid(("id", "win_probability"), ("1", "40"), ("2", "60"), ("3", "0.4"), ("4", "30%")))
    (error,) = findings.errors
    assert (error.row, error.value) == (2, "40")
    assert "40%" in error.mend
