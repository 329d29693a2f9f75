"""What the files of an input hold, as tables of our own sheets, whoever wrote them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pursuit.intake.cells.habits import UNKNOWN, Habits
from pursuit.intake.exports.known import is_export_header
from pursuit.intake.exports.mapping import map_tables
from pursuit.intake.exports.memory import kept_mappings, rebound, remembered
from pursuit.intake.exports.own import is_ours, own_first
from pursuit.intake.exports.propose.vocabulary import is_name
from pursuit.intake.exports.recognise import recognise
from pursuit.intake.exports.spec import load_mapping
from pursuit.intake.files.reading import ENDINGS, read_files
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.sheets.catalogue import is_known_header


def gather(
    path: Path,
    mapping: Path | None,
    findings: Findings,
    as_of: date | None = None,
    habits: Habits = UNKNOWN,
) -> tuple[list[Grid], list[Path]]:
    """The tables of a file or folder, and the files they came from; a mapping kept beside them is found.

    Parameters
    ----------
    path
        File or folder.
    mapping
        How to read another program's files, where that is said.
    findings
        Takes everything found.
    as_of
        The day of the data, where it is given.
    habits
        How the user says that days and decimals are written.
    """
    mapping = mapping or _kept(path, findings)
    return _mapped(path, mapping, findings, habits) if mapping else _known(path, findings, as_of, habits)


def _kept(path: Path, findings: Findings) -> Path | None:
    """The mapping made for this input by its name, else, which is told, for another with the same columns."""
    if (mapping := remembered(path, ())) or not any(kept_mappings(path)):
        return mapping
    quiet = Findings(findings.words.lang)
    raws, _ = read_files(path, quiet)
    mapping = remembered(path, [grid for raw in raws for grid in lay_out(raw, quiet, is_name)])
    if mapping:
        problem, mend = (
            "Read by the mapping {file}, since the columns are the same.",
            "Name another with --mapping.",
        )
        findings.warn(Place(path.name), "", problem, mend, file=mapping.name)
    return mapping


def _known(
    path: Path, findings: Findings, as_of: date | None, habits: Habits
) -> tuple[list[Grid], list[Path]]:
    """Files in our own form and exports that are known by their columns, side by side."""
    raws, files = read_files(path, findings)
    grids = [grid for raw in raws for grid in lay_out(raw, findings, _is_header)]
    known = recognise(grids, findings, as_of, habits)
    if grids and not known.made and not any(map(is_ours, grids)) and not findings.errors:
        problem = "No table here is in our own form, nor an export that is known."
        findings.error(Place(path.name), "", problem, "Propose a mapping: pursuit map {file}", file=path)
        return [], files  # that each sheet is unknown goes without saying
    return own_first(known.rest, known.made, findings), files


def _is_header(text: str) -> bool:
    return is_known_header(text) or is_export_header(text) or is_name(text)


def _mapped(path: Path, mapping: Path, findings: Findings, habits: Habits) -> tuple[list[Grid], list[Path]]:
    """Another program's files, by the mapping that says what is what."""
    spec = load_mapping(mapping, findings)
    if spec is None:
        return [], []
    named = {file.file for file in spec.files.values()}
    delimiters = {file.file: file.delimiter for file in spec.files.values() if file.delimiter}
    raws, files = read_files(path, findings, named, delimiters)
    if not path.is_dir():
        spec = rebound(spec, [grid for raw in raws for grid in lay_out(raw, Findings("en"), is_name)])
    own, beside = _beside(path if path.is_dir() else path.parent, spec.own, findings)
    for other in sorted(path.glob("*")) if path.is_dir() else ():
        if other.suffix.lower() in ENDINGS and other.name not in {*named, *spec.ignore, *spec.own}:
            problem = "The mapping does not name this file; it was not read."
            findings.warn(Place(other.name), "", problem, "Add it to ignore in the mapping if that is meant.")
    made = map_tables(raws, spec, mapping.name, findings, own, habits)
    return own_first(own, made, findings), [*files, *beside, mapping]


def _beside(folder: Path, names: list[str], findings: Findings) -> tuple[list[Grid], list[Path]]:
    """What the firm's own workbooks beside an export hold."""
    grids: list[Grid] = []
    files = [folder / name for name in names]
    for file in files:
        if file.is_file():
            grids += [g for raw in read_files(file, findings)[0] for g in lay_out(raw, findings, _is_header)]
        else:
            problem, mend = (
                "The mapping names this workbook, and it is not there.",
                "Take it out of own, or put it back.",
            )
            findings.error(Place(file.name), "", problem, mend)
    return grids, files
