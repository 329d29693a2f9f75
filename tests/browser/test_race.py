"""The page of a race in a real Chromium: it draws, fits, and shows another policy's band from the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.report.race_sample import sample_race

pytestmark = pytest.mark.browser

CHARTS = ("chart-profit", "chart-money")
Visit = Callable[..., Any]
PICTURE = "id => document.querySelector(`#${id} canvas`).toDataURL()"
INKS = """names => names.map((name) => {
  const value = (n) => getComputedStyle(document.documentElement).getPropertyValue(`--${n}`).trim();
  const luminance = (hex) => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const [a, b] = [luminance(value(name)), luminance(value("paper"))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
})"""


def draw(page: Any) -> None:
    for name in CHARTS:
        page.locator(f"#{name}").scroll_into_view_if_needed()
        page.wait_for_selector(f"#{name}[data-drawn]", state="attached", timeout=5000)
    page.wait_for_timeout(400)


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("ko", 1280, "light"), ("ko", 390, "dark"), ("en", 390, "light"), ("en", 1280, "dark")],
)
def test_draws_fits_and_is_quiet(opened: Visit, lang: str, width: int, scheme: str) -> None:
    """Everywhere: both charts drawn, nothing sticks out sideways, no error in the console, nothing fetched."""
    visit = opened(sample_race(), lang, width, scheme)
    draw(visit.page)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.wrong == []


def test_another_policy_is_picked_from_the_keyboard(opened: Visit) -> None:
    """Enter on a policy's button shows its band in both charts and says so to a screen reader."""
    page = opened(sample_race(), "en").page
    draw(page)
    before = [page.evaluate(PICTURE, name) for name in CHARTS]
    button = page.locator('#race-chips button[data-policy="everything"]')
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    draw(page)
    assert button.get_attribute("aria-pressed") == "true"
    assert page.locator('#race-chips [aria-pressed="true"]').count() == 1
    assert all(page.evaluate(PICTURE, name) != old for name, old in zip(CHARTS, before, strict=True))


def test_every_number_can_be_read_without_a_chart(opened: Visit) -> None:
    """The tables behind the charts open and have a row for each week, that of the profit one for the end."""
    page = opened(sample_race(), "ko").page
    for at, rows in ((0, 7), (1, 6)):
        page.locator("#race details summary").nth(at).click()
        assert page.locator("#race details").nth(at).locator("tbody tr").count() == rows


def test_lines_stand_out_from_the_paper(opened: Visit) -> None:
    """Each line colour reaches 4.5:1 on the paper, light and dark, as its labels are text (WCAG 2.2, AA)."""
    for scheme in ("light", "dark"):
        page = opened(sample_race(), "ko", 1280, scheme).page
        ratios = page.evaluate(INKS, [f"race-{n}" for n in range(8)])
        assert min(ratios) >= 4.5, ratios
