"""What the files of an input hold, as tables of our own sheets, whoever wrote them."""

from __future__ import annotations

from pathlib import Path

from pursuit.intake.exports.mapping import map_tables
from pursuit.intake.exports.spec import load_mapping
from pursuit.intake.files.reading import ENDINGS, read_files
from pursuit.intake.findings import Findings, Place
from pursuit.intake.layout.grids import Grid
from pursuit.intake.layout.laying import lay_out
from pursuit.intake.sheets.catalogue import is_known_header


def gather(path: Path, mapping: Path | None, findings: Findings) -> tuple[list[Grid], list[Path]]:
    """The tables of a file or folder, and the files they came from."""
    return _mapped(path, mapping, findings) if mapping else _own(path, findings)


def _own(path: Path, findings: Findings) -> tuple[list[Grid], list[Path]]:
    """Files that are written as our own sheets."""
    raws, files = read_files(path, findings)
    return [grid for raw in raws for grid in lay_out(raw, findings, is_known_header)], files


def _mapped(path: Path, mapping: Path, findings: Findings) -> tuple[list[Grid], list[Path]]:
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
