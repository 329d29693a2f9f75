"""What firms call our columns: the names in ``synonyms.toml`` and how near a header comes to them."""

from __future__ import annotations

import difflib
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal

from pursuit.intake.sheets.catalogue import SHEET_BY_NAME

Target = tuple[str, str]
"""A sheet and one of its columns."""
Outcome = Literal["open", "won", "lost"]
Way = Literal["exact", "stripped", "part", "fuzzy"]

_SCORES: dict[Way, float] = {"exact": 1.0, "stripped": 0.95, "part": 0.7, "fuzzy": 0.72}
_BRACKETS = re.compile(r"[(\[（［<【{].*?[)\]）］>】}]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Za-z])(?=[가-힣])|(?<=[가-힣])(?=[A-Za-z])")
_ENDINGS = {"명": "name", "코드": "code", "번호": "no", "일자": "date", "일": "date", "금액": "amount"}
_NEAR = 0.86
"""Least likeness (difflib) of a misspelt name."""


@dataclass(frozen=True, slots=True)
class NameMatch:
    """A header that comes near one of the names of a column.

    Parameters
    ----------
    target
        The sheet and column.
    synonym
        The name it comes near to.
    way
        How near: the same, the same without words that say nothing, a part of it, misspelt.
    doubt
        0 for a name that means this, 1 for one that can mean several things, 2 for one that always has to be asked.
    """

    target: Target
    synonym: str
    way: Way
    doubt: int

    @property
    def score(self) -> float:
        """From 0 to 1, by the name alone."""
        return _SCORES[self.way]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All names, as they are compared."""

    names: dict[str, tuple[tuple[Target, str, int], ...]]
    titles: dict[str, str]
    other: frozenset[str]
    neutral: frozenset[str]
    outcomes: dict[str, Outcome]


def bare(text: str) -> str:
    """``text`` as names are compared: width, case, spaces and all punctuation but % and # do not count."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^\w%#]|_", "", text)


@cache
def vocabulary() -> Vocabulary:
    """The names in ``synonyms.toml``, with the headers of our own sheets."""
    data = tomllib.loads(files(__package__).joinpath("synonyms.toml").read_text("utf-8"))
    names: dict[str, dict[tuple[Target, int], str]] = {}
    titles: dict[str, str] = {}
    for sheet, part in data["sheets"].items():
        titles |= {bare(title): sheet for title in part["titles"]}
        for column, synonyms in part["columns"].items():
            own = [] if SHEET_BY_NAME[sheet].column(column).ref else [SHEET_BY_NAME[sheet].column(column).ko]
            for synonym in (*synonyms, *own):
                word = synonym.lstrip("?")
                doubt = len(synonym) - len(word)
                names.setdefault(bare(word), {}).setdefault(((sheet, column), doubt), word)
    return Vocabulary(
        {
            name: tuple((target, word, doubt) for (target, doubt), word in found.items())
            for name, found in names.items()
        },
        titles,
        frozenset(map(bare, data["other"])),
        frozenset(map(bare, data["neutral"])),
        {bare(word): outcome for outcome, words in data["outcomes"].items() for word in words},
    )


def outcome_of(word: str) -> Outcome | None:
    """What a word for where a deal stands means; numbers before it (``3. 견적``) and brackets do not count."""
    known = vocabulary().outcomes
    short = re.sub(r"^\s*[\d①-⑨]+\s*[.)\-:]?\s*", "", _BRACKETS.sub("", word))
    return known.get(bare(word)) or known.get(bare(short)) or known.get(bare(re.sub(r"\d+\s*%?", "", short)))


def title_of(title: str) -> str:
    """The sheet a table's title speaks of; empty where it speaks of none."""
    titles = vocabulary().titles
    words = [bare(word) for word in _words(_BRACKETS.sub("", title))]
    whole = "".join(word for word in words if not word.isdigit())
    for form in (whole, f"{whole}s"):
        if form in titles:
            return titles[form]
    found = {titles[word] for word in words if word in titles}
    found |= {sheet for name, sheet in titles.items() if re.search("[가-힣]{3}", name) and name in whole}
    return found.pop() if len(found) == 1 else ""


@lru_cache(2**16)
def is_name(text: str) -> bool:
    """Whether a text is a name of a column that this vocabulary knows, ours or another."""
    known = vocabulary()
    return any(form in known.names or form in known.other for form, _ in _forms(text))


def name_matches(header: str) -> list[NameMatch]:
    """Every column a header could name, the best match for each; none for names known to be of no use."""
    known = vocabulary()
    found: dict[Target, NameMatch] = {}
    for form, way in _forms(header):
        for target, word, doubt in known.names.get(form, ()):
            found.setdefault(target, NameMatch(target, word, way, doubt))
        if form in known.other:
            return [match for match in found.values() if not match.doubt]
    if not found:
        for match in _distant(header):
            found.setdefault(match.target, match)
    return list(found.values())


def _words(text: str) -> list[str]:
    return [
        word for word in re.split(r"[\W_]+", _CAMEL.sub(" ", unicodedata.normalize("NFKC", text))) if word
    ]


def _forms(header: str) -> Iterator[tuple[str, Way]]:
    """The ways to compare a header, the most faithful first."""
    seen = set()

    def fresh(text: str) -> bool:
        known = bare(text)
        return bool(known) and known not in seen and not seen.add(known)  # type: ignore[func-returns-value]

    if fresh(header):
        yield bare(header), "exact"
    plain = _BRACKETS.sub(" ", header)
    if fresh(plain):
        yield bare(plain), "stripped"
    for sign in (bare(plain).rstrip("%#"), _translated(bare(plain))):
        if fresh(sign):
            yield sign, "stripped"
    neutral = vocabulary().neutral
    words = [word for word in _words(plain) if bare(word) not in neutral]
    if fresh("".join(words)):
        yield bare("".join(words)), "stripped"
    for word in sorted(neutral, key=len, reverse=True):  # Korean is written without spaces
        joined = bare(plain)
        if re.match("[가-힣]", word) and joined.startswith(word) and fresh(joined.removeprefix(word)):
            yield joined.removeprefix(word), "stripped"
    for piece in reversed(re.split(r"\s*[/>|\n]\s*", plain)):  # a header over another, or two names in one
        if re.search(r"[/>|\n]", plain) and fresh(piece):
            yield bare(piece), "part"


def _translated(name: str) -> str:
    """An English name with a Korean ending (``Customer명``) in English."""
    for ending, english in _ENDINGS.items():
        if re.fullmatch(f"[a-z]+{ending}", name):
            return name.removesuffix(ending) + english
    return name


def _distant(header: str) -> Iterator[NameMatch]:
    """Names that end a Korean header, whose words all stand in an English one, or that it misspells."""
    known = vocabulary()
    whole, words = bare(_BRACKETS.sub(" ", header)), [bare(word) for word in _words(header)]
    if len(whole) < 3:
        return
    ends = [name for name in known.names if re.search("[가-힣]{2}", name) and whole.endswith(name)]
    if ends:
        longest = max(ends, key=len)
        for target, word, doubt in known.names[longest]:
            if not doubt or word == "금액":
                yield NameMatch(target, word, "part", doubt)
        return
    for name in difflib.get_close_matches(whole, known.names, 3, _NEAR) if len(whole) > 4 else ():
        for target, word, doubt in known.names[name]:
            yield NameMatch(target, word, "fuzzy", doubt)
    inner = [
        (len(part), name)
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
        if (name := "".join(part := words[first:last])) in known.names and len(name) > 3
    ]
    for _, name in sorted(inner, reverse=True)[:1]:
        for target, word, doubt in known.names[name]:
            if not doubt:
                yield NameMatch(target, word, "part", doubt)
