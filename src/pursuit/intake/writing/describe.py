"""The sheets and columns in Markdown, for the documentation: ``python -m pursuit.intake.writing.describe ko``."""

from __future__ import annotations

import sys

from pursuit.intake.sheets.catalogue import SHEETS
from pursuit.intake.sheets.table import Column, Sheet
from pursuit.intake.writing.book import KIND_HELP
from pursuit.words import Words

_HEADS = {
    "en": ("column", "Korean header", "must", "what it holds"),
    "ko": ("열", "영문 이름", "필수", "내용"),
}


def describe(lang: str) -> str:
    """Every sheet with its columns, in Markdown."""
    return "\n\n".join(_sheet(sheet, Words(lang)) for sheet in SHEETS) + "\n"


def _sheet(sheet: Sheet, words: Words) -> str:
    other = "en" if words.lang == "ko" else "ko"
    title = f"### {sheet.title(words.lang)} ({sheet.title(other)})"
    head = "| " + " | ".join(_HEADS[words.lang]) + " |\n|---|---|---|---|"
    rows = "\n".join(_row(column, words) for column in sheet.columns)
    return f"{title}\n\n{words(sheet.help)}\n\n{head}\n{rows}"


def _row(column: Column, words: Words) -> str:
    names = (column.ko, column.name) if words.lang == "ko" else (column.name, column.ko)
    text = f"{words(column.help)} {words(KIND_HELP[column.kind])}"
    if column.kind == "choice":
        text = f"{words(column.help)} " + ", ".join(f"`{code}` ({ko})" for code, ko in column.choices.items())
    return f"| {names[0]} | {names[1]} | {'*' if column.required else ''} | {text} |"


if __name__ == "__main__":
    print(describe(sys.argv[1]), end="")
