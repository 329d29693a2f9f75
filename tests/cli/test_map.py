"""The command map: a proposal shown, asked about, saved, and found again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pursuit.intake import read_company
from pursuit.intake.cells.habits import Habits
from pursuit.units import Money

DEALS = """영업 현황
(단위: 천원)
No,접수일,거래처명,품명,수량,견적금액,진행단계,확도,수주예정일,담당자
1,2025.11.03,가온정밀,하우징,10,"32,000",수주,100%,2026.01.15,영업1팀
2,2025.12.10,나래산업,기어박스,5,"21,500",실주,0%,2026.02.20,영업2팀
3,2026.01.12,다온,하우징,20,"64,000",견적제출,50%,2026.04.30,영업1팀
4,2026.02.02,라움,기어박스,8,"34,400",협상,70%,2026.05.15,영업2팀
5,2026.03.09,가온정밀,하우징,12,"38,400",상담,30%,2026.06.10,영업1팀
"""


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    """A Korean spreadsheet's list of deals in CP949, with a title and a unit above it."""
    path = tmp_path / "영업현황.csv"
    path.write_bytes(DEALS.encode("cp949"))
    return path


@pytest.mark.parametrize(("lang", "told"), [("ko", "영업기회 · 등록일"), ("en", "opportunities · Created")])
def test_it_shows_saves_and_says_what_is_next(
    run: Callable[..., Any], deals: Path, lang: str, told: str
) -> None:
    """Their columns, ours, samples; the mapping and the workbook beside the file; the next commands."""
    done = run("map", deals, "--lang", lang, env={"COLUMNS": "180"})
    assert done.exit_code == 0, done.output
    assert told in done.stdout
    assert "2025.11.03" in done.stdout
    assert (deals.parent / "영업현황.mapping.toml").is_file()
    assert (deals.parent / "영업현황-firm.xlsx").is_file()
    assert f"pursuit check {deals}" in done.stdout
    assert f"pursuit plan {deals}" in done.stdout


def test_the_file_then_reads(run: Callable[..., Any], deals: Path) -> None:
    """Check finds mapping and workbook by itself and no error in either; the unit above the table counts."""
    run("map", deals, "--yes")
    done = run("check", deals)
    assert done.exit_code == 0, done.output
    assert "Errors: 0" in done.stdout
    assert "multiplied by 1,000" in done.stdout


def test_next_month(run: Callable[..., Any], deals: Path) -> None:
    """Another file with the same columns is read by the mapping that is there, and that is said."""
    run("map", deals, "--yes")
    april = deals.with_name("영업현황_4월.csv")
    april.write_bytes(DEALS.replace("5,2026.03.09", "6,2026.04.06").encode("cp949"))
    done = run("check", april)
    assert done.exit_code == 0, done.output
    assert "영업현황.mapping.toml" in done.stdout


def test_nothing_is_overwritten(run: Callable[..., Any], deals: Path) -> None:
    """A mapping that is there stays unless --force is given; the user's workbook stays even then."""
    run("map", deals, "--yes")
    mapping, workbook = deals.with_name("영업현황.mapping.toml"), deals.with_name("영업현황-firm.xlsx")
    mapping.write_text("# mine\n")
    workbook.write_bytes(b"mine")
    refused = run("map", deals)
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert mapping.read_text() == "# mine\n"
    assert run("map", deals, "--force").exit_code == 0
    assert "[company]" in mapping.read_text("utf-8")
    assert workbook.read_bytes() == b"mine"


def test_what_nobody_knows_is_refused(run: Callable[..., Any], tmp_path: Path) -> None:
    """A table of something else, a file that is not there: said in a line, nothing written."""
    (tmp_path / "songs.csv").write_text("Song,Singer\nA,B\n")
    for path in ("songs.csv", "nowhere.csv"):
        done = run("map", tmp_path / path)
        assert done.exit_code == 1
        assert "Traceback" not in done.output
    assert sorted(file.name for file in tmp_path.iterdir()) == ["songs.csv"]


def test_a_currency_is_asked_for(run: Callable[..., Any], tmp_path: Path) -> None:
    """Where nothing tells the currency it is left open and said so; an option settles it."""
    path = tmp_path / "deals.csv"
    path.write_text(
        "Deal Name,Client,Deal Size,Stage,Created\nA,X,5000,Won,2026-01-05\nB,Y,600,Proposal,2026-02-05\n"
    )
    done = run("map", path, "--yes")
    assert "--currency" in done.stdout
    assert 'currency = ""' in path.with_name("deals.mapping.toml").read_text()
    run("map", path, "--yes", "--force", "--currency", "usd")
    assert 'currency = "USD"' in path.with_name("deals.mapping.toml").read_text()


def test_questions_are_asked(
    run: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a terminal every open question is asked; a number answers it, Enter keeps what is proposed."""
    monkeypatch.setattr("pursuit.cli.mapping._may_ask", lambda wish, it: not wish.yes)
    path = tmp_path / "deals.csv"
    path.write_text(
        "Deal Name,Client,Deal Size,Status,Date\n"
        "A,X,5000,Won,03/04/2026\nB,Y,600,Hmm,04/05/2026\nC,Z,700,Lost,05/05/2026\n"
    )
    done = run("map", path, input="EUR\n2\n\n1\n", env={"COLUMNS": "180"})
    assert done.exit_code == 0, done.output
    text = path.with_name("deals.mapping.toml").read_text()
    assert 'currency = "EUR"' in text
    assert '\nclosed = "Date"' in text
    assert '\nHmm = "open"' in text
    assert '\ndates = "dmy"' in text


def test_a_terminal_is_not_steered(run: Callable[..., Any], tmp_path: Path) -> None:
    """Headers and values cannot steer the terminal, nor add lines to the mapping."""
    path = tmp_path / "deals.csv"
    path.write_text('Deal Name,Client,Deal Size,Stage,"\x9b2J\nid = 1"\nA,X,5000,Won,\x9b31m\n', "utf-8")
    done = run("map", path, "--yes", "--currency", "USD")
    assert "\x9b" not in done.output
    assert "\nid = 1" not in path.with_name("deals.mapping.toml").read_text("utf-8")


def test_the_day_is_said(run: Callable[..., Any], deals: Path) -> None:
    """The day that the mapping takes for that of the data is said, since every week is counted from it."""
    assert "2026-03-09" in run("map", deals, "--yes").stdout.split("Day of the data:")[1].splitlines()[0]


LEADS = (
    "Opportunity,Customer,Expected Revenue,Probability,Stage,Expected Closing,Created on\n"
    "일번,가나,1000000,40,New,2026-06-12,{day} 08:12:33\n이번,다라,2000000,60,New,2026-06-12,2026-02-02 08:12:33\n"
)


@pytest.mark.parametrize("currency", ["", "KRW"])
def test_a_known_export_has_a_workbook_for_the_firm(
    run: Callable[..., Any], tmp_path: Path, currency: str
) -> None:
    """Beside a known export a sheet company waits for the currency, and leaves the day to each month's export."""
    leads = tmp_path / "crm.lead.csv"
    leads.write_text(LEADS.format(day="2026-02-03"), encoding="utf-8")
    done = run("map", leads, *(["--currency", currency] if currency else []))
    assert ("The currency is not known" in done.stdout) is not bool(currency)
    leads.write_text(LEADS.format(day="2026-03-04"), encoding="utf-8")
    told = run("check", tmp_path).stdout
    assert ("crm.lead-firm.xlsx · company · row 2 · Currency" in told) is not bool(currency)
    assert "the latest day in it, 2026-03-04" in told


def test_products_of_an_export_keep_what_it_says(run: Callable[..., Any], tmp_path: Path) -> None:
    """The workbook's rows of products take the export's place, so they keep its routings and prices."""
    tables = {
        "item": "name,cost\nGear,1200\n",
        "operation": "name,item,duration per unit\nMake Gear,Gear,1800\n",
        "operationresource": "operation,resource,quantity\nMake Gear,Lathe,1\n",
        "resource": "name,maximum,available\nLathe,2,Shift\n",
        "calendarbucket": (
            "calendar,start,end,value,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start time,end time\n"
            "Shift,1971-01-01,,1,True,True,True,True,True,False,False,09:00:00,17:00:00\n"
        ),
        "customer": "name\n가나\n",
        "demand": "name,item,customer,due,quantity,status\nS1,Gear,가나,2026-06-01,20,quote\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    run("map", tmp_path, "--currency", "KRW")
    company = read_company(tmp_path, as_of=date(2026, 4, 1)).company
    (product,) = company.products
    assert (product.routing, product.list_price) == ("Make Gear", Money(1200, "KRW"))
    assert {r.id: r.hours_per_week for r in company.resources}["Lathe"] == 80


def test_what_is_told_of_days_dates_the_data_too(run: Callable[..., Any], tmp_path: Path) -> None:
    """Days that stay open leave the day of the data open; telling their order settles both."""
    text = (
        "Deal No;Customer;Amount;Status;Created\nD1;가나;1000;Open;03.04.2026\nD2;다라;2000;Won;02.04.2026\n"
    )
    (tmp_path / "deals.csv").write_text(text, encoding="utf-8")
    run("map", tmp_path / "deals.csv", "--yes", "--currency", "EUR")
    left = run("check", tmp_path / "deals.csv").stdout
    assert "Nothing says which day" in left
    told = run("check", tmp_path / "deals.csv", "--dates", "dmy")
    assert told.exit_code == 0, told.output
    habits = Habits(dates="dmy")
    assert read_company(tmp_path / "deals.csv", habits=habits).company.as_of == date(2026, 4, 3)


def test_a_missing_amount_is_said(run: Callable[..., Any], tmp_path: Path) -> None:
    """Where no column can be what a deal is worth, the proposal says so at once."""
    path = tmp_path / "deals.csv"
    path.write_text("Deal No,Customer,Xyz,Status\nD1,가나,a,Open\nD2,다라,b,Won\n", encoding="utf-8")
    assert "No column says what a deal is worth" in run("map", path, "--yes").stdout
    path.write_text("Deal No,Customer,Amount,Status\nD1,가나,1000,Open\nD2,다라,2000,Won\n", encoding="utf-8")
    assert "No column says" not in run("map", path, "--yes", "--force").stdout
