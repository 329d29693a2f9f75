"""``pursuit solve`` takes a problem from a file and leaves its result in another, or says in words why not."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import pursuit.selection.solve
from examples.pose import PROBLEM
from pursuit.cli.solving import figure, kinds_taken, told
from pursuit.errors import SolveError
from pursuit.selection.archive import load_problem, load_result, problem_hash
from pursuit.selection.result import Progress
from pursuit.words import Words

ROOT = Path(__file__).parents[2]
Run = Callable[..., Any]


@pytest.fixture
def posed(tmp_path: Path) -> Path:
    """A tiny problem in a file."""
    np.savez(tmp_path / "problem.npz", **PROBLEM)
    return tmp_path / "problem.npz"


def answer(**more: Any) -> Any:
    """What a solver would hand back for it, with made-up prices."""
    none = np.zeros(0, np.int64)
    loading = SimpleNamespace(
        scenario_start=np.zeros(3, np.int64), package=none, week=none, share=np.zeros(0)
    )
    prices = SimpleNamespace(
        hour=np.array([[[0.0, 8.0, 0.0]], [[0.0, 4.0, 0.0]]]), weight=np.array([0.25, 0.75]), row=np.array([3.5]),
        need=np.zeros(1), cash=np.array([[0.0], [0.5]]),
    )  # fmt: skip
    fields: dict[str, Any] = {
        "choice": np.array([1, 3, 5]), "values": np.array([458.0, 155.0]), "objective": 230.75, "bound": 231.0,
        "gap": 0.25 / 231, "row_cost": 0.0, "status": "limit", "work": 7, "fallbacks": (), "prices": prices,
        "loading": loading,
    }  # fmt: skip
    return SimpleNamespace(**fields | more)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the solver is asked for; it answers at once."""
    heard: dict[str, Any] = {}

    def solve(problem: Any, *, report: Any, **more: Any) -> Any:
        heard.update(more, problem=problem)
        report(Progress("bound", 1, 9, None, 231.0))
        report(Progress("exchange", 2, 9, 230.75, 231.0))
        return answer()

    monkeypatch.setattr(pursuit.selection.solve, "solve", solve)
    return heard


def test_solved_for_real(run: Run, posed: Path) -> None:
    """The tiny problem is solved to its proven optimum, and the file tells the same as the screen."""
    done = run("solve", posed, "-o", "result.npz", "--seed", 3)
    assert done.exit_code == 0, done.output
    assert "Value: 230.8" in done.stdout
    assert re.search(r"^  pursue: 2$", done.stdout, re.MULTILINE)
    assert re.search(r"^  buy: 1$", done.stdout, re.MULTILINE)
    result = load_result("result.npz", load_problem(posed))
    assert result.value == pytest.approx(230.75)
    assert result.value <= result.bound <= 233
    assert result.choice_ids == ("pump.pursue", "valve.pursue", "rig.buy")
    assert result.values == pytest.approx([458.0, 155.0])
    assert result.seed == 3
    work = np.bincount(result.loading.package, result.loading.share)
    assert work == pytest.approx([1.0, 2.0])  # the pump in one future, the valve in both
    first = Path("result.npz").read_bytes()
    assert run("solve", posed, "-o", "again.npz", "--seed", 3).exit_code == 0
    assert Path("again.npz").read_bytes() == first


def test_wishes_reach_the_solver(run: Run, posed: Path, asked: dict[str, Any]) -> None:
    """Limits, seed and risk aversion are handed on; what is not told is left to the solver and the file."""
    assert run("solve", posed, "-o", "a.npz").exit_code == 0
    assert {k: v for k, v in asked.items() if k != "problem"} == {"seconds": None, "seed": 0}
    assert asked["problem"].risk_aversion == 0.5
    words = ["--work-limit", 40, "--seed", 9, "--seconds", 2.5, "--risk-aversion", 1]
    assert run("solve", posed, "-o", "b.npz", *words).exit_code == 0
    assert {k: v for k, v in asked.items() if k != "problem"} == {"work_limit": 40, "seconds": 2.5, "seed": 9}
    assert asked["problem"].risk_aversion == 1.0
    result = load_result("b.npz", load_problem(posed))
    assert (result.risk_aversion, result.seed, result.problem_hash) == (
        1.0,
        9,
        problem_hash(load_problem(posed)),
    )


def test_what_is_said(run: Run, posed: Path, asked: dict[str, Any]) -> None:
    """Value, limit, gap, how it ended, what is taken and what is scarce, in both languages; progress apart from it."""
    done = run("solve", posed, "-o", "new/result.npz")
    assert done.stdout.splitlines() == [
        "Value: 230.8",
        "Proven limit: 231 (gap 0.11%)",
        "Mean of the scenarios: 306.5; mean of the worst tenth: 155",
        "The search ended at the work limit; a higher one may find more.",
        "Options taken, of 3 items:",
        "  pursue: 2",
        "  buy: 1",
        "Dearest hours (resources and weeks counted from 0):",
        "  resource 0: 1.667 an hour in the mean of the weeks, 5 in week 1",
        "Dearest limits:",
        "  two deals: 3.5 a unit",
        "Cash under its floor (months counted from 0):",
        "  month 0: 0.375 a unit of money",
        "Written: new/result.npz",
    ]
    assert done.stderr.splitlines() == [
        f"Reading {posed}",
        "Proving the limit · limit 231",
        "Improving the choice · best 230.8 · limit 231 · gap 0.1%",
    ]
    korean = run("solve", posed, "-o", "ko.npz", "--lang", "ko").stdout.splitlines()
    assert len(korean) == len(done.stdout.splitlines())
    assert all(re.search("[가-힣]", line) for line in korean if not line.startswith("  "))


def test_kinds_of_options(posed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where names tell no kinds, options are counted by their place in their item."""
    p = load_problem(posed)
    assert kinds_taken(answer(), p, Words("en")) == [("pursue", 2), ("buy", 1)]
    nameless = replace(p, option_ids=tuple(f"o{n}" for n in range(6)))
    assert kinds_taken(answer(), nameless, Words("en")) == [("o1", 1), ("o3", 1), ("o5", 1)]
    monkeypatch.setattr("pursuit.cli.solving.MOST_KINDS", 5)
    assert kinds_taken(answer(), nameless, Words("en")) == [("option 1 of its item, from 0", 3)]


def test_broken_limits_and_fallbacks_are_said(posed: Path) -> None:
    """What soft limits cost and what had to be done otherwise is not passed over."""
    lines = list(
        told(
            answer(row_cost=5.0, fallbacks=("seven scenarios were loaded anew",)),
            load_problem(posed),
            Words("en"),
        )
    )
    assert "Broken soft limits cost: 5" in lines
    assert "seven scenarios were loaded anew" in lines


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0.0, "0"), (12.345678, "12.35"), (-1234567.8, "-1,234,568"), (1e12, "1,000,000,000,000")],
)
def test_figures(amount: float, text: str) -> None:
    """Figures are as long as a reader can take in."""
    assert figure(amount) == text


def test_no_file_is_overwritten_unasked(run: Run, posed: Path, asked: dict[str, Any]) -> None:
    """A file that is there stays, unless --force is told; the problem stays even then."""
    Path("result.npz").write_text("mine")
    done = run("solve", posed, "-o", "result.npz")
    assert done.exit_code == 1
    assert "result.npz" in done.stderr
    assert "--force" in done.stderr
    assert Path("result.npz").read_text() == "mine"
    assert asked == {}
    before = posed.read_bytes()
    done = run("solve", posed, "-o", posed, "--force")
    assert done.exit_code == 1
    assert "place of its problem" in done.stderr
    assert posed.read_bytes() == before
    assert run("solve", posed, "-o", "result.txt").exit_code == 1
    assert run("solve", posed, "-o", "result.npz", "--force").exit_code == 0
    assert load_result("result.npz").value == 230.75


def test_a_faulty_problem(run: Run, posed: Path, tmp_path: Path) -> None:
    """Every fault of a file is told on the standard error, and nothing is written."""
    np.savez(posed, **PROBLEM | {"value": np.zeros((6, 2), complex), "overtime": [[1.0]], "rigs": 1})
    for lang in ("en", "ko"):
        done = run("solve", posed, "-o", "new/result.npz", "--lang", lang)
        assert done.exit_code == 1
        assert done.stdout == ""
        assert all(key in done.stderr for key in ("value", "overtime", "rigs", "problem.npz"))
        assert "Traceback" not in done.stderr
    assert not (tmp_path / "new").exists()
    assert run("solve", "nowhere.npz", "-o", "result.npz").exit_code == 1


def test_no_choice(run: Run, posed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no choice is possible the reason is said and nothing is written."""

    def solve(*_: Any, **__: Any) -> Any:
        raise SolveError("The pin of pump and the limit two deals cannot hold together.")

    monkeypatch.setattr(pursuit.selection.solve, "solve", solve)
    done = run("solve", posed, "-o", "result.npz")
    assert done.exit_code == 1
    assert "cannot hold together" in done.stderr
    assert os.listdir() == ["problem.npz"]


def test_a_disk_that_is_full(
    run: Run, posed: Path, asked: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A result that cannot be written leaves the old one and nothing half-written."""
    Path("result.npz").write_text("old")

    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left", "result.npz")

    monkeypatch.setattr("pursuit.selection.archive.zipped.npy.write_array", full)
    done = run("solve", posed, "-o", "result.npz", "--force")
    assert done.exit_code == 1
    assert "No space left" in done.stderr
    assert Path("result.npz").read_text() == "old"
    assert sorted(os.listdir()) == ["problem.npz", "result.npz"]


SLOW = """
import sys, time
import pursuit.selection.solve as engine
from pursuit.cli import main

solve = engine.solve

def slow(problem, *, report, **more):
    def wait(progress):
        time.sleep(0.2)
        return report(progress)
    return solve(problem, report=wait, **more)

engine.solve = slow
sys.argv[0] = "pursuit"
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_keeps_the_best(posed: Path, tmp_path: Path) -> None:
    """After Ctrl-C the best choice so far is written, marked as cancelled."""
    words = ["solve", str(posed), "-o", str(tmp_path / "result.npz"), "--lang", "en"]
    child = subprocess.Popen(
        [sys.executable, "-c", SLOW, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stderr is not None
    while "Proving the limit" not in child.stderr.readline():
        assert child.poll() is None
    child.send_signal(signal.SIGINT)
    said, rest = child.communicate(timeout=120)
    assert child.returncode == 0, rest
    assert "press Ctrl-C again" in rest
    assert "cancelled" in said
    assert load_result(tmp_path / "result.npz", load_problem(posed)).status == "cancelled"


def test_the_example_runs(tmp_path: Path) -> None:
    """The example script poses its problem with NumPy alone and reaches the proven limit."""
    command = [sys.executable, "-m", "examples.pose", str(tmp_path / "problem.npz")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    take, value, limit = done.stdout.splitlines()
    assert take == "take  pump.pursue valve.pursue rig.buy"
    assert value == "value 230.75 in the futures 458.00 155.00"
    assert 230.75 <= float(limit.removeprefix("limit")) <= 233
    assert load_problem(tmp_path / "problem.npz").items == 3


def test_help(run: Run) -> None:
    """The command explains each of its options in both languages, and needs a name for its result."""
    for lang, word in (("en", "worst tenth"), ("ko", "하위 10%")):
        shown = run("solve", f"--lang={lang}", "--help", env={"COLUMNS": "200"}).output
        assert word in shown
        assert all(
            option in shown
            for option in ("--work-limit", "--seed", "--seconds", "--risk-aversion", "--force")
        )
    assert run("solve", "problem.npz").exit_code == 2
    assert "solve" in run("--help").output
