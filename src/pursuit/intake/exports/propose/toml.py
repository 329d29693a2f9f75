"""Values and keys as TOML writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence


def key(text: str) -> str:
    """A key, bare where it may be."""
    return text if re.fullmatch(r"[A-Za-z0-9_-]+", text) else quoted(text)


def quoted(text: str) -> str:
    """A text in quotation marks; what JSON writes is TOML too, but for the sign of deletion."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def value(thing: object) -> str:
    """A text, number, list or inline table."""
    match thing:
        case bool():
            return str(thing).lower()
        case int() | float():
            return repr(thing)
        case Mapping():
            return "{ " + ", ".join(f"{key(str(k))} = {value(v)}" for k, v in thing.items()) + " }"
        case str():
            return quoted(thing)
        case Sequence():
            return "[" + ", ".join(value(item) for item in thing) + "]"
    raise TypeError(f"a mapping holds no {type(thing).__name__}")


def remark(text: str) -> str:
    """A comment; whatever stands in a file, it stays on its line."""
    return "# " + "".join(char if char.isprintable() else " " for char in text)
