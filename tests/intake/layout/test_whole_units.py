"""Figures noted in thousands, millions or per cent arrive in whole units, each told once; nothing is scaled twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pursuit.domain import Company
from pursuit.errors import Fault, InputError
from pursuit.intake import check, read_company

Folder = Callable[..., Path]


def deals(sound: dict[str, str], folder: Folder, text: str) -> Path:
    del sound["options"]
    return folder(sound | {"opportunities": text})


def read(path: Path) -> tuple[Company, tuple[Fault, ...]]:
    try:
        found = read_company(path)
    except InputError as error:
        raise AssertionError("\n".join(map(str, error.faults))) from None
    return found.company, found.warnings


@pytest.mark.parametrize(
    ("above", "amount", "cell"),
    [
        ("(단위: 천원)\n", "공급가액", "30000"),
        ("", "공급가액(천원)", " 30000 "),
        ("(단위: 백만원)\n", "공급가액(천원)", "30000"),
        ("", "공급가액[만원]", "3000"),
        ("Unit: KRW million\n", "amount", "30"),
        ("(in thousands)\n", "amount", "30000"),
        ("", "Amount (KRW mn)", "30"),
    ],
)
def test_money(sound: dict[str, str], folder: Folder, above: str, amount: str, cell: str) -> None:
    """A note or a header, the header first: the sum is in whole won, with one warning that says by how much."""
    path = deals(sound, folder, above + f"영업기회 번호,고객사 코드,{amount}\nO1,A1,{cell}\nO2,A2,{cell}\n")
    company, warnings = read(path)
    assert [o.amount.amount for o in company.opportunities if o.amount] == [30_000_000, 30_000_000]
    (warning,) = (w for w in warnings if "multiplied by" in w.problem)
    assert amount in (warning.column or amount)


def test_shares(sound: dict[str, str], folder: Folder) -> None:
    """40 under (%) is 0.4, 0.5 beside it half a per cent with a doubt, and 12% is 12% whatever stands above."""
    path = deals(sound, folder, "영업기회 번호,공급가액,수주확률(%)\nO1,1,40\nO2,2,0.5\nO3,3,12%\n")
    company, warnings = read(path)
    assert [o.win_probability for o in company.opportunities] == [0.4, 0.005, 0.12]
    told, doubt = [w for w in warnings if "per cent" in w.problem]
    assert (told.column, doubt.column, doubt.row, doubt.value) == ("수주확률(%)", "수주확률(%)", 3, "0.5")


def test_shares_that_can_be_read_in_two_ways(sound: dict[str, str], folder: Folder) -> None:
    """Only figures up to 1 under (%): 40 per cent, or less than one? Asked, once for the column."""
    path = deals(sound, folder, "영업기회 번호,공급가액,수주확률(%)\nO1,1,0.4\nO2,2,0.5\n")
    (fault,) = (f for f in check(path) if f.severity == "error")
    assert (fault.column, fault.row) == ("수주확률(%)", 1)
    assert "40%" in fault.mend


@pytest.mark.parametrize("cell", ["1억 2000만", "12천원", "3억", "1200원", "USD 30"])
def test_a_cell_with_a_unit_of_its_own(sound: dict[str, str], folder: Folder, cell: str) -> None:
    """It is asked which of the two counts; nothing is multiplied twice."""
    path = deals(sound, folder, f"영업기회 번호,고객사 코드,공급가액(천원)\nO1,A1,{cell}\nO2,A2,500\n")
    (fault,) = (f for f in check(path) if f.severity == "error")
    assert (fault.row, fault.column, fault.value) == (2, "공급가액(천원)", cell)


def test_a_unit_that_does_not_fit(sound: dict[str, str], folder: Folder) -> None:
    """A percentage of money, or money in a number of pieces, is a fault at the header."""
    path = deals(sound, folder, "영업기회 번호,고객사 코드,수량(천원),공급가액(%)\nO1,A1,1,2\n")
    faults = [f for f in check(path) if f.severity == "error"]
    assert [f.column for f in faults] == ["공급가액(%)", "수량(천원)"]


def test_currencies(sound: dict[str, str], folder: Folder) -> None:
    """The unit's currency is that of rows that name none, and contradicts those that name another."""
    sound["rates"] = "day,base,quote,rate\n2026-01-01,USD,KRW,1400\n"
    path = deals(sound, folder, "영업기회 번호,고객사 코드,Amount (USD k)\nO1,A1,12.5\n")
    company, _ = read(path)
    amount = company.opportunities[0].amount
    assert amount is not None
    assert (amount.amount, amount.currency) == (1_250_000, "USD")
    path = folder(
        sound | {"opportunities": "영업기회 번호,고객사 코드,통화,공급가액(천원)\nO1,A1,USD,1\nO2,A2,KRW,1\n"}
    )
    (fault,) = (f for f in check(path) if f.severity == "error")
    assert (fault.row, fault.column) == (2, "통화")


def test_pieces(sound: dict[str, str], folder: Folder) -> None:
    """수량(천개) counts thousands."""
    company, _ = read(deals(sound, folder, "영업기회 번호,공급가액,수량(천개)\nO1,1,1.5\n"))
    assert company.opportunities[0].quantity == 1500


MAPPING = """
[company]
name = "Export"
currency = "KRW"
vat_rate = 0.1
as_of = 2026-03-31

[files.deals]
file = "deals.csv"

[[sheets.resources]]
id.value = "MC"
name.value = "MC"
hours_per_week.value = 40

[[sheets.opportunities]]
from = "deals"
id = "No"
amount = AMOUNT
win_probability = SHARE
"""


@pytest.mark.parametrize(
    ("amount", "share"),
    [
        ('"Value (KRW k)"', '"Chance (%)"'),
        ('"Value"', '{ column = "Chance (%)", percent = true }'),
        ('{ formula = "{Value (KRW k)} * 1" }', '{ formula = "{Chance (%)} + 0" }'),
    ],
)
def test_mappings(tmp_path: Path, amount: str, share: str) -> None:
    """Columns and formulas of a foreign file, under a title, come in whole units whichever way they are drawn."""
    (tmp_path / "deals.csv").write_text("Pipeline\n\nNo,Value (KRW k),Chance (%)\n1,12,40\n2,5,60\n", "utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text(MAPPING.replace("AMOUNT", amount).replace("SHARE", share), "utf-8")
    company = read_company(tmp_path, mapping=mapping).company
    found = [(o.amount.amount, o.win_probability) for o in company.opportunities if o.amount]
    assert found == [(12_000, 0.4), (5_000, 0.6)]


def test_a_formula_that_scales_again(tmp_path: Path) -> None:
    """A formula that divides by 100 what the header says is per cent is a fault of the mapping."""
    (tmp_path / "deals.csv").write_text("No,Value,Chance (%)\n1,12,40\n", "utf-8")
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        MAPPING.replace("AMOUNT", '"Value"').replace("SHARE", '{ formula = "{Chance (%)} / 100" }'), "utf-8"
    )
    (fault,) = (f for f in check(tmp_path, mapping=mapping) if f.severity == "error")
    assert fault.file == "m.toml"
    assert "100" in fault.problem


def test_small_per_cents_among_small_ones(sound: dict[str, str], folder: Folder) -> None:
    """Half a per cent among a few per cent is nothing odd."""
    path = deals(sound, folder, "영업기회 번호,공급가액,수주확률(%)\nO1,1,1.5\nO2,2,0.5\nO3,3,3\n")
    _, warnings = read(path)
    assert not [w for w in warnings if "perhaps it is a share" in w.problem]
