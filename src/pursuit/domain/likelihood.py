"""The firm's own grade of a deal (수주확도): which probability stands behind S, 상, 유력 or 50~70%."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

ASSUMED_PRIORS: Mapping[str, float] = {
    "s": 0.9, "a": 0.7, "b": 0.5, "c": 0.3, "d": 0.1,
    "상": 0.7, "중": 0.5, "하": 0.3, "high": 0.7, "medium": 0.5, "low": 0.3,
    "확정": 0.95, "확실": 0.95, "유력": 0.7, "보통": 0.5, "낮음": 0.2, "희박": 0.1,
    "confirmed": 0.95, "likely": 0.7, "even": 0.5, "unlikely": 0.2,
}  # fmt: skip
"""Assumptions, no study's figures: every firm means something else by them, so that its own closed deals soon outweigh
them. They keep the order of the words and leave room at both ends, as graded deals are neither sure nor hopeless."""

_NUMBER = r"(\d{1,3}(?:\.\d+)?)"
_BETWEEN = re.compile(rf"{_NUMBER}%?[~\-–]{_NUMBER}%(?:대)?")
_AT_LEAST = re.compile(rf"{_NUMBER}%(?:이상|초과|\+|↑|ormore)|(?:>=?|≥){_NUMBER}%")
_AT_MOST = re.compile(rf"{_NUMBER}%(?:이하|미만|↓|orless)|(?:<=?|≤){_NUMBER}%")


@dataclass(frozen=True, slots=True)
class Grade:
    """What the firm itself means by a word of 수주확도."""

    word: str
    probability: float


def grade_key(word: str) -> str:
    """A grade as grades are compared: width, case and spaces do not count, nor does a following ``등급``."""
    key = re.sub(r"\s+", "", unicodedata.normalize("NFKC", word)).casefold()
    return re.sub(r"(등급|급|grade)$", "", key) or key


def grade_prior(word: str, declared: Iterable[Grade] = ()) -> float | None:
    """Probability of winning a deal so graded, before any deal is counted; None for an unknown word.

    What the firm declares goes first, then the middle of a band of percents, then ``ASSUMED_PRIORS``.
    """
    key = grade_key(word)
    for grade in declared:
        if grade_key(grade.word) == key:
            return grade.probability
    band = _band(key)
    if band is not None:
        return sum(band) / 2
    return ASSUMED_PRIORS.get(key)


def _band(key: str) -> tuple[float, float] | None:
    """Lowest and highest probability of ``50~70%``, ``70%이상``, ``30%미만``."""
    if match := _BETWEEN.fullmatch(key):
        low, high = (float(part) / 100 for part in match.groups())
    elif match := _AT_LEAST.fullmatch(key):
        low, high = float(match[1] or match[2]) / 100, 1.0
    elif match := _AT_MOST.fullmatch(key):
        low, high = 0.0, float(match[1] or match[2]) / 100
    else:
        return None
    return (low, high) if 0 <= low < high <= 1 else None
