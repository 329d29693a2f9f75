"""A mapping turns a foreign export into the input, and says plainly where it or the export is wrong."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pursuit.errors import Fault
from pursuit.intake import check, read_company

MAPPING = """
ignore = ["readme.csv"]
[company]
name = "Export"
currency = "USD"
vat_rate = 0.0
as_of = { latest = ["deals.opened"] }

[files.deals]
file = "deals.csv"
date_format = "%d/%m/%Y"
mend.item = { "Pumpe" = "Pump" }
join.seller = { file = "sellers", key = "who", on = "seller" }

[files.sellers]
file = "sellers.csv"

[files.rates]
file = "rates.csv"

[[sheets.resources]]
from = "rates"
id = "what"
name = "what"
hours_per_week = { formula = "{heads} * 40 - min(8, {heads})" }

[[sheets.opportunities]]
from = "deals"
when = { status = ["open", "closed"] }
id = "no"
account = { column = "client", blank = "unknown" }
name.text = "{item} for {client}"
outcome = { column = "status", words = { open = "open", closed = "won" } }
amount = "sum"
created = "opened"
win_probability = { formula = "{seller.skill} / 10", clip = [0, 1] }

[[sheets.options]]
from = "deals"
when = { status = ["open", "closed"] }
opportunity = "no"
id.value = "standard"
effort.text = "{seller.team}: 3"
"""
FILES = {
    "deals.csv": (
        "no,client,item,status,sum,opened,seller\n"
        "1,Acorn,Pump,open,100,03/04/2026,ann\n"
        "2,,Pumpe,open,200,04/05/2026,bob\n"
        "3,Birch,Pumpe,closed,300,05/01/2026,ann\n"
        "4,Birch,Valve,draft,300,05/01/2026,ann\n"
    ),
    "sellers.csv": "who,team,skill\nann,Desk,3\nbob,Desk,12\n",
    "rates.csv": "what,heads\nDesk,2\n",
}


@pytest.fixture
def export(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    (tmp_path / "mapping.toml").write_text(MAPPING, "utf-8")
    return tmp_path


def found(path: Path) -> list[Fault]:
    return list(check(path, mapping=path / "mapping.toml"))


def spoil(path: Path, name: str, old: str, new: str) -> None:
    text = (path / name).read_text("utf-8")
    assert old in text
    (path / name).write_text(text.replace(old, new, 1), "utf-8")


def test_what_a_mapping_makes(export: Path) -> None:
    """Constants, texts, formulas, joins, words, conditions and the file's own dates arrive as told."""
    read = read_company(export, mapping=export / "mapping.toml")
    company = read.company
    assert company.as_of == date(2026, 5, 4)
    assert company.resources[0].hours_per_week == 78
    first, second, third = company.opportunities
    assert (first.name, first.created, first.outcome) == ("Pump for Acorn", date(2026, 4, 3), "open")
    assert first.win_probability == 0.3
    assert first.options[0].effort == {"Desk": 3.0}
    assert (second.account, second.name) == ("unknown", "")
    assert third.outcome == "won"
    assert set(read.sources) == {*FILES, "mapping.toml"}


def test_warnings_are_gathered(export: Path) -> None:
    """What was mended, filled in or clipped is one warning each, with its number of rows."""
    told = {(w.file, w.row, w.column, w.value): w.problem for w in found(export)}
    mended = ("deals.csv", 3, "item", "Pumpe")
    assert {mended, ("deals.csv", 3, "client", ""), ("deals.csv", 3, "win_probability", "1.2000")} <= set(
        told
    )
    assert "2 rows" in told[mended]


def test_unnamed_files_are_reported(export: Path) -> None:
    """A file the mapping neither reads nor ignores is reported."""
    (export / "readme.csv").write_text("a\n", "utf-8")
    (export / "extra.csv").write_text("a\n", "utf-8")
    assert [f.file for f in found(export) if "not name this file" in f.problem] == ["extra.csv"]


@pytest.mark.parametrize(
    ("name", "old", "new", "place"),
    [
        ("deals.csv", "03/04/2026", "04-03-2026", ("deals.csv", "opportunities", 2, "opened")),
        ("deals.csv", "100,", "1.00.0,", ("deals.csv", "opportunities", 2, "sum")),
        ("deals.csv", "04/05/2026,bob", "04/05/2026,eve", ("deals.csv", "", 3, "seller")),
        ("deals.csv", "\n2,", "\n1,", ("deals.csv", "opportunities", 3, "no")),
        ("sellers.csv", "bob", "ann", ("sellers.csv", "", 3, "who")),
        ("sellers.csv", "ann,Desk,3", "ann,Desk,good", ("deals.csv", "opportunities", 2, "seller.skill")),
        ("rates.csv", "Desk", "Dask", ("deals.csv", "options", 2, "seller.team")),
        ("mapping.toml", 'id = "no"', 'id = "number"', ("mapping.toml", "", 0, "sheets.opportunities[1].id")),
        ("mapping.toml", "{heads} * 40", "{heads} / 0", ("rates.csv", "resources", 2, "hours_per_week")),
        (
            "mapping.toml",
            "{heads} * 40",
            "round(1, 2)",
            ("mapping.toml", "", 0, "sheets.resources[1].hours_per_week"),
        ),
        ("mapping.toml", "deals.opened", "deals.open", ("mapping.toml", "", 0, "company.as_of")),
        ("mapping.toml", "mend.item", "mend.thing", ("deals.csv", "deals", 0, "thing")),
        ("mapping.toml", 'key = "who"', 'key = "whom"', ("deals.csv", "", 0, "join.seller")),
        ("mapping.toml", '{ file = "sellers"', '{ file = "staff"', ("mapping.toml", "", 0, "")),
        ("mapping.toml", ', on = "seller"', "", ("mapping.toml", "", 0, "files.deals.join.seller")),
        (
            "mapping.toml",
            '"sum"',
            '{ column = "sum", value = 1 }',
            ("mapping.toml", "", 0, "sheets.opportunities.0.amount"),
        ),
        ("mapping.toml", "[[sheets.options]]", "[[sheets.choices]]", ("mapping.toml", "", 0, "")),
        ("mapping.toml", 'from = "rates"', 'from = "prices"', ("mapping.toml", "", 0, "")),
        (
            "mapping.toml",
            'name.text = "{item}',
            'name.text = "{thing}',
            ("mapping.toml", "", 0, "sheets.opportunities[1].name"),
        ),
        (
            "mapping.toml",
            "{heads} * 40",
            "open('x')",
            ("mapping.toml", "", 0, "sheets.resources[1].hours_per_week"),
        ),
        (
            "mapping.toml",
            "{heads} * 40",
            "{heads} ** 40",
            ("mapping.toml", "", 0, "sheets.resources[1].hours_per_week"),
        ),
        (
            "mapping.toml",
            'file = "rates.csv"',
            'file = "../rates.csv"',
            ("mapping.toml", "", 0, "files.rates"),
        ),
        ("mapping.toml", 'file = "rates.csv"', 'file = "rate.csv"', ("rate.csv", "", 0, "")),
        ("mapping.toml", "amount =", "ammount =", ("mapping.toml", "", 0, "")),
        ("mapping.toml", "ignore =", "ignoring =", ("mapping.toml", "", 0, "ignoring")),
        ("mapping.toml", "[company]", "[company", ("mapping.toml", "", 0, "")),
        ("mapping.toml", 'closed = "won"', 'cloesd = "won"', ("deals.csv", "opportunities", 4, "status")),
    ],
)
def test_planted_fault(export: Path, name: str, old: str, new: str, place: tuple[str, str, int, str]) -> None:
    """One fault planted in the export or its mapping is reported at its place."""
    spoil(export, name, old, new)
    errors = [f for f in found(export) if f.severity == "error"]
    assert place in [(f.file, f.sheet, f.row, f.column) for f in errors]
    assert all(f.mend for f in errors)


def test_workbook_as_a_source(export: Path) -> None:
    """A file may be a sheet of a workbook with lines above its header; rows keep their numbers."""
    book = openpyxl.Workbook()
    page = book.create_sheet("Deals 2026")
    page.append(["Exported for us"])
    page.append([])
    for line in FILES["deals.csv"].splitlines():
        page.append(line.split(","))
    book.save(export / "deals.xlsx")
    (export / "deals.csv").unlink()
    spoil(
        export,
        "mapping.toml",
        'file = "deals.csv"',
        'file = "deals.xlsx"\nsheet = "deals 2026"\nheader_row = 3',
    )
    read = read_company(export, mapping=export / "mapping.toml")
    assert [o.created for o in read.company.opportunities] == [
        date(2026, 4, 3),
        date(2026, 5, 4),
        date(2026, 1, 5),
    ]
    assert next((w.file, w.sheet, w.row) for w in read.warnings) == ("deals.xlsx", "Deals 2026", 5)
