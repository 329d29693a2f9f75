"""The page of a race: complete, offline, in both languages, with every number in a table."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from pursuit.report.race import policy_lines, render_race
from pursuit.report.racefigures import KINDS, measure_rows
from pursuit.report.racewords import NAMES, TEXTS, policy_name
from pursuit.report.speaker import Speaker
from tests.report.race_sample import sample_race

HOSTILE = "</script><img src=x onerror=\"document.title='owned'\">"


def markup_of(html: str) -> str:
    """The page without its data and scripts."""
    return html.split('<script type="application/json"')[0]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_one_file_that_fetches_nothing(lang: str) -> None:
    """The page names its language, links only into itself and lets only its own scripts run."""
    html = render_race(sample_race(), lang)
    assert f'<html lang="{lang}">' in html
    markup = markup_of(html)
    assert not re.search(r'(src|href)="(?!#|data:,)', markup)
    assert "default-src &#39;none&#39;" in html
    assert markup.count("<h1>") == 1
    assert all("scope=" in th for th in re.findall(r"<th[ >][^>]*>?", markup))
    ids = re.findall(r' id="([^"]+)"', markup)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', markup)) <= set(ids)


def test_every_figure_is_in_a_table() -> None:
    """Means, intervals, worst tenths, leads and every week's median and band can be read without a chart."""
    race = sample_race()
    say = Speaker("en", "KRW")
    html = render_race(race, "en")
    for row in race["policies"]:
        assert say.money(row["worst_tenth"]) in html
        for band in (row["profit_by_week"], row["cash_by_week"]):
            for values in band.values():
                assert all(say.money(value) in html for value in values)
    rows = measure_rows(race, say)
    assert [row["name"] for row in rows] == [kind.name for kind in KINDS.values()]
    ahead = rows[2]["cells"]
    assert ahead[1] == {"text": "–", "interval": "", "more": "reference", "best": False}
    assert (ahead[0]["text"], ahead[0]["more"]) == ("+₩120M", "3 of 4 worlds")
    assert ahead[0]["interval"] == "(−₩10.0M to +₩250M)"


def test_best_is_the_best_mean() -> None:
    """Per row the best mean is marked, by what is better for that measure; ties and neutral measures mark none."""
    rows = {row["name"]: row["cells"] for row in measure_rows(sample_race(), Speaker("en", "KRW"))}
    assert [cell["best"] for cell in rows["Profit"]] == [True, False, False]
    assert [cell["best"] for cell in rows["Weeks below the cash floor"]] == [False, True, False]
    assert [cell["best"] for cell in rows["Customers lost"]] == [False] * 3
    assert [cell["best"] for cell in rows["Orders won"]] == [False] * 3


def test_shares_stay_between_nothing_and_all() -> None:
    """An interval of a share never shows less than 0 % or more than 100 %."""
    race = sample_race()
    race["policies"][0]["measures"]["on_time"] = {"mean": 0.98, "low": 0.9, "high": 1.06}
    row = next(r for r in measure_rows(race, Speaker("en", "KRW")) if r["name"] == "On time in full")
    assert row["cells"][0]["interval"] == "(90% to 100%)"


def test_one_world_without_cash_or_reference() -> None:
    """A single seed shows no interval, a firm without a floor no floor, a lone policy nothing to compare with."""
    race = sample_race()
    alone = race["policies"][2]
    race |= {"policies": [alone], "seeds": [1], "floor": None, "reference": alone["policy"], "truth": "drawn"}
    alone["ahead"] = None
    for figure in alone["measures"].values():
        figure |= {"low": None, "high": None}
    html = render_race(race, "ko")
    assert "현금 하한" not in markup_of(html)
    assert "장부가 허용하는" in html
    assert len(list(policy_lines(race, Speaker("ko", "KRW")))) == 1


def test_hostile_names_are_text() -> None:
    """A firm or a rule named like an attack stays text."""
    race = sample_race()
    race["company"]["name"] = race["policies"][2]["policy"] = HOSTILE
    html = render_race(race, "en")
    assert "<img" not in markup_of(html)
    assert html.count("</script>") == render_race(sample_race(), "en").count("</script>")


def test_every_policy_of_the_house_is_explained() -> None:
    """Each policy the command line knows has a name and a sentence; a stranger's is called as it was told."""
    from pursuit.backtest.policies import POLICIES

    assert set(POLICIES) <= set(NAMES)
    assert set(NAMES) == set(TEXTS)
    assert policy_name("rules.py:mine", Speaker("en", "KRW")) == "rules.py:mine"


def test_a_chance_difference_is_called_so() -> None:
    """The head says where an interval holds zero, and does not where it does not; a cancelled race is called so."""
    race: dict[str, Any] = sample_race()
    assert "may be chance" in render_race(race, "en")
    sure = copy.deepcopy(race)
    sure["policies"][0]["ahead"]["low"] = 5_000_000
    assert "may be chance" not in render_race(sure, "en")
    assert "stopped early" not in render_race(race, "en")
    assert "stopped early" in render_race(race | {"status": "cancelled"}, "en")
