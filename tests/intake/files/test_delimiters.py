"""The delimiter is found from the text, or the file is asked about."""

from __future__ import annotations

import pytest

from pursuit.intake.files.delimiters import find_delimiter
from pursuit.intake.files.file_error import FileError
from tests.intake.files.conftest import Reader

FOUND = {
    "comma": ("a,b,c\n1,2,3\n", ","),
    "semicolon": ("a;b;c\n1;2;3\n", ";"),
    "tab": ("a\tb\n1\t2\n", "\t"),
    "bar": ("a|b\n1|2\n", "|"),
    "decimal commas": ("이름;금액\n가;1,5\n나;2,5\n", ";"),
    "thousands in tabs": ("이름\t금액\n가\t1,500\n나\t2,500\n", "\t"),
    "lists in a comma file": ("a,b,c\n1,x; y,2\n2,u; v,3\n", ","),
    "quoted commas": ('a;b\n"1,2,3";4\n"5,6,7";8\n', ";"),
    "a title above": ("매출 현황\n(단위: 천원)\n고객,금액\n가,1\n나,2\n", ","),
    "a title above semicolons": ("매출 현황\n고객;금액;일자\n가;1;3\n나;2;4\n", ";"),
    "a line break in quotes": ('a;b\n"1\n,\n,";2\n', ";"),
    "one column": ("text\nhello\n", ","),
    "one column of lists": ("text\na; b\nc; d\ne; f\n", ","),
    "rows cut short": ("a;b;c\n1;2;3\n1;2\n1;2;3\n", ";"),
    "nothing": ("", ","),
}


@pytest.mark.parametrize(("text", "delimiter"), FOUND.values(), ids=FOUND)
def test_found(text: str, delimiter: str) -> None:
    """Quotes are respected, and the rows are alike under one sign only."""
    assert find_delimiter(text) == delimiter


@pytest.mark.parametrize(
    "text", ["a;b,c\n1;2,3\n", "이름;금액,원\n가;1,5\n나;2,5\n", "a|b;c\n1|2;3\n", "text\na;b\nc;d\ne;f\n"]
)
def test_asked(text: str) -> None:
    """Where two signs part the rows alike into different tables, neither is taken."""
    with pytest.raises(FileError) as refused:
        find_delimiter(text)
    assert len(str(refused.value.values["signs"]).split()) > 1


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", "sep=;  "])
def test_declared_in_the_file(line: str, read: Reader) -> None:
    """A first line sep=; declares the sign and is no row, as in Excel."""
    (table,) = read("a.csv", f"{line}\r\na;b,c\r\n1;2,3\r\n".encode("utf-8-sig")).tables
    assert table.lines == ((1, ("a", "b,c")), (2, ("1", "2,3")))


def test_declared_in_the_mapping(read: Reader) -> None:
    """What the mapping declares goes before what the text looks like."""
    (table,) = read("a.csv", b"a;b,c\n1;2,3\n", delimiters={"a.csv": ","}).tables
    assert table.lines[0] == (1, ("a;b", "c"))


@pytest.mark.parametrize("delimiter", [";;", '"', "\n"])
def test_no_delimiter(delimiter: str, read: Reader) -> None:
    """What cannot part cells is a fault of the mapping, not a traceback."""
    (fault,) = read("a.csv", b"a,b\n", delimiters={"a.csv": delimiter}).errors
    assert fault.problem == "The delimiter must be one sign."


def test_the_row_of_a_broken_quote(read: Reader) -> None:
    """A quote that does not close is told with the row in which it opens."""
    (fault,) = read("a.csv", b'a,b\n1,2\n3,"4\n5,6\n').errors
    assert (fault.row, fault.problem) == (3, "The file is not well-formed CSV.")
