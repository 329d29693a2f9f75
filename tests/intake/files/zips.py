"""Zip files built field by field, so that a test can make any of the fields lie."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Item:
    """One part of a zip; a field that is None is what it truly should be."""

    name: str
    data: bytes
    packed: bytes | None = None
    method: int = 8
    flags: int = 0x800
    size: int | None = None
    crc: int | None = None
    local_name: str | None = None
    local_size: int | None = None
    local_flags: int | None = None
    mode: int = 0
    at: int | None = None

    def but(self, **fields: object) -> Item:
        return replace(self, **fields)  # type: ignore[arg-type]


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def deflated_blanks(megabytes: int) -> bytes:
    """Blanks packed a thousandfold, made without packing each of them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = packer.compress(b" " * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    return block * megabytes + b"\x03\x00"


def zipped(items: Iterable[Item], comment: bytes = b"", count: int | None = None) -> bytes:
    """The bytes of a zip of ``items``."""
    body, contents = bytearray(), bytearray()
    items = list(items)
    for item in items:
        packed = item.packed
        if packed is None:
            packed = deflated(item.data) if item.method == 8 else item.data
        crc = zlib.crc32(item.data) if item.crc is None else item.crc
        size = len(item.data) if item.size is None else item.size
        name = item.name.encode("utf-8")
        local = name if item.local_name is None else item.local_name.encode()
        at = len(body) if item.at is None else item.at
        if item.at is None:
            local_size = size if item.local_size is None else item.local_size
            flags = item.flags if item.local_flags is None else item.local_flags
            body += struct.pack(
                "<4s5H3I2H",
                b"PK\3\4",
                20,
                flags,
                item.method,
                0,
                0x21,
                crc,
                len(packed),
                local_size,
                len(local),
                0,
            )
            body += local + packed
        contents += struct.pack(
            "<4s6H3I5H2I",
            *(b"PK\1\2", 0x314, 20, item.flags, item.method, 0, 0x21, crc, len(packed), size, len(name)),
            *(0, 0, 0, 0, item.mode << 16, at),
        )
        contents += name
    number = len(items) if count is None else count
    end = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, number, number, len(contents), len(body), len(comment))
    return bytes(body + contents) + end + comment
