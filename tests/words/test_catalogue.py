"""Messages exist in Korean with the placeholders of their English key, and no room contradicts another."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import pursuit
from pursuit.words import LANGUAGES, Words

PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")
AFTER_PLACEHOLDER = re.compile(r"\}(은|는|이|가|을|를|과|와|으로)(?=[\s.,])")


def entries() -> list[tuple[str, str, str]]:
    """File, key and Korean text of every message."""
    found = []
    for entry in files("pursuit.words").joinpath("locale").iterdir():
        with entry.open("rb") as stream:
            found += [(entry.name, str(m.id), str(m.string)) for m in read_po(stream, locale="ko") if m.id]
    return found


def test_every_message_is_translated() -> None:
    """No key is left without its Korean text."""
    assert [(name, key) for name, key, text in entries() if not text.strip()] == []


def test_placeholders_are_the_same() -> None:
    """A translation fills in exactly the values its key has."""
    wrong = [
        (name, key)
        for name, key, text in entries()
        if set(PLACEHOLDER.findall(key)) != set(PLACEHOLDER.findall(text))
    ]
    assert wrong == []


def test_no_particle_hangs_on_a_value() -> None:
    """No particle that depends on the last sound follows a value straight away."""
    assert [(name, text) for name, _, text in entries() if AFTER_PLACEHOLDER.search(text)] == []


def test_rooms_agree_on_a_message() -> None:
    """A key that several rooms use has one Korean text."""
    texts = defaultdict(set)
    for _, key, text in entries():
        texts[key].add(text)
    assert {key: said for key, said in texts.items() if len(said) > 1} == {}


def test_speaking() -> None:
    """Known keys speak Korean, unknown ones their English; values are filled in only where given."""
    _, key, text = next(entry for entry in entries() if "{" not in entry[1])
    assert Words("ko")(key) == text
    assert Words("en")(key) == key
    assert Words("ko")("No such key has {n} parts.", n=2) == "No such key has 2 parts."
    assert Words("en")("Braces {stay}") == "Braces {stay}"


def test_languages() -> None:
    """Korean and English are spoken; another language is refused by name."""
    assert set(LANGUAGES) == {"ko", "en"}
    with pytest.raises(ValueError, match="not 'fr'"):
        Words("fr")


def test_no_message_is_left_over() -> None:
    """Every key stands as a text somewhere in the source: what nobody says any more is not kept in Korean."""
    root = Path(pursuit.__file__).parent
    texts = {
        node.value
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    pages = "".join(
        path.read_text("utf-8") for path in root.rglob("*") if path.suffix in (".j2", ".js", ".toml")
    )
    pages = pages.replace("\\'", "'")
    assert [(name, key) for name, key, _ in entries() if key not in texts and key not in pages] == []
