"""Files to a Company, with a report of everything that is wrong with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pursuit.domain import Company
from pursuit.errors import Fault, InputError
from pursuit.intake.binder.binder import is_binder
from pursuit.intake.binder.current import current_files
from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.findings import Findings, Place
from pursuit.intake.gathering import gather
from pursuit.intake.layout.grids import Grid
from pursuit.intake.records.company import make_company
from pursuit.intake.records.rows import read_tables
from pursuit.intake.sheets.catalogue import SHEETS, find_sheet


@dataclass(frozen=True, slots=True)
class Intake:
    """A company as read, what to know about the reading, and the files it came from (name -> SHA-256)."""

    company: Company
    warnings: tuple[Fault, ...]
    sources: dict[str, str]


def read_company(
    path: str | Path,
    *,
    mapping: str | Path | None = None,
    as_of: date | None = None,
    habits: Habits = UNKNOWN,
    lang: str = "en",
) -> Intake:
    """Read a firm from a workbook (.xlsx), a folder of CSV files, or a foreign export with its mapping.

    Parameters
    ----------
    path
        Workbook, folder, or the binder that ``pursuit import`` keeps (its current version is read).
    mapping
        A ``mapping.toml`` (docs/input-format.md) when the files are another program's export.
    as_of
        The day the data describes; goes before what the file says.
    habits
        How the files write days and decimals, where their columns can be read in two ways.
    lang
        Language of faults and warnings, ``ko`` or ``en``.

    Raises
    ------
    InputError
        With every fault found: file, sheet, row, column, value, problem, mend.
    """
    findings = Findings(lang)
    intake = _read(Path(path), mapping, as_of, habits, findings)
    if intake is None:
        raise InputError(sorted(findings.errors))
    return intake


def check(
    path: str | Path,
    *,
    mapping: str | Path | None = None,
    as_of: date | None = None,
    habits: Habits = UNKNOWN,
    lang: str = "en",
) -> tuple[Fault, ...]:
    """Every error and warning in an input, errors first; parameters as in `read_company`."""
    findings = Findings(lang)
    _read(Path(path), mapping, as_of, habits, findings)
    return (*sorted(findings.errors), *findings.warnings)


def read_into(
    findings: Findings,
    path: Path,
    mapping: str | Path | None = None,
    as_of: date | None = None,
    habits: Habits = UNKNOWN,
) -> Intake | None:
    """As `read_company`, with everything found told to ``findings``; None where there are errors."""
    return _read(path, mapping, as_of, habits, findings)


def _read(
    path: Path, mapping: str | Path | None, as_of: date | None, habits: Habits, findings: Findings
) -> Intake | None:
    if not path.exists():
        findings.error(Place(path.name), "", "There is no such file or folder.", "Check the path.")
        return None
    if is_binder(path):
        with current_files(path, findings) as now:
            if now is None:
                return None
            if habits == UNKNOWN:  # what was told when the files came in
                habits = Habits(dates=now.dates, decimals=now.decimals)
            return _read(now.folder, mapping or now.mapping, as_of or now.as_of, habits, findings)
    grids, files = gather(path, Path(mapping) if mapping else None, findings, as_of, habits)
    readable = not findings.errors
    tables = read_tables(grids, findings, replace(habits, today=as_of))
    if not readable:
        return None
    _check_sheets(grids, path.name, findings)
    company = make_company(tables, path.name, path.stem, as_of, findings)
    if company is None or findings.errors:
        return None
    sources = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return Intake(company, findings.warnings, sources)


def _check_sheets(grids: list[Grid], file: str, findings: Findings) -> None:
    """The sheets that must be there, are."""
    present = {sheet.name for grid in grids if (sheet := find_sheet(grid.title))}
    for sheet in SHEETS:
        if sheet.required and sheet.name not in present:
            findings.error(
                Place(file, sheet.title(findings.words.lang)),
                "",
                "This sheet must be there.",
                "Add it: {help}",
                help=findings.words(sheet.help),
            )
