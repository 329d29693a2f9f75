"""Several tables on one sheet: below each other, each with a header of its own, or side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pursuit.intake.cells.read import is_blank
from pursuit.intake.layout.headers import DEPTH
from pursuit.intake.layout.levels import header_lines, header_names
from pursuit.intake.layout.looks import Look, is_neutral, is_typed, text_of
from pursuit.intake.layout.page import Page, cell
from pursuit.intake.layout.units import read_note
from pursuit.intake.sheets.catalogue import find_sheet

_DECORATION = re.compile(r"^[\W_]*(?:\d{1,2}|[IVX]+|[가-하]|[①-⑳])?[\s.)\]]+(?=\S)|^[^\w(]+|[^\w)]+$")
_LISTING = re.compile(
    r"\s*(?:현황표?|목록|리스트|명세서?|내역서?|일람표?|대장|list|table|report)$", re.IGNORECASE
)
_ABOVE = 4
"""A header stands at most so many lines below the blank line that parts it from the table above."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table: its header lines, the lines above them that belong to it, and its end, by index; its columns."""

    above: int
    first: int
    last: int
    end: int
    left: int = 0
    right: int | None = None
    title: str = ""


def tables_below(page: Page, at: int) -> list[Part] | None:
    """The tables from the one whose header is at an index down; None, and a question, where one has no known header."""
    parts: list[Part] = []
    above = 0
    while True:
        first, last = header_lines(page, at, above)
        found, unknown = next_header(page, first, last)
        if unknown is not None:
            row = page.lines[unknown][0]
            problem = "Another table begins here whose header is not known."
            mend = "Put each table on a sheet of its own, or declare header_row in a mapping."
            page.ask(row, ", ".join(filter(None, map(text_of, page.lines[unknown][1]))), problem, mend)
            return None
        end = len(page.lines) if found is None else start_of(page, found)
        parts.append(Part(above, first, last, end))
        if found is None:
            return parts
        at, above = found, end


def next_header(page: Page, first: int, last: int) -> tuple[int | None, int | None]:
    """Index of the next known header below a blank line, or of a line that looks like the header of something."""
    own = [_texts_of(page, first), _texts_of(page, last)]
    typed = _typed_columns(page, last + 1)
    lines = page.lines
    gaps = [at for at in range(last + 2, len(lines)) if lines[at][0] > lines[at - 1][0] + 1]
    for gap in gaps:
        for at in range(gap, min(gap + _ABOVE, len(lines))):
            if at > gap and page.gap_before(at):
                break
            seen = page.look(at)
            if _texts_of(page, at) in own:  # printed again
                break
            if seen.is_known:
                return at, None
            if _looks_foreign(page, at, seen, typed):
                return None, at
            if seen.width > 2:
                break
    return None, None


def _texts_of(page: Page, at: int) -> list[str]:
    return [text for text in map(text_of, page.lines[at][1]) if text]


def _typed_columns(page: Page, start: int) -> list[int]:
    """Columns that hold nothing but figures and days in the first lines of a table."""
    end = min(start + DEPTH, len(page.lines))
    body = [
        page.lines[at][1] for at in range(start, next(filter(page.gap_before, range(start + 1, end)), end))
    ]
    columns = []
    for column in range(max(map(len, body), default=0)):
        values = [cell(cells, column) for cells in body]
        values = [value for value in values if not is_neutral(value)]
        if len(values) >= 2 and sum(map(is_typed, values)) >= 0.8 * len(values):
            columns.append(column)
    return columns


def _looks_foreign(page: Page, at: int, seen: Look, typed: Sequence[int]) -> bool:
    """Whether a line is all names where the table above holds figures, with a line of data below it."""
    cells = page.lines[at][1]
    crossed = [column for column in typed if not is_neutral(cell(cells, column))]
    if not (crossed and seen.is_text and seen.unique and seen.width >= 2):
        return False
    if at + 1 >= len(page.lines) or page.gap_before(at + 1):
        return False
    below = page.lines[at + 1][1]
    return any(is_typed(cell(below, column)) for column in seen.filled)


def start_of(page: Page, header: int) -> int:
    """Index of the first line of a table's own title, from that of its header."""
    at, _ = header_lines(page, header)
    while at > 0 and not page.gap_before(at):
        at -= 1
    return at


def tables_beside(page: Page, part: Part) -> list[Part] | None:
    """A table, or those that stand side by side in its lines; None, and a question, where one is not known.

    Columns that are blank from the header down part tables where each has a title of its own above its
    header, where they repeat a name, or where one is shorter than the other; else they are only a space.
    """
    names = header_names(page, part.first, part.last)
    runs = _runs(page, part, names)
    if len(runs) < 2:
        return [part]
    part, titles = _titles_over(page, part, runs)
    heads = [[name for name in names[left:right] if name] for left, right in runs]
    twice = len({name for head in heads for name in head}) < sum(map(len, heads))
    if not (all(titles) or twice or _uneven(page, part, runs)):
        return [part]
    known = [sum(map(page.is_known, head)) for head in heads]
    if all(2 * count > len(head) for count, head in zip(known, heads, strict=True)):
        return [
            Part(part.above, part.first, part.last, part.end, left, right, title)
            for (left, right), title in zip(runs, titles, strict=True)
        ]
    problem = "Tables stand side by side, and not every one has a known header."
    mend = "Put each table on a sheet of its own, or declare header_row in a mapping."
    page.ask(page.lines[part.first][0], ", ".join(filter(None, names)), problem, mend)
    return None


def _titles_over(page: Page, part: Part, runs: Sequence[tuple[int, int]]) -> tuple[Part, list[str]]:
    """The titles above tables side by side, and the table without them where they were taken for its parents."""
    if part.first < part.last:
        below = replace(part, first=part.last)
        titles = [_title_over(page, below, left, right) for left, right in runs]
        if all(map(find_sheet, titles)):
            return below, titles
    return part, [_title_over(page, part, left, right) for left, right in runs]


def _runs(page: Page, part: Part, names: Sequence[str]) -> list[tuple[int, int]]:
    """First and end column of each run of columns between blank ones."""
    body = page.lines[part.last + 1 : part.end]
    runs: list[tuple[int, int]] = []
    start = None
    for column in range(len(names) + 1):
        blank = column == len(names) or (
            not names[column] and all(is_blank(cell(cells, column)) for _, cells in body)
        )
        if not blank and start is None:
            start = column
        elif blank and start is not None:
            runs.append((start, column))
            start = None
    return runs


def _uneven(page: Page, part: Part, runs: Sequence[tuple[int, int]]) -> bool:
    """Whether some run of columns ends earlier than another, by two lines or more."""
    ends = []
    for left, right in runs:
        lines = range(part.end - 1, part.last, -1)
        ends.append(
            next((at for at in lines if any(not is_blank(v) for v in page.lines[at][1][left:right])), 0)
        )
    return max(ends) - min(ends) >= 2


def _title_over(page: Page, part: Part, left: int, right: int | None) -> str:
    """The title in the lines right above a table's header, within its columns."""
    for at in range(part.first - 1, max(part.above, part.first - 3) - 1, -1):
        texts = [text_of(value) for value in page.lines[at][1][left:right]]
        texts = [text for text in texts if text and not read_note(text) and not is_typed(text)]
        if len(texts) == 1 and ":" not in texts[0]:
            return clean_title(texts[0])
        if texts:
            return ""
    return ""


def title_of(page: Page, part: Part) -> str:
    """What a table is called by the line above it; empty for nothing."""
    return part.title or _title_over(page, part, part.left, part.right)


def clean_title(text: str) -> str:
    """A title without numbering and signs; the name of a sheet where it speaks of one (``■ 1. 자원 현황``)."""
    bare = (
        re.sub(r"(?<=\w)\s*[(\[<【][^()\[\]<>【】]*[)\]>】]\s*$", "", text) if len(text) < 200 else text[:200]
    )
    bare = _DECORATION.sub("", _DECORATION.sub("", bare.strip())).strip()
    for name in (bare, _LISTING.sub("", bare)):
        if find_sheet(name):
            return name
    return bare
