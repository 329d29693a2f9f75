"""How wide a text is on a sheet."""

from __future__ import annotations

import unicodedata


def width_of(value: object) -> int:
    """Columns of an ordinary letter that a cell takes, its longest line; Hangul and other wide letters take two."""
    text = "" if value is None else str(value)
    return max((sum(map(_letter, line)) for line in text.splitlines()), default=0)


def _letter(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
