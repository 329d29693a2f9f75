"""What a file is, by its bytes and not by its name."""

from __future__ import annotations

import codecs
import re
from enum import StrEnum
from typing import NoReturn

from pursuit.intake.files.file_error import FileError

HEAD = 4096
"""Bytes at the beginning that decide."""


class Kind(StrEnum):
    """What is read, each in its own way."""

    TEXT = "text"
    ZIP = "zip"
    COMPOUND = "compound"


ENDINGS = {
    **dict.fromkeys((".csv", ".tsv", ".tab", ".txt"), Kind.TEXT),
    **dict.fromkeys((".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".ods", ".zip"), Kind.ZIP),
    **dict.fromkeys((".xls", ".xlt"), Kind.COMPOUND),
}
"""Endings of the files that hold tables, and the kind their bytes should be of."""

# SoftCamp, MarkAny Document SAFER, Fasoo: the function IsDRM of github.com/hanssak/OpenNetLink,
# src/OpenNetLinkApp/Data/SGDicData/SGUnitData/FileAddManage.cs, which lets these through its file check
_DRM = (b"SCDSA00", b"<DOCUMENT SAFER ", b"<!-- FasooSecureContainer ", b"\x9b DRMONE ")
_OLD = (
    b"\x09\x00\x04\x00",
    b"\x09\x02\x06\x00",
    b"\x09\x04\x06\x00",
    b"\x09\x08\x08\x00",
)  # BIFF 2 to 5, bare
_FOREIGN = {  # what people send instead of a table
    b"%PDF-": "PDF",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!\x1a\x07": "RAR",
    b"\x1f\x8b": "gzip",
    b"ALZ\x01": "ALZ",
    b"EGGA": "EGG",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"{\\rtf": "RTF",
    b"PAR1": "Parquet",
    b"SQLite format 3\x00": "SQLite",
}
_MARKUP = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(!doctype|html|head|meta|title|style|script|body|center|div|font|table|tr|td|\?xml)\b"
    r"|\s*mime-version:",
    re.IGNORECASE | re.DOTALL,
)


def kind_of(head: bytes) -> Kind:
    """The kind of a file that begins with ``head``.

    Raises
    ------
    FileError
        When it is locked by a document security program, or of a kind that is not read.
    """
    if head.startswith(_DRM):
        refuse_drm()
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return Kind.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Kind.COMPOUND
    if head.startswith(_OLD):
        raise FileError("This workbook is older than Excel 97.", "Save it again as .xlsx.")
    foreign = next((name for sign, name in _FOREIGN.items() if head.startswith(sign)), "")
    if foreign:
        raise FileError(
            "This is not a table but another kind of file: {kind}.",
            "Save the table as .xlsx or CSV.",
            kind=foreign,
        )
    if _MARKUP.match(_loosely(head)):
        raise FileError(
            "This is a web page or XML under the name of a table; many programs export it as .xls.",
            "Open it in your spreadsheet program and save it as .xlsx.",
        )
    return Kind.TEXT


def refuse_drm() -> NoReturn:
    """Refuse a file that a document security program has locked."""
    raise FileError(
        "The file is locked by a document security program (DRM).",
        "Remove the DRM lock and save it again.",
    )


def _loosely(head: bytes) -> str:
    """The beginning as text, good enough to see a tag in it."""
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return head.decode("utf-16" if wide else "utf-8-sig", errors="replace")
