"""The report in a real Chromium: it draws, it fits, and it works from the keyboard."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pursuit.report.speaker import Speaker

pytestmark = pytest.mark.browser

CHARTS = ["chart-heat", "chart-load", "chart-gantt", "chart-outcomes", "chart-customers", "chart-cash"]
Visit = Callable[..., Any]

PICTURE = "id => [...document.querySelectorAll(`#${id} canvas`)].map((c) => c.toDataURL()).join()"
INKED = """id => {
  const seen = new Set();
  for (const canvas of document.querySelectorAll(`#${id} canvas`)) {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3]) seen.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    }
  }
  return seen.size;
}"""


def scroll_through(page: Any) -> None:
    for name in CHARTS:
        page.locator(f"#{name}").scroll_into_view_if_needed()
        page.wait_for_selector(f"#{name}[data-drawn]", state="attached", timeout=5000)


def names(page: Any) -> list[str]:
    return [text.strip() for text in page.locator("#decision-table button.open > span").all_inner_texts()]


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [
        ("ko", 1280, "light"),
        ("ko", 390, "light"),
        ("en", 1280, "light"),
        ("en", 390, "light"),
        ("ko", 390, "dark"),
        ("en", 1280, "dark"),
    ],
)
def test_draws_fits_and_is_quiet(opened: Visit, make_plan: Visit, lang: str, width: int, scheme: str) -> None:
    """Everywhere: all charts drawn, nothing sticks out sideways, no error in the console, nothing fetched."""
    visit = opened(make_plan(lang=lang), lang, width, scheme)
    page = visit.page
    scroll_through(page)
    page.locator("#decision-table button.open").first.click()
    page.wait_for_selector("#decision-table .detail canvas")
    assert {name: page.evaluate(INKED, name) > 20 for name in CHARTS} == dict.fromkeys(CHARTS, True)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    sticking_out = page.evaluate(
        """() => [...document.querySelectorAll("main table, main figure, .head *")]
          .filter((n) => !n.closest(".scroll, details:not([open])"))
          .filter((n) => n.getBoundingClientRect().right > innerWidth - 8)
          .map((n) => n.className || n.tagName)"""
    )
    assert sticking_out == []
    inner = "document.querySelector('#decision-table .scroll')"
    assert page.evaluate(f"{inner}.scrollWidth - {inner}.clientWidth") <= 0
    assert visit.wrong == []


@pytest.mark.parametrize("made", ["out/plan.json", "out/real/plan.json"])
def test_real_plans_draw_too(opened: Visit, made: str) -> None:
    """Plans that `make demo` and `make real` left behind open as quietly as the sample does."""
    path = Path(__file__).parents[2] / made
    if not path.exists():
        pytest.skip(f"{made} has not been made; run make demo or make real first")
    plan = json.loads(path.read_text("utf-8"))
    for width in (1280, 390):
        visit = opened(plan, plan["lang"], width)
        for node in visit.page.locator(".chart").all():
            node.scroll_into_view_if_needed()
        visit.page.wait_for_function(
            "() => ![...document.querySelectorAll('.chart')].some((n) => !n.dataset.drawn)"
        )
        assert visit.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        assert visit.wrong == []


def test_decisions_by_keyboard(opened: Visit, make_plan: Visit) -> None:
    """Chips, search, sorting, moving between rows and opening one all work without a mouse."""
    plan = make_plan()
    page = opened(plan).page
    page.locator("[data-chip=decline]").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-chip=decline]").first.get_attribute("aria-pressed") == "true"
    declined = [row for row in plan["decisions"] if row["decision"] == "decline"]
    assert str(len(declined)) in page.locator("#decision-table [role=status]").inner_text()

    page.locator("#decision-table thead button[data-key=amount]").focus()
    page.keyboard.press("Enter")
    header = page.locator("#decision-table thead th[aria-sort=descending]")
    assert header.locator("button").get_attribute("data-key") == "amount"
    by_amount = sorted(declined, key=lambda row: -row["amount"])
    assert names(page)[0].startswith(by_amount[0]["name"])
    page.keyboard.press("Enter")
    assert page.locator("#decision-table thead th[aria-sort=ascending]").count() == 1
    assert names(page)[0].startswith(by_amount[-1]["name"])

    first = page.locator("#decision-table button.open").nth(0)
    first.focus()
    page.keyboard.press("ArrowDown")
    focused = page.evaluate("document.activeElement === document.querySelectorAll('button.open')[1]")
    assert focused
    page.keyboard.press("Enter")
    opener = page.locator("#decision-table button.open").nth(1)
    assert opener.get_attribute("aria-expanded") == "true"
    detail = page.locator(f"#{opener.get_attribute('aria-controls')}")
    assert detail.is_visible()
    page.keyboard.press("Enter")
    assert opener.get_attribute("aria-expanded") == "false"
    assert page.locator("#decision-table tr.detail").count() == 0


def test_search_narrows_to_all_words(opened: Visit, make_plan: Visit) -> None:
    """The search finds rows that hold every word typed in any of their texts, and says when none does."""
    plan = make_plan()
    page = opened(plan).page
    accounts = {account["account"]: account["name"] for account in plan["accounts"]}
    wanted = plan["decisions"][10]
    page.locator("#decision-table [data-search]").fill(f"{wanted['product']} {accounts[wanted['account']]}")
    shown = names(page)
    assert any(text.startswith(wanted["name"]) for text in shown)
    assert all(wanted["product"] in text for text in shown)
    page.locator("#decision-table [data-search]").fill("zzzzzz")
    assert names(page) == []
    assert page.locator("#decision-table [role=status]").inner_text() == "조건에 맞는 항목이 없습니다."


def test_opened_row_tells_the_whole_story(opened: Visit, make_plan: Visit) -> None:
    """An opened row holds its reasons, what it displaces with the money, its promises and its own effect."""
    plan = make_plan()
    row = next(r for r in plan["decisions"] if r["displaces"] and r["promise"] and r["promise"]["p95"])
    page = opened(plan).page
    page.locator("#decision-table [data-search]").fill(row["opportunity"])
    page.locator("#decision-table button.open").first.click()
    text = page.locator("#decision-table tr.detail").inner_text()
    say = Speaker("ko", "KRW")
    assert all(reason in text for reason in row["reasons"])
    assert all(item["name"] in text and say.money(item["value"]) in text for item in row["displaces"])
    assert all(row["promise"][key] in text for key in ("p50", "p80", "p95"))
    drawing = page.locator("#decision-table tr.detail [role=img]").get_attribute("aria-label")
    assert f"전사 영향 {say.signed(row['effect'])}" in drawing


def test_says_how_an_effect_was_found_and_the_main_reason_first(opened: Visit, make_plan: Visit) -> None:
    """Each basis of an effect has a sentence of its own, and the first reason stands out above the others."""
    plan = make_plan(opportunities=9, accounts=4)
    told = {}
    for basis, row in zip(("resolved", "flipped", "priced"), plan["decisions"], strict=False):
        row |= {"effect_basis": basis, "reasons": ["첫째 이유", "둘째 이유"]}
    page = opened(plan).page
    for row in plan["decisions"][:3]:
        page.locator("#decision-table [data-search]").fill(row["opportunity"])
        page.locator("#decision-table button.open").first.click()
        detail = page.locator("#decision-table tr.detail")
        told[row["effect_basis"]] = detail.locator("p.note").inner_text()
        assert detail.locator(".mainreason").inner_text() == "첫째 이유"
        assert detail.locator(".part ul li").all_inner_texts() == ["둘째 이유"]
        page.locator("#decision-table button.open").first.click()
    assert "다시 선택" in told["resolved"]
    assert "이 건만" in told["flipped"]
    assert "추정" in told["priced"]


def test_late_promises_and_days_to_decide_again(opened: Visit, make_plan: Visit) -> None:
    """A promise in the week asked for is on time, later ones count their days; a deferred deal says decide again."""
    plan = make_plan(opportunities=4, accounts=2)
    promise = {"p50": "2026-04-10", "p80": "2026-04-10", "p95": "2026-04-10"}
    for row, asked in zip(plan["decisions"], ("2026-04-09", "2026-04-01"), strict=False):
        row |= {"decision": "pursue", "promise": promise, "requested_date": asked, "decide_by": None}
    plan["decisions"][2] |= {"decision": "defer", "promise": None, "decide_by": "2026-03-13"}
    page = opened(plan).page

    def cell(row: dict[str, Any], column: str) -> str:
        page.locator("#decision-table [data-search]").fill(row["opportunity"])
        text: str = page.locator(f"#decision-table td.{column}").first.inner_text()
        return text

    assert "늦음" not in cell(plan["decisions"][0], "promise")
    assert "9일 늦음" in cell(plan["decisions"][1], "promise")
    assert "다시 결정하는 날" in cell(plan["decisions"][2], "decide")


def test_switches_redraw(opened: Visit, make_plan: Visit) -> None:
    """The heat map shows overload and the Gantt groups by order when asked, and each drawing changes."""
    page = opened(make_plan()).page
    scroll_through(page)
    changed = f"([id, old]) => ({PICTURE})(id) !== old"
    for name, button in (("chart-heat", "[data-heat=overload]"), ("chart-gantt", "[data-gantt=order]")):
        before = page.evaluate(PICTURE, name)
        page.locator(button).focus()
        page.keyboard.press("Space")
        page.wait_for_function(changed, arg=[name, before], timeout=5000)
        assert page.locator(button).get_attribute("aria-pressed") == "true"
    before = page.evaluate(PICTURE, "chart-load")
    words = page.locator("#load-words").inner_text()
    page.locator("#load-resource").select_option(index=5)
    page.wait_for_function(changed, arg=["chart-load", before], timeout=5000)
    assert page.locator("#load-words").inner_text() != words


def test_two_thousand_decisions_stay_light(opened: Visit, make_plan: Visit) -> None:
    """With 2,089 decisions only one page of rows is in the document; paging and search reach the rest."""
    plan = make_plan(opportunities=2089, accounts=300, weeks=13)
    visit = opened(plan)
    page = visit.page
    assert page.locator("#decision-table tbody tr").count() == 25
    assert page.evaluate("document.querySelectorAll('*').length") < 12_000
    page.locator("#decision-table thead button[data-key=name]").click()
    page.locator("#decision-table [data-page='1']").click()
    assert "26~50" in page.locator("#decision-table [role=status]").inner_text()
    page.locator("#decision-table [data-search]").fill(plan["decisions"][-1]["opportunity"])
    assert names(page)[0].startswith(plan["decisions"][-1]["name"])
    assert visit.wrong == []


def test_numbers_read_alike_in_page_and_python(opened: Visit, make_plan: Visit) -> None:
    """The page's scripts write money exactly as Python does, in won and dollars."""
    amounts = [
        0,
        1,
        9_999,
        10_000,
        85_500,
        86_000,
        12_345_678,
        99_999_999,
        100_000_000,
        99_960_000,
        123_456_789,
    ]
    amounts += [
        9_999_999_999,
        1_234_500_000_000,
        250_000_050_000_000,
        -45_000_000,
        -3,
        49,
        50,
        99_949,
        99_951_000,
        123_450,
        123_460,
        999_949,
        999_960,
        99_996_000,
        999_999_600_000,
        9_995_000,
    ]
    for lang, currency in (("ko", "KRW"), ("en", "USD"), ("ko", "USD"), ("en", "KRW")):
        say = Speaker(lang, currency)
        page = opened(make_plan(opportunities=3, accounts=2, lang=lang, currency=currency), lang).page
        written = page.evaluate("all => all.map((x) => [pursuit.money(x), pursuit.signed(x)])", amounts)
        assert written == [[say.money(x), say.signed(x)] for x in amounts]


def test_hostile_names_stay_text(opened: Visit, make_plan: Visit) -> None:
    """A deal named like an attack shows as written, in table, detail and tooltip, and runs nothing."""
    plan = make_plan(opportunities=6, accounts=3, lang="en")
    attack = "</script><img src=x onerror=\"document.title='owned'\">"
    for row in plan["decisions"]:
        row |= {"name": attack, "reasons": [attack]}
        for item in row["displaces"]:
            item["name"] = attack
    for bar in plan["schedule"]:
        bar |= {"name": attack, "operation": attack}
    visit = opened(plan, "en")
    page = visit.page
    page.locator("#decision-table button.open").first.click()
    scroll_through(page)
    box = page.locator("#chart-gantt").bounding_box()
    for down in range(40, 400, 12):
        page.mouse.move(box["x"] + 145, box["y"] + down)
    page.wait_for_timeout(100)
    assert attack in page.locator("#decision-table button.open").first.inner_text()
    assert page.locator("img").count() == 0
    assert "owned" not in page.title()
    assert visit.wrong == []


def test_prints_light_and_whole(opened: Visit, make_plan: Visit) -> None:
    """Printing from a dark screen uses light paper, draws charts never scrolled to, lists all rows."""
    page = opened(make_plan(), "ko", 1280, "dark").page
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--paper')").strip()
        == "#fcfbf8"
    )
    assert page.locator("#decision-table tbody tr").count() == 250
    assert all(page.evaluate(INKED, name) > 20 for name in CHARTS)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#decision-table tbody tr").count() == 25


def test_contrast_is_enough(opened: Visit, make_plan: Visit) -> None:
    """Text colours reach 4.5:1 on the paper, light and dark (WCAG 2.2, AA)."""
    measure = """names => names.map((name) => {
      const value = (n) => getComputedStyle(document.documentElement).getPropertyValue(`--${n}`).trim();
      const luminance = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
        .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const [a, b] = [luminance(value(name)), luminance(value("paper"))].sort((x, y) => y - x);
      return (a + 0.05) / (b + 0.05);
    })"""
    for scheme in ("light", "dark"):
        page = opened(make_plan(opportunities=2, accounts=1), "ko", 1280, scheme).page
        ratios = page.evaluate(measure, ["ink", "muted", "plan", "loss", "patient"])
        assert min(ratios) >= 4.5, ratios
