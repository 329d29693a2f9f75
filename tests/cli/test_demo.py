"""The demo: a made-up firm goes through the same door as a real one."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import pursuit.planning
from pursuit.demo import DemoFirm, make_firm


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demo firm with few deals."""

    def make(seed: int) -> DemoFirm:
        return make_firm(seed, accounts=24, open_deals=20, closed_deals=50)

    monkeypatch.setattr("pursuit.demo.make_firm", make)


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize(("words", "lang"), [((), "ko"), (("--lang", "en"), "en")])
def test_demo(
    run: Callable[..., Any],
    sample: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    lang: str,
) -> None:
    """It writes the firm as a workbook, plans what it reads back, and says where to look; Korean unless told."""
    seen: list[Any] = []

    def make_plan(company: Any, settings: Any, report: Any) -> dict[str, Any]:
        seen.extend((company, settings))
        plan: dict[str, Any] = sample(opportunities=20, lang=lang)
        return plan

    monkeypatch.setitem(vars(pursuit.planning), "make_plan", make_plan)
    monkeypatch.setitem(vars(pursuit.planning), "verify_plan", lambda plan, company: None)
    done = run("demo", "--out", "tryout", "--seed", "3", "--weeks", "10", "--work-limit", "9", *words)
    assert done.exit_code == 0, done.output
    assert {path.name for path in Path("tryout").iterdir()} == {"company.xlsx", "plan.json", "plan.html"}
    company, settings = seen
    firm = make_firm(3, accounts=24, open_deals=20, closed_deals=50)
    assert company.content_hash == firm.company.content_hash
    assert (settings.weeks, settings.work_limit, settings.lang) == (10, 9, lang)
    assert Path("tryout/plan.html").absolute().as_uri() in done.stdout
    assert ("브라우저" in done.stdout) == (lang == "ko")


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_demo_for_real(run: Callable[..., Any]) -> None:
    """A small demo firm is planned for real; the plan verifies against the workbook written beside it."""
    done = run("demo", "--out", "out", "--weeks", "8", "--work-limit", "5")
    assert done.exit_code == 0, done.output
    plan = json.loads(Path("out/plan.json").read_text("utf-8"))
    assert len(plan["decisions"]) == 20
    assert run("verify", "out", "out/company.xlsx").exit_code == 0
    assert run("explain", "out", plan["decisions"][0]["opportunity"]).exit_code == 0
