"""One door for every file: a workbook, a text table, a zip or a folder of them, to raw tables."""

from __future__ import annotations

import stat
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pursuit.intake.files import xlsx
from pursuit.intake.files.delimited import PIECE, joined, read_text
from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.kinds import ENDINGS, HEAD, Kind, kind_of
from pursuit.intake.files.limits import LARGEST_FILE
from pursuit.intake.files.packing import Part, list_parts, unpack
from pursuit.intake.files.raw import RawTable
from pursuit.intake.files.workbook import read_workbook
from pursuit.intake.findings import Findings, Place

__all__ = ["ENDINGS", "read_files"]
_LITTER = ("__macosx/", ".", "~$", "thumbs.db", "desktop.ini")


def read_files(
    path: Path,
    findings: Findings,
    only: Collection[str] | None = None,
    delimiters: Mapping[str, str] | None = None,
) -> tuple[list[RawTable], list[Path]]:
    """The raw tables of a file or of the files in a folder, and the files read.

    Parameters
    ----------
    path
        A file, or a folder whose files are read in the order of their names.
    findings
        Takes a fault for every file that cannot be read safely; such a file gives no table.
    only
        Names of the files to read in a folder or zip; None for all.
    delimiters
        By file name, what parts the cells of a text file, where it is declared.
    """
    files = [path]
    if path.is_dir():
        files = sorted(file for file in path.iterdir() if _is_wanted(file, only))
        if not files and only is None:
            findings.error(
                Place(path.name),
                "",
                "The folder holds no CSV files.",
                "Save each sheet as a CSV file named after it.",
            )
    return [table for file in files for table in _tables(file, findings, only, delimiters or {})], files


def _is_wanted(file: Path, only: Collection[str] | None) -> bool:
    if file.suffix.lower() not in ENDINGS or file.name.startswith(_LITTER):
        return False
    return only is None or any(name == file.name or name.startswith(f"{file.name}/") for name in only)


def _tables(
    file: Path, findings: Findings, only: Collection[str] | None, delimiters: Mapping[str, str]
) -> list[RawTable]:
    try:
        size = _size(file)
        with file.open("rb") as stream:
            kind = kind_of(stream.read(HEAD))
            _check_ending(file.name, kind, findings)
            if kind is Kind.ZIP:
                parts = list_parts(stream)
                if not xlsx.is_workbook(parts):
                    return _parcel(file.name, stream, parts, findings, only, delimiters)
                xlsx.check_names(parts)
                size = sum(part.unpacked for part in parts)
            elif kind is Kind.TEXT:
                stream.seek(0)
                data = joined(iter(partial(stream.read, PIECE), b""))
                declared = delimiters.get(file.name, "")
                return [read_text(file.name, file.stem, data, findings, declared)]
        return read_workbook(file, kind, size, findings)
    except FileError as error:
        _report(file.name, error, findings)
    except OSError as error:
        findings.error(Place(file.name), error.strerror, "The file cannot be opened.", "Close it elsewhere.")
    return []


def _report(file: str, error: FileError, findings: Findings) -> None:
    findings.error(Place(file, row=error.row), error.value, error.problem, error.mend, **error.values)


def _size(file: Path) -> int:
    """Bytes of an ordinary file that is not too large."""
    status = file.stat()
    if not stat.S_ISREG(status.st_mode):
        raise FileError("This is not an ordinary file.", "Check the path.")
    if status.st_size > LARGEST_FILE:
        raise FileError("The file is too large.", "Split it; {size} MB is the most.", size=LARGEST_FILE >> 20)
    if not status.st_size and ENDINGS.get(file.suffix.lower()) is not Kind.TEXT:
        raise FileError("The file is empty.", "Export or save it again.")
    return status.st_size


def _check_ending(name: str, kind: Kind, findings: Findings) -> None:
    """Warn where the name promises another kind of file than the bytes are."""
    ending = PurePosixPath(name).suffix.lower()
    if ENDINGS.get(ending, kind) is not kind:
        shown = {Kind.TEXT: ".csv", Kind.ZIP: ".xlsx", Kind.COMPOUND: ".xls"}[kind]
        findings.warn(
            Place(name),
            ending,
            "The name of the file says {ending}, but it is written as {shown}; it was read as that.",
            "Rename it, or save it again under the right ending.",
            ending=ending,
            shown=shown,
        )


def _parcel(
    file: str,
    stream: BinaryIO,
    parts: list[Part],
    findings: Findings,
    only: Collection[str] | None,
    delimiters: Mapping[str, str],
) -> list[RawTable]:
    """The tables of the text files in a zip; every other file in it is reported."""
    tables, refused = [], False
    parts = [part for part in parts if not _is_litter(part.name)]
    for part in sorted(parts, key=lambda part: part.name):
        name = f"{file}/{part.name}"
        inner = PurePosixPath(part.name)
        if only is not None and not {name, part.name, inner.name} & set(only):
            continue
        declared = next((delimiters[key] for key in (name, part.name, inner.name) if key in delimiters), "")
        try:
            data = joined(unpack(stream, part))
            if kind_of(data[:HEAD]) is not Kind.TEXT:
                raise FileError("Only CSV files are read inside a zip.", "Unpack it and give the folder.")
            if ENDINGS.get(inner.suffix.lower()) is not Kind.TEXT:
                problem, mend = (
                    "This file in the zip is no table and was not read.",
                    "Leave it out of the zip.",
                )
                findings.warn(Place(name), "", problem, mend)
                continue
            tables.append(read_text(name, inner.stem, data, findings, declared))
        except FileError as error:
            _report(name, error, findings)
            refused = True
    if not tables and not refused and only is None:
        raise FileError("The zip holds no CSV files.", "Put the exported CSV files into it.")
    return tables


def _is_litter(name: str) -> bool:
    lower = name.casefold()
    return lower.startswith("__macosx/") or PurePosixPath(lower).name.startswith(_LITTER)
