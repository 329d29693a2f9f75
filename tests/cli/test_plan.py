"""The commands plan and verify on a small firm, planned for real."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pursuit.planning
from pursuit.selection.result import Progress

FAST = ("--weeks", "8", "--scenarios", "16", "--work-limit", "30")


@pytest.fixture
def planned(run: Callable[..., Any], firm: Path, tmp_path: Path) -> Path:
    """The folder of a plan made in English."""
    done = run("plan", firm, "-o", "out", *FAST)
    assert done.exit_code == 0, done.output
    return tmp_path / "out"


def test_plan_and_verify(run: Callable[..., Any], firm: Path, planned: Path) -> None:
    """A plan and its report are written whole, say what was asked for, and pass the checker."""
    assert sorted(path.name for path in planned.iterdir()) == ["plan.html", "plan.json"]
    text = (planned / "plan.json").read_text("utf-8")
    plan = json.loads(text)
    assert text.startswith('{\n "format"')
    assert "하우징" in text
    assert (plan["lang"], plan["horizon"]["weeks"], plan["value"]["scenarios"]) == ("en", 8, 16)
    assert '<html lang="en"' in (planned / "plan.html").read_text("utf-8")
    for where in (planned, planned / "plan.json"):
        done = run("verify", where, firm)
        assert (done.exit_code, done.stdout) == (0, "The plan is sound; decisions checked: 3.\n")


def test_same_plan_in_korean(run: Callable[..., Any], firm: Path, planned: Path, tmp_path: Path) -> None:
    """Another language changes words and no number."""
    done = run("--lang", "ko", "plan", firm, "-o", "ko", *FAST)
    assert done.exit_code == 0
    assert "영업기회 3건" in done.stdout
    assert "보고서:" in done.stdout
    assert "예측" in done.stderr
    english, korean = (json.loads((tmp_path / d / "plan.json").read_text("utf-8")) for d in ("out", "ko"))
    assert korean["lang"] == "ko"
    assert korean["value"]["replayed"].pop("definition") != english["value"]["replayed"].pop("definition")
    assert korean["value"] == english["value"]


def test_summary(run: Callable[..., Any], firm: Path) -> None:
    """What came of it stands on the standard output, progress and nothing else on the standard error."""
    done = run("plan", firm, "-o", "out", *FAST)
    plan = json.loads(Path("out/plan.json").read_text("utf-8"))
    pursued = sum(row["decision"] == "pursue" for row in plan["decisions"])
    assert f"Of 3 open opportunities, pursue {pursued}," in done.stdout
    for part in (
        "Expected value",
        "worst tenth",
        "Against today",
        "at most",
        "Lived week by week",
        "plan.html",
        "plan.json",
    ):
        assert part in done.stdout
    count = len(plan["warnings"]) + len(plan["fallbacks"])
    assert f"missing data: {count};" in done.stdout
    assert "Forecasting" in done.stderr
    assert "Forecasting" not in done.stdout


def test_settings_arrive(
    run: Callable[..., Any], firm: Path, sample: Callable[..., Any], monkeypatch: Any
) -> None:
    """Every option reaches the planner; what is not given stays as Settings has it."""
    seen = []

    def make_plan(company: Any, settings: Any, report: Any) -> dict[str, Any]:
        seen.append(settings)
        return sample(opportunities=20, accounts=12)

    _put(monkeypatch, make_plan)
    options = "--weeks 9 --risk-aversion 0.5 --seed 4 --scenarios 20 --work-limit 7 --seconds 5 --lang ko"
    assert run("plan", firm, "-o", "out", *options.split()).exit_code == 0
    assert run("plan", firm, "-o", "out").exit_code == 0
    assert run("plan", firm, "-o", "out", "--seed", "0", "--risk-aversion", "0").exit_code == 0
    told, plain, zero = seen
    assert (zero.seed, zero.risk_aversion) == (0, 0.0)
    assert (told.weeks, told.risk_aversion, told.seed, told.scenarios) == (9, 0.5, 4, 20)
    assert (told.work_limit, told.seconds, told.lang) == (7, 5.0, "ko")
    assert plain == pursuit.planning.Settings(lang="en")


def _put(monkeypatch: pytest.MonkeyPatch, make_plan: Callable[..., Any]) -> None:
    monkeypatch.setitem(vars(pursuit.planning), "make_plan", make_plan)
    monkeypatch.setitem(vars(pursuit.planning), "verify_plan", lambda plan, company: None)


def test_progress_lines(
    run: Callable[..., Any], firm: Path, sample: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Off a terminal there is one line per phase, with value, limit and gap once they are known."""

    def make_plan(company: Any, settings: Any, report: Callable[[Progress], bool]) -> dict[str, Any]:
        for n in range(50):
            assert report(Progress("bound", n, 50, None, float("inf")))
        for n in range(50):
            assert report(Progress("exchange", n, 50, 90_000_000.0, 100_000_000.0))
        assert report(Progress("a new phase", 1, 0, -5.0, 0.0))
        return sample(opportunities=20, accounts=12)

    _put(monkeypatch, make_plan)
    done = run("plan", firm, "-o", "out", "--replays", 0)
    assert done.stderr.splitlines()[1:] == [
        "Proving the limit",
        "Improving the choice · best ₩90.0M · limit ₩100M · gap 10.0%",
        "a new phase · best -₩5 · limit ₩0",
    ]


def test_refused_plan_is_not_written(
    run: Callable[..., Any],
    firm: Path,
    planned: Path,
    sample: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A plan that its checker refuses never replaces a good one."""
    before = (planned / "plan.json").read_bytes()
    monkeypatch.setitem(vars(pursuit.planning), "make_plan", lambda *_: sample(opportunities=20))
    done = run("plan", firm, "-o", "out")
    assert done.exit_code == 1
    assert "does not pass its checker" in done.stderr
    assert (planned / "plan.json").read_bytes() == before


def test_verify_lists_every_problem(run: Callable[..., Any], firm: Path, planned: Path) -> None:
    """A plan tampered with in two places is refused with both."""
    path = planned / "plan.json"
    plan = json.loads(path.read_text("utf-8"))
    plan["decisions"][0]["amount"] += 1
    plan["value"]["bound"] = plan["value"]["objective"] - 10
    path.write_text(json.dumps(plan))
    done = run("verify", path, firm, "--lang", "ko")
    assert done.exit_code == 1
    assert "검증을 통과하지 못했습니다" in done.stderr
    assert sum(line.startswith("  - ") for line in done.stderr.splitlines()) >= 2


@pytest.mark.parametrize(
    "text", ["", "{", "[1", "\xff", '{"format": NaN}', "[" * 100_000, "{}", "3", '{"decisions": 3}']
)
@pytest.mark.parametrize("command", ["verify", "explain"])
def test_what_is_no_plan(
    run: Callable[..., Any], firm: Path, tmp_path: Path, text: str, command: str
) -> None:
    """A file that is no plan is refused with a line, never with a traceback."""
    path = tmp_path / "plan.json"
    path.write_bytes(text.encode("latin-1"))
    done = run(command, path, firm if command == "verify" else "O1")
    assert done.exit_code == 1
    assert "plan" in done.stderr
    assert "Unexpected" not in done.stderr


def test_replays(run: Callable[..., Any], firm: Path) -> None:
    """The plan tells what it is worth week by week in as many worlds as told, or nothing of it; both verify."""
    for count in (0, 2):
        assert run("plan", firm, "-o", "out", *FAST, "--replays", count).exit_code == 0
        value = json.loads(Path("out/plan.json").read_text("utf-8"))["value"]
        assert value.get("replayed", {"seeds": 0})["seeds"] == count
        assert run("verify", "out", firm).exit_code == 0
    assert value["replayed"]["weeks"] == 8
    assert "Lived week by week" in Path("out/plan.html").read_text("utf-8")
