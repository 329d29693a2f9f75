"""Korean business from a file to the company: keys, grades, VAT, terms, penalties, quotes and contracts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pursuit.domain import Company, Contract, Grade, PaymentMilestone
from pursuit.errors import Fault, InputError
from pursuit.intake import check, read_company
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, find_column
from pursuit.units import Money

ACCOUNTS = "고객사 코드,고객사명,사업자등록번호,외상일수,어음일수,결제조건\n"
DEALS = "id,account,공급가액,결과,등록일,종료일,담당"


@pytest.fixture
def read(sound: dict[str, str], folder: Callable[..., Path]) -> Callable[..., tuple[Company, list[str]]]:
    """Reads a sound firm with some sheets exchanged, and what was told of them."""

    def run(**sheets: str) -> tuple[Company, list[str]]:
        path = folder(sound | sheets)
        intake = read_company(path)
        return intake.company, [f"{w.sheet} {w.column}: {w.problem}" for w in intake.warnings]

    return run


@pytest.fixture
def faults(sound: dict[str, str], folder: Callable[..., Path]) -> Callable[..., list[Fault]]:
    """The errors of a sound firm with some sheets exchanged."""

    def run(**sheets: str) -> list[Fault]:
        return [fault for fault in check(folder(sound | sheets)) if fault.severity == "error"]

    return run


def deals(header: str, *rows: str) -> str:
    """Opportunities with more columns: each row fills those of ``header`` only."""
    base = [f"O{n},A1,30000000,진행,2026-01-05,,영업1" for n in range(1, len(rows) + 1)]
    lines = [f"{one},{row}" for one, row in zip(base, rows, strict=True)]
    return f"{DEALS},{header}\n" + "\n".join(lines) + "\nO9,A2,15000000,수주,2025-09-01,2025-12-01,영업1\n"


def test_accounts_are_found_by_number_and_by_name(read: Callable[..., tuple[Company, list[str]]]) -> None:
    """A deal may name its customer by code, business number or name in any spelling; what is no code is told."""
    accounts = "id,name,사업자등록번호\nA1,(주)가나산업,123-45-67891\nA2,다라전자 주식회사,\n"
    rows = [("A1", "30000000"), ("1234567891", "1"), ("가나산업 주식회사", "2"), ("㈜다라전자", "3")]
    text = "id,account,amount\n" + "\n".join(f"O{n},{a},{m}" for n, (a, m) in enumerate(rows))
    company, warnings = read(accounts=accounts, opportunities=text, options="opportunity,id\nO0,standard\n")
    assert [opp.account for opp in company.opportunities] == ["A1", "A1", "A1", "A2"]
    assert company.accounts[0].business_number == "123-45-67891"
    assert sum("by its business number" in text for text in warnings) == 1
    for code in ("A1", "A2"):
        assert sum(f"by its name; the account {code} carries" in text for text in warnings) == 1


def test_one_number_is_one_firm(faults: Callable[..., list[Fault]]) -> None:
    """Two accounts with one number are a fault that names both, however their names differ."""
    (fault,) = faults(accounts="id,name,사업자등록번호\nA1,가나,123-45-67891\nA2,다라,1234567891\n")
    assert (fault.row, fault.value) == (3, "123-45-67891")
    assert "가나" in fault.problem
    assert "다라" in fault.problem


@pytest.mark.parametrize(
    ("accounts", "named", "problem"),
    [
        ("A1,가나,123-45-67891\nA2,가나 주식회사,220-87-12343\n", "㈜가나", "Several accounts"),
        ("A1,(유)가나,\nA2,다라,\n", "㈜가나", "another legal form"),
        ("A1,가나,\nA2,다라,\n", "마바", "no such record"),
    ],
)
def test_names_that_are_asked(
    faults: Callable[..., list[Fault]], accounts: str, named: str, problem: str
) -> None:
    """Two firms of one name, a firm of another legal form, and a firm nobody knows are not guessed."""
    text = f"id,account,amount\nO1,{named},30000000\n"
    (fault,) = faults(accounts=f"id,name,사업자등록번호\n{accounts}", opportunities=text)
    assert problem in fault.problem
    assert fault.column == "account"


def test_alike_names_are_told(read: Callable[..., tuple[Company, list[str]]]) -> None:
    """Two rows of one name but for its form are told, unless both numbers show that they are two firms."""
    head = "id,name,사업자등록번호\n"
    _, warnings = read(accounts=f"{head}A1,가나,\nA2,(주)가나,123-45-67891\n")
    assert any("same name but for" in text for text in warnings)
    _, warnings = read(accounts=f"{head}A1,가나,220-87-12343\nA2,(주)가나,123-45-67891\n")
    assert not any("same name but for" in text for text in warnings)


def test_grades(read: Callable[..., tuple[Company, list[str]]]) -> None:
    """Grades and bands stay; a percentage is the declared probability, and told."""
    grades = "수주확도,수주확률\n뜨거움,95%\n3,0.3\n"
    text = deals("수주확도", "A", "50~70%", "80%", "뜨거움", "3")
    company, warnings = read(opportunities=text, grades=grades)
    assert company.grades == (Grade("뜨거움", 0.95), Grade("3", 0.3))
    found = [(opp.likelihood, opp.win_probability) for opp in company.opportunities[:5]]
    assert found == [("A", None), ("50~70%", None), ("", 0.8), ("뜨거움", None), ("3", None)]
    assert sum("no grade" in text for text in warnings) == 1


def test_grades_nobody_declared(faults: Callable[..., list[Fault]]) -> None:
    """An unknown word, a bare 3 and a percentage that contradicts the declared one are faults at their cells."""
    text = deals("수주확도,수주확률", "뜨거움,", "3,", "80%,0.5")
    assert [fault.value for fault in faults(opportunities=text)] == ["뜨거움", "3", "80%"]


@pytest.mark.parametrize(
    ("header", "row", "net"),
    [
        ("금액 (VAT 포함)", "33000000", 30_000_000),
        ("Amount incl. VAT", "33000000", 30_000_000),
        ("공급가액(VAT 별도)", "33000000", 33_000_000),
        ("부가세", "3000000", 30_000_000),
        ("부가세 포함 금액,과세구분", "33000000,영세율", 33_000_000),
        ("부가세 포함 금액,부가세", "33000000,0", 33_000_000),
    ],
)
def test_net_amounts(read: Callable[..., tuple[Company, list[str]]], header: str, row: str, net: int) -> None:
    """Net of VAT from a gross amount, from the VAT alone, without VAT, or as the header says."""
    company, _ = read(opportunities=f"id,account,{header}\nO1,A1,{row}\n")
    assert company.opportunities[0].amount == Money(net, "KRW")


@pytest.mark.parametrize(
    ("header", "row", "problem"),
    [
        ("공급가액,부가세 포함 금액,과세구분", "30000000,33000000,면세", "are one"),
        ("공급가액,부가세,과세구분", "30000000,3000000,영세율", "carries VAT"),
        ("부가세", "0", "no net amount can be reckoned"),
    ],
)
def test_vat_that_contradicts(
    faults: Callable[..., list[Fault]], header: str, row: str, problem: str
) -> None:
    """A sale without VAT that has some, and a VAT of nothing, are faults."""
    (fault,) = [
        f for f in faults(opportunities=f"id,account,{header}\nO1,A1,{row}\n") if f.column != "amount"
    ]
    assert problem in fault.problem


def test_headers_say_net_or_gross() -> None:
    """A note on VAT beside a header turns it into the net or the gross column; elsewhere only without VAT is read."""
    sheet, products = SHEET_BY_NAME["projects"], SHEET_BY_NAME["products"]
    names = [
        getattr(find_column(sheet, text), "name", None)
        for text in ("계약금액(부가세 포함)", "공급가액 [VAT 별도]", "금액")
    ]
    assert names == ["gross_amount", "amount", None]
    assert getattr(find_column(products, "정가 (VAT 별도)"), "name", None) == "list_price"
    assert find_column(products, "정가 (VAT 포함)") is None


def test_terms_of_payment(read: Callable[..., tuple[Company, list[str]]]) -> None:
    """Terms in one cell, in a column per share, and of the latest quote make the milestones of a deal."""
    text = deals(
        "결제조건,선급율,중도율,잔금율", "선급30% 잔금70%,,,", ",10%,40%,50%", "익월말 90일 어음,,,", ",,,"
    )
    quotes = (
        "영업기회 번호,차수,제출일,유효기간,공급가액,결제조건\n"
        "O4,1차,2026-03-01,30일,30000000,60일\nO4,Rev.2,2026-03-20,제출일로부터 1개월,29000000,선급50% 잔금50%\n"
        "O1,R1,2026-03-01,2026-05-01,30000000,60일\n"
    )
    wide = "영업기회 번호,차수,제출일,공급가액,선급율,잔금율\nO4,1,2026-03-01,30000000,20%,80%\n"
    assert read(opportunities=text, quotes=wide)[0].opportunities[3].payments == (
        PaymentMilestone("order", 0.2),
        PaymentMilestone("delivery", 0.8),
    )
    company, warnings = read(opportunities=text, quotes=quotes)
    assert [opp.payments for opp in company.opportunities[:4]] == [
        (PaymentMilestone("order", 0.3), PaymentMilestone("delivery", 0.7)),
        (PaymentMilestone("order", 0.1), PaymentMilestone("interim", 0.4), PaymentMilestone("delivery", 0.5)),
        (PaymentMilestone("delivery", 1.0, 135),),
        (PaymentMilestone("order", 0.5), PaymentMilestone("delivery", 0.5)),
    ]
    assert [(q.revision, q.valid_until) for q in company.quotes] == [
        (1, date(2026, 3, 31)),
        (2, date(2026, 4, 20)),
        (1, date(2026, 5, 1)),
    ]
    assert sum("latest quote count" in text for text in warnings) == 1


def test_terms_that_do_not_fit(faults: Callable[..., list[Fault]]) -> None:
    """Terms stated twice, shares short of the whole, and shares on a customer are faults at their cells."""
    text = deals("결제조건,선급율,잔금율", "60일,30%,70%", ",30%,60%", "60일,,")
    payments = "구분,번호,시점,비율\n,O3,잔금,100%\n"
    accounts = f"{ACCOUNTS}A1,가나산업,,30,,60일\nA2,다라전자,,,,선급30% 잔금70%\n"
    found = faults(opportunities=text, payments=payments, accounts=accounts)
    assert {(fault.sheet, fault.row, fault.column) for fault in found} == {
        ("opportunities", 2, "결제조건"),
        ("opportunities", 3, "선급율"),
        ("opportunities", 4, "결제조건"),
        ("accounts", 2, "결제조건"),
        ("accounts", 3, "결제조건"),
    }


def test_days_of_customers(read: Callable[..., tuple[Company, list[str]]]) -> None:
    """외상 and 어음 days from their own columns or from the terms of the customer."""
    company, _ = read(accounts=f"{ACCOUNTS}A1,가나산업,,익월말,60일 어음,\nA2,다라전자,,,,익월말 90일 어음\n")
    assert [(a.payment_days, a.note_days) for a in company.accounts] == [(45, 60), (45, 90)]


def test_contracts(read: Callable[..., tuple[Company, list[str]]]) -> None:
    """A contract with its rhythm, penalty and terms; a monthly quantity is reckoned for the whole time and told."""
    head = (
        "계약 번호,고객사 코드,제품 코드,계약 단가,시작일,만료일,예상 수량,월 예상 수량,기발주 수량,발주 주기(주),"
        "지체상금율(일),결제조건\n"
    )
    rows = (
        "K1,가나산업(주),P1,280만,2026-01-01,2026-12-31,120,,30,2,1/1000,60일\n"
        "K2,A2,P1,280만,2026-01-01,2026-12-31,,10,,,,\n"
    )
    company, warnings = read(contracts=head + rows)
    first, second = company.contracts
    assert isinstance(first, Contract)
    assert (first.account, first.quantity, first.remaining, first.every_weeks) == ("A1", 120, 90, 2)
    assert first.payments == (PaymentMilestone("delivery", 1.0, 60),)
    assert first.late_penalty is not None
    assert first.late_penalty.rate_per_day == pytest.approx(0.001)
    assert second.quantity == pytest.approx(120, abs=0.2)
    assert any("monthly quantity" in text for text in warnings)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("K1,A1,P1,280만,2026-01-01,2026-12-31,,", "예상 수량"),
        ("K1,A1,P9,280만,2026-01-01,2026-12-31,10,", "제품 코드"),
        ("K1,A1,P1,280만,2026-01-01,2025-12-31,10,", "만료일"),
        ("K1,A1,P1,280만,2026-01-01,2026-12-31,10,20", "기발주 수량"),
    ],
)
def test_contracts_that_cannot_be(faults: Callable[..., list[Fault]], row: str, column: str) -> None:
    """No quantity, an unknown product, an end before the start, more called off than expected."""
    head = "계약 번호,고객사 코드,제품 코드,계약 단가,시작일,만료일,예상 수량,기발주 수량\n"
    (fault,) = faults(contracts=f"{head}{row}\n")
    assert (fault.sheet, fault.row, fault.column) == ("contracts", 2, column)


def test_faults_are_spoken_in_korean(sound: dict[str, str], folder: Callable[..., Path]) -> None:
    """The same faults in Korean, with the figures of the case."""
    sheets = {"opportunities": deals("지체상금율(일),결제조건", "10,", "연 12%,", ",선급금 30%")}
    with pytest.raises(InputError) as refused:
        read_company(folder(sound | sheets), lang="ko")
    said = str(refused.value)
    for words in ("1000%", "연 단위 비율", "100%가 아니라 30%"):
        assert words in said


def test_two_spellings_cannot_double_a_record(faults: Callable[..., list[Fault]]) -> None:
    """Courses of one customer under two spellings are the same course twice."""
    (fault,) = faults(courses="account,kind\nA1,grow\n(주)가나산업,grow\n")
    assert (fault.sheet, fault.row, fault.problem) == (
        "courses",
        3,
        "This stands twice; row 2 says it first.",
    )


def test_spellings_with_one_number_are_one_customer(read: Callable[..., tuple[Company, list[str]]]) -> None:
    """One number under two spellings of one name is one customer: both rows' columns, every deal's code, told once."""
    rows = ("A1,(주)가나산업,123-45-67891,", "A3,가나산업 주식회사,1234567891,기계", "A2,다라,,")
    accounts = "\n".join(("id,name,사업자등록번호,업종", *rows)) + "\n"
    company, warnings = read(accounts=accounts, opportunities=deals("주석", "").replace("O1,A1", "O1,A3"))
    assert [(a.id, a.sector) for a in company.accounts] == [("A1", "기계"), ("A2", "")]
    assert [opp.account for opp in company.opportunities] == ["A1", "A2"]
    assert sum("in another spelling" in text for text in warnings) == 1


@pytest.mark.parametrize(
    "accounts",
    [
        "A1,(주)가나,,기계\nA2,가나 주식회사,,기계\n",
        "A1,(주)가나,123-45-67891,기계\nA2,가나 주식회사,,기계\n",
        "(주)가나,(주)가나,,기계\n가나 주식회사,가나 주식회사,,전자\n",
        "(주)가나,(주)가나,123-45-67891,\n가나 주식회사,가나 주식회사,220-87-12343,\n",
        "가나,가나,,\n(주)가나,(주)가나,,\n",
        "Gana GmbH,Gana GmbH,,\nGana AG,Gana AG,,\n",
    ],
)
def test_what_may_be_two_customers_stays_two(
    read: Callable[..., tuple[Company, list[str]]], accounts: str
) -> None:
    """Codes of their own, columns or numbers that differ, and other legal forms keep two rows apart."""
    first, second = (line.split(",")[0] for line in accounts.splitlines())
    text = f"id,account,amount,결과\nO1,{first},30000000,진행\nO2,{second},20000000,진행\n"
    company, _ = read(accounts=f"id,name,사업자등록번호,업종\n{accounts}", opportunities=text)
    assert [opp.account for opp in company.opportunities] == [first, second]
    assert len(company.accounts) == 2


def test_a_korean_report_is_in_korean(tmp_path: Path) -> None:
    """Sheets and columns that no file has a name for are called by ours in the reader's language."""
    write = tmp_path / "firm"
    write.mkdir()
    (write / "opportunities.csv").write_text("id,결과\nO1,수주\n", encoding="utf-8")
    (write / "resources.csv").write_text("id,name\nMC,MC\n", encoding="utf-8")
    places = {(fault.sheet, fault.column) for fault in check(write, lang="ko")}
    assert {("회사", "기준일"), ("회사", "통화"), ("opportunities", "종료일")} <= places
