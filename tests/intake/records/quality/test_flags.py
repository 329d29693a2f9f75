"""Every doubt about rows is told where it is planted, and nothing is said of a sound firm."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pursuit.demo import make_firm
from pursuit.errors import Fault
from pursuit.intake import check, write_folder
from pursuit.intake.records.quality.spellings import _one_slip

Folder = Callable[..., Path]

HEADER = (
    "id,account,product,quantity,amount,outcome,created,closed,expected_close,owner,stage,win_probability"
)
ENDS = {
    "won": ("2026-01-{:02}", "Ordered", ""),
    "lost": ("2026-02-{:02}", "Lost", ""),
    "open": ("", "Negotiation", "0.{}"),
}


def deal(n: int) -> str:
    """The ``n``-th deal, in order with all others."""
    outcome = ("won", "lost", "open")[n % 3]
    closed, stage, chance = ENDS[outcome]
    return (
        f"D{n:02},A{n % 2 + 1},P1,{n + 2},{(n + 2) * 3_000_000 + n * 1000},{outcome},2025-0{n % 9 + 1}-1{n % 7},"
        f"{closed.format(n + 1)},2026-0{n % 3 + 4}-15,Team {n % 3},{stage},{chance.format(n + 10)}"
    )


DEALS = "\n".join([HEADER, *map(deal, range(24))]) + "\n"
"""Two dozen deals: every third won (D00, D03, ...), lost (D01, ...) or open (D02, ...)."""
MORE = {
    "quotes": "opportunity,revision,sent,valid_until,net_amount\nD02,1,2026-03-01,2026-05-01,12000000\n",
    "invoices": "id,account,issued,due,net_amount,paid\nV1,A1,2026-01-01,2026-01-31,1000,2026-02-01\n",
    "payments": "id,event,share\nD02,order,30%\nD02,delivery,70%\n",
    "options": "opportunity,id,effort,win_probability\nD02,standard,SALES: 12,0.3\n",
    "option_work": "opportunity,option,resource,hours\nD02,standard,MC,10\n",
}


@pytest.fixture
def firm(sound: dict[str, str]) -> dict[str, str]:
    """A sound firm with two dozen deals and what hangs on them."""
    return sound | MORE | {"opportunities": DEALS}


def found(path: Path) -> list[Fault]:
    return list(check(path))


def test_a_sound_firm_has_none(firm: dict[str, str], folder: Folder) -> None:
    """Nothing is said of two dozen deals in order."""
    assert found(folder(firm)) == []


def test_the_demonstration_firm_has_none(tmp_path: Path) -> None:
    """None of the doubts here falls on the firm that the demonstration makes, written out and read again."""
    firm = make_firm()
    write_folder(getattr(firm, "company", firm), tmp_path / "demo")
    checked = (
        "created",
        "closed",
        "expected_close",
        "amount",
        "quantity",
        "owner",
        "stage",
        "win_probability",
    )
    assert [f for f in found(tmp_path / "demo") if f.sheet == "opportunities" and f.column in checked] == []


def line(name: str) -> str:
    return next(row for row in DEALS.splitlines() if row.startswith(name))


def renamed(name: str, other: str) -> str:
    """A deal's line under another id."""
    return line(name).replace(name, other)


def changed(name: str, **cells: str) -> tuple[str, str]:
    """A deal's line as it is, and with some cells written over."""
    header, values = HEADER.split(","), line(name).split(",")
    return line(name), ",".join(
        cells.get(column, value) for column, value in zip(header, values, strict=True)
    )


@pytest.mark.parametrize(
    ("sheet", "change", "row", "column", "severity", "says"),
    [
        ("opportunities", changed("D05", created="2026-04-05"), 7, "created", "warning", "day of the data"),
        ("opportunities", changed("D06", closed="2026-04-05"), 8, "closed", "warning", "day of the data"),
        ("opportunities", changed("D06", closed="2024-04-05"), 8, "closed", "error", "before it was created"),
        ("opportunities", changed("D06", closed=""), 8, "closed", "warning", "not said when"),
        ("opportunities", changed("D05", closed="2026-01-05"), 7, "closed", "warning", "has a day of closing"),
        ("opportunities", changed("D05", expected_close="2025-12-05"), 7, "expected_close", "warning", "long after"),
        ("opportunities", changed("D06", amount="0"), 8, "amount", "warning", "won for nothing"),
        ("opportunities", changed("D06", amount="-5"), 8, "amount", "error", "too small"),
        ("opportunities", changed("D06", quantity="0"), 8, "quantity", "warning", "no pieces"),
        ("opportunities", changed("D06", quantity="-1"), 8, "quantity", "error", "too small"),
        ("opportunities", changed("D06", amount="24006000000"), 8, "amount", "warning", "far off what is usual"),
        ("opportunities", changed("D06", amount="24006"), 8, "amount", "warning", "far off what is usual"),
        ("opportunities", changed("D06", amount="USD 24006"), 8, "currency", "error", "No exchange rate"),
        ("opportunities", changed("D06", owner=""), 8, "owner", "warning", "Nobody is named"),
        ("opportunities", changed("D05", stage="Negotation"), 7, "stage", "warning", "spelt almost like"),
        ("opportunities", changed("D05", stage="NEGOTIATION"), 7, "stage", "warning", "spelt almost like"),
        ("opportunities", changed("D05", win_probability="1"), 7, "win_probability", "warning", "Nothing is certain"),
        ("opportunities", changed("D05", win_probability="0%"), 7, "win_probability", "warning", "Nothing is certain"),
        ("opportunities", changed("D05", win_probability="1.4"), 7, "win_probability", "error", "too large"),
        ("opportunities", changed("D05", win_probability="140%"), 7, "win_probability", "error", "too large"),
        ("opportunities", changed("D05", win_probability="-0.1"), 7, "win_probability", "error", "too small"),
        ("opportunities", changed("D05", win_probability="40"), 7, "win_probability", "error", "too large"),
        ("opportunities", changed("D05", product="PP1"), 7, "product", "error", "no such record"),
        ("opportunities", changed("D05", id="1.23E+11"), 7, "id", "error", "shortened"),
        ("opportunities", (line("D06"), renamed("D06", "D90")), 8, "", "", ""),
        ("opportunities", (line("D06"), line("D06") + "\n" + renamed("D06", "D90")), 9, "id", "warning", "all but"),
        ("opportunities", (line("D06"), line("D06") + "\n" + line("D06")), 9, "id", "error", "stands twice"),
        ("options", ("0.3", "1"), 2, "win_probability", "warning", "Nothing is certain"),
        ("options", ("D02", "D99"), 2, "opportunity", "error", "no such record"),
        ("option_work", ("standard", "standrad"), 2, "option", "error", "no such record"),
        ("payments", ("D02", "D0Z"), 2, "id", "error", "no such record"),
        ("payments", ("70%", "60%"), 2, "share", "error", "do not add up"),
        ("quotes", ("D02", "D99"), 2, "opportunity", "error", "no such record"),
        ("quotes", ("2026-05-01", "2026-02-01"), 2, "valid_until", "warning", "ends before it begins"),
        ("quotes", ("2026-03-01", "2026-04-01"), 2, "sent", "warning", "day of the data"),
        ("invoices", ("2026-01-31", "2025-01-31"), 2, "due", "warning", "ends before it begins"),
        ("invoices", ("2026-02-01", "2026-05-01"), 2, "paid", "warning", "day of the data"),
        ("invoices", ("A1", "A9"), 2, "account", "error", "no such record"),
    ],
)  # fmt: skip
def test_flag(
    firm: dict[str, str],
    folder: Folder,
    sheet: str,
    change: tuple[str, str],
    row: int,
    column: str,
    severity: str,
    says: str,
) -> None:
    """One thing wrong in a sound firm is told at its cell, as an error or a warning; a new id alone is not."""
    old, new = change
    assert old in firm[sheet]
    firm[sheet] = firm[sheet].replace(old, new, 1)
    faults = found(folder(firm))
    if not says:
        assert faults == []
        return
    told = [f for f in faults if (f.sheet, f.row, f.column) == (sheet, row, column)]
    assert [(f.severity, says in f.problem) for f in told if says in f.problem] == [(severity, True)]
    assert all(f.mend for f in faults)


@pytest.mark.parametrize(
    ("sheet", "old", "new", "near"),
    [
        ("opportunities", "D05,A2", "D05,A22", "A2"),
        ("opportunities", "P1,7", "P-1,7", "P1"),
        ("opportunities", "P1,7", "하우징,7", "P1"),
        ("options", "SALES", "SALE", "SALES"),
        ("option_work", "MC", "MCC", "MC"),
        ("option_work", "standard", "standrad", "standard"),
        ("payments", "D02,order", "D2,order", "D02"),
        ("products", "R1", "r-1", "R1"),
    ],
)
def test_the_nearest_name_is_offered(
    firm: dict[str, str], folder: Folder, sheet: str, old: str, new: str, near: str
) -> None:
    """A name that is not there is told with the nearest one that is, by its code or by its name."""
    assert old in firm[sheet]
    firm[sheet] = firm[sheet].replace(old, new, 1)
    (fault,) = [f for f in found(folder(firm)) if "no such record" in f.problem]
    assert f"If it is meant to be {near}," in fault.mend


@pytest.mark.parametrize(
    ("column", "value", "outcomes", "says"),
    [
        ("created", "2025-01-02", ("won", "lost", "open"), "created on one day"),
        ("closed", "2026-03-02", ("won", "lost"), "closed on one day"),
        ("outcome", "won", ("won", "lost"), "ended alike"),
    ],
)
def test_history_that_teaches_nothing(
    firm: dict[str, str], folder: Folder, column: str, value: str, outcomes: tuple[str, ...], says: str
) -> None:
    """A column that says the same of every deal is told once, for the column."""
    for row in DEALS.splitlines()[1:]:
        if row.split(",")[5] in outcomes:
            firm["opportunities"] = firm["opportunities"].replace(*changed(row[:3], **{column: value}))
    (fault,) = found(folder(firm))
    assert (fault.row, fault.column, fault.severity) == (0, column, "warning")
    assert says in fault.problem


def test_lost_zeros(firm: dict[str, str], folder: Folder) -> None:
    """A number shorter than the rest, which begin with zeros, has lost its own; short numbers alone have not."""

    def bills(*names: str) -> list[Fault]:
        lines = (f"{name},A1,2026-01-01,2026-01-31,1000\n" for name in names)
        return found(folder(firm | {"invoices": "id,account,issued,due,net_amount\n" + "".join(lines)}))

    (fault,) = bills("00123", "00124", "125", "02000")
    assert (fault.row, fault.column) == (4, "id")
    assert bills("99123", "99124", "125", "92000") == []


def test_sums_without_a_product_are_compared_with_each_other(firm: dict[str, str], folder: Folder) -> None:
    """A thousandfold bill stands out among its like; bills that spread over three digits do not."""
    lines = [f"V{n},A1,2026-01-01,2026-01-31,{n * n * 1000}\n" for n in range(1, 20)]
    firm["invoices"] = "id,account,issued,due,net_amount\n" + "".join(lines)
    assert found(folder(firm)) == []
    firm["invoices"] = firm["invoices"].replace("100000\n", "100000000\n")
    (fault,) = found(folder(firm))
    assert (fault.row, fault.column) == (11, "net_amount")
    assert "thousands" in fault.problem


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("Negotiation", "Negotation", True),
        ("Negotiation", "Negotaition", True),
        ("technology", "technolgy", True),
        ("Proposal sent", "Porposal sent", True),
        ("협상진행", "협상진헹", True),
        ("Qualified", "Unqualified", False),
        ("Team A", "Team B", False),
        ("Stage1", "Stage2", False),
        ("수주", "실주", False),
        ("East", "West", False),
    ],
)
def test_slips(one: str, other: str, slip: bool) -> None:
    """One letter wrong in a long word is a slip; another word, a letter by itself or a number is not."""
    assert _one_slip(one, other) is slip
    assert _one_slip(other, one) is slip


@pytest.mark.parametrize("other", ["d00", "Ｄ00", "D 00", "D00\u200b", "\ufeffD00"])
def test_ids_that_look_alike(other: str, firm: dict[str, str], folder: Folder) -> None:
    """An id that is another one but for case, width, blanks or what nobody sees is told with the row of that one."""
    firm["opportunities"] = firm["opportunities"].replace("\nD03,", f"\n{other},")
    alike, *unseen = [fault for fault in found(folder(firm)) if fault.column == "id"]
    assert (alike.severity, alike.row) == ("warning", 5)
    assert "D00 in row 2 only in case" in alike.problem or unseen
    assert bool(unseen) == (not other.isprintable())


def test_references_with_letters_nobody_sees(firm: dict[str, str], folder: Folder) -> None:
    """A name whose odd letter cannot be seen is shown with that letter spelt out."""
    firm["opportunities"] = firm["opportunities"].replace("D03,A2", "D03,A2\u200b")
    told = [fault for fault in found(folder(firm)) if fault.column == "account"]
    assert any("\\u200b" in fault.value for fault in told)


@pytest.mark.parametrize(
    ("project", "told"), [("K1,Frame,A1", 1), ("J1,Year of pumps,A1", 1), ("K1,Frame,A2", 0)]
)
def test_a_contract_that_is_a_project_too(
    project: str, told: int, firm: dict[str, str], folder: Folder
) -> None:
    """A contract and a project of one customer and one name are told, for both count."""
    firm["projects"] = f"id,name,account,due,amount\n{project},2026-06-30,100000000\n"
    firm["project_work"] = f"project,resource,hours\n{project[:2]},MC,100\n"
    firm["contracts"] = (
        "id,name,account,product,unit_price,starts,ends,quantity,every_weeks\n"
        "K1,Year of pumps,A1,P1,3000000,2026-01-01,2026-12-31,100,4\n"
    )
    assert len([f for f in found(folder(firm)) if "is called the same" in f.problem]) == told
