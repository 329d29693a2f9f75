"""Whatever stands in a cell, reading ends in a company or in faults, never in a traceback."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pursuit.intake import check
from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.intake.writing.template import example_cells
from pursuit.words import Words

# fmt: off
NASTY = [
    *["", "0", "-1", "1e18", "1e400", "-99999999999999999999", "NaN", "inf", "0.1%", "12 34", "9" * 40],
    *["0000-00-00", "9999-12-31", "2026-02-30", "03/04/2026", "=1+1", "'", "\\", ";", ":", "a: b: c"],
    *["MC: 1; MC: 2", "USD", "EUR 5", "KRW -5", "XXX", "₩", "억", "예", "O", "never", "0; 0", "MC"],
    *["A-01", "O-001", "O-002", "standard", "x" * 40_000, "\u202e", "\x07", "segment:", "sector:기계"],
    *["KR", "opened", "가" * 300, "1" * 400, "١٢٣", "½", "²", "--5", "5-", "\t5", "1.5", "family"],
    *["3만 2억", "2026년"],
]
# fmt: on


@pytest.fixture(scope="module")
def firm() -> dict[str, list[list[str]]]:
    """The template's example firm as tables of texts."""
    words = Words("en")
    return {
        sheet.name: [
            [column.name for column in sheet.columns],
            *(["" if cell is None else str(cell) for cell in row] for row in example_cells(sheet, words)),
        ]
        for sheet in SHEETS
    }


def write(folder: Path, sheets: dict[str, list[list[str]]]) -> None:
    for name, rows in sheets.items():
        text = io.StringIO()
        csv.writer(text).writerows(rows)
        (folder / f"{name}.csv").write_text(text.getvalue(), "utf-8", newline="")


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(data=st.data())
def test_any_cell(
    tmp_path_factory: pytest.TempPathFactory, firm: dict[str, list[list[str]]], data: st.DataObject
) -> None:
    """Up to four cells of a sound firm, headers included, are overwritten with nasty values."""
    spoilt = {name: [list(row) for row in rows] for name, rows in firm.items()}
    for _ in range(data.draw(st.integers(1, 4))):
        rows = spoilt[data.draw(st.sampled_from(sorted(spoilt)))]
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(st.sampled_from(NASTY) | st.text(max_size=4))
    folder = tmp_path_factory.mktemp("firm")
    write(folder, spoilt)
    for fault in check(folder, lang=data.draw(st.sampled_from(["ko", "en"]))):
        assert fault.problem
        assert fault.mend
        assert fault.severity in ("error", "warning")


def test_the_firm_itself_is_sound(tmp_path: Path, firm: dict[str, list[list[str]]]) -> None:
    """Unspoilt, the same tables have no fault, so that what is found above was planted."""
    write(tmp_path, firm)
    assert check(tmp_path) == ()
