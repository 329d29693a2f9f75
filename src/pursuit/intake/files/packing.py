"""Zip files: their table of contents, measured and checked before anything is unpacked, and unpacking that counts.

A zip says everything twice, in its table of contents and before each part, and every reader believes another of the
two. Only files in which both agree, and whose parts neither overlap nor hide anything, are read.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, NoReturn

from pursuit.intake.files.file_error import FileError
from pursuit.intake.files.limits import (
    FREE_OF_RATIO,
    LARGEST_RATIO,
    LARGEST_UNPACKED,
    MOST_PARTS,
)

_END, _LOCAL = b"PK\x05\x06", b"PK\x03\x04"
_LONGEST_COMMENT = 2**16
_SMALLEST_ENTRY = 46
_LARGEST_NAMES = MOST_PARTS * 512
_LOCKED, _UTF8_NAME, _STRONG = 0x1, 0x800, 0x40
_BAD_NAME = re.compile(r"^/|^[A-Za-z]:|\\|(^|/)\.\.(/|$)|[\x00-\x1f]")
_CHUNK = 2**20


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a zip: its name, where its packed bytes stand, and what they claim to be."""

    name: str
    start: int
    packed: int
    unpacked: int
    deflated: bool
    checksum: int


def list_parts(stream: BinaryIO) -> list[Part]:
    """The parts of a zip, folders left out.

    Raises
    ------
    FileError
        When the file is broken, locked, too large unpacked, or contradicts itself.
    """
    _measure_contents(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = [(_name(entry), entry) for entry in archive.infolist()]
            _check_entries(entries)
            parts = [_part(stream, name, entry) for name, entry in entries]
            _check_places(parts, entries, archive.start_dir)
    except (
        zipfile.BadZipFile,
        struct.error,
        NotImplementedError,
        UnicodeError,
        EOFError,
        ValueError,
        OSError,
    ):
        _refuse_broken()
    return [part for part in parts if not part.name.endswith("/")]


def unpack(stream: BinaryIO, part: Part) -> Iterator[bytes]:
    """The bytes of a part, piece by piece, as long as they are what it claims.

    Raises
    ------
    FileError
        At the first byte more than it claims, and where bytes or checksum are wrong.
    """
    stream.seek(part.start)
    left, length, checksum = part.packed, 0, 0
    inflater = zlib.decompressobj(-zlib.MAX_WBITS) if part.deflated else None
    while left or (inflater and inflater.unconsumed_tail):
        packed = inflater.unconsumed_tail if inflater and inflater.unconsumed_tail else b""
        if not packed:
            packed = stream.read(min(left, _CHUNK))
            left -= len(packed)
            if not packed:
                _refuse_broken()
        try:
            piece = inflater.decompress(packed, _CHUNK) if inflater else packed
        except zlib.error:
            _refuse_broken()
        length += len(piece)
        if length > part.unpacked or (inflater and inflater.unused_data):
            refuse_contradiction()
        checksum = zlib.crc32(piece, checksum)
        yield piece
    if length != part.unpacked or checksum != part.checksum or (inflater and not inflater.eof):
        _refuse_broken()


def _measure_contents(stream: BinaryIO) -> None:
    """Refuse a table of contents too long to be listed, from the last record of the file alone."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _LONGEST_COMMENT - 22))
    tail = stream.read()
    at = tail.rfind(_END)
    if at < 0 or at + 22 > len(tail):
        _refuse_broken()
    count, length, _, comment = struct.unpack_from("<HIIH", tail, at + 10)
    if at + 22 + comment != len(tail) or tail.find(_END) != at:
        _refuse_broken()  # something stands behind the end, or there are two ends
    if count > MOST_PARTS or length > _LARGEST_NAMES or length < count * _SMALLEST_ENTRY:
        _refuse_broken() if length < count * _SMALLEST_ENTRY else _refuse_many()


def _name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry; Korean Windows writes it in CP949 and says nothing of it."""
    name = entry.orig_filename
    if name.isascii() or entry.flag_bits & _UTF8_NAME:
        return name
    raw = name.encode("cp437")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp949", errors="replace")


def _check_entries(entries: list[tuple[str, zipfile.ZipInfo]]) -> None:
    """Refuse what the table of contents alone shows."""
    if len(entries) > MOST_PARTS:
        _refuse_many()
    seen: set[str] = set()
    for name, entry in entries:
        if entry.flag_bits & (_LOCKED | _STRONG):
            raise FileError("The file is locked with a password.", "Save it without one.", name)
        mode = entry.external_attr >> 16
        if _BAD_NAME.search(name) or stat.S_ISLNK(mode):
            raise FileError(
                "A part of the file has a name that leads outside of it.", "Make the file again.", name[:80]
            )
        if name.casefold() in seen:
            raise FileError("Two parts of the file have the same name.", "Make the file again.", name[:80])
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileError(
                "A part of the file is packed in an unusual way.", "Make the file again.", name[:80]
            )
        seen.add(name.casefold())
    packed = sum(entry.compress_size for _, entry in entries)
    unpacked = sum(entry.file_size for _, entry in entries)
    if unpacked > LARGEST_UNPACKED:
        raise FileError(
            "The file is too large.", "Split it; {size} MB is the most.", size=LARGEST_UNPACKED >> 20
        )
    if unpacked > FREE_OF_RATIO and unpacked > LARGEST_RATIO * packed:
        raise FileError(
            "The file unpacks to {times} times its size; no table does.",
            "Copy the tables to a new workbook and save that.",
            times=f"{unpacked // max(packed, 1):,}",
        )


def _part(stream: BinaryIO, name: str, entry: zipfile.ZipInfo) -> Part:
    """An entry whose own header, before its bytes, says the same as the table of contents."""
    stream.seek(entry.header_offset)
    header = stream.read(30)
    sign, _, flags, method, _, _, checksum, packed, unpacked, named, extra = struct.unpack(
        "<4s5H3I2H", header
    )
    written = stream.read(named)
    described = flags & 0x8  # sizes follow the bytes; here there are zeros
    sizes = (entry.CRC, entry.compress_size, entry.file_size)
    if (
        sign != _LOCAL
        or method != entry.compress_type
        or flags & _LOCKED
        or written != entry.orig_filename.encode("utf-8" if entry.flag_bits & _UTF8_NAME else "cp437")
        or (not described and 2**32 - 1 not in (packed, unpacked) and sizes != (checksum, packed, unpacked))
        or (entry.compress_type == zipfile.ZIP_STORED and entry.compress_size != entry.file_size)
    ):
        refuse_contradiction()
    start = entry.header_offset + 30 + named + extra
    return Part(name, start, entry.compress_size, entry.file_size, method == zipfile.ZIP_DEFLATED, entry.CRC)


def _check_places(parts: list[Part], entries: list[tuple[str, zipfile.ZipInfo]], end: int) -> None:
    """Refuse parts that share bytes, and bytes before the first part."""
    spans = sorted(
        (entry.header_offset, part.start + part.packed)
        for part, (_, entry) in zip(parts, entries, strict=True)
    )
    ends = [0, *(last for _, last in spans)]
    starts = [*(first for first, _ in spans), end]
    if any(last > first for last, first in zip(ends, starts, strict=True)) or (spans and spans[0][0] != 0):
        refuse_contradiction()


def _refuse_broken() -> NoReturn:
    raise FileError("The file is cut off or damaged.", "Export or save it again.")


def _refuse_many() -> NoReturn:
    raise FileError(
        "The file holds too many parts.", "Split it; {count} is the most.", count=f"{MOST_PARTS:,}"
    )


def refuse_contradiction() -> NoReturn:
    """Refuse a file that says two things of one matter."""
    raise FileError(
        "The file contradicts itself; such files are made to deceive or are damaged.",
        "Open it in the program it comes from and save it again.",
    )
