"""Every planted fault is found at its file, sheet, row and column, all of them at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pursuit.errors import Fault, InputError
from pursuit.intake import check, read_company
from pursuit.intake.findings import Findings, Place

MORE = {
    "goals": "id,name,measure,target,weight,scope\nG,매출,revenue,9억,0.1,sector:기계\n",
    "calendars": "달력 코드,country,월\nC1,KR,1\n",
    "investments": "id,name,kind,cost,capacity,결정 고정\nI1,5호기,machine,1억,MC: 40,now\n",
    "invoices": (
        "id,account,issued,due,net_amount,gross_amount,paid\n"
        "V1,A1,2026-01-01,2026-01-31,1000,1100,2026-02-01\n"
    ),
}
"""Sound sheets beside those of a small firm."""

Folder = Callable[..., Path]


def place(fault: Fault) -> tuple[str, str, int, str]:
    return fault.file, fault.sheet, fault.row, fault.column


def test_a_sound_firm_has_no_faults(sound: dict[str, str], folder: Folder) -> None:
    """A clean folder gives neither errors nor warnings, with few sheets or with many."""
    assert check(folder(sound)) == ()
    assert check(folder(sound | MORE)) == ()


def test_two_faults_of_one_cell(sound: dict[str, str], folder: Folder) -> None:
    """Two names that do not exist, in one cell, are two faults."""
    sound["options"] = sound["options"].replace("SALES: 12", "AA: 1; BB: 2")
    assert [(f.column, f.value) for f in check(folder(sound))] == [("effort", "AA"), ("effort", "BB")]


def test_a_pin_that_pins_nothing(sound: dict[str, str], folder: Folder) -> None:
    """A pinned decision is one of the deal's choices, in either language, or a fault."""
    del sound["options"]
    sound["opportunities"] = (
        "id,account,amount,결정 고정\nO1,A1,100,포기\nO2,A1,100,standrad\nO3,A1,5,Defer\n"
    )
    (fault,) = check(folder(sound))
    assert (fault.row, fault.column, fault.value) == (3, "결정 고정", "standrad")
    sound["opportunities"] = sound["opportunities"].replace("standrad", "standard")
    company = read_company(folder(sound)).company
    assert [o.pinned for o in company.opportunities] == ["decline", "standard", "defer"]


@pytest.mark.parametrize(
    ("sheet", "old", "new", "row", "column", "problem"),
    [
        ("opportunities", "2026-01-05", "03/04/2026", 2, "created", "two ways"),
        ("opportunities", "O1,A1", "O1,A9", 2, "account", "no such record"),
        ("opportunities", "O2,A2,P1", "O2,A2,P7", 3, "product", "no such record"),
        ("opportunities", "O2,A2", "O1,A2", 3, "id", "stands twice"),
        ("opportunities", "O2,A2", ",A2", 3, "id", "must be filled in"),
        ("opportunities", "1500만", "15.000.000", 3, "amount", "decimals after a"),
        ("opportunities", "수주", "sold", 3, "outcome", "not known"),
        ("opportunities", "2025.12.1", "2025.6.1", 3, "closed", "before it was created"),
        ("opportunities", '"30,000,000"', "EUR 500", 2, "currency", "No exchange rate"),
        ("resources", "160", "many", 2, "hours per week", "not a number"),
        ("resources", "160", "-160", 2, "hours per week", "too small"),
        ("resources", "18000", "18000 ZZZ", 2, "hourly cost", "not a currency"),
        ("products", "3000000", "", 2, "list_price", ""),
        ("products", ",R1", ",R2", 2, "routing", "no such record"),
        ("routings", "MC", "MCC", 2, "work_center", "no such record"),
        ("options", "SALES: 12", "SALES 12", 2, "effort", "not one name"),
        ("options", "SALES: 12", "DESIGN: 12", 2, "effort", "no such record"),
        ("options", "O1,", "O5,", 2, "opportunity", "no such record"),
        ("accounts", "A2,", ",", 3, "고객사 코드", "must be filled in"),
        ("goals", "sector:기계", "sector:조선", 2, "scope", "not known"),
        ("goals", "sector:기계", "industry:기계", 2, "scope", "not known"),
        ("calendars", "KR,", "Korea,", 2, "country", "not known"),
        ("calendars", ",1", ",2", 2, "월", "too large"),
        ("investments", "now", "soon", 2, "결정 고정", "not known"),
        ("investments", "MC: 40", "MC: 40; XX: 1", 2, "capacity", "no such record"),
        ("invoices", "1100", "900", 2, "gross_amount", "smaller"),
        ("invoices", "1100", "USD 900", 2, "net_amount", "several currencies"),
        ("invoices", "2026-02-01", "2025-02-01", 2, "paid", "before it was issued"),
        ("company", "KRW", "won", 2, "currency", "not a currency"),
        ("company", "10%", "110%", 2, "vat_rate", "too large"),
    ],
)
def test_planted_fault(
    sound: dict[str, str], folder: Folder, sheet: str, old: str, new: str, row: int, column: str, problem: str
) -> None:
    """One fault planted in a sound firm is reported at exactly its cell."""
    sound |= MORE
    assert old in sound[sheet]
    sound[sheet] = sound[sheet].replace(old, new, 1)
    faults = [f for f in check(folder(sound)) if f.severity == "error"]
    if not problem:  # a list price is no must while the deals have amounts
        assert faults == []
        return
    here = [f for f in faults if place(f) == (f"{sheet}.csv", sheet, row, column)]
    assert len(here) == 1
    assert problem in here[0].problem
    assert here[0].mend
    caused = {f.value for f in faults} - {here[0].value}
    assert caused <= ({"A2"} if sheet == "accounts" else {"O2"} if new == ",A2" else set())


def test_all_faults_at_once(sound: dict[str, str], folder: Folder) -> None:
    """Faults of cells, references and sheets are raised together, in one error."""
    sound["opportunities"] = (
        sound["opportunities"].replace("2026-01-05", "03/04/2026").replace("A2,P1", "A9,P1")
    )
    sound["resources"] = sound["resources"].replace("160", "many")
    sound["routings"] = sound["routings"].replace("MC", "XX")
    with pytest.raises(InputError) as caught:
        read_company(folder(sound))
    assert [place(f) for f in caught.value.faults] == [
        ("opportunities.csv", "opportunities", 2, "created"),
        ("opportunities.csv", "opportunities", 3, "account"),
        ("resources.csv", "resources", 2, "hours per week"),
        ("routings.csv", "routings", 2, "work_center"),
    ]


def test_missing_sheet_and_column(sound: dict[str, str], folder: Folder) -> None:
    """A sheet or column that must be there is one fault, not one per row."""
    del sound["resources"]
    sound["opportunities"] = sound["opportunities"].replace("id,account", "number,account", 1)
    errors = [f for f in check(folder(sound)) if f.severity == "error"]
    assert ("firm", "resources", 0, "") in [place(f) for f in errors]
    assert ("opportunities.csv", "opportunities", 1, "Id") in [place(f) for f in errors]
    assert not any(f.sheet == "opportunities" and f.row > 1 for f in errors)


def test_unknown_names_are_warned_with_the_nearest(sound: dict[str, str], folder: Folder) -> None:
    """A misspelt sheet or column is reported with the name it was probably meant to have."""
    sound["accounts"] = sound["accounts"].replace("업종", "업종명")
    sound["invoicess"] = "id\n1\n"
    found = {f.sheet: f for f in check(folder(sound))}
    assert found["accounts"].column == "업종명"
    assert "업종" in found["accounts"].mend
    assert "invoices" in found["invoicess"].mend
    assert {f.severity for f in found.values()} == {"warning"}


def test_side_sheets_without_their_record(sound: dict[str, str], folder: Folder) -> None:
    """Rows that belong to a record which is not there are faults, never dropped."""
    sound["option_work"] = "opportunity,option,resource,hours\nO1,fast,MC,10\n"
    sound["payments"] = "of,id,event,share\n,O9,order,100%\n"
    sound["courses"] = "account,kind\nA7,grow\n"
    sound["project_work"] = "project,resource,hours\nJ1,MC,5\n"
    sound["holidays"] = "calendar,day\nKR,2026-05-01\n"
    assert {(f.sheet, f.row, f.column, f.value) for f in check(folder(sound))} == {
        ("option_work", 2, "option", "fast"),
        ("payments", 2, "id", "O9"),
        ("courses", 2, "account", "A7"),
        ("project_work", 2, "project", "J1"),
        ("holidays", 2, "calendar", "KR"),
    }


def test_shares_of_payments(sound: dict[str, str], folder: Folder) -> None:
    """Payments that do not add up to the price are reported on the sheet where they stand."""
    sound["payments"] = "of,id,event,share\n,O1,선급,30%\n영업기회,O1,잔금,60%\n"
    (fault,) = check(folder(sound))
    assert place(fault)[1:] == ("payments", 2, "share")


def test_the_frame_is_never_guessed(sound: dict[str, str], folder: Folder) -> None:
    """Without a company sheet, currency and day must come from somewhere, or are faults."""
    del sound["company"]
    path = folder(sound)
    assert {f.column for f in check(path) if f.severity == "error"} == {"currency", "as_of"}
    sound["products"] = sound["products"].replace("3000000", "3000000 KRW")
    read = read_company(folder(sound), as_of=date(2026, 3, 31))
    assert (read.company.currency, read.company.as_of, read.company.name) == (
        "KRW",
        date(2026, 3, 31),
        "firm",
    )
    assert [w.column for w in read.warnings] == ["name", "currency", "vat_rate"]
    assert len(read.company.notes) == 3


def test_net_is_reckoned_from_gross(sound: dict[str, str], folder: Folder) -> None:
    """Where only the amount with VAT is given, net is gross / 1.1, with one warning for all rows."""
    sound["opportunities"] = sound["opportunities"].replace("amount", "gross_amount")
    read = read_company(folder(sound))
    first = read.company.opportunities[0]
    assert first.amount is not None
    assert first.gross_amount is not None
    assert (first.amount.amount, first.gross_amount.amount) == (27_272_727, 30_000_000)
    (warning,) = read.warnings
    assert (warning.row, warning.column) == (2, "gross_amount")
    assert "2 rows" in warning.problem


def test_faults_speak_korean(sound: dict[str, str], folder: Folder) -> None:
    """With lang ko neither problem nor mend is left in English."""
    sound["opportunities"] = (
        sound["opportunities"].replace("2026-01-05", "03/04/2026").replace("A2,P1", "A9,P1")
    )
    sound["options"] = sound["options"].replace("SALES: 12", "SALES: -1")
    faults = check(folder(sound), lang="ko")
    assert len(faults) == 3
    assert all(any("가" <= char <= "힣" for char in text) for f in faults for text in (f.problem, f.mend))


@pytest.mark.parametrize(
    ("sheet", "text", "row", "column", "problem"),
    [
        (
            "company",
            "name,currency,as_of,vat_rate\nA,KRW,2026-03-31,0\nB,KRW,2026-03-31,0\n",
            3,
            "",
            "one firm",
        ),
        ("finance", "opening_cash,floor,credit_line,fixed_cost\n1,1,1,1\n2,1,1,1\n", 3, "", "one row"),
        ("finance", "opening_cash,floor,credit_line,fixed_cost\nUSD 1,1,1,1\n", 2, "opening_cash", ""),
        ("calendars", "id,monday,tuesday,wednesday,thursday,friday\nC,0,0,0,0,0\n", 2, "monday", "No day"),
        ("products", "id,name,currency,list_price\nP1,A,USD,KRW 500\n", 2, "list_price", "another currency"),
        ("products", "id,name,name\nP1,A,B\n", 1, "name", "column stands twice"),
        ("invoices", "id,account,issued,due\nV,A1,2026-01-01,2026-01-02\n", 2, "net_amount", "filled in"),
        (
            "invoices",
            "id,account,issued,due,net_amount,vat,gross_amount\nV,A1,2026-01-01,2026-01-02,10,1,12\n",
            2,
            "gross_amount",
            "do not add up",
        ),
        ("technologies", "id,name,held\nT,Welding,maybe\n", 2, "held", "neither yes nor no"),
        ("investments", "id,name,kind,cost,lead_weeks\nI,A,machine,5,1.5\n", 2, "lead_weeks", "whole number"),
        ("자원", "id,name\nM,A\n", 0, "", "sheet stands twice"),
    ],
)
def test_planted_sheet(
    sound: dict[str, str], folder: Folder, sheet: str, text: str, row: int, column: str, problem: str
) -> None:
    """A sheet with one fault, put beside sound ones, is reported at its place."""
    sound[sheet] = text
    if sheet == "products":
        del sound["routings"]
    faults = [f for f in check(folder(sound)) if f.severity == "error" and problem in f.problem]
    if not problem:  # cash in another currency is the domain's to refuse, where the firm has no rate
        assert [f.sheet for f in faults] == ["finance"]
        return
    assert [(f.row, f.column) for f in faults] == [(row, column)]


def test_rounding_is_told(sound: dict[str, str], folder: Folder) -> None:
    """Half a won does not exist: the amount is rounded to even and the rounding reported."""
    sound["opportunities"] = sound["opportunities"].replace("1500만", "15000000.5")
    read = read_company(folder(sound))
    amount = read.company.opportunities[1].amount
    assert amount is not None
    assert amount.amount == 15_000_000
    assert [(w.row, w.column) for w in read.warnings] == [(3, "amount")]


def test_a_deal_without_customer_is_told(sound: dict[str, str], folder: Folder) -> None:
    """Where accounts are known, a deal that names none is read and reported."""
    sound["opportunities"] = sound["opportunities"].replace("O2,A2", "O2,")
    assert [(f.severity, f.row, f.column) for f in check(folder(sound))] == [("warning", 3, "account")]


def test_one_thing_is_told_once() -> None:
    """The same warning of one cell, as where two tables are made of one file, counts once; figures stand as written."""
    findings = Findings("en")
    for _ in range(2):
        findings.warn(Place("a.xlsx", "Sheet1", 4), 46180.0, "This sheet is not known and was not read.", "")
    (fault,) = findings.warnings
    assert (fault.value, "in all" in fault.problem) == ("46180", False)
    findings.warn(Place("a.xlsx", "Sheet1", 5), 0.5, "This sheet is not known and was not read.", "")
    assert "(2 rows in all" in findings.warnings[0].problem


def test_an_unknown_file_is_told_how_to_come_in(tmp_path: Path) -> None:
    """A table that nobody knows gives one fault, the next command, and no advice to rename or delete its sheets."""
    (tmp_path / "영업현황.csv").write_text("거래처,금액\n가나,1000\n다라,2000\n", encoding="utf-8")
    (fault,) = check(tmp_path / "영업현황.csv")
    assert f"pursuit map {tmp_path / '영업현황.csv'}" in fault.mend
