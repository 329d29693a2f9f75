"""Mappings kept beside the files they were made for, found again for the next month's file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from pursuit.intake.exports.spec import MappingSpec, load_mapping
from pursuit.intake.exports.tablespec import FileSpec
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid
from pursuit.intake.sheets.table import plain

IN_A_FOLDER = "mapping.toml"
BESIDE_A_FILE = ".mapping.toml"


def mapping_path(path: Path) -> Path:
    """Where the mapping of a file or folder is kept."""
    return path / IN_A_FOLDER if path.is_dir() else path.with_name(path.stem + BESIDE_A_FILE)


def remembered(path: Path, grids: Sequence[Grid]) -> Path | None:
    """The mapping that was made for a file or folder, or for another with the same columns; None for none.

    Parameters
    ----------
    path
        The file or folder. A mapping of its own name goes first, whatever stands in it. Else a mapping in the same
        folder counts if one of its files had the columns of a table here, in any order; of several the last by
        name, which is the latest month's where names carry the month.
    grids
        The tables of the input.
    """
    own = mapping_path(path)
    if own.is_file():
        return own
    fitting = [file for file in kept_mappings(path) if _fits(file, grids)]
    return fitting[-1] if fitting else None


def rebound(spec: MappingSpec, grids: Sequence[Grid]) -> MappingSpec:
    """The mapping with the names of files that are not there replaced by those of files with the same columns."""
    present = {grid.file for grid in grids}
    files = {
        name: _renamed(file, grids) if file.file not in present else file for name, file in spec.files.items()
    }
    return spec.model_copy(update={"files": files})


def kept_mappings(path: Path) -> Iterator[Path]:
    """The mappings in a folder, or beside a file, by their names."""
    folder = path if path.is_dir() else path.parent
    files = sorted(folder.glob(f"*{BESIDE_A_FILE}"))
    yield from (file for file in (*files, folder / IN_A_FOLDER) if file.is_file())


def _fits(mapping: Path, grids: Sequence[Grid]) -> bool:
    spec = load_mapping(
        mapping, Findings("en")
    )  # one that cannot be read is none; it is told where it is used
    return spec is not None and any(_alike(file, grid) for file in spec.files.values() for grid in grids)


def _alike(file: FileSpec, grid: Grid) -> bool:
    """Whether a table has exactly the columns that a file had when its mapping was made."""
    return bool(file.headers) and {plain(h) for h in file.headers} == {plain(h) for h in grid.header if h}


def _renamed(file: FileSpec, grids: Sequence[Grid]) -> FileSpec:
    alike = next((grid for grid in grids if _alike(file, grid)), None)
    if alike is None:
        return file
    return file.model_copy(update={"file": alike.file, "header_row": alike.top if file.header_row else 0})
