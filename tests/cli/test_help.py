"""Help, languages, usage faults."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest

from pursuit import __version__
from pursuit.cli.language import language_of, system_language

COMMANDS = (
    "new",
    "check",
    "map",
    "import",
    "plan",
    "verify",
    "explain",
    "demo",
    "replay",
    "what-if",
    "frontier",
    "replan",
)
LIGHT = """
import sys
from pursuit.cli import app
try:
    app(sys.argv[1:])
except SystemExit as end:
    heavy = {"numba", "scipy", "highspy", "numpy", "xlsxwriter", "python_calamine", "holidays"} & set(sys.modules)
    assert not heavy, heavy
    sys.exit(end.code)
"""


@pytest.mark.parametrize("words", [["--help"], ["plan", "--help"], ["demo", "--help"], ["--version"]])
def test_help_loads_no_solver(words: list[str]) -> None:
    """Asking for help imports neither solvers nor table readers."""
    done = subprocess.run([sys.executable, "-c", LIGHT, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Usage" in done.stdout or __version__ in done.stdout


def test_every_command_has_help(run: Callable[..., Any]) -> None:
    """Each command explains itself and each of its options."""
    for command in COMMANDS:
        shown = run(command, "--help")
        assert shown.exit_code == 0
        assert "--lang" in shown.output
    assert all(command in run("--help").output for command in COMMANDS)


def test_help_in_korean(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Help speaks Korean if told so by option, by variable or by the machine."""
    assert "엑셀 양식" in run("--lang", "ko", "--help").output
    assert "계획 기간" in run("plan", "--lang=ko", "--help").output
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert "엑셀 양식" in run("--help").output
    assert "엑셀 양식" not in run("--lang", "en", "--help").output
    monkeypatch.setenv("LANG", "C")
    monkeypatch.setenv("PURSUIT_LANG", "ko")
    assert "엑셀 양식" in run("--help").output


def test_order_of_languages(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A command's own --lang goes before the global one, that before PURSUIT_LANG, that before the machine."""

    def speaks(*words: str) -> str:
        return "ko" if "이런 파일" in run(*words).stderr else "en"

    explain = ("explain", "nowhere.json", "O1")
    assert speaks(*explain) == "en"
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    assert speaks(*explain) == "ko"
    monkeypatch.setenv("PURSUIT_LANG", "en")
    assert speaks(*explain) == "en"
    assert speaks("--lang", "ko", *explain) == "ko"
    assert speaks("--lang", "ko", *explain, "--lang", "en") == "en"


def test_system_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """LC_ALL is heard before LANG; an unknown language is not taken for one."""
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")
    monkeypatch.setenv("LANG", "ko_KR.UTF-8")
    assert system_language() == "en"
    monkeypatch.setenv("LC_ALL", "")
    monkeypatch.setenv("LC_MESSAGES", "")
    monkeypatch.delenv("PURSUIT_LANG", raising=False)
    assert system_language() == "ko"
    assert language_of(["plan", "--lang", "fr"]) == "ko"
    assert language_of(["plan", "--lang", "en"]) == "en"


@pytest.mark.parametrize(
    "words",
    [
        ["plan", "firm"],
        ["plan", "firm", "-o", "out", "--weeks", "0"],
        ["plan", "firm", "-o", "out", "--risk-aversion", "1.5"],
        ["plan", "firm", "-o", "out", "--as-of", "03/04/2026"],
        ["check", "firm", "--lang", "fr"],
        ["--lang", "fr", "check", "firm"],
        ["explain", "out"],
        ["paln"],
    ],
)
def test_usage_faults(run: Callable[..., Any], words: list[str]) -> None:
    """A command line that cannot be meant ends with 2 and no traceback."""
    done = run(*words)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_wrong_variable(run: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """A PURSUIT_LANG that is no language is refused, not ignored."""
    monkeypatch.setenv("PURSUIT_LANG", "klingon")
    assert run("check", "firm").exit_code == 2
