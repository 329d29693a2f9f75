"""A zip and a folder of text files are read like the files themselves."""

from __future__ import annotations

import struct
from pathlib import Path

from pursuit.intake.files.reading import read_files
from pursuit.intake.findings import Findings
from tests.intake.files.conftest import Reader
from tests.intake.files.hostile import CSV
from tests.intake.files.zips import Item, zipped


def test_a_zip_of_tables(read: Reader) -> None:
    """Each file in it is a table, named with the zip it came in; a Mac's litter is not even mentioned."""
    litter = [Item("__MACOSX/._deals.csv", b"\0\5"), Item(".DS_Store", b"\0"), Item("sub/", b"", method=0)]
    found = read("e.zip", zipped([Item("deals.csv", CSV), Item("sub/a.tsv", b"a\tb\n1\t2\n"), *litter]))
    assert (found.errors, found.warnings) == ([], [])
    assert [(t.file, t.title, len(t.lines)) for t in found.tables] == [
        ("e.zip/deals.csv", "deals", 2),
        ("e.zip/sub/a.tsv", "a", 2),
    ]


def test_what_is_no_table_is_told(read: Reader) -> None:
    """A note beside the tables is left unread, with a warning."""
    found = read("e.zip", zipped([Item("deals.csv", CSV), Item("note.md", b"# hello")]))
    assert len(found.tables) == 1
    assert [fault.file for fault in found.warnings] == ["e.zip/note.md"]


def test_korean_names_of_windows(read: Reader) -> None:
    """Names that Korean Windows writes in CP949 without saying so are read."""
    name = "영업.csv".encode("cp949")
    data = zipped([Item("x" * len(name), CSV, flags=0)]).replace(b"x" * len(name), name)
    assert [table.title for table in read("e.zip", data).tables] == ["영업"]


def test_parts_whose_sizes_follow(read: Reader) -> None:
    """Zips written as a stream, sizes behind the bytes, are as good as others."""
    data = bytearray(zipped([Item("deals.csv", CSV, flags=0x808)]))
    data[14:26] = bytes(12)
    assert len(read("e.zip", bytes(data)).tables) == 1
    assert struct.unpack_from("<H", data, 6)[0] & 0x8


def test_a_folder(tmp_path: Path) -> None:
    """All files with tables are read in the order of their names; a lock file of an open workbook is none."""
    (tmp_path / "b.csv").write_bytes(CSV)
    (tmp_path / "a.zip").write_bytes(zipped([Item("x.csv", CSV), Item("y.csv", CSV)]))
    (tmp_path / "~$c.xlsx").write_bytes(b"\x05user")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-")
    findings = Findings("en")
    tables, files = read_files(tmp_path, findings)
    assert [table.file for table in tables] == ["a.zip/x.csv", "a.zip/y.csv", "b.csv"]
    assert [file.name for file in files] == ["a.zip", "b.csv"]
    tables, _ = read_files(tmp_path, findings, {"a.zip/y.csv"})
    assert [table.file for table in tables] == ["a.zip/y.csv"]
    assert findings.errors == []
