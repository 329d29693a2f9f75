"""A folder reads the same in any of the encodings Korean firms use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pursuit.intake import check, read_company

Folder = Callable[..., Path]


def test_encodings(sound: dict[str, str], folder: Folder) -> None:
    """UTF-8 with and without mark, UTF-16 and CP949 give the same company."""
    hashes = set()
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp949"):
        read = read_company(folder(sound, encoding))
        hashes.add(read.company.content_hash)
        assert read.warnings == ()
        assert read.company.name == "시험정밀"
    assert len(hashes) == 1


def test_what_was_read(sound: dict[str, str], folder: Folder) -> None:
    """Amounts, dates, words and maps arrive typed; order and case of headers do not matter."""
    sound["resources"] = "NAME,Kind,ID,hours_per_week\n가공,work center,MC,160\n영업,people,SALES,80\n"
    company = read_company(folder(sound)).company
    opportunity = company.opportunities[1]
    assert opportunity.amount is not None
    assert (opportunity.amount.amount, opportunity.outcome) == (15_000_000, "won")
    assert (opportunity.created, opportunity.closed) == (date(2025, 9, 1), date(2025, 12, 1))
    assert company.opportunities[0].options[0].effort == {"SALES": 12.0}
    assert [r.kind for r in company.resources] == ["work_center", "people"]
    assert company.routings[0].operations[0].hours_per_unit == 4.5


def test_sources_are_fingerprinted(sound: dict[str, str], folder: Folder) -> None:
    """Every file read is named with its SHA-256."""
    read = read_company(folder(sound))
    assert set(read.sources) == {f"{name}.csv" for name in sound}
    assert all(len(digest) == 64 for digest in read.sources.values())


def test_currency_of_side_rows(sound: dict[str, str], folder: Folder) -> None:
    """An option without a currency is in that of its opportunity, not in the firm's."""
    sound["opportunities"] = "id,account,currency,amount\nO1,A1,USD,1200.50\n"
    sound["options"] = "opportunity,id,price\nO1,standard,1100\n"
    sound["rates"] = "day,base,quote,rate\n2026-01-01,USD,KRW,1400\n"
    opportunity = read_company(folder(sound)).company.opportunities[0]
    assert opportunity.options[0].price is not None
    assert (opportunity.options[0].price.amount, opportunity.options[0].price.currency) == (110_000, "USD")


@pytest.mark.parametrize(
    "data", [b"\xff\xfe\xfa\x81\x30", b"id,name\n\x81\x20\n", b'id,"name\n1', b"id\0name\n"]
)
def test_unreadable_file_is_a_fault(sound: dict[str, str], folder: Folder, data: bytes) -> None:
    """Bytes that are no text, or broken quoting, are one fault that names the file."""
    path = folder(sound)
    (path / "accounts.csv").write_bytes(data)
    (fault,) = (f for f in check(path) if f.severity == "error")
    assert fault.file == "accounts.csv"


def test_nothing_there(tmp_path: Path) -> None:
    """A path that does not exist and an empty folder are faults, not tracebacks."""
    assert len(check(tmp_path / "none")) == 1
    assert len(check(tmp_path)) == 1


def test_missing_hours_are_marked(sound: dict[str, str], folder: Folder) -> None:
    """A resource without hours is kept with 40 a week, marked as not known and reported."""
    sound["resources"] = sound["resources"].replace("160", "")
    read = read_company(folder(sound))
    assert (read.company.resources[0].hours_per_week, read.company.resources[0].hours_known) == (40.0, False)
    assert [w.row for w in read.warnings] == [2]
