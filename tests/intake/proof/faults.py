"""Faults as people and programs make them, each planted in a place that is known."""

# ruff: noqa: E501
# fmt: off
# one fault per line where it fits: the list reads as a list

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from tests.intake.proof.clean import TODAY, Files

Where = tuple[str, int, str]
"""Sheet, row of its table (the header is 0) and column; -1 for any row, an empty column for any."""


@dataclass(frozen=True)
class Planted:
    """What was planted: any of the ``places`` must be named, nothing but ``touched`` records may read otherwise."""

    kind: str
    places: tuple[Where, ...]
    touched: frozenset[str] = frozenset()


ALONE = frozenset({"cells_beyond_the_header", "no_company_day", "missing_required_column"})
"""Faults after which what other cells mean cannot be judged: they are planted by themselves."""

Maker = Callable[[Files, random.Random], Planted | None]
FAULTS: dict[str, Maker] = {}
NOISE: dict[str, Maker] = {}


def _fault(maker: Maker) -> Maker:
    FAULTS[maker.__name__.strip("_")] = maker
    return maker


def _noise(maker: Maker) -> Maker:
    NOISE[maker.__name__.strip("_")] = maker
    return maker


def _row(files: Files, rng: random.Random, sheet: str = "opportunities") -> int:
    return rng.randint(1, len(files.sheets[sheet]) - 1)


def _open(files: Files, rng: random.Random) -> int:
    words = ("open", "진행")
    rows = range(1, len(files.sheets["opportunities"]))
    return rng.choice([r for r in rows if files.get("opportunities", r, "outcome") in words])


def _closed(files: Files, rng: random.Random) -> int | None:
    words = ("won", "수주")
    rows = range(1, len(files.sheets["opportunities"]))
    found = [r for r in rows if files.get("opportunities", r, "outcome") in words]
    return rng.choice(found) if found else None


def _cell(kind: str, sheet: str, column: str, value: object, pick: Callable[[Files, random.Random], int | None] | None = None, *, anywhere: bool = False) -> None:
    """A fault that overwrites one cell."""

    def plant(files: Files, rng: random.Random) -> Planted | None:
        if sheet not in files.sheets or column not in files.headers[sheet]:
            return None
        row = (pick or (lambda f, r: _row(f, r, sheet)))(files, rng)
        if row is None:
            return None
        wrong = value(files.get(sheet, row, column), rng) if callable(value) else value
        name = str(files.sheets[sheet][row][0])
        files.put(sheet, row, column, wrong)
        return Planted(kind, ((sheet, -1 if anywhere else row, column),), frozenset({name}))

    FAULTS[kind] = plant


def _typo(text: object, rng: random.Random) -> str:
    word = str(text)
    at = rng.randrange(len(word))
    return word[:at] + "Z" + word[at + 1:]


_cell("unknown account", "opportunities", "account", _typo)
_cell("unknown product", "opportunities", "product", _typo, _open)
_cell("unknown segment", "accounts", "segment", "S-9")
_cell("unknown routing", "products", "routing", "R-77")
_cell("unknown work centre", "routings", "work_center", "MCC")
_cell("blank account name", "accounts", "name", None)
_cell("blank customer", "opportunities", "account", None)
_cell("blank id", "opportunities", "id", None)
_cell("blank owner", "opportunities", "owner", None)
_cell("impossible probability", "opportunities", "win_probability", lambda _, rng: rng.choice([1.4, -0.2, "140%"]), _open)
_cell("percent as a share", "opportunities", "win_probability", lambda _, rng: rng.choice([40, 55, "70"]), _open)
_cell("certain to be won", "opportunities", "win_probability", 1, _open)
_cell("negative amount", "opportunities", "amount", lambda v, _: -int(v))
_cell("negative quantity", "opportunities", "quantity", lambda v, _: -float(v))
_cell("no amount of a won deal", "opportunities", "amount", 0, _closed)
_cell("a thousand times too much", "opportunities", "amount", lambda v, _: int(v) * 1000)
_cell("letters in a number", "opportunities", "quantity", lambda v, rng: rng.choice(["1O", "l2", "열두 개", "12 EA ea"]))
_cell("two decimal points", "opportunities", "quantity", "1.2.3")
_cell("error of a spreadsheet", "opportunities", "amount", lambda _, rng: rng.choice(["#N/A", "#REF!", "#DIV/0!"]))
_cell("no such day", "opportunities", "created", lambda _, rng: rng.choice(["2026-02-30", "2025-13-01", "2025-00-10"]))
_cell("not a date", "opportunities", "created", lambda _, rng: rng.choice(["곧", "soon", "작년쯤"]))
_cell("created in the future", "opportunities", "created", (TODAY + timedelta(40)).isoformat())
_cell("closed before created", "opportunities", "closed", "2019-01-02", _closed)
_cell("closed in the future", "opportunities", "closed", (TODAY + timedelta(60)).isoformat(), _closed)
_cell("won without a day", "opportunities", "closed", None, _closed)
_cell("open with a closing day", "opportunities", "closed", (TODAY - timedelta(3)).isoformat(), _open)
_cell("expected long ago", "opportunities", "expected_close", "2021-05-05", _open)
_cell("unknown outcome", "opportunities", "outcome", lambda _, rng: rng.choice(["성공적", "wonn", "???"]))
_cell("penalty of ten a day", "opportunities", "late_penalty_rate", 0.5, _open)
_cell("another currency without a rate", "opportunities", "amount", "USD 25000")
_cell("a currency nobody has", "opportunities", "amount", "QQQ 25000")
_cell("unit inside the cell of a plain column", "opportunities", "amount", "12천 위안")
_cell("hours below nothing", "resources", "hours_per_week", -40)
_cell("unknown kind of resource", "resources", "kind", "로봇팔")
_cell("quote lapses before it was sent", "quotes", "valid_until", "2020-01-01")
_cell("quote of no opportunity", "quotes", "opportunity", "O-999")
_cell("quote without an amount", "quotes", "net_amount", None)
_cell("option of no opportunity", "options", "opportunity", "O-999")
_cell("payment of nothing", "payments", "id", "O-999")
_cell("shares that do not add up", "payments", "share", 0.45, anywhere=True)  # told once, at the record's first row
_cell("unknown event", "payments", "event", "나중에")
_cell("paid before issued", "invoices", "paid", "2020-01-01")
_cell("bill to nobody", "invoices", "account", "A-77")
_cell("due before issued", "invoices", "due", "2020-01-01")
_cell("project for nobody", "projects", "account", "A-77")
_cell("work on nothing", "project_work", "resource", "로봇")
_cell("material share above one", "products", "material_share", 1.7)
_cell("text in a list price", "products", "list_price", "협의")


@_fault
def same_id_twice(files: Files, rng: random.Random) -> Planted | None:
    """A row copied with its id."""
    sheet = rng.choice(["opportunities", "accounts", "resources", "products", "invoices"])
    row = _row(files, rng, sheet)
    files.sheets[sheet].append(list(files.sheets[sheet][row]))
    return Planted("same id twice", ((sheet, len(files.sheets[sheet]) - 1, "id"),))


@_fault
def same_deal_twice(files: Files, rng: random.Random) -> Planted | None:
    """A deal entered again under another id."""
    row = _row(files, rng)
    copy = list(files.sheets["opportunities"][row])
    copy[files.at("opportunities", "id")] = "O-900"
    files.sheets["opportunities"].append(copy)
    last = len(files.sheets["opportunities"]) - 1
    return Planted("same deal twice", (("opportunities", last, ""), ("opportunities", row, "")), frozenset({"O-900"}))


@_fault
def same_firm_twice(files: Files, rng: random.Random) -> Planted | None:
    """A customer entered again with its legal form."""
    row = _row(files, rng, "accounts")
    copy = list(files.sheets["accounts"][row])
    name = str(copy[files.at("accounts", "name")])
    copy[files.at("accounts", "id")] = "A-90"
    copy[files.at("accounts", "name")] = rng.choice([f"(주){name}", f"{name} 주식회사", f"㈜ {name}"])
    files.sheets["accounts"].append(copy)
    last = len(files.sheets["accounts"]) - 1
    return Planted("same firm twice", (("accounts", last, ""), ("accounts", row, "")), frozenset({"A-90"}))


@_fault
def subtotal_row(files: Files, rng: random.Random) -> Planted | None:
    """A line of sums at the end of a table."""
    rows = files.sheets["opportunities"]
    at = files.at("opportunities", "amount")
    line = [None] * len(rows[0])
    line[0] = rng.choice(["합계", "소계", "총계", "Total", "Grand total", "합 계"])
    line[at] = sum(int(r[at]) for r in rows[1:] if isinstance(r[at], int))
    rows.append(line)
    return Planted("subtotal row", (("opportunities", len(rows) - 1, ""), ("opportunities", -1, "")))


@_fault
def two_ways_of_dates(files: Files, rng: random.Random) -> Planted | None:
    """A column of days and months that could be swapped."""
    for row in range(1, len(files.sheets["opportunities"])):
        if isinstance(files.get("opportunities", row, "created"), date):
            files.put("opportunities", row, "created", f"0{rng.randint(1, 9)}/0{rng.randint(1, 9)}/2025")
    files.put("opportunities", 1, "created", "03/04/2025")
    return Planted("two ways of dates", (("opportunities", -1, "created"),))


@_fault
def misspelt_header(files: Files, rng: random.Random) -> Planted | None:
    """A header with a letter wrong."""
    column = rng.choice(["amount", "stage", "outcome", "product", "quantity"])
    at = files.at("opportunities", column)
    wrong = files.sheets["opportunities"][0][at] = f"{files.headers['opportunities'][column]}q"
    files.headers["opportunities"][column] = wrong
    return Planted("misspelt header", (("opportunities", 0, column),), frozenset({"*"}))


@_fault
def missing_required_column(files: Files, rng: random.Random) -> Planted | None:
    """A column that must be there is not."""
    at = files.at("accounts", "name")
    for row in files.sheets["accounts"]:
        del row[at]
    return Planted("missing required column", (("accounts", 0, "name"), ("accounts", 0, "")))


@_fault
def doubled_column(files: Files, rng: random.Random) -> Planted | None:
    """A column pasted twice with other figures."""
    at = files.at("opportunities", "amount")
    for row in files.sheets["opportunities"]:
        row.append(row[at])
    return Planted("doubled column", (("opportunities", 0, "amount"),))


@_fault
def misspelt_sheet(files: Files, rng: random.Random) -> Planted | None:
    """A sheet with a letter wrong."""
    sheet = rng.choice(["invoices", "quotes", "segments", "projects"])
    files.names[sheet] += "x"
    return Planted("misspelt sheet", ((sheet, -1, ""),), frozenset({"*"}))


@_fault
def unknown_column(files: Files, rng: random.Random) -> Planted | None:
    """A column of the user's own."""
    for number, row in enumerate(files.sheets["opportunities"]):
        row.append("비고란 2" if number == 0 else rng.choice(["검토", "확인", None]))
    files.headers["opportunities"]["비고란 2"] = "비고란 2"
    return Planted("unknown column", (("opportunities", 0, "비고란 2"),))


@_fault
def cells_beyond_the_header(files: Files, rng: random.Random) -> Planted | None:
    """A row longer than its header."""
    row = _row(files, rng)
    files.sheets["opportunities"][row].append("넘친 값")
    return Planted("cells beyond the header", (("opportunities", row, ""), ("opportunities", 0, "")))


@_fault
def no_company_day(files: Files, rng: random.Random) -> Planted | None:
    """Nothing says which day the data describes."""
    files.put("company", 1, "as_of", None)
    return Planted("no company day", (("company", 1, "as_of"),))


@_fault
def a_formula(files: Files, rng: random.Random) -> Planted | None:
    """A cell whose value is the stored result of a formula."""
    if "workbook" not in files.container:
        return None
    row = _row(files, rng)
    files.put("opportunities", row, "amount", "=1000+234")
    return Planted("a formula", (("opportunities", -1, ""),), frozenset({str(files.sheets["opportunities"][row][0])}))


@_fault
def formula_without_result(files: Files, rng: random.Random) -> Planted | None:
    """A formula no program has worked out yet."""
    if "workbook" not in files.container:
        return None
    row = _row(files, rng)
    files.put("opportunities", row, "amount", "=?1000+234")
    return Planted("formula without result", (("opportunities", row, "amount"),))


@_noise
def columns_in_any_order(files: Files, rng: random.Random) -> Planted | None:
    """Columns shuffled."""
    for rows in files.sheets.values():
        order = list(range(len(rows[0])))
        rng.shuffle(order)
        rows[:] = [[row[at] for at in order] for row in rows]
    return Planted("columns in any order", ())


@_noise
def header_case(files: Files, rng: random.Random) -> Planted | None:
    """Headers in capitals with spaces around."""
    for sheet, rows in files.sheets.items():
        rows[0] = [f" {str(name).upper()} " for name in rows[0]]
        files.headers[sheet] = {column: f" {name.upper()} " for column, name in files.headers[sheet].items()}
    return Planted("header case", ())


@_noise
def blank_rows(files: Files, rng: random.Random) -> Planted | None:
    """A blank line after the last row."""
    for rows in files.sheets.values():
        rows.append([None] * len(rows[0]))
    return Planted("blank rows", ())


@_noise
def title_rows(files: Files, rng: random.Random) -> Planted | None:
    """A title, a day of print and a blank line above the header."""
    rows = files.sheets["opportunities"]
    width = len(rows[0])
    above = [["2026년 3월 영업현황"], ["출력일: 2026-03-31"], []]
    rows[:0] = [line + [None] * (width - len(line)) for line in above]
    return Planted("title rows", ())


@_noise
def amounts_as_text(files: Files, rng: random.Random) -> Planted | None:
    """Sums typed with commas."""
    for row in range(1, len(files.sheets["opportunities"])):
        value = files.get("opportunities", row, "amount")
        if isinstance(value, int):
            files.put("opportunities", row, "amount", f"{value:,}")
    return Planted("amounts as text", ())


@_noise
def korean_dates(files: Files, rng: random.Random) -> Planted | None:
    """Days written out in Korean."""
    for row in range(1, len(files.sheets["opportunities"])):
        value = files.get("opportunities", row, "created")
        if isinstance(value, date):
            files.put("opportunities", row, "created", f"{value.year}년 {value.month}월 {value.day}일")
    return Planted("korean dates", ())


@_noise
def spaces_around(files: Files, rng: random.Random) -> Planted | None:
    """Spaces around ids and names."""
    for row in range(1, len(files.sheets["opportunities"])):
        for column in ("account", "product", "stage"):
            value = files.get("opportunities", row, column)
            files.put("opportunities", row, column, f"  {value} " if value else value)
    return Planted("spaces around", ())
