"""The public CRM export becomes a firm with its own faults mended by the mapping and reported."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from pursuit.domain import offers_of
from pursuit.intake import Intake, check, read_company

MAPPING = Path(__file__).parents[3] / "examples" / "maven-mapping.toml"


@pytest.fixture(scope="module")
def read(maven: Path) -> Intake:
    return read_company(maven, mapping=MAPPING)


def test_counts(read: Intake) -> None:
    """All 8,800 opportunities arrive: 4,238 won, 2,473 lost, 2,089 open."""
    company = read.company
    assert Counter(o.outcome for o in company.opportunities) == {"won": 4238, "lost": 2473, "open": 2089}
    assert (len(company.accounts), len(company.products), len(company.resources)) == (86, 7, 6)
    assert (company.currency, company.as_of) == ("USD", date(2017, 12, 31))
    assert sum(o.account == "unknown" for o in company.open_opportunities) == 1425
    assert not any(o.account == "unknown" for o in company.closed_opportunities)


def test_warnings(read: Intake) -> None:
    """What the mapping mended or stood in for is said once each, with its number."""
    told = [(w.file, w.column, w.value, w.problem) for w in read.warnings]
    assert [t[:3] for t in told] == [
        ("sales_pipeline.csv", "product", "GTXPro"),
        ("accounts.csv", "sector", "technolgy"),
        ("accounts.csv", "office_location", "Philipines"),
        ("products.csv", "material_share", "-1.1818"),
        ("sales_pipeline.csv", "account", ""),
    ]
    for (_, _, _, problem), count in zip(told, ("1,480", "12", "", "", "1,425"), strict=True):
        assert count in problem
    assert read.company.notes == tuple(map(str, read.warnings))


def test_margins(read: Intake) -> None:
    """Price less materials and hours at normal cost is the declared unit margin, but where it was clipped."""
    company = read.company
    margins = {
        "GTX Basic": 0.38,
        "GTX Pro": 0.41,
        "MG Advanced": 0.40,
        "GTX Plus Pro": 0.42,
        "GTX Plus Basic": 0.37,
        "GTK 500": 0.45,
    }
    for product in company.products:
        assert product.list_price is not None
        assert product.material_share is not None
        hours = sum(
            operation.hours_per_unit * cost.amount
            for operation in company.routing_by_id[product.routing].operations
            if (cost := company.resource_by_id[operation.work_center].hourly_cost)
        )
        left = 1 - product.material_share - hours / product.list_price.amount
        if product.id in margins:
            assert left == pytest.approx(margins[product.id])
        else:
            assert product.material_share == 0


def test_effort_is_the_regional_offices(read: Intake) -> None:
    """Presales hours are on the seller's office; work follows assembly, test, integration."""
    company = read.company
    effort = Counter(name for o in company.opportunities for name in o.options[0].effort)
    assert set(effort) == {"Presales Central", "Presales East", "Presales West"}
    assert sum(effort.values()) == 8800
    big = next(o for o in company.open_opportunities if o.product == "GTK 500")
    (offer,) = offers_of(company, big)
    assert offer.price == 2_676_800
    assert [w.resource for w in offer.work] == ["Assembly line", "Test bench", "Integration engineers"]
    assert [(w.hours, w.weeks) for w in offer.work] == [(60, 2), (30, 2), (80, 2)]
    assert list(offer.effort.values()) == [30]


def test_a_wrong_date_is_found(maven: Path, tmp_path: Path) -> None:
    """A deal closed before it was engaged, and one entered twice, are found at their rows."""
    for file in maven.glob("*.csv"):
        text = file.read_text("utf-8")
        if file.name == "sales_pipeline.csv":
            lines = text.splitlines()
            lines[4] = lines[4].replace("2017-03-07", "2016-03-07").replace("2017-03-09", "2016-03-09")
            lines[7] = lines[6]
            text = "\n".join(lines)
        (tmp_path / file.name).write_text(text, "utf-8")
    errors = [f for f in check(tmp_path, mapping=MAPPING) if f.severity == "error"]
    assert {f.file for f in errors} == {"sales_pipeline.csv"}
    assert {(f.sheet, f.row, f.column) for f in errors} == {
        ("opportunities", 5, "close_date"),
        ("opportunities", 8, "opportunity_id"),
        ("options", 8, "id"),  # the line feeds two sheets
    }
