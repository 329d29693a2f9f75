"""The workbook for what an export cannot hold."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pursuit.intake import check
from pursuit.intake.cells.figures import Amount
from pursuit.intake.exports.propose.calibrating import (
    FILLED,
    SELLING,
    WEEK,
    YEAR,
    hours_per_unit,
    reckon_hours,
)
from pursuit.intake.exports.propose.starter import write_starter

TODAY = date(2026, 3, 31)


def deal(
    at: int, outcome: str, product: str = "하우징", price: int = 1_000_000, quantity: float = 2
) -> dict[str, Any]:
    """A typed row of a deal, ``at`` weeks ago."""
    closed = TODAY - timedelta(weeks=at)
    return {
        "owner": f"{at % 2}팀",
        "created": closed - timedelta(weeks=6),
        "closed": closed,
        "outcome": outcome,
        "product": product,
        "quantity": quantity,
        "amount": Amount(Decimal(price)),
        "gross_amount": None,
    }


def tables(deals: list[Any], **more: list[Any]) -> dict[str, list[Any]]:
    return {"opportunities": deals, "products": [], "resources": [], "routings": []} | more


def test_hours_come_from_the_last_year() -> None:
    """The year's deals share half of the sellers' hours; won work fills its part of the crew's, dearer units more."""
    deals = [deal(at, "won") for at in range(10)] + [deal(at, "lost") for at in range(10)]
    deals += [deal(at, "won", "기어", 3_000_000) for at in range(5)] + [deal(90, "won", "옛것")]
    hours = reckon_hours(deals)
    assert hours.sellers == 2
    assert hours.per_deal == pytest.approx(2 * WEEK * YEAR * SELLING / 25, rel=0.05)
    assert hours.weeks == 6
    assert set(hours.per_unit) == {"하우징", "기어"}
    assert hours.per_unit["기어"] == pytest.approx(3 * hours.per_unit["하우징"], rel=0.1)
    assert hours.per_unit["하우징"] * 20 + hours.per_unit["기어"] * 10 == pytest.approx(1)
    load = sum(
        hours_per_unit(hours.per_unit[name], 200) * units for name, units in (("하우징", 20), ("기어", 10))
    )
    assert load == pytest.approx(200 * YEAR * FILLED, rel=0.05)


def test_nothing_is_reckoned_from_nothing() -> None:
    """Without dates or won deals no hours are made up."""
    undated = deal(1, "open") | {"created": None, "closed": None, "owner": ""}
    hours = reckon_hours([undated])
    assert (hours.sellers, hours.per_deal, hours.weeks, dict(hours.per_unit)) == (1, None, None, {})


@pytest.mark.parametrize(("lang", "sheet"), [("ko", "자원"), ("en", "resources")])
def test_the_workbook_is_input(tmp_path: Path, lang: str, sheet: str) -> None:
    """It reads as our own form; hours nobody stated are marked as such, and notes say what stands in."""
    path = tmp_path / "firm.xlsx"
    write_starter(
        tables([deal(at, "won") for at in range(9)]), path, lang, {"name": "시험정밀", "currency": "KRW"}
    )
    book = openpyxl.load_workbook(path)
    assert sheet in book.sheetnames
    rows = list(book[sheet].values)
    known = next(
        at for at, head in enumerate(rows[0]) if "hours known" in str(head).lower() or "확인" in str(head)
    )
    assert {row[known] for row in rows[1:] if row[0]} <= {"no", "아니오"}
    problems = {fault.problem for fault in check(path, as_of=TODAY, lang="en") if fault.severity == "error"}
    assert problems == {"This sheet must be there."}


def test_what_the_export_knows_is_not_asked_again(tmp_path: Path) -> None:
    """Where the export lists resources, the workbook adds only the sellers."""
    path = tmp_path / "firm.xlsx"
    write_starter(
        tables(
            [deal(1, "won")],
            resources=[{"id": "MC", "hours_per_week": 80}, {"id": "ASSY", "hours_per_week": 40}],
        ),
        path,
        "en",
        {},
    )
    ids = [row[0] for row in list(openpyxl.load_workbook(path)["resources"].values)[1:]]
    assert ids == ["SALES"]
    assert "company" not in openpyxl.load_workbook(path).sheetnames
    steps = list(openpyxl.load_workbook(path)["routings"].values)[1:]
    assert [row[1] for row in steps] == ["MC", "ASSY"]
    assert steps[0][4] == pytest.approx(2 * steps[1][4], rel=0.1)
