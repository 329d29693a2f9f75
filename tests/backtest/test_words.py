"""The replay room's words: each English sentence has its Korean, and nothing is left over."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from babel.messages.pofile import read_po

import pursuit.backtest

ROOM = Path(pursuit.backtest.__path__[0])


def spoken() -> set[str]:
    """Messages said in the room's source."""
    calls = [
        node
        for file in ROOM.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say"
    ]
    return {call.args[0].value for call in calls if isinstance(call.args[0], ast.Constant)}


def korean() -> dict[str, str]:
    with (ROOM.parent / "words" / "locale" / "backtest.ko.po").open("rb") as stream:
        return {str(m.id): str(m.string) for m in read_po(stream, locale="ko") if m.id}


def test_every_message_has_its_korean_and_back() -> None:
    """No message lacks Korean, no Korean is unused, and both fill in the same values."""
    assert spoken() == set(korean())
    for english, text in korean().items():
        assert re.search("[가-힣]", text)
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", text))
