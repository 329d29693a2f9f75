"""Figures of an export are read by the decimal mark its file proves; what stays open is told once."""

from __future__ import annotations

from pathlib import Path

import pytest

from pursuit.intake import check, read_company

MAPPING = """
[company]
name = "Export"
currency = "EUR"
vat_rate = 0.0
as_of = 2026-03-31

[files.list]
file = "list.csv"
delimiter = ";"

[[sheets.resources]]
from = "list"
id = "no"
name = "no"
hours_per_week = { formula = "{hours} * 2" }

[[sheets.opportunities]]
from = "list"
id = "no"
amount = "sum"
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "mapping.toml").write_text(MAPPING, "utf-8")
    return tmp_path


def test_the_file_proves_its_mark(export: Path) -> None:
    """A comma before decimals in one column settles a formula over another."""
    (export / "list.csv").write_text("no;hours;sum\nA;1.200;10,50\nB;40;1.234,5\n", "utf-8")
    company = read_company(export, mapping=export / "mapping.toml").company
    assert [resource.hours_per_week for resource in company.resources] == [2400, 80]
    assert [str(o.amount.major) for o in company.opportunities if o.amount] == ["10.50", "1234.50"]


def test_what_stays_open_is_told_once(export: Path) -> None:
    """Without a proof a figure that is two is one fault of its column, which the mapping's declaration settles."""
    (export / "list.csv").write_text("no;hours;sum\nA;1.200;10\nB;1.300;20\n", "utf-8")
    (fault,) = check(export, mapping=export / "mapping.toml")
    assert (fault.row, fault.column, fault.value) == (2, "hours", "1.200")
    assert "decimals = point or comma" in fault.mend
    told = MAPPING.replace('delimiter = ";"', 'delimiter = ";"\ndecimals = "comma"')
    (export / "mapping.toml").write_text(told, "utf-8")
    company = read_company(export, mapping=export / "mapping.toml").company
    assert [resource.hours_per_week for resource in company.resources] == [2400, 2600]
