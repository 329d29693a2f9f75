"""Headers on two lines: parents above, merged or with blanks to their right, and leaves below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from pursuit.intake.cells.read import is_blank
from pursuit.intake.files.raw import Block
from pursuit.intake.layout.looks import text_of
from pursuit.intake.layout.page import Page, cell
from pursuit.intake.layout.units import read_note


def header_lines(page: Page, at: int, lowest: int = 0) -> tuple[int, int]:
    """First and last index of the header whose one line is at an index; none above ``lowest`` belongs to it."""
    if at > lowest and is_pair(page, at - 1):
        return at - 1, at
    return (at, at + 1) if is_pair(page, at) else (at, at)


def is_pair(page: Page, at: int) -> bool:
    """Whether the line at an index holds parents of the names in the next."""
    if at + 1 >= len(page.lines) or page.gap_before(at + 1):
        return False
    upper, lower = page.look(at), page.look(at + 1)
    if upper.width < 2 or not lower.width or not (upper.is_text and lower.is_text):
        return False
    above, below = page.lines[at][1], page.lines[at + 1][1]
    if any(":" in text_of(above[c]) or read_note(text_of(above[c])) for c in upper.filled):
        return False
    spans = _spans(page, at)
    covered = {column for first, last in spans.values() for column in range(first, last + 1)}
    if not spans or any(column not in covered for column in lower.filled):
        return False
    alone = [c for c in upper.filled if not is_blank(cell(below, c)) and c not in spans]
    return not alone and any(last > first for first, last in spans.values())


def _spans(page: Page, at: int) -> dict[int, tuple[int, int]]:
    """Columns under each parent of a line: those of its merged cell, else the blank ones to its right."""
    row, above = page.lines[at]
    below = page.lines[at + 1][1]
    merged = {b.left - 1: b for b in page.raw.merged if b.top == b.bottom == row and b.right > b.left}
    spans = {
        left: (left, block.right - 1) for left, block in merged.items() if not is_blank(cell(above, left))
    }
    width = max(len(above), len(below))
    for column, value in enumerate(above):
        if is_blank(value) or column in spans or is_blank(cell(below, column)):
            continue
        last = column
        while last + 1 < width and is_blank(cell(above, last + 1)) and not is_blank(cell(below, last + 1)):
            last += 1
        if last > column or merged:  # among merged parents one alone is the parent of one leaf
            spans[column] = (column, last)
    return spans


def header_names(page: Page, first: int, last: int) -> tuple[str, ...]:
    """The names of the columns; of a leaf that is not known or not the only one of its name, with its parent's."""
    below = page.lines[last][1]
    if first == last:
        return tuple(map(text_of, below))
    above = page.lines[first][1]
    parents = [""] * max(len(above), len(below))
    for column, (left, right) in _spans(page, first).items():
        parents[left : right + 1] = [text_of(above[column])] * (right + 1 - left)
    leaves = [text_of(cell(below, column)) for column in range(len(parents))]
    alike = Counter(leaves)
    return tuple(
        text_of(cell(above, column))
        if not leaf
        else leaf
        if not parent or (alike[leaf] == 1 and page.is_known(leaf) and not page.is_known(f"{parent} {leaf}"))
        else f"{parent} {leaf}"
        for column, (parent, leaf) in enumerate(zip(parents, leaves, strict=True))
    )


Rows = list[tuple[int, tuple[Any, ...]]]


def fill_merged(rows: Rows, merged: Sequence[Block]) -> tuple[Rows, list[int]]:
    """Rows in which a value merged down over several holds for each, and the numbers of the rows filled."""
    tall = [block for block in merged if block.bottom > block.top]
    if not tall or not rows:
        return rows, []
    where = {number: at for at, (number, _) in enumerate(rows)}
    last, filled, made = rows[-1][0], set(), list(rows)
    for block in tall:
        source = where.get(block.top)
        value = cell(rows[source][1], block.left - 1) if source is not None else None
        if is_blank(value):
            continue
        for number in range(block.top + 1, min(block.bottom, last) + 1):
            at = where.get(number)
            if at is None or (number in filled and not is_blank(cell(made[at][1], block.left - 1))):
                continue
            cells = list(made[at][1])
            cells += [None] * (block.left - len(cells))
            cells[block.left - 1] = value
            made[at] = (number, tuple(cells))
            filled.add(number)
    return made, sorted(filled)
