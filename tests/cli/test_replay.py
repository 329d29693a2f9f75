"""The command replay: a race from the command line, its files, its faults and Ctrl-C."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pursuit.backtest.document import replay_schema

FAST = ("--seeds", "2", "--weeks", "4", "--workers", "1", "-o", "out")
RULES = """
from pursuit.backtest.decisions import Decisions
import time


def newest(company, opportunity):
    return opportunity.created.toordinal() if opportunity.created else 0


class Fails:
    name = "fails"

    def decide(self, company):
        if company.as_of.isoformat() > "2026-03-10":
            raise KeyError("O7")
        return Decisions()


class Forever:
    name = "forever"

    def decide(self, company):
        while True:
            time.sleep(0.01)
"""
Run = Callable[..., Any]


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "rules.py").write_text(RULES, encoding="utf-8")
    return tmp_path / "rules.py"


def test_a_firm_of_ones_own(run: Run, firm: Path, rules: Path) -> None:
    """An input and a user's own rule race: page and document are written, the screen has a line for each policy."""
    done = run("replay", firm, "--policy", "rules.py:newest", "--policy", "amount", *FAST)
    assert done.exit_code == 0, done.output
    document = json.loads(Path("out/replay.json").read_text("utf-8"))
    jsonschema.validate(document, replay_schema())
    assert [row["policy"] for row in document["policies"]] == ["rules.py:newest", "amount"]
    assert (document["truth"], document["status"], document["seeds"], document["weeks"]) == (
        "drawn",
        "whole",
        [1, 2],
        4,
    )
    assert sorted(path.name for path in Path("out").iterdir()) == ["replay.html", "replay.json"]
    assert '<html lang="en">' in Path("out/replay.html").read_text("utf-8")
    assert "rules.py:newest: profit" in done.stdout
    assert "Amount × probability: profit" in done.stdout


def test_a_made_up_firm_in_korean(run: Run) -> None:
    """A made-up firm needs no input; the same command gives the same document again."""
    words = ("replay", "--firm", "job-shop", "--policy", "first", "--policy", "amount", *FAST)
    assert run(*words, "--lang", "ko").exit_code == 0
    first = Path("out/replay.json").read_bytes()
    assert run(*words).exit_code == 0
    assert Path("out/replay.json").read_bytes() == first
    assert json.loads(first)["firm"] == "job-shop"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Name either an input"),
        (("firm", "--firm", "demo"), "Name either an input"),
        (("--firm", "demo", "--policy", "best"), "There is no policy 'best'. It is one of ours, amount"),
        (("--firm", "demo", "--policy", "nowhere.py:x"), "There is no file nowhere.py"),
    ],
)
def test_usage(run: Run, firm: Path, words: tuple[str, ...], told: str) -> None:
    """What cannot be meant is said in a line, before anything is computed or written."""
    done = run("replay", *words, *FAST)
    assert done.exit_code == 1
    assert told in done.stderr
    assert "Unexpected" not in done.stderr
    assert not Path("out").exists()


def test_a_policy_that_fails(run: Run, firm: Path, rules: Path) -> None:
    """The message names policy, Monday, seed and line; with --books the books can be planned as any input."""
    words = ("replay", firm, "--policy", "rules.py:Fails", *FAST)
    done = run(*words)
    assert done.exit_code == 1
    expected = (
        "The policy rules.py:Fails failed on Monday 2026-03-16 (seed 1): KeyError: 'O7' (rules.py, line"
    )
    assert expected in done.stderr
    assert "Traceback" not in done.output
    assert "--books" in done.stderr
    assert not list(Path("out").iterdir())
    assert "결정 방식" in run(*words, "--books", "--lang", "ko").stderr
    assert run("check", "out/books-2026-03-16.xlsx").exit_code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
def test_ctrl_c_ends_a_policy_that_never_answers(firm: Path, rules: Path) -> None:
    """One Ctrl-C is enough, whatever a policy does; nothing is written before a seed is whole, no process stays."""
    words = ["replay", str(firm), "--policy", "rules.py:Forever", "--policy", "amount", *FAST, "--lang", "en"]
    child = subprocess.Popen(
        [sys.executable, "-m", "pursuit.cli", *words],
        cwd=rules.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert child.stderr is not None
    for line in child.stderr:
        if "Replaying" in line:
            break
    time.sleep(3)
    child.send_signal(signal.SIGINT)
    _, told = child.communicate(timeout=30)
    assert child.returncode == 130, told
    assert "nothing is written" in told
    assert "Traceback" not in told
    assert not list((rules.parent / "out").iterdir())
