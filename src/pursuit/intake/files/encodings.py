"""Bytes to text: byte order mark, then UTF-8, then CP949, then UTF-16, each strictly."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections import Counter

from pursuit.intake.files.file_error import FileError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b\x7f]")
_MOST_CONTROLS, _FEW_CONTROLS = 1 / 50, 8
# runs of two and more letters that UTF-8 takes for Western ones and CP949 for Hangul syllables
_WORD_IN_BOTH = re.compile(rb"(?:[\xc2-\xc8][\xa1-\xbf]){2,}")
_WORD = re.compile(rb"[\x80-\xff]+")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    Raises
    ------
    FileError
        When it is in none of the encodings, or no text at all.
    """
    text, encoding = _decoded(data)
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls > max(_FEW_CONTROLS, len(text) * _MOST_CONTROLS) or controls == len(text) > 0:
        raise FileError("This is not a text file.", "Save the sheet as CSV.")
    return text, encoding


def other_reading(data: bytes, encoding: str) -> str:
    """What CP949 would make of a text read as UTF-8, where every foreign word in it may be either; else nothing."""
    if encoding != "utf-8" or data.isascii():
        return ""
    words = _WORD.findall(data)
    if not all(_WORD_IN_BOTH.fullmatch(word) for word in words):
        return ""
    return bytes(words[0]).decode("cp949", errors="replace")


def _decoded(data: bytes) -> tuple[str, str]:
    try:
        for mark, encoding in _MARKS:
            if data.startswith(mark):
                return data.decode(encoding), encoding
        if b"\0" in data:  # neither UTF-8 nor CP949 has one in a text
            return _unmarked_utf16(data)
        try:
            return data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            return data.decode("cp949"), "cp949"
    except UnicodeError:
        raise FileError(
            "The text is neither UTF-8 nor CP949.", "Save the file as CSV UTF-8 in your spreadsheet program."
        ) from None


def _unmarked_utf16(data: bytes) -> tuple[str, str]:
    """UTF-16 without its mark, only if one order of the bytes gives a text and the other does not."""
    sound = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeError:
            continue
        kinds = Counter(map(unicodedata.category, text[:HEAD_LETTERS]))
        strange = kinds["Cn"] + kinds["Co"] + kinds["Cs"] + len(_CONTROLS.findall(text[:HEAD_LETTERS]))
        if not strange and re.search(r"[\r\n]", text) and re.search("[,;\t|]", text):
            sound[encoding] = text
    if len(sound) != 1:
        raise FileError("This is not a text file.", "Save the sheet as CSV.")
    encoding, text = sound.popitem()
    return text, encoding


HEAD_LETTERS = 2**16
