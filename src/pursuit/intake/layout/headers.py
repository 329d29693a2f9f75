"""Which line is the header: by the names that are known, else by shape; asked about where two are as likely."""

from __future__ import annotations

from collections.abc import Sequence

from pursuit.intake.layout.levels import is_pair
from pursuit.intake.layout.looks import Look, is_neutral, is_period, is_typed, text_of
from pursuit.intake.layout.page import Page, cell

DEPTH = 30
"""Number of lines that are searched for a header."""

_WIDE = 0.6


def find_header(page: Page) -> int | None:
    """Index of the header among the lines of a sheet; None, and a question, where that cannot be told."""
    looks = [page.look(at) for at in range(min(DEPTH, len(page.lines)))]
    sure = next((at for at, seen in enumerate(looks) if seen.is_known), None)
    if sure is not None:
        return sure
    most = max(seen.known for seen in looks)
    if most >= 2:
        rows = [at for at, seen in enumerate(looks) if seen.known == most]
        rows = [at for at in rows if looks[at].is_text] or rows
        return rows[0] if _alike(page, rows) else _undecided(page, rows)
    width = _width(looks)
    wide = next((at for at, seen in enumerate(looks) if seen.width >= _WIDE * width), 0)
    if most == 1:
        known = next(at for at, seen in enumerate(looks) if seen.known)
        if looks[known].is_text and (known <= wide or looks[known].width == looks[wide].width == 1):
            wide = max(known, wide) if looks[known].width < _WIDE * width else known
    return _by_shape(page, looks, wide)


def _by_shape(page: Page, looks: Sequence[Look], at: int) -> int | None:
    """The first wide line, if it looks like a header and the next does not look like one as well."""
    seen = looks[at]
    body = range(at + 1, len(looks))
    cells = page.lines[at][1]
    bare = 2 * len(seen.typed) >= seen.width or (seen.typed and not seen.known)
    if seen.width > 1 and bare and not is_crosstab(cells, seen) and _typed_below(page, seen.typed, body):
        problem = "No line here looks like a header."
        mend = "Write the names of the columns above the data, or declare header_row in a mapping."
        page.ask(page.lines[at][0], _shown(page, at), problem, mend)
        return None if page.ours else at
    if at + 4 < len(looks) and not is_pair(page, at) and _is_header_too(page, looks, at + 1):
        return _undecided(page, [at, at + 1])
    return at


def _width(looks: Sequence[Look]) -> int:
    """Number of cells of an ordinary line: the second largest, so that one long line does not count."""
    widths = sorted((seen.width for seen in looks), reverse=True)
    return widths[min(1, len(widths) - 1)]


def _typed_below(page: Page, columns: Sequence[int], body: range) -> bool:
    """Whether most of the lines below hold figures or days in these columns, too."""
    cells = [cell(page.lines[at][1], column) for at in body for column in columns]
    cells = [value for value in cells if not is_neutral(value)]
    return bool(cells) and 2 * sum(map(is_typed, cells)) > len(cells)


def _is_header_too(page: Page, looks: Sequence[Look], at: int) -> bool:
    """Whether a line is all names though at least two columns below it are all figures or days."""
    seen = looks[at]
    if not (seen.is_text and seen.unique and seen.width >= 2):
        return False
    typed = 0
    for column in seen.filled:
        below = [cell(page.lines[row][1], column) for row in range(at + 1, len(looks))]
        below = [value for value in below if not is_neutral(value)]
        typed += bool(below) and all(map(is_typed, below)) and not is_neutral(cell(page.lines[at][1], column))
    return typed >= 2 and 2 * typed >= seen.width


def _alike(page: Page, rows: Sequence[int]) -> bool:
    """Whether lines say the same (a header printed again), or are the only one."""
    return len({tuple(map(text_of, page.lines[at][1])) for at in rows}) == 1


def _undecided(page: Page, rows: Sequence[int]) -> int | None:
    numbers = [page.lines[at][0] for at in rows]
    problem = "Two lines look like the header: {one} and {other}."
    mend = "Delete one of them, or declare header_row in a mapping."
    page.ask(numbers[0], _shown(page, rows[0]), problem, mend, one=numbers[0], other=numbers[1])
    return None if page.ours else rows[0]


def _shown(page: Page, at: int) -> str:
    return ", ".join(filter(None, map(text_of, page.lines[at][1])))


def is_crosstab(header: Sequence[object], seen: Look) -> bool:
    """Whether periods stand side by side as columns, more of them than known names."""
    periods = sum(is_period(name) for name in header)
    return periods >= 3 and periods > seen.known


def is_transposed(page: Page) -> bool:
    """Whether the names of the columns stand below each other in the first column, the records side by side."""
    looks = [page.look(at) for at in range(min(DEPTH, len(page.lines)))]
    first = min(seen.filled[0] for seen in looks)
    names = [cell(page.lines[at][1], first) for at in range(len(looks))]
    texts = {text_of(name) for name in names if isinstance(name, str)}
    known = sum(page.is_known(text) for text in texts)
    beside = sum(seen.width > 1 for seen in looks)
    return (
        known >= 3 and 2 * known > len(names) and beside >= known and not any(seen.is_known for seen in looks)
    )
