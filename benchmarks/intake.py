"""Reading files: seconds and memory by size and kind of file, beside readers of the same tables.

``python -m benchmarks.intake [--rows 1000 10000 100000]`` prints a line per file and size. Ours goes all the way to
a checked Company; the peer only gets the cells out (the standard library's csv, openpyxl in its read-only mode), so
the ratio says what recognition, typing and checking cost on top. Every figure is of a process of its own, memory of
the whole tree of processes.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from rich.console import Console
from rich.table import Table

ROWS = (1_000, 10_000, 100_000)
TODAY = date(2026, 3, 31)
DEAL = (
    *("id", "account", "name", "product", "quantity", "amount", "stage", "outcome", "created", "closed"),
    *("expected_close", "requested_date", "owner", "source", "competitors", "win_probability"),
    *("late_penalty_rate", "late_penalty_cap", "decide_by"),
)
REPORT = (
    *("Opportunity ID", "Opportunity Name", "Account Name", "Stage", "Amount", "Probability (%)"),
    *("Close Date", "Created Date", "Opportunity Owner", "Lead Source"),
)
KINDS = ("folder of CSV", "workbook", "zip of CSV", "CRM report")
_OURS = """
import json, resource, sys, time
from pursuit.intake import read_company
began = time.monotonic(), time.process_time()
read = read_company(sys.argv[1])
own = next(line for line in open("/proc/self/status") if line.startswith("VmHWM")).split()[1]
child = resource.getrusage(resource.RUSAGE_CHILDREN)
cpu = time.process_time() - began[1] + child.ru_utime + child.ru_stime
print(json.dumps({"wall": time.monotonic() - began[0], "cpu": cpu, "mb": (int(own) + child.ru_maxrss) / 1024,
    "deals": len(read.company.opportunities), "warnings": len(read.warnings)}))
"""
_PEER = """
import csv, io, json, sys, time, zipfile
from pathlib import Path
path, cells = Path(sys.argv[1]), 0
began = time.process_time()
if path.suffix == ".xlsx":
    import openpyxl
    for sheet in openpyxl.load_workbook(path, read_only=True, data_only=True):
        cells += sum(len(row) for row in sheet.iter_rows(values_only=True))
else:
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            texts = [archive.read(name).decode() for name in archive.namelist()]
    else:
        texts = [file.read_text("utf-8") for file in path.glob("*.csv")]
    for text in texts:
        cells += sum(len(row) for row in csv.reader(io.StringIO(text)))
print(json.dumps({"cpu": time.process_time() - began, "cells": cells}))
"""


def tables(rows: int, seed: int = 1) -> dict[str, list[list[object]]]:
    """A firm with ``rows`` opportunities, in our own sheets."""
    rng = random.Random(seed)
    count = max(rows // 20, 5)
    accounts = [[f"A-{n:05}", f"고객사 {n:05} 산업", rng.choice(["기계", "전자"])] for n in range(count)]
    return {
        "company": [["name", "currency", "as_of", "vat_rate"], ["큰 회사", "KRW", TODAY, 0.1]],
        "resources": [
            ["id", "name", "hours_per_week"],
            ["MC", "가공", 16_000],
            ["SALES", "영업", 8_000],
        ],
        "accounts": [["id", "name", "sector"], *accounts],
        "products": [
            ["id", "name", "list_price"],
            *([f"P-{n}", f"제품 {n}", 1_000_000 + n] for n in range(50)),
        ],
        "opportunities": [list(DEAL), *(_deal(number, count, rng) for number in range(rows))],
    }


def _deal(number: int, accounts: int, rng: random.Random) -> list[object]:
    """One opportunity, in the order of ``DEAL``."""
    created = TODAY - timedelta(rng.randint(30, 900))
    is_open = rng.random() < 0.3
    ahead = TODAY + timedelta(rng.randint(10, 200)) if is_open else None
    return [
        f"O-{number:06}",
        f"A-{rng.randrange(accounts):05}",
        f"{number} 라인 부품",
        f"P-{rng.randrange(50)}",
        rng.randint(1, 90),
        rng.randint(1_000, 900_000) * 1_000,
        rng.choice(["상담", "견적", "협상"]),
        "open" if is_open else rng.choice(["won", "lost"]),
        created,
        None if is_open else created + timedelta(rng.randint(3, 29)),
        ahead,
        ahead,
        rng.choice(["1팀", "2팀"]),
        "전시회",
        rng.choice([None, "가사; 나사", "다사"]),
        rng.randint(1, 99) / 100 if is_open else None,
        0.001,
        0.1,
        None,
    ]


def write(kind: str, rows: int, folder: Path) -> Path:
    """The firm in one kind of file."""
    made = tables(rows)
    if kind == "CRM report":
        return _report(made, folder)
    if kind == "workbook":
        path = folder / "firm.xlsx"
        with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
            day = book.add_format({"num_format": "yyyy-mm-dd"})
            for name, lines in made.items():
                page = book.add_worksheet(name)
                for r, line in enumerate(lines):
                    for c, cell in enumerate(line):
                        if isinstance(cell, date):
                            page.write_datetime(r, c, cell, day)
                        elif cell is not None:
                            page.write(r, c, cell)
        return path
    target = folder / "firm"
    target.mkdir()
    for name, lines in made.items():
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(lines)
    if kind == "zip of CSV":
        path = folder / "firm.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(target.iterdir()):
                archive.write(file, file.name)
        return path
    return target


def _report(made: dict[str, list[list[object]]], folder: Path) -> Path:
    """The deals as a Salesforce opportunity report, the firm's own sheets beside it."""
    target = folder / "firm"
    target.mkdir()
    for name in ("company", "resources"):
        with (target / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(made[name])
    stages = {"won": "Closed Won", "lost": "Closed Lost", "open": "Negotiation"}
    with (target / "report.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(REPORT)
        for row in made["opportunities"][1:]:
            deal = dict(zip(DEAL, row, strict=True))
            closes, stage = deal["closed"] or deal["expected_close"], stages[str(deal["outcome"])]
            account = f"고객사 {deal['account']}"
            writer.writerow(
                [
                    *(deal["id"], deal["name"], account, stage, deal["amount"], 50),
                    *(closes, deal["created"], deal["owner"], deal["source"]),
                ]
            )
    return target


def measured(script: str, path: Path) -> dict[str, float]:
    """What a fresh process says of reading ``path``."""
    command = [sys.executable, "-c", script, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return dict(json.loads(done.stdout))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.intake", description=__doc__)
    parser.add_argument("--rows", type=int, nargs="*", default=ROWS)
    rows = parser.parse_args().rows
    table = Table(title="Files to a checked company", title_justify="left")
    for column in ("file", "deals", "wall s", "CPU s", "MB", "warnings", "peer CPU s", "times the peer"):
        table.add_column(column, justify="right")
    for kind in KINDS:
        for count in rows:
            with tempfile.TemporaryDirectory() as place:
                path = write(kind, count, Path(place))
                ours, peer = measured(_OURS, path), measured(_PEER, path)
            table.add_row(
                kind, f"{count:,}", f"{ours['wall']:.2f}", f"{ours['cpu']:.2f}", f"{ours['mb']:.0f}",
                f"{ours['warnings']:.0f}", f"{peer['cpu']:.2f}", f"{ours['cpu'] / max(peer['cpu'], 1e-3):.1f}",
            )  # fmt: skip
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
