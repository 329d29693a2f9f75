"""The commands new and check."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pursuit.intake import check


@pytest.mark.parametrize(("lang", "sheet"), [("ko", "영업기회"), ("en", "opportunities")])
def test_new(run: Callable[..., Any], tmp_path: Path, lang: str, sheet: str) -> None:
    """The written workbook is the template in the language asked for; its folder is made."""
    done = run("new", "mine/company.xlsx", "--lang", lang)
    assert done.exit_code == 0
    assert "company.xlsx" in done.stdout
    assert sheet in openpyxl.load_workbook(tmp_path / "mine" / "company.xlsx").sheetnames


def test_new_does_not_overwrite(run: Callable[..., Any], tmp_path: Path) -> None:
    """A file that is there stays as it is unless --force is given."""
    path = tmp_path / "a.xlsx"
    path.write_text("precious")
    refused = run("new", path)
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert path.read_text() == "precious"
    assert run("new", path, "--force").exit_code == 0
    assert path.read_bytes().startswith(b"PK")


def test_new_wants_xlsx(run: Callable[..., Any], tmp_path: Path) -> None:
    """A name no spreadsheet program would open is refused."""
    done = run("new", "company.xls")
    assert done.exit_code == 1
    assert ".xlsx" in done.stderr
    assert not list(tmp_path.iterdir())


def test_check_sound(run: Callable[..., Any], firm: Path) -> None:
    """Nothing wrong: exit code 0 and a line that says so."""
    done = run("check", firm)
    assert (done.exit_code, done.stdout) == (0, "Errors: 0, warnings: 0.\n")


def test_check_warns(run: Callable[..., Any], firm: Path) -> None:
    """Warnings alone are shown and end with 0."""
    with (firm / "accounts.csv").open("a") as stream:
        stream.write("A2,B,기계\n")
    (firm / "company.csv").write_text("name,currency,as_of\n시험정밀,KRW,2026-03-02\n")
    done = run("check", firm)
    assert done.exit_code == 0
    assert done.stdout.startswith("Warning")


@pytest.mark.parametrize(("lang", "row", "error"), [("en", "row 3", "Error"), ("ko", "3행", "오류")])
def test_check_lists_everything(
    run: Callable[..., Any], broken: Path, lang: str, row: str, error: str
) -> None:
    """Each of three faults is told with file, sheet, row, column, value, problem and mend."""
    done = run("check", broken, "--lang", lang)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert sum(line.startswith(error) for line in lines) == 4  # three faults and the sum
    for fault in check(broken, lang=lang):
        at = next(n for n, line in enumerate(lines) if fault.value in line and fault.column in line)
        assert fault.file in lines[at]
        assert fault.problem in lines[at + 1]
        assert fault.mend in lines[at + 1]
    assert any(row in line for line in lines)


def test_check_saves_csv(run: Callable[..., Any], broken: Path, tmp_path: Path) -> None:
    """--csv holds the same faults, opens with Korean intact, and runs no formula."""
    path = broken / "opportunities.csv"
    path.write_text(path.read_text().replace("삼천만?", "=1+1"))
    assert run("check", broken, "--csv", "faults.csv").exit_code == 1
    data = (tmp_path / "faults.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines()))
    assert [row["problem"] for row in rows] == [fault.problem for fault in check(broken)]
    assert "'=1+1" in {row["value"] for row in rows}


def test_as_of_and_mapping_reach_the_reader(run: Callable[..., Any], firm: Path, tmp_path: Path) -> None:
    """A day told by option stands in for one the files lack; a broken mapping is noticed."""
    (tmp_path / "bad.toml").write_text("[company\n")
    assert run("check", firm, "--mapping", tmp_path / "bad.toml").exit_code == 1
    (firm / "company.csv").write_text("name,currency,vat_rate\n시험정밀,KRW,10%\n")
    assert run("check", firm).exit_code == 1
    assert run("check", firm, "--as-of", "2026-03-02").exit_code == 0


def test_terminal_codes_are_not_passed_on(run: Callable[..., Any], broken: Path) -> None:
    """A value in a file cannot steer the terminal."""
    path = broken / "opportunities.csv"
    path.write_text(path.read_text().replace("삼천만?", "\x1b[2J\x07boo"))
    done = run("check", broken)
    assert "boo" in done.stdout
    assert "\x1b" not in done.stdout
    assert "\x07" not in done.stdout
