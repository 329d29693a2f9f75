"""The command explain."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pursuit.report.speaker import Speaker


@pytest.fixture
def written(
    run: Callable[..., Any], tmp_path: Path, sample: Callable[..., Any]
) -> Callable[..., dict[str, Any]]:
    """Writes the sample plan to out/plan.json and gives it."""

    def write(**wishes: Any) -> dict[str, Any]:
        plan: dict[str, Any] = sample(opportunities=60, accounts=20, **wishes)
        (tmp_path / "out").mkdir(exist_ok=True)
        (tmp_path / "out" / "plan.json").write_text(json.dumps(plan, ensure_ascii=False), "utf-8")
        return plan

    return write


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_story_is_complete(run: Callable[..., Any], written: Callable[..., Any], lang: str) -> None:
    """Each kind of decision is told with its chance, values, parts, displaced deals, promise and reasons."""
    plan = written(lang=lang)
    say = Speaker(lang, "KRW")
    for kind in ("pursue", "defer", "decline"):
        row = max((r for r in plan["decisions"] if r["decision"] == kind), key=lambda r: len(r["displaces"]))
        done = run("explain", "out", row["opportunity"], "--lang", "en")
        assert done.exit_code == 0, done.output
        story = done.stdout
        win = row["win_probability"]
        figures = [say.chance(win[key]) for key in ("mean", "low", "high")]
        figures += [
            say.signed(row["expected_value"]),
            say.signed(row["effect"]),
            row["name"],
            *row["reasons"],
        ]
        figures += [say.signed(part) for part in row["effect_parts"].values() if part]
        for other in row["displaces"]:
            figures += [other["name"], other["opportunity"], say.money(other["value"])]
        if row["promise"]:
            figures += [say.day(day) for day in row["promise"].values() if day]
        if row["contribution_per_bottleneck_hour"] is not None:
            figures.append(say.signed(row["contribution_per_bottleneck_hour"]))
        assert [figure for figure in figures if figure not in story] == []
        assert ("전사 영향" in story) == (lang == "ko")


def test_told_from_the_other_side(run: Callable[..., Any], written: Callable[..., Any]) -> None:
    """A deal that is pushed out names the one that takes its place."""
    plan = written(lang="en")
    taker = next(r for r in plan["decisions"] if any(d["how"] == "pushed_out" for d in r["displaces"]))
    victims = {d["opportunity"] for d in taker["displaces"]} & {r["opportunity"] for r in plan["decisions"]}
    story = run("explain", "out", victims.pop()).stdout
    assert taker["opportunity"] in story[story.index("What takes from it") :]


def test_marks(run: Callable[..., Any], tmp_path: Path, written: Callable[..., Any]) -> None:
    """A pinned, a stale and a far promise are said."""
    plan = written(lang="en")
    row = next(r for r in plan["decisions"] if r["promise"])
    row.update(pinned=True, stale=True)
    row["promise"]["p95"] = None
    (tmp_path / "out" / "plan.json").write_text(json.dumps(plan), "utf-8")
    story = run("explain", "out/plan.json", row["opportunity"]).stdout
    for words in ("pinned", "Open for longer", "95%: beyond the horizon"):
        assert words in story


def test_by_name_and_nearest(run: Callable[..., Any], tmp_path: Path, written: Callable[..., Any]) -> None:
    """An exact name is as good as an id; an unknown one gets the nearest ids, a name of several all of them."""
    plan = written(lang="ko")
    first, second, *_ = plan["decisions"]
    first["name"], second["name"] = "아주 특별한 건", "두 번 있는 이름"
    plan["decisions"][2]["name"] = "두 번 있는 이름"
    (tmp_path / "out" / "plan.json").write_text(json.dumps(plan), "utf-8")
    assert first["opportunity"] in run("explain", "out", "아주 특별한 건").stdout
    typo = run("explain", "out", first["opportunity"].lower()[:-1] + "x")
    assert typo.exit_code == 1
    assert first["opportunity"][:3] in typo.stderr
    part = run("explain", "out", "특별한", "--lang", "ko")
    assert first["opportunity"] in part.stderr
    assert "계획에 없는 영업기회" in part.stderr
    both = run("explain", "out", "두 번 있는 이름")
    assert both.exit_code == 1
    assert second["opportunity"] in both.stderr
    assert plan["decisions"][2]["opportunity"] in both.stderr
    assert "Nearest" not in run("explain", "out", "§§§").stderr
