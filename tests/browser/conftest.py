"""A real Chromium, found on PATH, opening reports made from sample plans."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pursuit.report import write_report
from pursuit.report.race import write_race

playwright = pytest.importorskip("playwright.sync_api", reason="the playwright package is not installed")

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def make_plan() -> Callable[..., dict[str, Any]]:
    path = Path(__file__).parents[1] / "report" / "sample" / "__init__.py"
    spec = importlib.util.spec_from_file_location("browser_sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    maker: Callable[..., dict[str, Any]] = module.sample_plan
    return maker


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on PATH; install it to run the browser tests")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Opened:
    """A page with everything that went wrong on it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on(
            "console", lambda message: self.wrong.append(message.text) if message.type == "error" else None
        )
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("requestfailed", lambda request: self.wrong.append(f"failed: {request.url}"))
        page.on(
            "request",
            lambda request: (
                self.wrong.append(f"asked for {request.url}")
                if not request.url.startswith(("file:", "data:", "blob:"))
                else None
            ),
        )


@pytest.fixture
def opened(chromium: Any, tmp_path: Path) -> Iterator[Callable[..., Opened]]:
    """Open the report of a plan at a width, in a language and a colour scheme."""
    contexts = []

    def visit(plan: dict[str, Any], lang: str = "ko", width: int = 1280, scheme: str = "light") -> Opened:
        path = tmp_path / f"plan-{lang}.html"
        (write_race if "policies" in plan else write_report)(plan, path, lang)
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
        )
        contexts.append(context)
        found = Opened(context.new_page())
        found.page.goto(path.as_uri())
        return found

    yield visit
    for context in contexts:
        context.close()
