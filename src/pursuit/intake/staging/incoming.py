"""Files on their way in: found, copied so that nobody changes them meanwhile, and hashed."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pursuit.intake.binder.binder import hash_file, is_binder
from pursuit.intake.binder.manifest import Shape, same_name
from pursuit.intake.exports.memory import mapping_path
from pursuit.intake.exports.spec import load_mapping
from pursuit.intake.files.reading import ENDINGS
from pursuit.intake.findings import Findings, Place
from pursuit.intake.staging.shapes import shape_of

MAPPING = ".toml"


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file to import; ``path`` is a copy of it."""

    name: str
    path: Path
    sha256: str
    size: int
    role: str

    def shape(self) -> Shape:
        """What its tables are like."""
        return shape_of(self.path) if self.role == "data" else ()


def take_in(
    paths: Sequence[Path], mapping: Path | None, held: str, place: Path, findings: Findings
) -> list[Incoming]:
    """Copies in ``place`` of the files named and of those in the folders named; a fault for each that cannot be.

    A mapping that ``pursuit map`` left beside a file comes with it, unless one is named, or is ``held`` already under
    another name; so do the workbooks of our own form that the mapping names and that lie beside it.
    """
    found: list[Incoming] = []
    beside = [] if mapping else [mapping_path(path) for path in paths if path.is_file()]
    kept = [file for file in beside if file.is_file() and held in ("", file.name)]
    mappings = [mapping] if mapping else kept
    named = list(_files([*paths, *mappings], findings))
    own = [file for file in _own(mappings) if same_name(file.name) not in {same_name(f.name) for f in named}]
    for number, path in enumerate([*named, *own]):
        role = "mapping" if path.suffix.lower() == MAPPING else "data"
        (place / str(number)).mkdir()
        copy = Path(shutil.copyfile(path, place / str(number) / path.name))
        new = Incoming(path.name, copy, hash_file(copy), copy.stat().st_size, role)
        if not _stands_already(new, found, findings):
            found.append(new)
    if sum(new.role == "mapping" for new in found) > 1:
        problem, mend = "More than one mapping is imported.", "Import the one that reads all files."
        findings.error(
            Place(", ".join(new.name for new in found if new.role == "mapping")), "", problem, mend
        )
    return found


def _own(mappings: Sequence[Path]) -> Iterator[Path]:
    """The workbooks that mappings name and that lie beside them; a mapping that cannot be read is told later."""
    for mapping in mappings:
        spec = load_mapping(mapping, Findings("en")) if mapping.is_file() else None
        for name in spec.own if spec else ():
            if (mapping.parent / name).is_file():
                yield mapping.parent / name


def _files(paths: Sequence[Path], findings: Findings) -> Iterator[Path]:
    for path in paths:
        if is_binder(path):
            problem, mend = "This is a binder, not a file to import.", "Name the files to import."
            findings.error(Place(path.name), "", problem, mend)
        elif path.is_dir():
            inside = [file for file in sorted(path.iterdir()) if _is_meant(file)]
            yield from inside
            if not inside:
                problem, mend = "This folder holds no file that can be imported.", "Check the path."
                findings.error(Place(path.name), "", problem, mend)
        elif path.is_file():
            yield path
        else:
            findings.error(Place(path.name), "", "There is no such file or folder.", "Check the path.")


def _is_meant(file: Path) -> bool:
    """Whether a file in a folder is data or a mapping; office programs' lock files are not."""
    return file.is_file() and file.suffix.lower() in (*ENDINGS, MAPPING) and file.name[0] not in ".~"


def _stands_already(new: Incoming, found: Sequence[Incoming], findings: Findings) -> bool:
    for other in found:
        if same_name(other.name) == same_name(new.name) and other.sha256 != new.sha256:
            problem, mend = "Two files of this name are imported.", "Rename one of them."
            findings.error(Place(new.name), "", problem, mend)
            return True
        if other.sha256 == new.sha256:
            if same_name(other.name) != same_name(new.name):
                problem, mend = (
                    "This file is the same, byte for byte, as {other}.",
                    "Import only one of them.",
                )
                findings.error(Place(new.name), "", problem, mend, other=other.name)
            return True
    return False
