"""Text files of tables (CSV, TSV): decoded strictly, parted by the sign found in them, read by the standard parser."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from pursuit.intake.files.delimiters import declared_delimiter, find_delimiter
from pursuit.intake.files.encodings import decode, other_reading
from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.limits import LARGEST_FILE, LONGEST_LINE, MOST_CELLS, MOST_COLUMNS, MOST_LINES
from pursuit.intake.files.raw import Line, RawTable
from pursuit.intake.findings import Findings, Place

_FORMULA = re.compile(r"'*[=+\-@＝＋－＠\t\r\n]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)
_LONGEST_CELL = 2**24
_ROWS_ALIKE = 5000
PIECE = 2**20
"""Bytes of a text file that are looked at together."""
csv.field_size_limit(_LONGEST_CELL)


def guard(text: str) -> str:
    """``text`` so that a spreadsheet program that opens the CSV file shows it and never runs it."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text


def _unguard(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


def joined(pieces: Iterable[bytes]) -> bytes:
    """The bytes of a text file, as long as its lines are neither too long nor too many.

    Raises
    ------
    FileError
        At the first piece that goes beyond, so that no more of it is held in memory.
    """
    kept: list[bytes] = []
    lines = open_line = 0
    for piece in pieces:
        lines += max(piece.count(b"\n"), piece.count(b"\r"))
        last = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
        open_line = len(piece) - last - 1 if last >= 0 else open_line + len(piece)
        if open_line > LONGEST_LINE:
            raise FileError(
                "A line of the file is too long.", "Save it again with a line for each row.", row=lines + 1
            )
        if lines > MOST_LINES:
            raise FileError(
                "The file holds too many lines.", "Split it; {count} is the most.", count=f"{MOST_LINES:,}"
            )
        kept.append(piece)
    return b"".join(kept)


def read_text(file: str, title: str, data: bytes, findings: Findings, delimiter: str = "") -> RawTable:
    """The table in a text file.

    Parameters
    ----------
    file, title
        As in `RawTable`.
    data
        The bytes of the file.
    findings
        Takes a warning where the letters may be meant otherwise.
    delimiter
        What parts the cells, where it is declared; else it is found.

    Raises
    ------
    FileError
        When it is no text, may be read in two ways, or is not well-formed.
    """
    if len(data) > LARGEST_FILE:
        raise FileError("The file is too large.", "Split it; {size} MB is the most.", size=LARGEST_FILE >> 20)
    text, encoding = decode(data)
    if other := other_reading(data, encoding):
        findings.warn(
            Place(file),
            other,
            "The letters of this file may be UTF-8 or CP949; they were read as UTF-8.",
            "If they look wrong, save the file as CSV UTF-8 in your spreadsheet program.",
        )
    sign, start = declared_delimiter(text)
    delimiter = delimiter or sign or find_delimiter(text)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise FileError("The delimiter must be one sign.", "Correct delimiter in the mapping.", delimiter)
    if text.count(delimiter) + text.count("\n") + text.count("\r") > MOST_CELLS:
        raise FileError(
            "The file holds more cells than can be read.",
            "Split it; {count} is the most.",
            count=f"{MOST_CELLS:,}",
        )
    return RawTable(file, title, tuple(_lines(text, start, delimiter)))


def _lines(text: str, start: int, delimiter: str) -> Iterator[Line]:
    """Rows that hold anything, numbered as a spreadsheet program does: a quoted line break starts no new row."""
    stream = io.StringIO(text, newline="")
    stream.seek(start)
    reader = csv.reader(stream, delimiter=delimiter, strict=True)
    guarded = "'" in text
    texts: dict[str, str] = {}
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if len(cells) > MOST_COLUMNS:
                raise FileError(
                    "A row has more cells than a sheet has columns.",
                    "Check the delimiter.",
                    f"{len(cells):,}",
                )
            if not any(cells):
                continue
            if number % _ROWS_ALIKE == 0:
                texts.clear()
            if guarded:
                cells = [_unguard(cell) for cell in cells]
            yield number, tuple(map(texts.setdefault, cells, cells))  # equal texts are kept once
    except csv.Error as error:
        raise FileError(
            "The file is not well-formed CSV.",
            "Save the sheet as CSV again.",
            str(error),
            row=number + 1,
        ) from None
