"""A sample plan and its schema for the report's tests."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

PlanMaker = Callable[..., dict[str, Any]]


def _maker() -> PlanMaker:
    spec = importlib.util.spec_from_file_location(
        "report_sample", Path(__file__).with_name("sample") / "__init__.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    maker: PlanMaker = module.sample_plan
    return maker


@pytest.fixture(scope="session")
def make_plan() -> PlanMaker:
    return _maker()


@pytest.fixture(scope="session")
def schema() -> dict[str, Any]:
    text = files("pursuit.planning").joinpath("plan.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
