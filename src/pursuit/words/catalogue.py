"""Messages in English (the keys) and Korean (``locale/*.ko.po``), read once with babel's catalogue reader."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from babel.messages.pofile import read_po

LANGUAGES = ("ko", "en")


@cache
def _korean() -> dict[str, str]:
    messages: dict[str, str] = {}
    for entry in sorted(files("pursuit.words").joinpath("locale").iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".ko.po"):
            with entry.open("rb") as stream:
                for message in read_po(stream, locale="ko"):
                    if message.id and message.string:
                        messages[str(message.id)] = str(message.string)
    return messages


class Words:
    """Speaks one language: ``Words("ko")("Won {count} of {total} deals.", count=3, total=9)``.

    Raises
    ------
    ValueError
        For a language other than ``LANGUAGES``.
    """

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"the language is one of {', '.join(LANGUAGES)}, not {lang!r}")
        self.lang = lang

    def __call__(self, message: str, /, **values: object) -> str:
        """``message`` in this language with its ``{placeholders}`` filled in."""
        text = _korean().get(message, message) if self.lang == "ko" else message
        return text.format(**values) if values else text
