"""Dates of real exports, as their programs wrote them, are read without a doubt left."""

from __future__ import annotations

import csv
import os
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from pursuit.intake.cells.column import ColumnRead, read_column
from pursuit.intake.cells.evidence import settle
from pursuit.intake.cells.read import read_noted
from pursuit.intake.sheets.table import Column

ROOT = Path(__file__).parents[3]
DATA = Path(os.environ.get("PURSUIT_DATA", ROOT / "../shared/data"))
DAY = Column("closed", "date", "종료일", "")


def read(path: Path, header: str) -> ColumnRead:
    if not path.exists():
        pytest.skip(f"{path.name} is not on this machine (set PURSUIT_DATA)")
    with path.open(encoding="utf-8") as file:
        cells = [row[header] for row in csv.DictReader(file)]
    (habits,) = settle([("date", cells)])
    return read_column(cells, partial(read_noted, DAY, habits=habits))


def test_month_names_and_short_years() -> None:
    """27-Mar-12 is read as day, month, year in all 6,810 deals of the consulting firm, and told once."""
    found = read(DATA / "deals" / "it_consulting" / "deals.csv", "Deal Date")
    assert (len(found.values), min(found.values), max(found.values).year) == (6810, date(2011, 4, 19), 2017)
    assert found.refused == {}
    assert [count for _, _, count in found.notes] == [6810]


def test_year_first() -> None:
    """The 8,800 days of the Maven pipeline need no word."""
    found = read(DATA / "deals" / "maven_crm" / "sales_pipeline.csv", "close_date")
    days = [day for day in found.values if day]
    assert (len(found.values), len(days), max(days)) == (8800, 6711, date(2017, 12, 31))
    assert (found.refused, found.notes) == ({}, [])
