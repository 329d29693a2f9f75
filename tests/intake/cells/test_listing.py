"""Lists and maps in one cell come back as they went in, whatever their items contain."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.cells.listing import join_list, join_pairs, split_list, split_pairs

ITEM = st.text(alphabet="ab;:\\ 가=", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(st.lists(ITEM))
def test_lists(items: list[str]) -> None:
    """Any list of texts survives, separators and backslashes included."""
    assert split_list(join_list(items)) == tuple(items)


@given(st.dictionaries(ITEM, ITEM))
def test_pairs(pairs: dict[str, str]) -> None:
    """Any map of texts survives."""
    assert dict(split_pairs(join_pairs(pairs.items()))) == pairs


def test_as_people_write_them() -> None:
    """Spaces and a last separator do not count."""
    assert split_list(" a;b ; ") == ("a", "b")
    assert split_pairs("MC: 12;ASSY:8") == [("MC", "12"), ("ASSY", "8")]


@pytest.mark.parametrize("text", ["MC", "MC 12", ": 3", "MC: 1; MC: 2", "a: b: c"])
def test_what_is_no_pair(text: str) -> None:
    """A part that is no name with one value, or a name given twice, is refused."""
    with pytest.raises(ValueError):  # noqa: PT011  the message is the part itself
        split_pairs(text)
