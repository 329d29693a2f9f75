"""The report as one file: complete, offline, and deaf to hostile text."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pursuit.report import write_report
from pursuit.report.page import embed, render

HOSTILE = "</script><img src=x onerror=\"document.title='owned'\"><b>&amp;"


class Outline(HTMLParser):
    """Elements that matter to a reader's tools, and the text of the data script."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.data = ""
        self._in_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_data = tag == "script" and ("id", "data") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._in_data = False

    def handle_data(self, data: str) -> None:
        if self._in_data:
            self.data += data

    def having(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


def outline(html: str) -> Outline:
    parser = Outline()
    parser.feed(html)
    return parser


def hurt(value: Any) -> Any:
    """Every free text of a plan made hostile; codes and dates, which the schema fixes, are left alone."""
    free = {
        "name",
        "reasons",
        "warnings",
        "fallbacks",
        "product",
        "stage",
        "owner",
        "option_name",
        "operation",
    }
    free |= {"kind", "conflicts", "sector"}
    if isinstance(value, dict):
        return {
            key: ([HOSTILE] if isinstance(item, list) else HOSTILE)
            if key in free and item is not None
            else hurt(item)
            for key, item in value.items()
        }
    return [hurt(item) for item in value] if isinstance(value, list) else value


def test_sample_is_a_plan(make_plan: Any, schema: dict[str, Any]) -> None:
    """The sample the tests stand on satisfies the plan's own schema, and is the same each time."""
    plan = make_plan()
    jsonschema.validate(plan, schema)
    jsonschema.validate(make_plan(seed=3, lang="en", currency="USD", opportunities=12), schema)
    assert plan == make_plan()


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_one_file_without_network(make_plan: Any, tmp_path: Path, lang: str) -> None:
    """The file links to nothing outside itself, carries ECharts once, and stays under three megabytes."""
    path = tmp_path / "plan.html"
    write_report(make_plan(lang=lang), path, lang)
    html = path.read_text("utf-8")
    page = outline(html)
    assert not [tag for tag, attributes in page.tags if str(attributes.get("src", "")).startswith("http")]
    assert [link["href"] for link in page.having("link")] == ["data:,"]
    assert all(str(a["href"]).startswith("#") for a in page.having("a"))
    assert html.count("Licensed to the Apache Software Foundation") == (2 if lang == "ko" else 1)
    assert path.stat().st_size < 3_000_000
    assert page.having("html")[0]["lang"] == lang


def test_same_plan_same_file(make_plan: Any) -> None:
    """The report holds no clock and no chance: writing twice gives the same bytes."""
    assert render(make_plan(), "ko") == render(make_plan(), "ko")


def test_hostile_text_is_inert(make_plan: Any) -> None:
    """Text that tries to end a script or start an element stays text, everywhere a plan holds free text."""
    plan = hurt(make_plan(opportunities=20, accounts=8))
    plan["models"] = {HOSTILE: {HOSTILE: HOSTILE}}
    clean = outline(render(make_plan(opportunities=20, accounts=8), "ko"))
    page = outline(render(plan, "ko"))
    assert not page.having("img")
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert len(page.having("script")) == len(clean.having("script"))
    assert json.loads(page.data)["decisions"][0]["name"] == HOSTILE


def test_embedded_json_survives() -> None:
    """What is embedded reads back unchanged and contains nothing that HTML or JavaScript would act on."""
    value = {"a": HOSTILE, "b": "<!--", "c": "\u2028\u2029", "d": "가"}
    text = str(embed(value))
    assert json.loads(text) == value
    assert not re.search(r"[<>&\u2028\u2029]", text)


def test_policy_allows_only_own_scripts(make_plan: Any) -> None:
    """The content security policy names each script by its hash and allows no fetching at all."""
    html = render(make_plan(opportunities=5, accounts=3), "en")
    page = outline(html)
    policy = next(
        m["content"] for m in page.having("meta") if m.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None
    running = [s for s in page.having("script") if s.get("type") != "application/json"]
    assert policy.count("sha256-") == len(running)
    assert policy.startswith("default-src 'none'")
    assert "connect-src" not in policy
    assert "script-src 'sha256-" in policy


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_structure_for_readers_tools(make_plan: Any, lang: str) -> None:
    """One h1, a skip link to something that is there, labelled sections, unique ids, scoped table headers."""
    page = outline(render(make_plan(), lang))
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    assert len(page.having("h1")) == 1
    assert all(str(a["href"])[1:] in ids for a in page.having("a"))
    assert all(
        section.get("aria-labelledby", section.get("aria-label")) for section in page.having("section")
    )
    assert all(th.get("scope") for th in page.having("th"))
    assert all(d.get("aria-label") for d in page.having("div") if d.get("role") == "img")


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_plan_of_almost_nothing(make_plan: Any, schema: dict[str, Any], lang: str) -> None:
    """A firm with no accounts, goals, cash or schedule still gets a report that says so."""
    plan = make_plan(opportunities=1, accounts=1)
    empty: tuple[str, ...] = (
        "accounts",
        "investments",
        "projects",
        "allocation",
        "spending",
        "schedule",
        "cash",
    )
    empty += ("segments", "goals", "rounds", "warnings", "fallbacks", "decisions", "resources")
    for key in empty:
        plan[key] = []
    plan["models"] = {}
    plan["value"]["outcomes"] = {"plan": [], "today": []}
    plan["value"]["today"]["expected"] = 0
    jsonschema.validate(plan, schema)
    html = render(plan, lang)
    assert ("결정할 영업기회가 없습니다." if lang == "ko" else "There is no open opportunity") in html


def test_other_language_is_refused(make_plan: Any) -> None:
    """Only Korean and English are spoken; anything else is an error, not a half-translated page."""
    with pytest.raises(ValueError, match="language"):
        render(make_plan(opportunities=2, accounts=1), "fr")
