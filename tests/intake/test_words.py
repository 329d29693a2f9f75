"""Everything the intake says exists in Korean, with the same placeholders."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pursuit.intake
from pursuit.intake.records.places import _DOMAIN_MESSAGES
from pursuit.intake.sheets.catalogue import SHEETS, find_column, find_sheet
from pursuit.intake.writing.book import KIND_HELP
from pursuit.intake.writing.template import README
from pursuit.words import Words

SPOKEN = {
    "error": (2, 3),
    "warn": (2, 3),
    "CellError": (0, 1),
    "FileError": (0, 1),
    "UnsettledError": (0, 1),
    "Note": (0, 1),
    "words": (0,),
}


def sentences(node: ast.AST) -> Iterator[str]:
    """Texts an argument can be: a constant, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from sentences(node.body)
        yield from sentences(node.orelse)


def spoken() -> set[str]:
    """Message keys in the room's source, its sheets and its template."""
    found = {*README, *KIND_HELP.values(), *_DOMAIN_MESSAGES}
    for path in Path(pursuit.intake.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign):  # problem, mend = "...", "..."
                values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
                names = re.findall(
                    r"\b(problem|mend|must|_NOT_WRITTEN|_HINT|_MEND)\b", ast.unparse(node.targets[0])
                )
                found |= {text for value in values for text in sentences(value) if names}
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                for at in SPOKEN.get(name, ()):
                    found |= set(sentences(node.args[at])) if at < len(node.args) else set()
    for sheet in SHEETS:
        found |= {sheet.help, *(column.help for column in sheet.columns)}
    return found - {"{help}"}


def test_korean_is_complete() -> None:
    """Every message has a Korean text with Hangul and the same placeholders."""
    ko = Words("ko")
    keys = spoken()
    assert len(keys) > 250
    missing = [key for key in sorted(keys) if not re.search("[가-힣]", ko(key))]
    assert missing == []
    for key in keys:
        assert sorted(re.findall(r"\{\w+\}", key)) == sorted(re.findall(r"\{\w+\}", ko(key))), key


def test_headers_are_unambiguous() -> None:
    """No two sheets, and no two columns of a sheet, share a name in either language."""
    for sheet in SHEETS:
        assert find_sheet(sheet.name) is sheet
        assert find_sheet(sheet.ko) is sheet
        for column in sheet.columns:
            for header in (column.name, column.ko, column.header("en"), column.header("ko").upper()):
                assert find_column(sheet, header) is column
