"""A small firm in files, a planner that answers at once with the report's sample plan, and a runner."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from pursuit.cli import app

ROOT = Path(__file__).parents[2]
SHEETS = {
    "company": "name,currency,as_of,vat_rate\n시험정밀,KRW,2026-03-02,10%\n",
    "resources": "id,name,hours per week,hourly cost\nMC,가공,80,18000\n",
    "accounts": "id,name,sector\nA1,가나산업,기계\n",
    "opportunities": (
        "id,account,name,amount,win_probability,created\n"
        "O1,A1,하우징 1차,30000000,0.6,2026-01-05\n"
        "O2,A1,하우징 2차,20000000,0.3,2026-02-02\n"
        "O3,A1,브래킷,9000000,0.5,2026-02-09\n"
    ),
    "options": "opportunity,id\nO1,standard\nO2,standard\nO3,standard\n",
    "option_work": (
        "opportunity,option,resource,hours,weeks\n"
        "O1,standard,MC,260,4\nO2,standard,MC,400,4\nO3,standard,MC,120,3\n"
    ),
}

Run = Callable[..., Result]


@pytest.fixture
def firm(tmp_path: Path) -> Path:
    """A folder of CSV files that reads without a fault."""
    folder = tmp_path / "firm"
    folder.mkdir()
    for name, text in SHEETS.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def broken(firm: Path) -> Path:
    """The same folder with three faults in it."""
    text = SHEETS["opportunities"].replace("30000000", "삼천만?").replace("2026-02-02", "03/04/2026")
    (firm / "opportunities.csv").write_text(text.replace("O3,A1", "O3,A9"), encoding="utf-8")
    return firm


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command in an empty folder on an English machine."""
    for name in ("PURSUIT_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    monkeypatch.chdir(tmp_path)
    return lambda *words, **more: CliRunner().invoke(app, [str(word) for word in words], **more)


def _sample() -> Callable[..., dict[str, Any]]:
    path = ROOT / "tests" / "report" / "sample" / "__init__.py"
    spec = importlib.util.spec_from_file_location("cli_report_sample", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    maker: Callable[..., dict[str, Any]] = module.sample_plan
    return maker


@pytest.fixture(scope="session")
def sample() -> Callable[..., dict[str, Any]]:
    """Makes the report's sample plan."""
    return _sample()
