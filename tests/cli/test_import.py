"""The command import: reports first, publishes when told, and keeps its history."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pursuit.cli import importing
from pursuit.intake import read_company

FOREIGN = "Deal No,Client,Sum\nD1,가나,1000\n"


@pytest.fixture
def bring(run: Callable[..., Any], firm: Path) -> Callable[..., Any]:
    """Imports the firm's files into ``book``, or those named."""
    return lambda *words: run("import", *(words or (firm,)), "--into", "book")


def test_report_first(bring: Callable[..., Any], firm: Path) -> None:
    """Without --publish there is a report, an exit code of 0 and no file; with it a version."""
    looked = bring()
    assert looked.exit_code == 0
    assert "opportunities: added 3" in looked.stdout
    assert "--publish" in looked.stdout
    assert not Path("book").exists()
    done = bring(firm, "--publish")
    assert (done.exit_code, "version 1" in done.stdout) == (0, True)
    assert read_company("book").company.content_hash == read_company(firm).company.content_hash


def test_again_is_nothing(bring: Callable[..., Any], firm: Path) -> None:
    """The same files again end with 0, say so, and need no --publish."""
    bring(firm, "--publish")
    again = bring(firm, "--publish")
    assert again.exit_code == 0
    assert "already imported" in again.stdout
    assert "Nothing changes" in again.stdout
    assert len(list(Path("book/versions").iterdir())) == 1


@pytest.mark.parametrize(
    ("lang", "line"),
    [("en", "~ O1  Amount: ₩30,000,000 → ₩31,000,000"), ("ko", "~ O1  공급가액: 3,000만원 → 3,100만원")],
)
def test_an_update_is_shown(bring: Callable[..., Any], firm: Path, lang: str, line: str) -> None:
    """An updated file shows old and new of each field before it counts."""
    bring(firm, "--publish")
    path = firm / "opportunities.csv"
    path.write_text(path.read_text("utf-8").replace("30000000", "31000000"), "utf-8")
    shown = bring(path, "--lang", lang)
    assert line in shown.stdout
    assert read_company("book").company.opportunities[0].amount.amount == 30_000_000


def test_long_lists_are_cut(bring: Callable[..., Any], firm: Path) -> None:
    """Ten of a kind are shown and the rest counted; --all shows every one."""
    bring(firm, "--publish")
    with (firm / "accounts.csv").open("a", encoding="utf-8") as stream:
        stream.writelines(f"N{n},상사{n},기계\n" for n in range(14))
    shown = bring(firm)
    assert shown.stdout.count("  + N") == 10
    assert "4 more" in shown.stdout
    assert bring(firm, "--all").stdout.count("  + N") == 14


def test_errors_stop(bring: Callable[..., Any], broken: Path) -> None:
    """With errors every one is listed, the code is 1, and --publish does not publish."""
    done = bring(broken, "--publish", "--lang", "ko")
    assert done.exit_code == 1
    assert all(value in done.stdout for value in ("삼천만?", "03/04/2026", "A9"))
    assert "3행" in done.stdout
    assert "아무것도 쓰지 않았습니다" in done.stdout
    assert not Path("book").exists()


def test_a_doubt_is_asked_about(
    bring: Callable[..., Any], firm: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file like another: an error off a terminal, settled by an option, asked for on a terminal."""
    Path("deals.csv").write_text(FOREIGN, "utf-8")
    bring(firm, "deals.csv", "--publish")
    Path("april.csv").write_text(FOREIGN + "D2,다라,5\n", "utf-8")
    asked = bring("april.csv", "--publish")
    assert asked.exit_code == 1
    assert "--replaces deals.csv" in asked.stdout
    assert bring("april.csv", "--replaces", "deals.csv").exit_code == 0
    assert bring("april.csv", firm, "--replaces", "deals.csv").exit_code == 1
    assert bring("april.csv", firm, "--replaces", "april.csv:deals.csv").exit_code == 0
    assert "april.csv: new" in bring("april.csv", "--beside").stdout
    monkeypatch.setattr(importing, "_can_ask", lambda it: True)
    for answer, said in (
        ("1\nn\n", "april.csv: replaces deals.csv"),
        ("2\nn\n", "april.csv: new"),
        ("0\n", "Error"),
    ):
        assert said in _answered(bring, "april.csv", answer).stdout


def _answered(bring: Callable[..., Any], name: str, answer: str) -> Any:
    from typer.testing import CliRunner

    from pursuit.cli import app

    return CliRunner().invoke(app, ["import", name, "--into", "book"], input=answer)


def test_publishing_is_asked_for_on_a_terminal(firm: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal a yes publishes and a no does not."""
    monkeypatch.setattr(importing, "_can_ask", lambda it: True)
    assert "Not published" in _answered(run, str(firm), "n\n").stdout
    assert "Published" in _answered(run, str(firm), "y\n").stdout
    assert Path("book/pursuit-binder.json").exists()


def test_history_and_undo(bring: Callable[..., Any], firm: Path, run: Callable[..., Any]) -> None:
    """Versions are listed newest first; undo shows what it changes and brings the earlier one back."""
    bring(firm, "--publish")
    path = firm / "accounts.csv"
    path.write_text(path.read_text("utf-8") + "A2,다라,전자\n", "utf-8")
    bring(path, "--publish")
    listed = run("import", "--into", "book", "--history", "--lang", "ko")
    assert listed.exit_code == 0
    assert listed.stdout.index("버전 2") < listed.stdout.index("버전 1")
    assert "고객사 2" in listed.stdout
    shown = run("import", "--into", "book", "--undo")
    assert "- A2" in shown.stdout
    assert len(read_company("book").company.accounts) == 2
    assert "version 3" in run("import", "--into", "book", "--undo", "--publish").stdout
    assert len(read_company("book").company.accounts) == 1
    assert "brings back version 1" in run("import", "--into", "book", "--history").stdout
    assert run("import", "--into", "book", "--restore", "2", "--publish").exit_code == 0
    assert run("import", "--into", "book", "--restore", "77").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--undo", "x.csv"],
        ["--undo", "--restore", "1"],
        ["--history"],
        ["nothing.csv"],
        ["x.csv", "--replaces", ":"],
    ],
)
def test_what_cannot_be_meant(run: Callable[..., Any], words: list[str]) -> None:
    """A command that says nothing, or two things, is refused in the user's language without a traceback."""
    Path("x.csv").write_text(FOREIGN, "utf-8")
    done = run("import", *words, "--into", "book", "--lang", "ko")
    assert done.exit_code == 1
    assert any("가" <= letter <= "힣" for letter in done.output)
    assert "Traceback" not in done.output
    assert "Unexpected" not in done.output


def test_a_binder_is_an_input(bring: Callable[..., Any], firm: Path, run: Callable[..., Any]) -> None:
    """A binder is read like any input; a file in it changed by hand is told by the user's name for it."""
    bring(firm, "--publish")
    assert run("check", "book").exit_code == 0
    for path in Path("book/originals").rglob("*.csv"):
        path.write_text("spoiled")
    done = run("check", "book")
    assert done.exit_code == 1
    assert "opportunities.csv" in done.stdout


def test_how_days_are_written_is_told_once(
    bring: Callable[..., Any], firm: Path, run: Callable[..., Any]
) -> None:
    """--dates settles what can be read in two ways, and later readings of the binder know it."""
    path = firm / "opportunities.csv"
    path.write_text(path.read_text("utf-8").replace("2026-01-05", "03/02/2026"), "utf-8")
    assert bring(firm, "--publish").exit_code == 1
    assert bring(firm, "--publish", "--dates", "dmy").exit_code == 0
    assert run("check", "book").exit_code == 0
    assert run("check", "book", "--marked", "m.xlsx").exit_code == 0
    assert read_company("book").company.opportunities[0].created.isoformat() == "2026-02-03"


@pytest.mark.parametrize(("lang", "title"), [("ko", "점검 결과"), ("en", "Faults")])
def test_check_marked(run: Callable[..., Any], broken: Path, lang: str, title: str) -> None:
    """check --marked lists as ever and writes the sheets with the faulty cells marked."""
    done = run("check", broken, "--marked", "seen/report.xlsx", "--lang", lang)
    assert done.exit_code == 1
    assert "report.xlsx" in done.stdout
    assert done.stdout.replace("seen/report.xlsx", "").count("\n") > 6
    book = openpyxl.load_workbook("seen/report.xlsx")
    assert book.sheetnames[0] == title
    marked = {c.coordinate for row in book["opportunities"].iter_rows() for c in row if c.comment}
    assert marked == {"D2", "F3", "B4"}


def test_marked_wants_a_workbook_of_its_own(run: Callable[..., Any], firm: Path) -> None:
    """A name that is no workbook's, or is the input's, is refused before anything is written."""
    assert run("check", firm, "--marked", "report.csv").exit_code == 1
    run("new", "mine.xlsx")
    before = Path("mine.xlsx").read_bytes()
    assert run("check", "mine.xlsx", "--marked", "mine.xlsx").exit_code == 1
    assert Path("mine.xlsx").read_bytes() == before
