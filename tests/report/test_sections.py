"""What the sections say, against numbers counted here by hand."""

from __future__ import annotations

import re
from typing import Any

import pytest

from pursuit.report.cardfacts import WORDS
from pursuit.report.cash import cash, goals
from pursuit.report.commitments import commitments
from pursuit.report.customers import customers
from pursuit.report.decisions import decision_rows, decisions
from pursuit.report.floor import floor, load_grid
from pursuit.report.headline import headline
from pursuit.report.outcomes import histogram, outcomes
from pursuit.report.quality import quality
from pursuit.report.speaker import Speaker

KO, EN = Speaker("ko", "KRW"), Speaker("en", "USD")


def test_headline_counts_and_compares(make_plan: Any) -> None:
    """The first sentence counts the decisions; the comparison is on fresh futures for both."""
    plan = make_plan()
    plan["value"]["fresh"] |= {"expected": 1_200_000_000, "worst_tenth": 800_000_000}
    plan["value"]["today"] |= {"expected": 1_000_000_000, "worst_tenth": 500_000_000}
    top = headline(plan, KO)
    pursued = sum(row["decision"] == "pursue" for row in plan["decisions"])
    assert f"{pursued}건은 추진" in top["choice"]
    assert "12억원" in top["worth"]
    assert "2억원 (20%) 높습니다" in top["against"]
    assert top["figures"][2]["figure"] == "+2억원"


def test_headline_owns_up_when_today_is_better(make_plan: Any) -> None:
    """Where today's way does better on fresh futures, the report says so and gives no praise."""
    plan = make_plan(lang="en", currency="USD")
    plan["value"]["fresh"]["expected"] = 90_000_000
    plan["value"]["today"]["expected"] = 100_000_000
    against = headline(plan, EN)["against"]
    assert "worth less than choosing by amount" in against
    assert "−$100K (−10%)" in against


@pytest.mark.parametrize("today", [0, -5_000_000])
def test_no_percentage_of_nothing(make_plan: Any, today: int) -> None:
    """A gain over zero or a loss is told in money only."""
    plan = make_plan()
    plan["value"]["today"]["expected"] = today
    assert "%)" not in headline(plan, KO)["against"]


def test_bars_share_one_scale(make_plan: Any) -> None:
    """Bars start at zero, losses reach left of it, and the longest span is the whole width."""
    plan = make_plan()
    plan["value"]["fresh"] |= {"expected": 300, "worst_tenth": -100}
    plan["value"]["today"] |= {"expected": 100, "worst_tenth": -100}
    bars = headline(plan, KO)["today_bars"]
    assert [(bar["left"], bar["width"]) for bar in bars] == [(25, 75), (25, 25), (0, 25), (0, 25)]


def test_decisions_lead_names_best_worst_and_traps(make_plan: Any) -> None:
    """The lead names the largest gain and loss and counts deals that look good alone but cost the firm."""
    plan = make_plan(opportunities=3, accounts=2)
    for row, (name, own, effect) in zip(
        plan["decisions"],
        [("좋은 건", 5, 90_000_000), ("함정", 40, -20_000_000), ("나쁜 건", -1, -70_000_000)],
        strict=True,
    ):
        row |= {"name": name, "expected_value": own, "effect": effect}
    lead = decisions(plan, KO)["lead"]
    assert "좋은 건 (+9,000만원)" in lead
    assert "나쁜 건 (−7,000만원)" in lead
    assert "1건 있습니다" in lead


def test_pressing_decisions_are_counted(make_plan: Any) -> None:
    """A decision due on the fourteenth day is pressing, on the fifteenth not, without a day never."""
    plan = make_plan(opportunities=3, accounts=2)
    for row, day in zip(plan["decisions"], ["2026-03-16", "2026-03-17", None], strict=True):
        row["decide_by"] = day
    assert "2주 안에 결정할 건은 1건" in decisions(plan, KO)["lead"]


def test_rows_carry_names(make_plan: Any) -> None:
    """Rows show the account's and segment's names, and an id where no name is known."""
    plan = make_plan(opportunities=30)
    plan["decisions"][0]["account"] = "unknown"
    rows = decision_rows(plan)
    assert rows[0]["account_name"] == "unknown"
    names = {account["account"]: account["name"] for account in plan["accounts"]}
    assert all(row["account_name"] == names[row["account"]] for row in rows[1:])


def test_load_grid_keeps_holes(make_plan: Any) -> None:
    """A week without an entry for a resource stays empty, it is not shown as free."""
    plan = make_plan()
    gone = plan["allocation"].pop(3)
    grid = load_grid(plan)
    at = [row["resource"] for row in grid["resources"]].index(gone["resource"])
    assert grid["cells"][at][grid["weeks"].index(gone["week"])] is None
    assert floor(plan, KO)["resources"][at]["cells"][3] == {"load": "–", "overload": "–"}


def test_floor_counts_tight_weeks(make_plan: Any) -> None:
    """The lead counts weeks in which some resource is at least as likely as not to be overloaded."""
    plan = make_plan()
    for cell in plan["allocation"]:
        cell["overload_probability"] = 0.1
    for cell in plan["allocation"][:3]:
        cell["overload_probability"] = 0.5
    assert "26주 가운데 3주" in floor(plan, KO)["lead"]


def test_histogram_keeps_every_future(make_plan: Any) -> None:
    """Both histograms stand on the same edges and each adds up to all its futures."""
    shown = histogram(make_plan())
    assert sum(shown["plan"]) == pytest.approx(1)
    assert sum(shown["today"]) == pytest.approx(1)
    assert len(shown["edges"]) == len(shown["plan"]) + 1 == len(shown["today"]) + 1


def test_outcomes_table_differs_by_row(make_plan: Any) -> None:
    """Each row of the outcomes table is the plan, today's way and their difference."""
    plan = make_plan()
    plan["value"]["fresh"]["worst_tenth"], plan["value"]["today"]["worst_tenth"] = 700_000_000, 400_000_000
    worst = outcomes(plan, KO)["rows"][1]
    assert (worst["plan"], worst["today"], worst["gain"]) == ("7억원", "4억원", "+3억원")


def test_customers_told_apart(make_plan: Any) -> None:
    """Profit soon and worth the patience are two lists by rank, and accounts left alone are in neither."""
    plan = make_plan()
    found = {group["code"]: group for group in customers(plan, KO)["groups"]}
    for code, group in found.items():
        own = [a for a in plan["accounts"] if a["patience"] == code and a["when"] != "not"]
        assert group["count"] == len(own)
        assert group["rows"][0]["name"] == min(own, key=lambda a: a["rank"])["name"]


def test_spending_is_ranked_and_cut(make_plan: Any) -> None:
    """Spending shows the largest first, its bar full, and says how many are left out."""
    plan = make_plan()
    table = next(part["table"] for part in commitments(plan, KO)["spending"] if part["by"] == "opportunity")
    every = [row for row in plan["spending"] if row["by"] == "opportunity"]
    assert table["rows"][0]["name"] == max(every, key=lambda row: row["cash"])["name"]
    assert table["rows"][0]["cells"][2]["width"] == 100
    assert table["rest"] + len(table["rows"]) == len(every)


def test_investments_chosen_first(make_plan: Any) -> None:
    """Chosen investments come first and name the deals they unlock."""
    plan = make_plan()
    rows = commitments(plan, EN)["investments"]
    assert [row["decision"] for row in rows] == sorted(
        (r["decision"] for r in rows), key=["now", "later", "no"].index
    )
    names = {row["opportunity"]: row["name"] for row in plan["decisions"]}
    assert all(row["unlock_names"] == [names[code] for code in row["unlocks"]] for row in rows)


def test_cash_names_its_lowest_month(make_plan: Any) -> None:
    """The cash lead names the month of the lowest bad case, and the one most likely to break the floor."""
    plan = make_plan()
    for row in plan["cash"]:
        row |= {"low": 5, "below_floor_probability": 0.0}
    plan["cash"][2]["low"] = 1
    assert "2026년 5월" in cash(plan, KO)["lead"]
    assert "최저 잔고 아래로 내려가는 미래는 없습니다" in cash(plan, KO)["lead"]
    plan["cash"][4]["below_floor_probability"] = 0.25
    assert "2026년 7월, 25%" in cash(plan, KO)["lead"]


def test_goals_speak_money_or_numbers(make_plan: Any) -> None:
    """Money goals read as money, counts as numbers, and a missed goal shows its price."""
    rows = goals(make_plan(), KO)["rows"]
    assert rows[0]["target"] == "60억원"
    assert rows[2]["expected"] == "3.8"
    assert (rows[2]["met"], rows[2]["price"]) == (False, "6,600만원")
    assert rows[3]["met"]


def test_model_cards_speak(make_plan: Any) -> None:
    """Known facts of a model card have words, unknown ones stay readable, long lists are cut."""
    plan = make_plan()
    card = {
        "closed_deals": 1204,
        "house_rule": [1, 2.5, True],
        "from": "",
        "stages": list("abcdefghijklmnopqrs"),
    }
    card |= {"longest_days": {"all": 90}, "traits_used": "competitors, relationship", "traits_tried": []}
    card |= {"source": "won deals + invoices", "prior": "0.46 with the weight of 4 deals", "weeks": 39}
    plan["models"] = {"win": card | {"discount_rate": 0.1}}
    assert quality(plan, KO)["weeks"] == 39
    found = quality(plan, KO)["models"][0]
    assert found["name"] == "수주확률"
    assert found["facts"] == [
        ("종결 영업기회", "1,204"),
        ("house rule", "1, 2.5, 예"),
        ("영업단계", "a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p …"),
        ("최장 진행 일수", "전체 90"),
        ("사용한 특성", "경쟁사 수, 관계 수준"),
        ("출처", "수주 + 청구"),
        ("사전값", "46% (거래 4건의 무게)"),
        ("할인율", "10%"),
    ]


def test_forecasts_cards_are_known(make_plan: Any) -> None:
    """Every sentence and code that the forecasts write on their cards has Korean words."""
    assert all(re.search("[가-힣]", KO.t(word)) for word in WORDS)


def test_lateness_counts_in_weeks(make_plan: Any) -> None:
    """A project due on Thursday that ends in the same week is not late; a week later it is."""
    plan = make_plan()
    row = plan["projects"][0] | {"due": "2026-03-12"}
    plan["projects"] = [row | {"finish": "2026-03-13"}, row | {"finish": "2026-03-20"}]
    assert [each["overdue"] for each in commitments(plan, KO)["projects"]] == [False, True]


def test_shared_reason_is_said_once(make_plan: Any) -> None:
    """A sentence that most projects share stands above them, and only what is their own stays with each."""
    plan = make_plan()
    row = plan["projects"][0]
    plan["projects"] = [row | {"reasons": ["same"]} for _ in range(4)] + [row | {"reasons": ["own"]}]
    found = commitments(plan, KO)
    assert found["shared_reason"] == "same"
    assert sorted(map(tuple, (each["reasons"] for each in found["projects"]))) == [(), (), (), (), ("own",)]


def test_small_chances_are_not_zero() -> None:
    """A chance that is not nothing is never written as zero."""
    assert [KO.chance(share) for share in (0, 0.0001, 0.004, 0.3)] == ["0%", "<0.1%", "0.4%", "30%"]


def test_outcomes_say_what_the_value_is_made_of(make_plan: Any) -> None:
    """Orders and repeat business are summed over the deals pursued or deferred, not the declined."""
    plan = make_plan()
    row = plan["decisions"][0]
    parts = row["effect_parts"] | {
        "margin": 50_000_000,
        "pursuit_cost": -10_000_000,
        "lifetime": 30_000_000,
    }
    choices = ("pursue", "defer", "decline")
    plan["decisions"] = [row | {"effect_parts": parts, "decision": choice} for choice in choices]
    text = outcomes(plan, KO)["made_of"]
    assert all(amount in text for amount in ("8,000만원", "6,000만원"))
