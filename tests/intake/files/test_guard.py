"""A text that begins like a formula is never one in the files we write."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.cli.files import save_faults
from pursuit.errors import Fault
from pursuit.intake.files.delimited import guard, read_text
from pursuit.intake.findings import Findings
from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.intake.writing.book import Book

STARTS = st.sampled_from(
    [
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\r",
        "'",
        "'=",
        "=1+1",
        "-1",
        "+1e5",
        "@SUM(A1)",
        "＝1",
        "＋",
        "－",
        "＠",
        "\n=",
        "\n",
    ]
)
TEXTS = st.builds(
    str.__add__, STARTS, st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=8)
)


def runs(cell: str) -> bool:
    """Whether a spreadsheet program may run a cell of a CSV file."""
    return (
        cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))
        and not cell[1:].replace(".", "", 1).isdigit()
    )


@settings(max_examples=500, deadline=None)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_csv(texts: list[str]) -> None:
    """No guarded cell begins like a formula unless it is a number, and each reads back as it was."""
    stream = io.StringIO()
    csv.writer(stream).writerow(map(guard, texts))
    (cells,) = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert not any(map(runs, (c for c in cells if "e" not in c.lower())))
    table = read_text("a.csv", "a", stream.getvalue().encode(), Findings("en"), ",")
    assert list(table.lines[0][1]) == texts


def test_faults_as_csv(tmp_path: Path) -> None:
    """The list of faults, which repeats what stood in the cells, is guarded too."""
    text = "=cmd|' /C calc'!A0"
    save_faults([Fault(text, text, 1, text, text, text, text)], tmp_path / "f.csv")
    rows = list(csv.reader((tmp_path / "f.csv").read_text("utf-8-sig").splitlines()))
    assert not any(map(runs, rows[1]))


@settings(max_examples=20, deadline=None)
@given(text=TEXTS)
def test_workbook(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """In a workbook every text is a text, in our sheets and on the first page."""
    path = tmp_path_factory.mktemp("book") / "a.xlsx"
    sheet = next(sheet for sheet in SHEETS if sheet.name == "accounts")
    stamp = datetime(2026, 3, 31, tzinfo=UTC).replace(tzinfo=None)
    with Book(path, "en", stamp, [sheet]) as book:
        book.add_readme([text, text])
        book.add_sheet(sheet, [[text if column.kind == "text" else None for column in sheet.columns]])
    kinds = {
        cell.data_type for page in openpyxl.load_workbook(path) for row in page.iter_rows() for cell in row
    }
    assert "f" not in kinds
