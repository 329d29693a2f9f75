"""What we write ourselves is laid out as it stands, without a word."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pursuit.domain import Company
from pursuit.intake import write_folder, write_template, write_workbook
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.layout.looks import holds
from pursuit.intake.sheets.catalogue import is_known_header
from tests.intake.firms import firms


def untouched(path: Path) -> None:
    """Every sheet is one grid from its first line on, every other line a row, and nothing is told."""
    findings = Findings("en")
    for raw in read_files(path, findings)[0]:
        if lines := [line for line in raw.lines if holds(line[1])]:
            (grid,) = lay_out(raw, findings, is_known_header)
            assert (grid.title, grid.top) == (raw.title, lines[0][0])
            assert list(grid.rows) == lines[1:]
    assert findings.errors == []
    assert findings.warnings == ()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_templates(tmp_path: Path, lang: str) -> None:
    """The template in both languages, read-me, marks and examples included."""
    write_template(tmp_path / "t.xlsx", lang)
    untouched(tmp_path / "t.xlsx")


@settings(max_examples=15, suppress_health_check=list(HealthCheck), deadline=None)
@given(firms())
def test_folders(company: Company) -> None:
    """Any firm written as CSV files, whatever its records are called."""
    with tempfile.TemporaryDirectory() as folder:
        write_folder(company, folder)
        untouched(Path(folder))


@settings(max_examples=3, suppress_health_check=list(HealthCheck), deadline=None)
@given(firms())
def test_workbooks(company: Company) -> None:
    """Any firm written as a workbook in Korean."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "firm.xlsx"
        write_workbook(company, path, "ko")
        untouched(path)
