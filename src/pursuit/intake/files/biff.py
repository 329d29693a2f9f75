"""The records of an old .xls workbook, walked through once before its reader may make room for what they claim.

Records and their layout after [MS-XLS] (Microsoft, Excel Binary File Format).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NoReturn

from pursuit.intake.files.compound import Compound
from pursuit.intake.files.facts import Facts, check_spans
from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.kinds import refuse_drm
from pursuit.intake.files.limits import MOST_COLUMNS
from pursuit.intake.files.packing import refuse_contradiction
from pursuit.intake.files.xlsx import refuse_links, refuse_macros

_BOF, _EOF, _SHEET, _LOCKED, _LINK = 0x0809, 0x000A, 0x0085, 0x002F, 0x01AE
_FORMULA, _ERROR, _ROW, _COLUMNS, _DIMENSIONS = 0x0006, 0x0205, 0x0208, 0x007D, 0x0200
_NUMBERS, _BLANKS = 0x00BD, 0x00BE
_CELLS = {_FORMULA, _ERROR, 0x0201, 0x0203, 0x0204, 0x00FD, 0x027E, 0x00D6}
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_MACROS = {"_VBA_PROJECT_CUR", "_VBA_PROJECT", "VBA", "Macros"}
_DRM = {"\x09DRMContent", "DRMEncryptedTransform", "DRMEncryptedDataSpace"}  # [MS-OFFCRYPTO] 2.2
_OWN, _FUNCTIONS = 0x0401, 0x3A01  # links of a workbook to itself and to built-in functions
_MACRO_SHEETS = {1, 6}
_CONTINUED, _FEW_PIECES, _LEAST_PIECE = 0x003C, 256, 64
"""Records that go on with the one before; a program fills each up to 8 KB before it begins another."""

Record = tuple[int, bytes]


def measure(data: bytes) -> list[Facts]:
    """What every sheet of an .xls file holds besides its values, in the order of the book.

    Raises
    ------
    FileError
        When the file is locked, no workbook, or damaged; when there are macros or links, or a sheet spans too much.
    """
    compound = Compound(data)
    names = compound.names()
    if names & _DRM:
        refuse_drm()
    if "EncryptedPackage" in names:
        _refuse_password()
    book = compound.stream("Workbook", "Book")
    if book is None:
        raise FileError("This is an Office file but no workbook.", "Save the table as .xlsx.")
    if names & _MACROS:
        refuse_macros()
    try:
        sheets = [_sheet(book, at) for at in _starts(book)]
    except struct.error:
        raise FileError("The file is cut off or damaged.", "Export or save it again.") from None
    check_spans(sheets)
    return sheets


def _records(book: bytes, at: int) -> Iterator[Record]:
    """The records from ``at`` to the end of that part of the book, inner parts (charts) left out."""
    depth = 0
    while at + 4 <= len(book):
        code, length = struct.unpack_from("<HH", book, at)
        depth += (code == _BOF) - (code == _EOF)
        if depth == 1:
            yield code, book[at + 4 : at + 4 + length]
        if depth <= 0:
            return
        at += 4 + length


def _starts(book: bytes) -> list[int]:
    """Where the sheets begin."""
    starts = []
    pieces = length = 0
    for code, data in _records(book, 0):
        if code == _LOCKED:
            _refuse_password()
        if code == _LINK and struct.unpack_from("<H", data, 2)[0] not in (_OWN, _FUNCTIONS):
            refuse_links()
        pieces, length = (pieces + 1, length + len(data)) if code == _CONTINUED else (0, 0)
        if pieces > _FEW_PIECES and length < _LEAST_PIECE * pieces:
            refuse_contradiction()
        if code == _SHEET:
            at, _, kind = struct.unpack_from("<IBB", data)
            if kind in _MACRO_SHEETS:
                refuse_macros()
            starts.append(at)
    if len(set(starts)) < len(starts) or 0 in starts:
        refuse_contradiction()
    return starts


def _sheet(book: bytes, at: int) -> Facts:
    facts = Facts()
    for code, data in _records(book, at):
        if code in _CELLS:
            _enter_cell(facts, code, data)
        elif code in (_NUMBERS, _BLANKS):
            row, first = struct.unpack_from("<HH", data)
            last = struct.unpack_from("<H", data, len(data) - 2)[0]
            facts.cells += max(last - first + 1, 0)
            _reach(facts, row, last)
        elif code == _ROW:
            row, flags = struct.unpack_from("<H", data)[0], struct.unpack_from("<H", data, 12)[0]
            _reach(facts, row, -1)
            if flags & 0x20:
                facts.hidden_rows.add(row + 1)
        elif code == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", data)
            if flags & 0x1:
                facts.hidden_columns.update(range(first + 1, min(last, MOST_COLUMNS - 1) + 2))
        elif code == _DIMENSIONS and len(data) >= 14:
            _, rows, _, columns = struct.unpack_from("<IIHH", data)
            _reach(facts, rows - 1, columns - 1)
    return facts


def _enter_cell(facts: Facts, code: int, data: bytes) -> None:
    row, column = struct.unpack_from("<HH", data)
    facts.cells += 1
    _reach(facts, row, column)
    if code == _FORMULA:
        facts.formulas += 1
        kind, error, no_number = struct.unpack_from("<BxBxxxH", data, 6)
        if no_number == 0xFFFF and kind == 2:
            facts.broken[row + 1, column + 1] = _ERRORS.get(error, "#N/A")
    elif code == _ERROR:
        value, is_error = struct.unpack_from("<BB", data, 6)
        if is_error:
            facts.broken[row + 1, column + 1] = _ERRORS.get(value, "#N/A")


def _reach(facts: Facts, row: int, column: int) -> None:
    facts.rows = max(facts.rows, row + 1)
    facts.columns = max(facts.columns, column + 1)


def _refuse_password() -> NoReturn:
    raise FileError("The workbook is locked with a password.", "Save it without one.")
