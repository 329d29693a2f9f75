"""The report as one file: templates, styles, scripts and data put together."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pursuit.report.cash import cash, goals
from pursuit.report.commitments import commitments
from pursuit.report.customers import account_rows, customers
from pursuit.report.decisions import decision_rows, decisions, soon
from pursuit.report.floor import floor, load_grid
from pursuit.report.headline import headline
from pursuit.report.labels import labels_for_scripts
from pursuit.report.messages import script_messages
from pursuit.report.outcomes import histogram, outcomes
from pursuit.report.quality import quality
from pursuit.report.replayed import replayed
from pursuit.report.speaker import Speaker

SCRIPTS = (
    "base",
    "chart",
    "table",
    "waterfall",
    "decisions",
    "heatmap",
    "load",
    "gantt",
    "outcomes",
    "customers",
    "cash",
)
_UNSAFE = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def write_report(plan: Mapping[str, Any], path: Path, lang: str) -> None:
    """Write ``plan`` (a document of ``pursuit-plan/1``) as one HTML file that needs no network.

    Parameters
    ----------
    plan
        A document that satisfies ``pursuit/planning/plan.schema.json``.
    path
        The file to write; its folder must exist.
    lang
        ``ko`` or ``en``; reasons and warnings stay in the plan's own language.

    Raises
    ------
    ValueError
        For another language.
    """
    path.write_text(render(plan, lang), encoding="utf-8")


def render(plan: Mapping[str, Any], lang: str) -> str:
    """The report's HTML text."""
    say = Speaker(lang, plan["company"]["currency"])
    own = "\n".join(static_text(f"js/{name}.js") for name in SCRIPTS)
    scripts = [static_text("vendor/echarts.min.js"), f'"use strict";\n(() => {{\n{own}\n}})();']
    if lang == "ko":
        scripts.insert(1, static_text("vendor/langKO.js"))
    return (
        environment()
        .get_template("page.html.j2")
        .render(
            plan=plan,
            say=say,
            t=say.t,
            lang=lang,
            top=headline(plan, say),
            decisions=decisions(plan, say),
            floor=floor(plan, say),
            outcomes=outcomes(plan, say),
            replayed=replayed(plan, say),
            customers=customers(plan, say),
            commitments=commitments(plan, say),
            cash=cash(plan, say),
            goals=goals(plan, say),
            quality=quality(plan, say),
            style=Markup(static_text("report.css")),
            scripts=[Markup(script) for script in scripts],
            policy=content_policy(scripts),
            data=embed(_data(plan, say, own)),
        )
    )


def embed(value: object) -> Markup:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Markup(text.translate(_UNSAFE))


def _data(plan: Mapping[str, Any], say: Speaker, script: str) -> dict[str, Any]:
    """What the page's scripts draw from."""
    return {
        "meta": say.for_scripts() | {"planLang": plan["lang"], "soon": soon(plan)},
        "words": {message: say.t(message) for message in sorted(script_messages(script))},
        "labels": labels_for_scripts(say),
        "decisions": decision_rows(plan),
        "accounts": account_rows(plan),
        "load": load_grid(plan),
        "schedule": list(plan["schedule"]),
        "horizon": dict(plan["horizon"]),
        "outcomes": histogram(plan),
        "cash": list(plan["cash"]),
    }


def environment() -> Environment:
    """Templates of the room; what is not known in them is an error."""
    return Environment(
        loader=PackageLoader("pursuit.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def static_text(name: str) -> str:
    """A style sheet or script of the room."""
    return files("pursuit.report").joinpath("static", name).read_text("utf-8")


def content_policy(scripts: list[str]) -> str:
    """A content security policy: only these scripts run, and nothing is fetched from anywhere."""
    hashes = " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(s.encode()).digest()).decode()}'" for s in scripts
    )
    return f"default-src 'none'; img-src data: blob:; style-src 'unsafe-inline'; script-src {hashes}"
