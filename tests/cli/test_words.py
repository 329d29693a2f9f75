"""The command line's words: each English sentence has its Korean, and nothing is left over."""

from __future__ import annotations

import ast
import re
from importlib.resources import files

import typer
from babel.messages.pofile import read_po

from pursuit.cli import app


def korean() -> dict[str, str]:
    found = {}
    for entry in files("pursuit.words").joinpath("locale").iterdir():
        if entry.name.startswith("cli") and entry.name.endswith(".ko.po"):
            with entry.open("rb") as stream:
                found |= {str(m.id): str(m.string) for m in read_po(stream, locale="ko") if m.id}
    return found


def spoken() -> set[str]:
    """Messages in the room's source and in its help."""
    found: set[str] = set()
    for entry in files("pursuit.cli").iterdir():
        if entry.name.endswith(".py"):
            for node in ast.walk(ast.parse(entry.read_text("utf-8"))):
                if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                    if name in ("words", "t", "N"):
                        found.add(node.args[0].value)
    group = typer.main.get_command(app)
    for command in (group, *group.commands.values()):  # type: ignore[attr-defined]
        found.add(command.help)
        found |= {p.help for p in command.params if getattr(p, "help", None)}
    return found


def test_every_message_has_its_korean_and_back() -> None:
    """No message lacks Korean, and no Korean is unused."""
    assert spoken() == set(korean())


def test_placeholders_agree_and_korean_is_korean() -> None:
    """A translation fills in the same values, holds Hangul, and hangs no particle on a value."""
    for english, text in korean().items():
        assert set(re.findall(r"\{\w+\}", english)) == set(re.findall(r"\{\w+\}", text)), english
        assert re.search("[가-힣]", text), english
        assert not re.search(r"\}(은|는|이|가|을|를|과|와|으로|로)(\s|$|[.,])", text), text
