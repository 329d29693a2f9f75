"""Every encoding a text file may be in gives the very text it was written from, or is refused."""

from __future__ import annotations

import csv
import io
import random
import string

import pytest

from pursuit.intake.files.delimited import guard
from pursuit.intake.files.encodings import decode, other_reading
from pursuit.intake.files.file_error import FileError
from tests.intake.files.conftest import Read, Reader

CASES = 2000
ENCODINGS = ("utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be")
DELIMITERS = (",", ";", "\t", "|")
NEWLINES = ("\r\n", "\n", "\r")
QUOTING = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC)
HANGUL = "".join(map(chr, range(0xAC00, 0xD7A4)))
SIGNS = "㈜①△▲℃㎡·×÷±§¶…―∥ⅢΩαЖあア漢字　"
ALPHABETS = (HANGUL, SIGNS, string.ascii_letters, string.digits + ".,-+%", " '\"()[]/:;|\t@=")


def table(dice: random.Random, newline: str = "\n") -> list[list[str]]:
    """Random cells under a Korean header."""
    alphabets = [*ALPHABETS, newline]
    width = dice.randint(2, 6)
    rows = [[f"고객사{n}" for n in range(width)]]
    for _ in range(dice.randint(1, 8)):
        rows.append(
            [
                "".join(dice.choice(dice.choice(alphabets)) for _ in range(dice.randint(0, 12)))
                for _ in range(width)
            ]
        )
    return rows


def written(rows: list[list[str]], delimiter: str, newline: str, quoting: int) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=newline, quoting=quoting)  # type: ignore[arg-type]
    writer.writerows([[guard(cell) for cell in row] for row in rows])
    return stream.getvalue()


def numbered(found: Read) -> list[tuple[int, list[str]]]:
    """The lines of the one table; blank ones are left out and leave a gap in the numbers."""
    return [(number, list(cells)) for number, cells in found.tables[0].lines]


@pytest.mark.parametrize("word", ["견적", "고객", "금액", "계약", "강원"])
def test_utf8_goes_before_cp949(word: str) -> None:
    """Words whose UTF-8 bytes CP949 would read as others stay what they are."""
    assert word.encode().decode("cp949") != word
    assert decode(word.encode()) == (word, "utf-8")
    assert decode(word.encode("cp949")) == (word, "cp949")


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_round_trip(encoding: str, read: Reader) -> None:
    """Random tables of Korean, English and signs come back exactly, in every way of writing them."""
    dice = random.Random(encoding)
    for number in range(-(-CASES // len(ENCODINGS))):
        delimiter, newline, quoting = dice.choice(DELIMITERS), dice.choice(NEWLINES), dice.choice(QUOTING)
        rows = table(dice, newline)
        data = written(rows, delimiter, newline, quoting).encode(encoding)
        found = read("a.csv", data, delimiters={"a.csv": delimiter})
        assert found.errors == [], (number, data)
        assert found.warnings == [], (number, data)
        assert numbered(found) == [(n, row) for n, row in enumerate(rows, 1) if any(row)], (number, data)


def test_delimiters_are_found_exactly(read: Reader) -> None:
    """Undeclared, the delimiter is the one the table was written with, or the file is asked about; never another."""
    dice, found_right = random.Random(3), 0
    for _ in range(CASES // 4):
        rows, delimiter = table(dice), dice.choice(DELIMITERS)
        found = read("a.csv", written(rows, delimiter, "\n", dice.choice(QUOTING)).encode())
        if found.errors:
            assert "parted by any of" in found.errors[0].problem
        else:
            assert numbered(found) == [(n, row) for n, row in enumerate(rows, 1) if any(row)]
            found_right += 1
    assert found_right > 0.95 * CASES / 4


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\x00a\0\0\0", b"a,b\n\x00\x01", b"\x01\x02\x03", bytes(64)])
def test_binary_is_refused(data: bytes) -> None:
    """NUL and control characters make no text, in whatever encoding."""
    with pytest.raises(FileError, match="not a text file"):
        decode(data)


@pytest.mark.parametrize(
    "data", ["가나,다\n".encode()[:-2] + b"\n", "가".encode("cp949") + b"\xff\xff", "가".encode("utf-16")[:3]]
)
def test_no_letter_is_made_up(data: bytes) -> None:
    """What no encoding reads strictly is refused rather than shown with a placeholder."""
    with pytest.raises(FileError, match="neither UTF-8 nor CP949"):
        decode(data)


def test_a_word_of_two_encodings_is_told(read: Reader) -> None:
    """A file whose only foreign word is one in UTF-8 and another in CP949 is read, with a warning."""
    data = b"id,name\n1," + "짰째".encode("cp949") + b"\n"
    found = read("a.csv", data)
    assert [fault.value for fault in found.warnings] == ["짰째"]
    for clean in ("id,name\n1,Café\n", "id,name\n1,가나\n", "id,name\n1,naïve ½\n"):
        assert read("a.csv", clean.encode()).warnings == []
    assert other_reading("가나".encode("cp949"), "cp949") == ""
