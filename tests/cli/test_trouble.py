"""Whatever goes wrong, the user reads clear lines and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pursuit.planning
from pursuit.errors import MissingError, SolveError


@pytest.mark.parametrize("command", ["check", "plan"])
def test_nothing_there(run: Callable[..., Any], tmp_path: Path, command: str) -> None:
    """An input that does not exist is named, and no output folder appears."""
    options = ("-o", "out") if command == "plan" else ()
    done = run(command, "nowhere.xlsx", *options, "--lang", "ko")
    assert done.exit_code == 1
    assert "nowhere.xlsx" in done.output
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a workbook", bytes(range(256)) * 20])
def test_rubbish(run: Callable[..., Any], tmp_path: Path, data: bytes) -> None:
    """A file that is no workbook is refused with a line."""
    (tmp_path / "rubbish.xlsx").write_bytes(data)
    done = run("plan", "rubbish.xlsx", "-o", "out")
    assert done.exit_code == 1
    assert "rubbish.xlsx" in done.stderr
    assert "Unexpected" not in done.stderr


def test_plan_tells_every_fault(run: Callable[..., Any], broken: Path, tmp_path: Path) -> None:
    """Planning an input with faults lists all of them, on the standard error, and writes nothing."""
    done = run("plan", broken, "-o", "out", "--lang", "ko")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "오류 3건" in done.stderr
    assert all(value in done.stderr for value in ("삼천만?", "03/04/2026", "A9"))
    assert not (tmp_path / "out").exists()


def test_output_that_cannot_be(run: Callable[..., Any], firm: Path, tmp_path: Path) -> None:
    """An output folder whose name is a file's is refused before any planning."""
    (tmp_path / "out").write_text("a file")
    for path in ("out", "out/deeper"):
        done = run("plan", firm, "-o", path)
        assert done.exit_code == 1
        assert "cannot be used" in done.stderr
    assert (tmp_path / "out").read_text() == "a file"


@pytest.mark.parametrize("error", [SolveError("no choice is left"), MissingError("get the thing")])
def test_errors_raised_on_purpose(
    run: Callable[..., Any], firm: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """An error of the product ends with its own message and 1."""
    monkeypatch.setitem(vars(pursuit.planning), "make_plan", _raiser(error))
    done = run("plan", firm, "-o", "out", "--lang", "ko")
    assert done.exit_code == 1
    assert f"오류: {error}" in done.stderr
    assert not list(Path("out").iterdir())


def _raiser(error: BaseException) -> Callable[..., Any]:
    def make_plan(*_: Any) -> Any:
        raise error

    return make_plan


@pytest.mark.parametrize("error", [ZeroDivisionError("deep inside"), MemoryError(), OSError("no file named")])
def test_unexpected(
    run: Callable[..., Any], firm: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    """A fault of ours is one line that names a file; the traceback is in that file, in the output folder."""
    monkeypatch.setitem(vars(pursuit.planning), "make_plan", _raiser(error))
    done = run("plan", firm, "-o", "out")
    assert done.exit_code == 1
    log = Path("out/pursuit-error.log").absolute()
    assert str(log) in done.stderr
    assert "Traceback" not in done.output
    assert "Traceback" in log.read_text()
    assert type(error).__name__ in log.read_text()
    assert [path.name for path in Path("out").iterdir()] == [log.name]
    monkeypatch.undo()
    assert run("plan", firm, "-o", log.parent, "--weeks", "4", "--scenarios", "10").exit_code == 0
    assert not log.exists()


def test_half_written(
    run: Callable[..., Any], firm: Path, sample: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the report cannot be written, the old plan stays and no part of the new one."""
    Path("out").mkdir()
    Path("out/plan.json").write_text("old")
    monkeypatch.setitem(vars(pursuit.planning), "make_plan", lambda *_: sample(opportunities=20))
    monkeypatch.setitem(vars(pursuit.planning), "verify_plan", lambda plan, company: None)
    monkeypatch.setattr("pursuit.report.write_report", _raiser(OSError(28, "No space left", "plan.html")))
    done = run("plan", firm, "-o", "out")
    assert done.exit_code == 1
    assert "No space left" in done.stderr
    assert [path.name for path in Path("out").iterdir()] == ["plan.json"]
    assert Path("out/plan.json").read_text() == "old"


def test_poor_terminal(firm: Path) -> None:
    """A terminal that cannot show Korean shows question marks and the command still works."""
    command = [sys.executable, "-m", "pursuit.cli", "check", str(firm), "--lang", "ko"]
    surroundings = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" in done.stdout


def test_closed_pipe(broken: Path) -> None:
    """A reader that goes away (``pursuit check ... | head``) brings no traceback."""
    command = [sys.executable, "-m", "pursuit.cli", "check", str(broken)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        said = child.stderr.read()
    assert b"Traceback" not in said
    assert child.returncode != 0
