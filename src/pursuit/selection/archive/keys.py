"""What stands in a file: every key, its kind, its axes, and what it is taken for when left out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Kind = Literal["text", "whole", "number", "truth"]
Sizes = Mapping[str, int]
Arrays = Mapping[str, NDArray[Any]]
Default = Callable[[Sizes, Arrays], "NDArray[Any] | None"]
"""Makes what stands in for a key left out; None where nothing can."""

TYPES: dict[Kind, np.dtype[Any]] = {
    "text": np.dtype("<U"),
    "whole": np.dtype("<i8"),
    "number": np.dtype("<f8"),
    "truth": np.dtype("?"),
}
"""How each kind is kept."""


@dataclass(frozen=True, slots=True)
class Key:
    """One array of a file.

    Attributes
    ----------
    name
        As in the file.
    kind
        What its entries are.
    axes
        Letters of its axes, ``I+1`` for one more than there are items.
    default
        What it is when left out; None where it must be given, with its ``leader`` if it has one.
    leader
        The key without which this one means nothing.
    """

    name: str
    kind: Kind
    axes: tuple[str, ...] = ()
    default: Default | None = None
    leader: str = ""


@dataclass(frozen=True)
class Form:
    """A kind of file.

    Attributes
    ----------
    name
        What its key ``format`` says, with its version.
    keys
        All others.
    sources
        Letter of an axis -> the key, and which of its axes, that tells how long it is.
    alike
        Letter of an axis -> another one that is as long where its own key is left out.
    """

    name: str
    keys: tuple[Key, ...]
    sources: Mapping[str, tuple[str, int]]
    alike: Mapping[str, str] = field(default_factory=dict)

    def key(self, name: str) -> Key:
        """The key of a name."""
        return next(key for key in self.keys if key.name == name)


def fill(value: float | bool) -> Default:
    """The same everywhere."""
    return lambda sizes, arrays: np.array(value)


def counted(text: str, letter: str) -> Default:
    """Names made of a word and a number from 0 on."""
    return lambda sizes, arrays: np.array([f"{text} {n}" for n in range(sizes[letter])], dtype=np.str_)


def one_each(letter: str, entries: str) -> Default:
    """Starts where each thing has exactly one entry; nothing can stand in where the numbers differ."""

    def starts(sizes: Sizes, arrays: Arrays) -> NDArray[Any] | None:
        return np.arange(sizes[letter] + 1) if sizes[letter] == sizes[entries] else None

    return starts


def all_to_one(letter: str, entries: str) -> Default:
    """Starts where there is one thing, or none, and it has all entries."""

    def starts(sizes: Sizes, arrays: Arrays) -> NDArray[Any] | None:
        return {0: np.array([0]), 1: np.array([0, sizes[entries]])}.get(sizes[letter])

    return starts
