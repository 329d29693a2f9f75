"""The container of old Office files (OLE2): the names in it, and the bytes of one of its streams.

Layout after [MS-CFB] (Microsoft, Compound File Binary File Format): a header, sectors chained by a table (FAT), small
streams in a stream of their own.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from pursuit.intake.files.file_error import FileError

_END = 0xFFFFFFFA  # this and above are no sectors
_ENTRY = 128
_STREAM, _ROOT = 2, 5


@dataclass(frozen=True, slots=True)
class Entry:
    """A storage or stream."""

    name: str
    kind: int
    start: int
    size: int


class Compound:
    """A compound file held in memory.

    Raises
    ------
    FileError
        When it is damaged; also while its streams are read.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, ValueError, IndexError):
            raise _damaged() from None

    def _open(self) -> None:
        data = self._data
        version, order, shift, small_shift = struct.unpack_from("<4H", data, 26)
        if order != 0xFFFE or (version, shift) not in {(3, 9), (4, 12)} or small_shift != 6:
            raise ValueError("no compound file")
        self._size = 1 << shift
        first_directory, _, self._cutoff, first_small = struct.unpack_from("<IIII", data, 48)
        fat_sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < _END]
        more, seen = struct.unpack_from("<I", data, 68)[0], 0
        while more < _END and seen <= len(data) // self._size:
            *sectors, more = struct.unpack(f"<{self._size // 4}I", self._sector(more))
            fat_sectors += [s for s in sectors if s < _END]
            seen += 1
        if len(fat_sectors) > len(data) // self._size:
            raise ValueError("more tables than file")
        table = b"".join(map(self._sector, fat_sectors))
        self._next = struct.unpack(f"<{len(table) // 4}I", table)
        self.entries = list(_entries(b"".join(self._chain(first_directory))))
        root = next(entry for entry in self.entries if entry.kind == _ROOT)
        self._small = b"".join(self._chain(root.start))
        links = b"".join(self._chain(first_small))
        self._small_next = struct.unpack(f"<{len(links) // 4}I", links)

    def names(self) -> set[str]:
        """The names of all storages and streams."""
        return {entry.name for entry in self.entries}

    def stream(self, *names: str) -> bytes | None:
        """The bytes of the first stream of one of the ``names``; None where there is none."""
        for name in names:
            for entry in self.entries:
                if entry.kind == _STREAM and entry.name == name:
                    return self._read(entry)
        return None

    def _read(self, entry: Entry) -> bytes:
        try:
            if entry.size >= self._cutoff:
                data = b"".join(self._chain(entry.start))
            else:
                pieces = _walk(entry.start, self._small_next)
                data = b"".join(self._small[at * 64 : at * 64 + 64] for at in pieces)
        except (ValueError, IndexError):
            raise _damaged() from None
        if len(data) < entry.size:
            raise _damaged()
        return data[: entry.size]

    def _chain(self, first: int) -> Iterator[bytes]:
        return map(self._sector, _walk(first, self._next))

    def _sector(self, number: int) -> bytes:
        at = (number + 1) * self._size
        sector = self._data[at : at + self._size]
        if not sector:
            raise ValueError("a sector behind the end")
        return sector.ljust(self._size, b"\0")


def _walk(first: int, links: tuple[int, ...]) -> Iterator[int]:
    """The chain that begins at ``first``; an endless one is damage."""
    steps = 0
    while first < _END:
        yield first
        first = links[first]
        steps += 1
        if steps > len(links):
            raise ValueError("an endless chain")


def _entries(directory: bytes) -> Iterator[Entry]:
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        raw = directory[at : at + _ENTRY]
        length, kind = struct.unpack_from("<HB", raw, 64)
        start, size = struct.unpack_from("<II", raw, 116)
        if kind:
            yield Entry(raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace"), kind, start, size)


def _damaged() -> FileError:
    return FileError("The file is cut off or damaged.", "Export or save it again.")
