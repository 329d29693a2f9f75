"""One door for every file: a workbook, a text table, or a folder of them, to raw tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from pursuit.intake.files.delimited import read_csv
from pursuit.intake.files.raw import RawTable
from pursuit.intake.files.workbook import read_workbook
from pursuit.intake.findings import Findings, Place

ENDINGS = (".csv", ".xlsx")
"""Endings of the files a folder is searched for."""


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
        Names of the files to read in a folder; None for all.
    delimiters
        By file name, what parts the cells of a text file, where it is declared.
    """
    files = [path]
    if path.is_dir():
        files = sorted(
            file
            for file in path.iterdir()
            if file.suffix.lower() in ENDINGS
            and not file.name.startswith(".")
            and (only is None or file.name in only)
        )
        if not files and only is None:
            findings.error(
                Place(path.name),
                "",
                "The folder holds no CSV files.",
                "Save each sheet as a CSV file named after it.",
            )
    declared = delimiters or {}
    return [table for file in files for table in _tables(file, findings, declared.get(file.name, ","))], files


def _tables(file: Path, findings: Findings, delimiter: str) -> list[RawTable]:
    if file.suffix.lower() == ".xlsx":
        return read_workbook(file, findings)
    table = read_csv(file, findings, delimiter)
    return [] if table is None else [table]
