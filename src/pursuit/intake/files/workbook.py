"""Excel workbooks: measured before they are opened, so that no file can claim all memory."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pursuit.intake.files.broken import broken_cells, column_number
from pursuit.intake.files.raw import Line, RawTable
from pursuit.intake.findings import Findings, Place

LARGEST_UNPACKED = 512 * 2**20
MOST_CELLS = 20_000_000
_TAG = re.compile(rb"<(?:\w+:)?(row|c|dimension)\b([^>]*)>")
_REF = re.compile(rb"""\b(?:r|ref)\s*=\s*["']([^"']*)["']""")
_PLACE = re.compile(rb"(?:[A-Za-z]{1,3}\d{1,7}:)?([A-Za-z]{0,3})(\d{1,7})")


def read_workbook(path: Path, findings: Findings) -> list[RawTable]:
    """The tables of a workbook, visible or hidden; none, with a fault, when it cannot be read safely."""
    if not _sound(path, findings):
        return []
    sheets = _unpacked(path, findings)
    with zipfile.ZipFile(path) as archive:
        broken = broken_cells(archive)
    return [RawTable(path.name, name, tuple(_lines(rows, broken.get(name, {})))) for name, rows in sheets]


def _unpacked(path: Path, findings: Findings) -> list[tuple[str, list[list[Any]]]]:
    """Sheet names and rows, read by a child process that a bad file may take down with it."""
    command = [sys.executable, "-P", str(Path(__file__).with_name("unpack.py")), str(path)]
    run = subprocess.run(command, capture_output=True, check=False)
    if run.returncode == 0:
        sheets: list[tuple[str, list[list[Any]]]] = pickle.loads(run.stdout)
        return sheets
    said = run.stderr.decode(errors="replace").strip().splitlines()
    reason = next((line for line in reversed(said) if "Error" in line), said[0] if said else "")
    findings.error(Place(path.name), reason[:200], "The workbook cannot be read.", "Save it again as .xlsx.")
    return []


def _lines(rows: list[list[Any]], broken: dict[tuple[int, int], str]) -> Iterator[Line]:
    """Rows as read, with what the reader left blank though something is broken there put back in."""
    for (row, column), sign in broken.items():
        rows.extend([] for _ in range(row - len(rows)))
        cells = rows[row - 1]
        cells.extend("" for _ in range(column - len(cells)))
        cells[column - 1] = sign
    yield from ((number, tuple(cells)) for number, cells in enumerate(rows, start=1))


def _sound(path: Path, findings: Findings) -> bool:
    """Whether the file is a zip whose parts and claimed tables are of a bearable size."""
    place = Place(path.name)
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            if any(part.flag_bits & 1 for part in parts):
                findings.error(place, "", "The workbook is locked with a password.", "Save it without one.")
                return False
            if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
                size = LARGEST_UNPACKED >> 20
                findings.error(
                    place, "", "The file is too large.", "Split it; {size} MB is the most.", size=size
                )
                return False
            for part in parts:
                rows, columns = _extent(archive.read(part))
                if rows * columns > MOST_CELLS:
                    findings.error(
                        place,
                        f"{rows:,} x {columns:,}",
                        "A sheet claims more cells than can be read.",
                        "Delete the empty rows and columns below and beside the table, then save it again.",
                    )
                    return False
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError):
        findings.error(
            place, "", "This is not an .xlsx workbook.", "Save it as .xlsx (an .xls file is an older format)."
        )
        return False
    return True


def _extent(xml: bytes) -> tuple[int, int]:
    """Rows and columns a part could make a reader allocate: its claims or its cells, the larger."""
    rows = columns = running = 0
    for tag, attributes in _TAG.findall(xml):
        if tag == b"row":
            running = 0
        elif tag == b"c":
            running += 1
        if reference := _REF.search(attributes):
            place = _PLACE.fullmatch(reference[1])
            if place is None:  # no program writes such a place, and a reader may take it for a vast one
                return MOST_CELLS + 1, MOST_CELLS + 1
            letters, number = place.groups()
            rows = max(rows, int(number))
            if letters:
                running = column_number(letters)
        elif tag == b"row":
            rows += 1
        columns = max(columns, running)
    return rows, columns
