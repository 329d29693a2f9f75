"""Clean firms made from a seed, and the files they are written to."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter

from pursuit.domain import (
    Account,
    Company,
    Invoice,
    LatePenalty,
    Operation,
    Opportunity,
    Option,
    PaymentMilestone,
    Product,
    Project,
    Quote,
    Resource,
    Routing,
    Segment,
    Work,
)
from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.intake.writing.flatten import flatten
from pursuit.intake.writing.showing import show
from pursuit.units import Money

TODAY = date(2026, 3, 31)
SYLLABLES = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호"
STAGES = ("상담", "견적", "협상")
CONTAINERS = ("folder", "cp949", "semicolon", "tab", "zip", "workbook", "korean workbook")
Cell = str | int | float | date | None


def clean_company(seed: int) -> Company:
    """A small firm without a single fault; the same for the same seed."""
    rng = random.Random(seed)
    names = _names(rng)
    accounts = tuple(
        Account(
            f"A-{number:02}",
            next(names),
            sector=rng.choice(["기계", "전자", "화학"]),
            region=rng.choice(["경기", "경남"]),
            segment="S-1",
            payment_days=rng.choice([30, 60]),
            credit_limit=Money(rng.randint(50, 900) * 1_000_000, "KRW"),
        )
        for number in range(1, rng.randint(6, 12))
    )
    products = tuple(
        Product(f"P-{n}", f"제품 {n}", "하우징", Money(n * 1_300_000, "KRW"), 0.4, f"R-{n}", 6 + n)
        for n in (1, 2, 3)
    )
    routings = tuple(
        Routing(
            f"R-{n}", (Operation("MC", "가공", 2.0, 1.5 * n, 2), Operation("ASSY", "조립", 1.0, 0.75 * n))
        )
        for n in (1, 2, 3)
    )
    opportunities = tuple(_opportunity(rng, n, accounts) for n in range(1, rng.randint(18, 40)))
    return Company(
        name="시험정밀",
        currency="KRW",
        as_of=TODAY,
        resources=(
            Resource("MC", "가공기", "work_center", 320.0, hourly_cost=Money(18_000, "KRW")),
            Resource("ASSY", "조립", "work_center", 200.0, hourly_cost=Money(15_000, "KRW")),
            Resource("SALES", "기술영업", "people", 120.0, headcount=3),
        ),
        opportunities=opportunities,
        accounts=accounts,
        segments=(Segment("S-1", "장비 제조사", reference_value=Money(20_000_000, "KRW")),),
        products=products,
        routings=routings,
        projects=(
            Project("J-1", "진행 중", accounts[0].id, date(2026, 6, 30), Money(10**8, "KRW"), (Work("MC", 140.0),)),
        ),
        quotes=tuple(
            Quote(o.id, 1, o.created, o.created + timedelta(60), o.amount)
            for o in opportunities
            if o.outcome == "open" and o.created and o.amount
        )[:5],
        invoices=tuple(_invoice(rng, n, accounts) for n in range(1, 9)),
    )  # fmt: skip


def _names(rng: random.Random):
    seen = set()
    while True:
        name = "".join(rng.choices(SYLLABLES, k=4)) + rng.choice(["산업", "정밀", "테크", "기전"])
        if name[:4] not in seen:
            seen.add(name[:4])
            yield name


def _opportunity(rng: random.Random, number: int, accounts: tuple[Account, ...]) -> Opportunity:
    outcome = rng.choice(["open", "open", "won", "lost"]) if number > 2 else "open"
    created = TODAY - timedelta(rng.randint(20, 300))
    quantity = rng.randint(3, 60)
    product = rng.randint(1, 3)
    is_open = outcome == "open"
    options = (
        Option("standard", "기본안", None, None, 8, {"SALES": float(rng.randint(8, 40))}, 4),
        Option("fast", "단납기", None, None, 6, {"SALES": float(rng.randint(30, 60))}, 4, win_shift=0.4),
    )
    return Opportunity(
        id=f"O-{number:03}",
        account=rng.choice(accounts).id,
        name=f"{number}차 라인 부품",
        product=f"P-{product}",
        quantity=float(quantity),
        amount=Money(quantity * product * 1_300_000 + number * 10_000, "KRW"),
        stage=rng.choice(STAGES),
        outcome=outcome,
        created=created,
        closed=None if is_open else created + timedelta(rng.randint(5, 15)),
        expected_close=TODAY + timedelta(rng.randint(20, 120)) if is_open else None,
        requested_date=TODAY + timedelta(rng.randint(150, 300)) if is_open else None,
        owner=rng.choice(["영업1팀", "영업2팀"]),
        win_probability=rng.randint(10, 80) / 100 if is_open else None,
        late_penalty=LatePenalty(0.001, 0.1) if is_open else None,
        payments=(PaymentMilestone("order", 0.3), PaymentMilestone("delivery", 0.7, 30)) if is_open else (),
        options=options if is_open else (),
    )


def _invoice(rng: random.Random, number: int, accounts: tuple[Account, ...]) -> Invoice:
    issued = TODAY - timedelta(rng.randint(60, 300))
    net = Money(rng.randint(5, 90) * 1_000_000, "KRW")
    return Invoice(
        f"V-{number:03}",
        rng.choice(accounts).id,
        issued,
        issued + timedelta(30),
        net,
        Money(net.amount // 10, "KRW"),
        issued + timedelta(rng.randint(20, 50)),
    )


@dataclass
class Files:
    """The cells of a firm's tables, header first, and how they are to be written."""

    container: str
    sheets: dict[str, list[list[Cell]]]
    names: dict[str, str]  # sheet name in the domain -> as titled here
    headers: dict[str, dict[str, str]] = field(default_factory=dict)  # sheet -> column -> as headed here

    def at(self, sheet: str, column: str) -> int:
        """Position of a column."""
        return self.sheets[sheet][0].index(self.headers[sheet][column])

    def get(self, sheet: str, row: int, column: str) -> Cell:
        """A cell; the header is row 0."""
        return self.sheets[sheet][row][self.at(sheet, column)]

    def put(self, sheet: str, row: int, column: str, value: Cell) -> None:
        """Overwrite a cell."""
        self.sheets[sheet][row][self.at(sheet, column)] = value

    def save(self, folder: Path) -> Path:
        """Write the files and give the path to read."""
        return _SAVE[self.container](self, folder)


def files_of(company: Company, container: str) -> Files:
    """The tables of a company as they will stand in files."""
    lang = "ko" if container == "korean workbook" else "en"
    rows = flatten(company)
    files = Files(container, {}, {})
    for sheet in SHEETS:
        if not rows[sheet.name]:
            continue
        columns = [c for c in sheet.columns if c.required or any(r.get(c.name) for r in rows[sheet.name])]
        files.names[sheet.name] = sheet.title(lang)
        files.headers[sheet.name] = {
            c.name: c.name if container in ("folder", "cp949") else c.header(lang) for c in columns
        }
        files.sheets[sheet.name] = [
            list(files.headers[sheet.name].values()),
            *(
                [show(c, cells.get(c.name), lang, cells.get("currency", company.currency)) for c in columns]
                for cells in rows[sheet.name]
            ),
        ]
    return files


def _texts(rows: list[list[Cell]], delimiter: str = ",") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def _folder(encoding: str, delimiter: str):
    def save(files: Files, folder: Path) -> Path:
        target = folder / "firm"
        target.mkdir()
        for name, rows in files.sheets.items():
            data = _texts(rows, delimiter).encode(encoding)
            (target / f"{files.names[name]}.csv").write_bytes(data)
        return target

    return save


def _zip(files: Files, folder: Path) -> Path:
    path = folder / "firm.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in files.sheets.items():
            archive.writestr(f"{files.names[name]}.csv", _texts(rows).encode())
    return path


def _workbook(files: Files, folder: Path) -> Path:
    path = folder / "firm.xlsx"
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in files.sheets.items():
            page = book.add_worksheet(files.names[name])
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, date):
                        page.write_datetime(r, c, cell, day)
                    elif isinstance(cell, str) and cell.startswith("=?"):
                        page.write_formula(r, c, cell.replace("?", ""), None, "")
                    elif isinstance(cell, str) and cell.startswith("="):
                        page.write_formula(r, c, cell, None, 1234)
                    elif isinstance(cell, str):
                        page.write_string(r, c, cell)
                    elif cell is not None:
                        page.write_number(r, c, cell)
    return path


_SAVE = {
    "folder": _folder("utf-8-sig", ","),
    "cp949": _folder("cp949", ","),
    "semicolon": _folder("utf-8", ";"),
    "tab": _folder("utf-16", "\t"),
    "zip": _zip,
    "workbook": _workbook,
    "korean workbook": _workbook,
}
