"""A ``.npz`` as bytes: what it claims to hold is measured before anything is unpacked, and nothing in it can run."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from pursuit.errors import Fault, InputError
from pursuit.words import Words

LARGEST = 4 * 2**30
"""Bytes that all arrays of a file may take, unpacked; the largest problems there are take about one."""
MOST_PARTS = 500
"""Arrays of a file; a problem has about fifty."""
_LONGEST_NAMES = MOST_PARTS * 1024
_END, _END64 = struct.Struct("<4s4H2IH"), struct.Struct("<4sQ2H2I4Q")
_SUFFIX = ".npy"
_DAMAGED = (zipfile.BadZipFile, struct.error, zlib.error, ValueError, TypeError, SyntaxError, EOFError, OSError,
            NotImplementedError, RuntimeError, OverflowError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Member:
    """What one array of a file claims to be."""

    dtype: np.dtype[Any]
    shape: tuple[int, ...]
    entry: zipfile.ZipInfo


class Reader:
    """Reads a ``.npz`` array by array: ``with Reader(path, words) as reader: reader.members, reader.read(key)``.

    Faults of single arrays are gathered in ``faults``; a file that cannot be read at all is refused at once.

    Raises
    ------
    InputError
        When there is no such file, or it is no ``.npz``, or it would unpack to more than ``LARGEST`` bytes.
    """

    def __init__(self, path: Path, words: Words) -> None:
        self.path, self.words = path, words
        self.faults: list[Fault] = []
        self.members: dict[str, Member] = {}
        if not path.is_file():
            problem, mend = words("There is no file of this name."), words("Check the name and the folder.")
            raise InputError([self.fault("", "", problem, mend)])
        self._stream: BinaryIO = path.open("rb")
        try:
            self._open()
        except BaseException:
            self._stream.close()
            raise

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def fault(self, key: str, found: str, problem: str, mend: str) -> Fault:
        """A fault of this file."""
        return Fault(str(self.path), "", 0, key, found, problem, mend)

    def read(self, key: str) -> NDArray[Any] | None:
        """The array of a key, C-contiguous; None and a fault where its bytes are damaged."""
        try:
            with self._zip.open(self.members[key].entry) as stream:
                array: NDArray[Any] = npy.read_array(stream, allow_pickle=False)
                whole = not stream.read(1)
            if whole and array.dtype == self.members[key].dtype and array.shape == self.members[key].shape:
                return np.ascontiguousarray(array).reshape(array.shape)
        except _DAMAGED:
            pass
        self._damaged(key)
        return None

    def _open(self) -> None:
        words = self.words
        try:
            parts, names = _contents(self._stream)
            small = parts <= MOST_PARTS and names <= _LONGEST_NAMES
            if small:
                self._zip = zipfile.ZipFile(self._stream)
        except _DAMAGED:
            problem = words("This is no .npz file, or it is cut off or damaged.")
            mend = words("Write it anew with numpy.savez_compressed or save_problem.")
            raise InputError([self.fault("", "", problem, mend)]) from None
        size = sum(entry.file_size for entry in self._zip.infolist()) if small else 0
        if not small or len(self._zip.infolist()) > MOST_PARTS:
            problem, mend = (
                words("The file holds too many arrays."),
                words("{count} are the most.", count=MOST_PARTS),
            )
            raise InputError([self.fault("", "", problem, mend)])
        if size > LARGEST:
            problem = words("The file would unpack to {size} MB.", size=f"{size >> 20:,}")
            mend = words("{size} MB are the most; take fewer scenarios.", size=f"{LARGEST >> 20:,}")
            raise InputError([self.fault("", "", problem, mend)])
        for entry in self._zip.infolist():
            self._look_at(entry)

    def _look_at(self, entry: zipfile.ZipInfo) -> None:
        """Read what an array claims to be, from its first bytes."""
        key = entry.filename.removesuffix(_SUFFIX)
        if key in self.members:
            problem, mend = (
                self.words("Two arrays of the file have the same name."),
                self.words("Leave one out."),
            )
            self.faults.append(self.fault(key, "", problem, mend))
            return
        try:
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise ValueError("packed in a way that NumPy does not use")
            with self._zip.open(entry) as stream:
                if npy.read_magic(stream) != (1, 0):
                    raise ValueError("a header that plain arrays never need")
                shape, _, dtype = npy.read_array_header_1_0(stream)
                length = stream.tell()
        except _DAMAGED:
            self._damaged(key)
            return
        self.members[key] = Member(dtype, shape, entry)
        size = dtype.itemsize
        for n in shape:
            size *= n
        if not dtype.hasobject and (min(shape, default=0) < 0 or length + size != entry.file_size):
            self._damaged(key)

    def _damaged(self, key: str) -> None:
        problem, mend = self.words("This array is cut off or damaged."), self.words("Write the file anew.")
        self.faults.append(self.fault(key, "", problem, mend))


def _contents(stream: BinaryIO) -> tuple[int, int]:
    """Number of parts and bytes of the zip's table of contents, from its last record alone."""
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 2**16 - _END.size))
    tail = stream.read()
    at = tail.rfind(b"PK\x05\x06")
    _, _, _, _, count, length, _, _ = _END.unpack_from(tail, at if at >= 0 else len(tail))
    locator = at - 20
    if locator >= 0 and tail[locator : locator + 4] == b"PK\x06\x07":
        stream.seek(struct.unpack_from("<Q", tail, locator + 8)[0])
        record = _END64.unpack(stream.read(_END64.size))
        count, length = max(count, record[7]), record[8]
    return count, length


def write(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays as ``numpy.savez_compressed`` does; the file takes its place whole or not at all.

    Written out here because older NumPy cannot be told to refuse pickles when saving; the same arrays give the same
    bytes.
    """
    with _staged(path) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
        for key, array in arrays.items():
            entry = zipfile.ZipInfo(key + _SUFFIX)
            entry.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(entry, "w", force_zip64=True) as stream:
                npy.write_array(stream, array, version=(1, 0), allow_pickle=False)


@contextmanager
def _staged(path: Path) -> Iterator[Path]:
    part = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix}")
    try:
        yield part
        os.replace(part, path)
    finally:
        part.unlink(missing_ok=True)
