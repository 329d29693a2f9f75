"""Files to a Company, with a report of everything that is wrong with them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from pursuit.domain import Company
from pursuit.errors import CompanyError, Fault, InputError
from pursuit.intake.exports.mapping import map_tables
from pursuit.intake.exports.spec import load_mapping
from pursuit.intake.files.reading import ENDINGS, read_files
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.records.build import build_records
from pursuit.intake.records.frame import read_frame
from pursuit.intake.records.places import place_faults
from pursuit.intake.records.rows import Tables, read_tables
from pursuit.intake.records.sense import check_sense
from pursuit.intake.records.sums import settle_sums
from pursuit.intake.sheets.catalogue import SHEETS, find_sheet, is_known_header


@dataclass(frozen=True, slots=True)
class Intake:
    """A company as read, what to know about the reading, and the files it came from (name -> SHA-256)."""

    company: Company
    warnings: tuple[Fault, ...]
    sources: dict[str, str]


def read_company(
    path: str | Path, *, mapping: str | Path | None = None, as_of: date | None = None, lang: str = "en"
) -> Intake:
    """Read a firm from a workbook (.xlsx), a folder of CSV files, or a foreign export with its mapping.

    Parameters
    ----------
    path
        Workbook or folder.
    mapping
        A ``mapping.toml`` (docs/input-format.md) when the files are another program's export.
    as_of
        The day the data describes; goes before what the file says.
    lang
        Language of faults and warnings, ``ko`` or ``en``.

    Raises
    ------
    InputError
        With every fault found: file, sheet, row, column, value, problem, mend.
    """
    findings = Findings(lang)
    intake = _read(Path(path), mapping, as_of, findings)
    if intake is None:
        raise InputError(sorted(findings.errors))
    return intake


def check(
    path: str | Path, *, mapping: str | Path | None = None, as_of: date | None = None, lang: str = "en"
) -> tuple[Fault, ...]:
    """Every error and warning in an input, errors first; parameters as in `read_company`."""
    findings = Findings(lang)
    _read(Path(path), mapping, as_of, findings)
    return (*sorted(findings.errors), *findings.warnings)


def read_into(
    findings: Findings, path: Path, mapping: str | Path | None = None, as_of: date | None = None
) -> Intake | None:
    """As `read_company`, with everything found told to ``findings``; None where there are errors."""
    return _read(path, mapping, as_of, findings)


def _read(path: Path, mapping: str | Path | None, as_of: date | None, findings: Findings) -> Intake | None:
    if not path.exists():
        findings.error(Place(path.name), "", "There is no such file or folder.", "Check the path.")
        return None
    grids, files = _foreign(path, Path(mapping), findings) if mapping else _native(path, findings)
    unreadable = bool(findings.errors)
    tables = read_tables(grids, findings)
    if not unreadable:
        _check_sheets(grids, path.name, findings)
    company = None if unreadable else _company(tables, path, as_of, findings)
    if company is None or findings.errors:
        return None
    warnings = findings.warnings
    notes = (*(row["text"] for row in tables["notes"]), *map(str, warnings))
    sources = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    return Intake(replace(company, notes=tuple(dict.fromkeys(notes))), warnings, sources)


def _native(path: Path, findings: Findings) -> tuple[list[Grid], list[Path]]:
    """Files that are written as our own sheets."""
    raws, files = read_files(path, findings)
    return [grid for raw in raws for grid in lay_out(raw, findings, is_known_header)], files


def _foreign(path: Path, mapping: Path, findings: Findings) -> tuple[list[Grid], list[Path]]:
    """Another program's files, by the mapping that says what is what."""
    spec = load_mapping(mapping, findings)
    if spec is None:
        return [], []
    delimiters = {file.file: file.delimiter for file in spec.files.values()}
    raws, files = read_files(path, findings, set(delimiters), delimiters)
    for other in sorted(path.glob("*")) if path.is_dir() else ():
        if other.suffix.lower() in ENDINGS and other.name not in {*delimiters, *spec.ignore}:
            problem = "The mapping does not name this file; it was not read."
            findings.warn(Place(other.name), "", problem, "Add it to ignore in the mapping if that is meant.")
    return map_tables(raws, spec, mapping.name, findings), [*files, mapping]


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


def _company(tables: Tables, path: Path, as_of: date | None, findings: Findings) -> Company | None:
    frame = read_frame(tables, path.name, path.stem, as_of, findings)
    settle_sums(tables, frame, findings)
    check_sense(tables, frame, findings)
    records = build_records(tables, frame, findings)
    try:
        return Company(
            name=frame.name, currency=frame.currency, as_of=frame.as_of, vat_rate=frame.vat_rate, **records
        )
    except CompanyError as error:
        place_faults(error.faults, tables, frame, findings)
    return None
