"""What the firm's own grade of a deal stands for: its own word first, then a band, then the assumption."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.domain import ASSUMED_PRIORS, Grade, grade_prior


@pytest.mark.parametrize(
    ("written", "probability"),
    [
        ("70% 이상", 0.85),
        ("50~70%", 0.6),
        ("50% ~ 70%", 0.6),
        ("30%미만", 0.15),
        ("≥90%", 0.95),
        ("A등급", 0.7),
        ("Ａ", 0.7),
        (" high ", 0.7),
        ("유력", 0.7),
    ],
)
def test_words_and_bands(written: str, probability: float) -> None:
    """A band stands for its middle; width, case, spaces and a following 등급 do not change a grade."""
    assert grade_prior(written) == pytest.approx(probability)


@pytest.mark.parametrize("written", ["", "뜨거움", "70~50%", "120% 이상", "50~70", "A-"])
def test_what_nobody_declared_is_not_guessed(written: str) -> None:
    """An unknown word, a band the wrong way round or beyond 100 % has no probability."""
    assert grade_prior(written) is None


def test_the_firms_own_word_goes_first() -> None:
    """What the sheet grades says of a word replaces the assumption and the band."""
    declared = (Grade("A 등급", 0.95), Grade("50~70%", 0.4), Grade("뜨거움", 0.99))
    found = [grade_prior(word, declared) for word in ("a", "50 ~ 70%", "뜨거움", "B")]
    assert found == [0.95, 0.4, 0.99, ASSUMED_PRIORS["b"]]


@given(st.floats(0, 99), st.floats(0.5, 50))
def test_a_band_lies_between_its_ends(low: float, width: float) -> None:
    """Whatever the ends, the probability is theirs or between them."""
    ends = round(low, 1), round(min(low + width, 100), 1)
    found = grade_prior(f"{ends[0]}~{ends[1]}%")
    assert found is None or ends[0] / 100 <= found <= ends[1] / 100
    assert found is not None or ends[0] >= ends[1]
