"""A workbook for what an export cannot hold: who does the work, for how many hours, and what a unit takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from pursuit.intake.cells.figures import Amount
from pursuit.intake.exports.propose.calibrating import (
    ANY_PRODUCT,
    CREW,
    WEEK,
    Hours,
    Row,
    hours_per_unit,
    reckon_hours,
)
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME
from pursuit.intake.writing.book import Book
from pursuit.intake.writing.showing import show
from pursuit.words import Words

SALES, WORK = "SALES", "WORK"
SHEETS = ("company", "resources", "products", "routings", "notes")
Cells = Mapping[str, Any]
Tables = Mapping[str, Sequence[Row]]


def starter_path(path: Path) -> Path:
    """Where the workbook for a file or folder is put."""
    return path / "firm.xlsx" if path.is_dir() else path.with_name(f"{path.stem}-firm.xlsx")


def write_starter(tables: Tables, path: Path, lang: str, company: Cells) -> None:
    """Write the workbook, prefilled with the teams and products found and with stand-ins for their hours.

    Parameters
    ----------
    tables
        What the proposed mapping makes of the export.
    path
        The workbook to write.
    lang
        Its language.
    company
        What is known of the firm itself, by column of the sheet ``company``; empty leaves that sheet out.
    """
    words = Words(lang)
    hours = reckon_hours(tables["opportunities"])
    rows: dict[str, list[Cells]] = {
        "company": [company],
        "resources": _resources(tables, hours, words),
        "products": _products(tables, hours),
        "routings": _routings(tables, hours, words),
        "notes": [{"text": text} for text in _notes(hours, words)],
    }
    sheets = [SHEET_BY_NAME[sheet] for sheet in SHEETS if sheet != "company" or company]
    with Book(path, lang, datetime(2026, 1, 1), sheets) as book:  # noqa: DTZ001  a file property
        book.add_readme(_steps(words))
        for sheet in sheets:
            book.add_sheet(
                sheet,
                [[show(c, cells.get(c.name), lang) for c in sheet.columns] for cells in rows[sheet.name]],
            )


def _resources(tables: Tables, hours: Hours, words: Words) -> list[Cells]:
    """The sellers, and one group for the work, where the export lists nobody."""
    sales = {
        "id": SALES,
        "name": words("Sales team"),
        "kind": "people",
        "hours_per_week": hours.sellers * WEEK,
        "headcount": hours.sellers,
        "hours_known": False,
    }
    work = {
        "id": WORK,
        "name": words("Production and delivery"),
        "kind": "people",
        "hours_per_week": CREW * WEEK,
        "headcount": CREW,
        "hours_known": False,
    }
    return [sales] if tables["resources"] else [sales, work]


def _products(tables: Tables, hours: Hours) -> list[Cells]:
    """The products found, each with its routing and the hours that selling it takes."""
    listed, routed = {row["id"]: row for row in tables["products"]}, bool(tables["routings"])
    deals = tables["opportunities"]
    names = list(dict.fromkeys([*listed, *(row["product"] for row in deals if row["product"])]))
    effort = {SALES: hours.per_deal} if hours.per_deal else None
    own = {"effort": effort, "effort_weeks": hours.weeks}
    return [
        {"id": name, "name": name, "routing": None if routed else name}
        | own
        | (_said(listed[name]) if name in listed else {})
        for name in names or [ANY_PRODUCT]
    ]


def _said(product: Row) -> dict[str, Any]:
    """What an export says of a product, since the workbook's row takes its place."""
    cells = {column.name: product[column.name] for column in SHEET_BY_NAME["products"].columns}
    plain = {name: float(cell.value) if isinstance(cell, Amount) else cell for name, cell in cells.items()}
    return {name: cell for name, cell in plain.items() if cell not in (None, "", (), {})}


def _routings(tables: Tables, hours: Hours, words: Words) -> list[Cells]:
    """One step per product and work centre, so that each was filled alike; the user knows better."""
    if tables["routings"]:
        return []
    listed = [(row["id"], row["hours_per_week"] or WEEK) for row in tables["resources"]]
    names = [cells["id"] for cells in _products(tables, hours)]
    return [
        {
            "id": name,
            "work_center": center,
            "name": words("All the work"),
            "hours_per_unit": hours_per_unit(part, weekly) if (part := hours.per_unit.get(name)) else None,
        }
        for name in names
        for center, weekly in listed or [(WORK, CREW * WEEK)]
    ]


def _notes(hours: Hours, words: Words) -> list[str]:
    """What stays on the plan until the user knows better and deletes it."""
    told = [words("Hours of the teams are stand-ins: {hours} a week and head.", hours=f"{WEEK:g}")]
    if hours.per_deal:
        told.append(
            words(
                "Selling hours per deal are a stand-in: half of the sellers' year, shared by the deals of it."
            )
        )
    if hours.per_unit:
        told.append(
            words(
                "Hours per unit are stand-ins: the work won in a year is taken to have filled 85% of the hours."
            )
        )
    return told


def _steps(words: Words) -> list[str]:
    """What to fill in, the most telling first."""
    return [
        words("What the export does not hold"),
        words("Correct a few numbers, save, and plan again. Everything else may stay as it is."),
        words(
            "1. Sheet resources: people and hours per week of sales and of production; then clear 'hours known'."
        ),
        words(
            "2. Sheet routings: hours per unit of the products that sell most; add a row for each further step."
        ),
        words(
            "3. Sheet products: hours of selling per deal (effort); the share of the price spent on materials."
        ),
        words("4. Sheet company: name and currency of the firm. The day of the data comes from the export."),
        words(
            "Numbers that stand here now are stand-ins, reckoned from the export; the sheet notes says how."
        ),
        words("Delete a note when its numbers are your own: the notes stand on the plan."),
    ]
