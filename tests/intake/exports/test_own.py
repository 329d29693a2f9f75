"""A firm's own workbook beside an export."""

from __future__ import annotations

from typing import Any

from pursuit.intake.exports.own import is_ours, own_first
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid


def grid(title: str, header: tuple[str, ...], *rows: tuple[Any, ...], file: str = "firm.xlsx") -> Grid:
    return Grid(file, title, header, tuple((at + 2, row) for at, row in enumerate(rows)))


def test_own_records_go_first() -> None:
    """A record of the export that stands in the workbook too is left out, and told; the others stay."""
    findings = Findings("en")
    own = grid("제품", ("제품 코드", "제품명"), ("P1", "Ours"))
    mapped = grid("products", ("id", "name"), ("P1", "Theirs"), ("P2", "New"), file="deals.csv")
    result = own_first([own], [mapped], findings)
    assert [row for made in result for _, row in made.rows] == [("P1", "Ours"), ("P2", "New")]
    (warning,) = findings.warnings
    assert (warning.file, warning.row, warning.value) == ("deals.csv", 2, "P1")
    assert "firm.xlsx" in warning.problem


def test_the_firms_row_is_completed() -> None:
    """What the workbook leaves blank about the firm comes from the export; what it says stands."""
    own = grid("회사", ("회사명", "기준일"), ("Ours", None))
    mapped = grid("company", ("name", "currency", "as_of"), ("Theirs", "KRW", "2026-03-31"), file="m.toml")
    (made,) = own_first([own], [mapped], Findings("en"))
    assert dict(zip(made.header, made.rows[0][1], strict=True)) == {
        "회사명": "Ours",
        "기준일": "2026-03-31",
        "currency": "KRW",
    }


def test_no_table_is_lost() -> None:
    """Two workbooks that both hold a sheet come out as two tables, for the fault they are."""
    twice = [grid("resources", ("id",), (name,), file=f"{name}.xlsx") for name in ("A", "B")]
    assert own_first(twice, [], Findings("en")) == twice


def test_nothing_of_our_own() -> None:
    """Without a workbook the export's tables stay as they are."""
    mapped = grid("products", ("id", "name"), ("P1", "x"))
    assert own_first([], [mapped], Findings("en")) == [mapped]


def test_ours_and_theirs() -> None:
    """A table is ours if it is named like a sheet and has what that sheet must have."""
    assert is_ours(grid("accounts", ("id", "name")))
    assert not is_ours(grid("accounts", ("account", "sector")))
    assert not is_ours(grid("영업현황", ("id", "name")))
    assert is_ours(grid("안내", ("x",)))


def test_example_rows_say_nothing() -> None:
    """A row that the template gives as an example takes the place of no record of the export."""
    own = grid("resources", ("Mark", "ID", "Name"), ("example", "MC", "Machining"))
    theirs = grid("resources", ("id", "name"), ("MC", "Mill"), file="export.csv")
    findings = Findings("en")
    assert theirs in own_first([own], [theirs], findings)
    assert findings.warnings == ()
