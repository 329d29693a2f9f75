"""Ctrl-C once finishes with the best plan so far, twice aborts."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

STUBBORN = """
import time
import pursuit.planning
from pursuit.selection.result import Progress

def make_plan(company, settings, report):
    while True:
        report(Progress("bound", 1, 9, None, 5.0))
        time.sleep(0.01)

vars(pursuit.planning)["make_plan"] = make_plan
"""
SLOW = """
import time
import pursuit.planning.make as make

solve = make.solve

def slow(problem, *, report, **more):
    def wait(progress):
        time.sleep(0.2)
        return report(progress)
    return solve(problem, report=wait, **more)

make.solve = slow
"""
RUN = """
import sys
from pursuit.cli import main
sys.argv[0] = "pursuit"
main()
"""
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")


def start(script: str, firm: Path, out: Path) -> subprocess.Popen[str]:
    words = ["plan", str(firm), "-o", str(out), "--weeks", "8", "--scenarios", "16", "--lang", "en"]
    command = [sys.executable, "-c", script + RUN, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def wait_for(child: subprocess.Popen[str], words: str) -> None:
    assert child.stderr is not None
    for line in child.stderr:
        if words in line:
            return
    pytest.fail(f"never said {words!r}")


def test_once(firm: Path, tmp_path: Path) -> None:
    """After the first Ctrl-C a sound plan is written, marked as cancelled."""
    child = start(SLOW, firm, tmp_path / "out")
    wait_for(child, "Proving the limit")
    child.send_signal(signal.SIGINT)
    said, told = child.communicate(timeout=60)
    assert child.returncode == 0, told
    assert "press Ctrl-C again" in told
    plan = json.loads((tmp_path / "out" / "plan.json").read_text("utf-8"))
    assert plan["status"] == "cancelled"
    assert "cancelled" in said


def test_twice(firm: Path, tmp_path: Path) -> None:
    """After the second one there is one plain line and nothing half-written."""
    child = start(STUBBORN, firm, tmp_path / "out")
    wait_for(child, "Proving the limit")
    child.send_signal(signal.SIGINT)
    wait_for(child, "press Ctrl-C again")
    child.send_signal(signal.SIGINT)
    said, told = child.communicate(timeout=60)
    assert child.returncode == 130
    assert said == ""
    assert told.splitlines()[-1] == "Aborted; no half-written file is left."
    assert "Traceback" not in told
    assert not list((tmp_path / "out").iterdir())


def test_before_planning(run: Callable[..., Any], firm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C while reading aborts at once."""

    def read(*_: Any, **__: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("pursuit.intake.read_company", read)
    done = run("plan", firm, "-o", "out", "--lang", "ko")
    assert done.exit_code == 130
    assert done.stderr.splitlines()[-1].startswith("중단했습니다")
    assert not Path("out").exists()
