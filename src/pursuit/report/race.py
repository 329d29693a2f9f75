"""The page of a race: policies week by week, their table, and what each of them is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from markupsafe import Markup

from pursuit.report.messages import script_messages
from pursuit.report.page import content_policy, embed, environment, static_text
from pursuit.report.racefigures import ahead_text, best_first, interval, measure_rows
from pursuit.report.racewords import policy_name, policy_text
from pursuit.report.speaker import Speaker

SCRIPTS = ("base", "chart", "race")
BAND = (0.1, 0.5, 0.9)
COLOURS = 8
"""Line styles there are; with more policies they come round again, told apart by their labels."""


def write_race(document: Mapping[str, Any], path: Path, lang: str) -> None:
    """Write a document of ``pursuit-replay/1`` as one HTML file that needs no network.

    Raises
    ------
    ValueError
        For a language other than ``ko`` or ``en``.
    """
    path.write_text(render_race(document, lang), encoding="utf-8")


def render_race(document: Mapping[str, Any], lang: str) -> str:
    """The page's HTML text."""
    say = Speaker(lang, document["company"]["currency"])
    own = "\n".join(static_text(f"js/{name}.js") for name in SCRIPTS)
    scripts = [static_text("vendor/echarts.min.js"), f'"use strict";\n(() => {{\n{own}\n}})();']
    if lang == "ko":
        scripts.insert(1, static_text("vendor/langKO.js"))
    policies = [_policy(row, at, say) for at, row in enumerate(document["policies"])]
    return (
        environment()
        .get_template("race.html.j2")
        .render(
            race=document,
            say=say,
            t=say.t,
            lang=lang,
            top=_top(document, say),
            policies=policies,
            shown=_shown(document),
            rows=measure_rows(document, say),
            weeks=list(_weeks(document, say)),
            floor=None if document["floor"] is None else say.money(document["floor"]),
            style=Markup(static_text("report.css") + static_text("race.css")),
            scripts=[Markup(script) for script in scripts],
            policy=content_policy(scripts),
            data=embed(_data(document, policies, say, own)),
        )
    )


def policy_lines(document: Mapping[str, Any], say: Speaker) -> Iterator[str]:
    """The race in a line for each policy, the best first, as a terminal shows it."""
    for row in best_first(document):
        profit = row["measures"]["profit"]
        told = say.t(
            "{policy}: profit {profit}, worst tenth {worst}",
            policy=policy_name(row["policy"], say),
            profit=say.money(profit["mean"]) + interval(profit, say.money, say),
            worst=say.money(row["worst_tenth"]),
        )
        yield told if row["ahead"] is None else f"{told} · {ahead_text(document, row, say)}"


def _policy(row: Mapping[str, Any], at: int, say: Speaker) -> dict[str, Any]:
    code = row["policy"]
    return {
        "code": code,
        "name": policy_name(code, say),
        "text": policy_text(code, say),
        "style": at % COLOURS,
    }


def _shown(document: Mapping[str, Any]) -> str:
    """The policy whose band is shown at first: ours, else the best that is not the reference."""
    codes = [row["policy"] for row in best_first(document)]
    others = [code for code in codes if code != document["reference"]] or codes
    return "ours" if "ours" in others else others[0]


def _top(document: Mapping[str, Any], say: Speaker) -> dict[str, str]:
    """The race in a few sentences."""
    rows = {row["policy"]: row for row in document["policies"]}
    row, count = rows[_shown(document)], f"{len(document['seeds']):,}"
    best = best_first(document)[0]
    title = say.t(
        "{policy}: {profit} of profit in {weeks} weeks",
        policy=policy_name(row["policy"], say),
        profit=say.money(row["measures"]["profit"]["mean"]),
        weeks=document["weeks"],
    )
    compared = ahead_text(document, row, say) + "." if row["ahead"] else ""
    ahead = row["ahead"]
    if ahead and ahead["low"] is not None and ahead["low"] <= 0 <= ahead["high"]:
        compared += " " + say.t("That may be chance: the interval holds zero.")
    if best is not row:
        compared += " " + say.t(
            "Most is earned by: {policy}, {profit}.",
            policy=policy_name(best["policy"], say),
            profit=say.money(best["measures"]["profit"]["mean"]),
        )
    mean = say.t("Mean of {count} worlds; every policy met the same luck in each of them.", count=count)
    return {"title": title, "compared": compared.strip(), "mean": mean}


def _weeks(document: Mapping[str, Any], say: Speaker) -> Iterator[dict[str, Any]]:
    """The rows behind the charts: median and band by week."""

    def cell(band: Mapping[str, Any], week: int) -> str:
        low, median, high = (say.money(band[name][week]) for name in ("low", "median", "high"))
        return f"{median} ({say.t('{low} to {high}', low=low, high=high)})"

    rows = document["policies"]
    for week in range(document["weeks"]):
        yield {
            "week": week + 1,
            "profit": [cell(row["profit_by_week"], week) for row in rows],
            "cash": [cell(row["cash_by_week"], week) for row in rows],
        }
    yield {"week": say.t("finished"), "profit": [cell(_to_the_end(row), -1) for row in rows], "cash": None}


def _to_the_end(row: Mapping[str, Any]) -> dict[str, list[int]]:
    """Profit by week, and in the end, once everything sold is finished."""
    final = np.quantile([run["profit"] for run in row["runs"]], BAND)
    return {
        name: [*row["profit_by_week"][name], round(float(value))]
        for name, value in zip(("low", "median", "high"), final, strict=True)
    }


def _data(
    document: Mapping[str, Any], policies: list[dict[str, Any]], say: Speaker, script: str
) -> dict[str, Any]:
    """What the page's script draws from."""
    first = date.fromisoformat(document["start"])
    return {
        "meta": say.for_scripts(),
        "words": {message: say.t(message) for message in sorted(script_messages(script))},
        "labels": {},
        "mondays": [(first + timedelta(weeks=week)).isoformat() for week in range(document["weeks"])],
        "floor": document["floor"],
        "reference": document["reference"],
        "shown": _shown(document),
        "policies": [
            {"profit": _to_the_end(row), "cash": row["cash_by_week"]} | told
            for row, told in zip(document["policies"], policies, strict=True)
        ],
    }
