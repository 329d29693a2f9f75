r"""Lists and maps in one cell: ``a; b`` and ``Name: 12; Other: 8``, a backslash before a literal ``;``."""

from __future__ import annotations

import re
from collections.abc import Iterable


def escape(text: str) -> str:
    """``text`` as one item of a list."""
    return re.sub(r"([\\;:])", r"\\\1", text)


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip(), flags=re.DOTALL)


def _split(text: str, separator: str) -> list[str]:
    return re.findall(rf"(?:^|{separator})((?:\\.|\\$|[^\\{separator}])*)", text, flags=re.DOTALL)


def split_list(text: str) -> tuple[str, ...]:
    """Items of ``a; b``; empty ones do not count."""
    return tuple(item for item in map(_unescape, _split(text, ";")) if item)


def split_pairs(text: str) -> list[tuple[str, str]]:
    """Pairs of ``name: value; name: value``.

    Raises
    ------
    ValueError
        Naming the first part that is no pair, or a name that stands twice.
    """
    pairs: list[tuple[str, str]] = []
    for part in _split(text, ";"):
        if not part.strip():
            continue
        pieces = [_unescape(piece) for piece in _split(part, ":")]
        if len(pieces) != 2 or not all(pieces) or pieces[0] in dict(pairs):
            raise ValueError(part.strip())
        pairs.append((pieces[0], pieces[1]))
    return pairs


def join_list(items: Iterable[str]) -> str:
    """``items`` as one cell."""
    return "; ".join(escape(item) for item in items)


def join_pairs(pairs: Iterable[tuple[str, str]]) -> str:
    """``pairs`` as one cell."""
    return "; ".join(f"{escape(name)}: {escape(value)}" for name, value in pairs)
