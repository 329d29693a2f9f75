"""Old .xls workbooks written record by record (BIFF8 in an OLE2 container), so that a test can plant any record.

Layouts after Microsoft's [MS-XLS] and [MS-CFB].
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence

Cell = float | str | bool | None
SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def record(code: int, data: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(data)) + data


def begin(kind: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0x0DBB, 0x07CC, 0, 6))


def text(value: str, wide: str = "<H") -> bytes:
    return struct.pack(wide, len(value)) + b"\x01" + value.encode("utf-16-le")


def number(row: int, column: int, value: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, value))


def label(row: int, column: int, value: str) -> bytes:
    return record(0x0204, struct.pack("<HHH", row, column, 0) + text(value))


def error(row: int, column: int, code: int) -> bytes:
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def formula(row: int, column: int, result: float) -> bytes:
    """``=1`` with a stored result."""
    parsed = b"\x1e\x01\x00"
    return record(0x0006, struct.pack("<HHHdHIH", row, column, 0, result, 0, 0, len(parsed)) + parsed)


def row(number_: int, hidden: bool) -> bytes:
    return record(0x0208, struct.pack("<HHHHHHI", number_, 0, 3, 255, 0, 0, 0x0100 | (0x20 if hidden else 0)))


def dimensions(rows: int, columns: int) -> bytes:
    return record(0x0200, struct.pack("<IIHHH", 0, rows, 0, columns, 0))


def cells(rows: Sequence[Sequence[Cell]]) -> bytes:
    """Records of plain values."""
    out = dimensions(len(rows), max(map(len, rows), default=0))
    for y, line in enumerate(rows):
        for x, value in enumerate(line):
            if isinstance(value, str):
                out += label(y, x, value)
            elif value is not None:
                out += number(y, x, float(value))
    return out


def merged(top: int, left: int, bottom: int, right: int) -> bytes:
    return record(0x00E5, struct.pack("<HHHHH", 1, top, bottom, left, right))


def stream(
    sheets: Mapping[str, bytes],
    book: bytes = b"",
    date1904: bool = False,
    hidden: Sequence[str] = (),
    kind: int = 0,
) -> bytes:
    """The workbook stream: globals with ``book`` among them, then the sheets."""
    fonts = (
        record(0x0031, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial") * 4
    )
    styles = record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    styles += record(0x00E0, struct.pack("<HHHBBBBIIH", 0, 14, 0, 0x20, 0, 0, 0, 0, 0, 0x20C0))
    head = begin(5) + record(0x0042, struct.pack("<H", 1200)) + book
    head += record(0x0022, struct.pack("<H", date1904)) + fonts + styles
    bodies = [begin(0x10) + body + record(0x000A) for body in sheets.values()]
    listed = [
        struct.pack("<BB", name in hidden, kind)
        + struct.pack("<B", len(name))
        + b"\x01"
        + name.encode("utf-16-le")
        for name in sheets
    ]
    at = len(head) + sum(len(entry) + 8 for entry in listed) + 4
    for entry, body in zip(listed, bodies, strict=True):
        head += record(0x0085, struct.pack("<I", at) + entry)
        at += len(body)
    return head + record(0x000A) + b"".join(bodies)


def compound(streams: Mapping[str, bytes], storages: Sequence[str] = ()) -> bytes:
    """An OLE2 file of ``streams`` (padded to 4096 bytes, so that none is a small one) and empty ``storages``."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    counts = [-(-len(data) // SECTOR) for data in padded.values()]
    names = [*padded, *storages]
    folders = -(-(len(names) + 1) // 4)
    used = folders + sum(counts)
    tables = next(n for n in range(1, 110) if n * 128 >= used + n)
    chain = [FAT] * tables + [*range(tables + 1, tables + folders), END]
    starts, at = [], tables + folders
    for count in counts:
        starts.append(at)
        chain += [*range(at + 1, at + count), END]
        at += count
    chain += [FREE] * (tables * 128 - len(chain))
    entries = [_entry("Root Entry", 5, END, 0, child=1 if names else FREE)]
    for n, name in enumerate(names, start=1):
        is_stream = name in padded
        start, size = (starts[n - 1], len(padded[name])) if is_stream else (0, 0)
        entries.append(
            _entry(name, 2 if is_stream else 1, start, size, right=n + 1 if n < len(names) else FREE)
        )
    directory = b"".join(entries).ljust(folders * SECTOR, b"\0")
    header = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    )
    header += struct.pack("<9I", 0, tables, tables, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))
    body = b"".join(
        data.ljust(count * SECTOR, b"\0") for data, count in zip(padded.values(), counts, strict=True)
    )
    return header + struct.pack(f"<{len(chain)}I", *chain) + directory + body


def _entry(name: str, kind: int, start: int, size: int, right: int = FREE, child: int = FREE) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    entry = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, FREE, right, child)
    return entry + bytes(36) + struct.pack("<III", start, size, 0)


def workbook(sheets: Mapping[str, bytes], **options: object) -> bytes:
    """The bytes of an .xls file."""
    return compound({"Workbook": stream(sheets, **options)})  # type: ignore[arg-type]
