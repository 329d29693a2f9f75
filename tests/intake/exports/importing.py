"""A folder of files to a firm, through every step that a recognised export takes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pursuit.domain import Company
from pursuit.intake.exports.known import is_export_header
from pursuit.intake.exports.recognise import Recognised, recognise
from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.records.company import make_company
from pursuit.intake.records.rows import read_tables
from pursuit.intake.sheets.catalogue import is_known_header

FIXTURES = Path(__file__).parent / "fixtures"


def recognised(folder: Path, findings: Findings, as_of: date | None = None) -> Recognised:
    """What is recognised among the files of a folder."""
    raws, _ = read_files(folder, findings)
    grids = [
        grid
        for raw in raws
        for grid in lay_out(raw, findings, lambda text: is_known_header(text) or is_export_header(text))
    ]
    return recognise(grids, findings, as_of)


def imported(folder: Path, as_of: date | None = None) -> tuple[Company | None, Findings]:
    """The firm in a folder, and everything found."""
    findings = Findings("en")
    found = recognised(folder, findings, as_of)
    tables = read_tables([*found.rest, *found.made], findings)
    return make_company(tables, folder.name, folder.name, as_of, findings), findings
