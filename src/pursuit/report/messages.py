"""The messages the report says: found in its templates, its Python and its scripts, never listed twice."""

from __future__ import annotations

import ast
import re
from importlib.resources import files

from jinja2 import Environment, nodes

_IN_SCRIPT = re.compile(r'\bT\(\s*"((?:[^"\\]|\\.)*)"')


def script_messages(source: str) -> set[str]:
    """Messages spoken by ``T("...")`` in a script."""
    return {str(ast.literal_eval(f'"{found}"')) for found in _IN_SCRIPT.findall(source)}


def template_messages(source: str) -> set[str]:
    """Messages spoken by ``t("...")`` in a template."""
    tree = Environment(autoescape=True).parse(source)
    return {
        call.args[0].value
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name == "t"
        and isinstance(call.args[0], nodes.Const)
    }


def python_messages(source: str) -> set[str]:
    """Messages spoken by ``say.t("...")`` or held in a ``{code: N("...")}`` table in Python."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in ("t", "N") and isinstance(node.args[0].value, str):
                found.add(node.args[0].value)
    return found


def all_messages() -> set[str]:
    """Every message the report can say."""
    room = files("pursuit.report")
    found: set[str] = set()
    for folder, suffix, reader in (
        (room / "templates", ".j2", template_messages),
        (room / "static" / "js", ".js", script_messages),
        (room, ".py", python_messages),
    ):
        for entry in folder.iterdir():
            if entry.name.endswith(suffix):
                found |= reader(entry.read_text("utf-8"))
    return found
