"""CSV files: decoded strictly, read by the standard library's parser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

from pursuit.intake.files.raw import Line, RawTable
from pursuit.intake.findings import Findings, Place

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
LARGEST_CSV = 512 * 2**20
csv.field_size_limit(2**24)


def decode(data: bytes) -> str:
    """Text of a file: by its byte order mark, else UTF-8, else CP949.

    Raises
    ------
    UnicodeError
        When it is none of these.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp949")


def guard(text: str) -> str:
    """``text`` so that a spreadsheet program that opens the CSV file shows it and never runs it."""
    return f"'{text}" if _FORMULA.match(text) and not _is_number(text) else text


def _unguard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", text, re.IGNORECASE) is not None


def read_csv(path: Path, findings: Findings, delimiter: str = ",") -> RawTable | None:
    """The table in a CSV file; None, with a fault, when it cannot be read."""
    place = Place(path.name)
    if path.stat().st_size > LARGEST_CSV:
        findings.error(
            place, "", "The file is too large.", "Split it; {size} MB is the most.", size=LARGEST_CSV >> 20
        )
        return None
    try:
        text = decode(path.read_bytes())
    except UnicodeError:
        findings.error(
            place,
            "",
            "The text is neither UTF-8 nor CP949.",
            "Save the file as CSV UTF-8 in your spreadsheet program.",
        )
        return None
    if "\0" in text:
        findings.error(place, "", "This is not a text file.", "Save the sheet as CSV.")
        return None
    try:
        return RawTable(path.name, path.stem, tuple(_lines(text, delimiter)))
    except csv.Error as error:
        findings.error(place, str(error), "The file is not well-formed CSV.", "Save the sheet as CSV again.")
        return None


def _lines(text: str, delimiter: str) -> Iterator[Line]:
    """Rows numbered as a spreadsheet program does: a quoted line break starts no new row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    for number, cells in enumerate(reader, start=1):
        yield number, tuple(_unguard(cell) for cell in cells)
