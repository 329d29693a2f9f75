"""Exports are recognised by their columns; what could be two things, or lacks something, is told."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pursuit.intake.exports import known
from pursuit.intake.exports.known import ExportSpec, is_export_header, library
from pursuit.intake.findings import Findings
from tests.intake.exports.importing import FIXTURES, imported, recognised

DEALS = "Deal - ID,Deal - Title,Deal - Status,Deal - Value\n1,Pump,Open,5\n"


def problems(findings: Findings) -> list[str]:
    return [fault.problem for fault in (*findings.errors, *findings.warnings)]


def test_several_files_of_one_kind(tmp_path: Path) -> None:
    """Two exports of deals are read together; a deal that stands in both is a fault at its row."""
    (tmp_path / "a.csv").write_text(DEALS, "utf-8")
    (tmp_path / "b.csv").write_text(DEALS.replace("\n1,", "\n2,"), "utf-8")
    findings = Findings("en")
    found = recognised(tmp_path, findings)
    rows = [cells[0] for grid in found.made if grid.title == "opportunities" for _, cells in grid.rows]
    assert rows == ["1", "2"]
    assert {grid.file for grid in found.made} == {"a.csv", "b.csv"}
    assert set(found.read_as.values()) == {"Pipedrive deals export"}
    (tmp_path / "b.csv").write_text(DEALS, "utf-8")
    _, findings = imported(tmp_path, date(2026, 3, 31))
    assert ("b.csv", 2, "Deal - ID") in [(f.file, f.row, f.column) for f in findings.errors]


def test_what_is_read_and_what_is_not(tmp_path: Path) -> None:
    """The table says what it was read as, lists the columns left out once, and what it lacks."""
    (tmp_path / "deals.csv").write_text(
        "Deal - Title,Deal - Status,Shoe size,Deal - Label\nPump,Open,5,x\n", "utf-8"
    )
    findings = Findings("en")
    recognised(tmp_path, findings)
    told = problems(findings)
    assert "Read as: Pipedrive deals export. Columns not used: Shoe size, Deal - Label." in told
    missing = "Deal - Value, Deal - Deal created, Deal - Expected close date, Deal - Organization"
    assert f"The export has no column {missing}; what depends on it stays empty." in told


def test_a_report_without_its_close_date_is_told(tmp_path: Path) -> None:
    """A column without which an export makes no sense is a fault that names it."""
    (tmp_path / "report.csv").write_text("Opportunity Name,Stage,Amount\nPump,Prospecting,5\n", "utf-8")
    findings = Findings("en")
    found = recognised(tmp_path, findings)
    assert [(f.file, f.column, f.problem) for f in findings.errors] == [
        ("report.csv", "Close Date", "A column that must be there is missing.")
    ]
    assert found.made == []


def test_our_own_sheets_go_first(tmp_path: Path) -> None:
    """A sheet in our own form is never taken for an export, whatever it is like."""
    shutil.copytree(FIXTURES / "frepple" / "expected", tmp_path / "x")
    findings = Findings("en")
    found = recognised(tmp_path / "x", findings)
    assert (found.made, found.read_as) == ([], {})
    assert len(found.rest) == len(list((tmp_path / "x").iterdir()))


def test_our_accounts_are_linked_by_name(tmp_path: Path) -> None:
    """An account of our own sheet that an export names is that account, not a new one."""
    (tmp_path / "deals.csv").write_text(
        "Deal - ID,Deal - Title,Deal - Status,Deal - Value,Deal - Organization\n1,Pump,Open,5,willow works\n",
        "utf-8",
    )
    (tmp_path / "accounts.csv").write_text("id,name\nA1,Willow Works\n", "utf-8")
    findings = Findings("en")
    found = recognised(tmp_path, findings)
    (grid,) = found.made
    assert grid.rows[0][1][grid.header.index("account")] == "A1"


def test_the_day_of_the_data(tmp_path: Path) -> None:
    """The latest day in the export stands in and is told; a given day, or our own sheet, goes before it."""
    shutil.copytree(FIXTURES / "pipedrive" / "export", tmp_path / "x")
    company, findings = imported(tmp_path / "x")
    assert company is not None
    assert company.as_of == date(2026, 3, 21)
    assert any("2026-03-21" in problem for problem in problems(findings))
    company, findings = imported(tmp_path / "x", date(2026, 4, 1))
    assert company is not None
    assert company.as_of == date(2026, 4, 1)
    assert not any("2026-03-21" in problem for problem in problems(findings))


def test_american_dates_settle(tmp_path: Path) -> None:
    """Dates with the month first are read where one of them can be nothing else; the latest day too."""
    text = (FIXTURES / "pipedrive" / "export" / "deals.csv").read_text("utf-8")
    (tmp_path / "deals.csv").write_text(
        "Deal - ID,Deal - Title,Deal - Status,Deal - Value,Deal - Currency of Value,Deal - Deal created\n"
        "1,Pump,Open,5,USD,3/21/2026\n2,Rod,Open,5,USD,3/4/2026\n",
        "utf-8",
    )
    assert "2026-03-21" in text
    (tmp_path / "resources.csv").write_text("id,name,kind,hours per week\nS,Sales,people,80\n", "utf-8")
    company, findings = imported(tmp_path)
    assert findings.errors == []
    assert company is not None
    assert company.as_of == date(2026, 3, 21)
    assert [o.created for o in company.opportunities] == [date(2026, 3, 21), date(2026, 3, 4)]


def test_sheets_of_a_workbook(tmp_path: Path) -> None:
    """The sheets of one workbook are recognised like files, with lines above the header."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "Deals"
    for line in (["Exported for us"], [], *(line.split(",") for line in DEALS.splitlines())):
        page.append(line)
    book.save(tmp_path / "export.xlsx")
    findings = Findings("en")
    found = recognised(tmp_path, findings)
    assert [(grid.file, grid.title, [row for row, _ in grid.rows]) for grid in found.made] == [
        ("export.xlsx", "opportunities", [4])
    ]


def test_two_answers_are_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that two descriptions fit alike is told with both names and read as neither."""
    spec = library()["pipedrive"]
    twin = ExportSpec.model_validate(
        spec.model_dump(by_alias=True, exclude_defaults=True)
        | {"sheets": {}, "export": spec.export.model_dump() | {"name": "Twin"}}
    )
    both = {"pipedrive": spec, "twin": twin}
    monkeypatch.setattr(known, "library", lambda: both)
    monkeypatch.setattr("pursuit.intake.exports.recognise.library", lambda: both)
    (tmp_path / "deals.csv").write_text(DEALS, "utf-8")
    findings = Findings("en")
    found = recognised(tmp_path, findings)
    assert problems(findings) == [
        "This could be more than one export: Pipedrive deals export / Twin deals export."
    ]
    assert (found.made, len(found.rest)) == ([], 1)


def test_other_tables_are_handed_back(tmp_path: Path) -> None:
    """A table nothing recognises comes back as it is and nothing is said of it here."""
    (tmp_path / "shoes.csv").write_text("Size,Colour\n9,red\n", "utf-8")
    findings = Findings("en")
    found = recognised(tmp_path, findings)
    assert (found.made, [grid.title for grid in found.rest], problems(findings)) == ([], ["shoes"], [])


def test_headers_are_known() -> None:
    """Headers of known exports count as headers when tables are looked for."""
    assert is_export_header("(Do Not Modify) Row Checksum")
    assert is_export_header("영업기회 이름")
    assert not is_export_header("Shoe size")


def test_a_faulty_cell_names_the_vendors_column(tmp_path: Path) -> None:
    """A fault in an export names its file, row and its own header."""
    shutil.copytree(FIXTURES / "salesforce_api" / "export", tmp_path / "x")
    file = tmp_path / "x" / "Opportunity.csv"
    file.write_text(
        file.read_text("utf-8").replace("2025-12-10", "2025-13-10", 1).replace('"45000.0"', '"much"'), "utf-8"
    )
    _, findings = imported(tmp_path / "x")
    assert {(f.file, f.row, f.column, f.value) for f in findings.errors} >= {
        ("Opportunity.csv", 3, "CloseDate", "2025-13-10"),
        ("Opportunity.csv", 3, "Amount", "much"),
    }


def outcomes(folder: Path) -> list[tuple[str, str]]:
    found = recognised(folder, Findings("en"))
    (grid,) = (grid for grid in found.made if grid.title == "opportunities")
    at = {name: grid.header.index(name) for name in ("id", "outcome")}
    return [(cells[at["id"]], cells[at["outcome"]]) for _, cells in grid.rows]


@pytest.mark.parametrize(("yes", "no"), [("1", "0"), ("TRUE", "FALSE"), ("true", "false")])
def test_flags_decide_before_stages(tmp_path: Path, yes: str, no: str) -> None:
    """Whether a deal is closed and won is what its flags say, however written, not what its stage is called."""
    (tmp_path / "Opportunity.csv").write_text(
        "Id,Name,StageName,CloseDate,IsClosed,IsWon\n"
        f"1,a,Signed,2026-01-02,{yes},{yes}\n"
        f"2,b,Closed Won,2026-01-02,{yes},{no}\n"
        f"3,c,Closed Lost,2026-01-02,{no},{no}\n",
        "utf-8",
    )
    assert outcomes(tmp_path) == [("1", "won"), ("2", "lost"), ("3", "open")]


def test_a_closed_flag_alone_does_not_say_lost(tmp_path: Path) -> None:
    """Without a flag for won, a closed deal is what its stage says."""
    (tmp_path / "Opportunity.csv").write_text(
        "Id,Name,StageName,CloseDate,IsClosed\n1,a,Closed Won,2026-01-02,1\n2,b,Closed Lost,2026-01-02,1\n",
        "utf-8",
    )
    assert outcomes(tmp_path) == [("1", "won"), ("2", "lost")]


def test_orders_are_not_read_beside_the_deals_they_came_from(tmp_path: Path) -> None:
    """Sales orders of Odoo are deals only where its opportunities are not there."""
    orders = FIXTURES / "odoo_orders" / "export" / "sale.order.csv"
    shutil.copy(orders, tmp_path)
    assert [name for name, _ in outcomes(tmp_path)] == ["S0001", "S0002", "S0003"]
    shutil.copy(FIXTURES / "odoo" / "export" / "crm.lead.csv", tmp_path)
    assert [name for name, _ in outcomes(tmp_path)] == ["__export__.l1", "__export__.l2", "__export__.l3"]


def test_a_table_that_is_nearly_an_export_is_told(tmp_path: Path) -> None:
    """All but one of the columns that tell an export, and others of it: the one that is missing is named."""
    header = "Record ID,Deal Name,Amount,Close Date,Create Date,Deal owner"
    (tmp_path / "deals.csv").write_text(f"{header}\n1,Pump,5,2026-05-01,2026-01-01,North\n", "utf-8")
    findings = Findings("en")
    found = recognised(tmp_path, findings)
    assert found.made == []
    assert problems(findings) == ["It looks like HubSpot deals export, but has no column Deal Stage."]
    (tmp_path / "deals.csv").write_text("Name,Amount,Colour\nPump,5,red\n", "utf-8")
    findings = Findings("en")
    recognised(tmp_path, findings)
    assert problems(findings) == []
