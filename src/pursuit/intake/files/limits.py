"""How much a file may be, and how much its reader may take for it."""

from __future__ import annotations

from pursuit.intake.files.kinds import Kind

LARGEST_FILE = 256 * 2**20
"""Bytes of a file."""
LARGEST_UNPACKED = 512 * 2**20
"""Bytes of all parts of a zip, unpacked."""
MOST_PARTS = 4096
"""Parts of a zip; a workbook has about two for each sheet."""
LARGEST_RATIO = 100
"""Unpacked bytes for each packed one; tables of real firms stay below 30."""
FREE_OF_RATIO = 16 * 2**20
"""Unpacked bytes below which the ratio does not matter."""
MOST_CELLS = 20_000_000
"""Cells of a table, blank ones between others included."""
MOST_COLUMNS = 16_384
"""Columns of a table, as in a spreadsheet program."""
LONGEST_LINE = 4 * 2**20
"""Bytes of a text file in which a line must end."""
MOST_LINES = 2 * 2**20
"""Lines of a text file, twice as many as a spreadsheet program shows."""
SPARSE_CELLS = 2_000_000
"""Cells a sheet may span however few of them are filled ..."""
MOST_SPAN = 16
"""... and beyond that, cells it may span for each one that is stored."""

_SLACK = 64 * 2**20
_BYTES_PER_BYTE = {Kind.ZIP: 16, Kind.COMPOUND: 32, Kind.TEXT: 0}
_SECONDS = 10.0
_BYTES_PER_SECOND = 2 * 2**20


def memory_limit(kind: Kind, measured: int) -> int:
    """Bytes a reader may take on top of what it starts with, for a file of ``measured`` bytes unpacked.

    A cell is at least 22 bytes of XML or 6 of an .xls record, and becomes about 150 bytes while it is read.
    """
    return _SLACK + _BYTES_PER_BYTE[kind] * measured


def deadline(measured: int) -> float:
    """Seconds a reader may take, many times what it needs on a slow machine."""
    return _SECONDS + measured / _BYTES_PER_SECOND
