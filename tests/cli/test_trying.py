"""``what-if``, ``frontier`` and ``replan`` show tables, save data, and say in words what cannot be."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pursuit.cli.comparing import CAUSES, Names, _moves, cause_of
from pursuit.report.speaker import Speaker

Run = Callable[..., Any]
QUICK = ("--weeks", "13", "--scenarios", "12", "--work-limit", "40")


def test_what_if_side_by_side(run: Run, firm: Path, tmp_path: Path) -> None:
    """Two cases beside the plan as it is, one more of what is scarce, knowing one deal; the same in the file."""
    out = tmp_path / "cases" / "what-if.json"
    changes = ("--change", "capacity:MC=-60%", "--change", "win:O1=0.1,price:O1=+5%")
    done = run("what-if", firm, *changes, "--more", "--know", "O1", "--investments", *QUICK, "-o", out)
    assert done.exit_code == 0, done.output
    assert "As it is" in done.stdout
    assert "capacity:MC=-60%" in done.stdout
    document = json.loads(out.read_text("utf-8"))
    assert [case["name"] for case in document["cases"]][:2] == ["capacity:MC=-60%", "win:O1=0.1,price:O1=+5%"]
    assert document["cases"][0]["gain"] <= 0
    assert document["information"][0]["opportunity"] == "O1"
    assert document["information"][0]["value"] >= 0
    assert document["investments"] == []


def test_frontier_in_korean(run: Run, firm: Path, tmp_path: Path) -> None:
    """Points from 0 to 1, mean falling and worst tenth rising, in the reader's language."""
    done = run("frontier", firm, "--points", "3", *QUICK, "--lang", "ko", "-o", tmp_path / "frontier.json")
    assert done.exit_code == 0, done.output
    assert "위험 회피" in done.stdout
    points = json.loads((tmp_path / "frontier.json").read_text("utf-8"))["points"]
    assert [point["risk_aversion"] for point in points] == [0.0, 0.5, 1.0]
    assert points[0]["expected"] >= points[-1]["expected"]
    assert points[0]["worst_tenth"] <= points[-1]["worst_tenth"]
    assert all(point["objective"] <= point["bound"] for point in points)


def test_a_deal_pursued_in_another_way_is_one_line() -> None:
    """From point to point: taken up, given up, and the same deal under another offer, in the order of their ids."""
    row = {
        "taken_up": [{"opportunity": "O2", "option": "cut"}, {"opportunity": "O3", "option": "fast"}],
        "given_up": [{"opportunity": "O2", "option": "fast"}, {"opportunity": "O1", "option": "cut"}],
    }
    assert list(_moves(row, Names({}, {}))) == ["- O1 (cut)", "~ O2: fast → cut", "+ O3 (fast)"]


def old_plan(sample: Any, folder: Path) -> Path:
    """The report's sample plan as the small firm's old one: three of its deals are still open, under their ids."""
    text = json.dumps(sample(), ensure_ascii=False).replace('"O-000', '"O')
    (folder / "plan.json").write_text(text, encoding="utf-8")
    return folder


def test_replan_tells_what_differs(run: Run, firm: Path, tmp_path: Path, sample: Any) -> None:
    """From an old plan's document: what is gone, what changed and why, with what was promised."""
    out = tmp_path / "again.json"
    done = run("replan", old_plan(sample, tmp_path), firm, "--commit", "O1", "--work-limit", "30", "-o", out)
    assert done.exit_code == 0, done.output
    assert "Old plan" in done.stdout
    assert "no longer open" in done.stdout
    document = json.loads(out.read_text("utf-8"))
    assert {row["opportunity"] for row in document["decisions"]} == {"O1", "O2", "O3"}
    assert all(row["cause"]["kind"] in CAUSES for row in document["differences"])
    assert "O1" in document["held"] + document["lost"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--change", "capacity:XX=+10%"), "There is no 'XX' to change"),
        (("--change", "capacity"), "cannot be read"),
        (("--know", "O9"), "no open opportunity 'O9'"),
        ((), "Say what to try"),
    ],
)
def test_what_cannot_be_is_said(run: Run, firm: Path, words: tuple[str, ...], said: str) -> None:
    """One clear line and exit code 1, no traceback."""
    done = run("what-if", firm, *words, *QUICK)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert "Proving the limit" not in done.output  # nothing is chosen before it is refused


def test_replan_refuses_what_is_no_plan(run: Run, firm: Path, tmp_path: Path, sample: Any) -> None:
    """A file that is no plan, and a promise to a deal that the plan does not know."""
    (tmp_path / "plan.json").write_text("{}", encoding="utf-8")
    assert run("replan", tmp_path, firm).exit_code == 1
    assert (
        "has no opportunity 'O99'"
        in run("replan", old_plan(sample, tmp_path), firm, "--commit", "O99").stderr
    )


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_every_cause_is_a_sentence(lang: str) -> None:
    """Each cause is told with its figures and names, in both languages."""
    say = Speaker(lang, "KRW")
    names = Names({("opportunity", "O1"): "Housing"}, {"MC": "Machining"})
    figures: dict[str, Any] = {"date": ("2026-03-02", ""), "option_gone": ("base", None)}
    for kind in CAUSES:
        before, after = figures.get(kind, (0.25, 0.5))
        others = [{"kind": "opportunity", "id": "O1"}]
        told = cause_of(
            {"kind": kind, "resource": "MC", "before": before, "after": after, "others": others}, say, names
        )
        assert told
        assert "{" not in told
