"""One firm under several spellings has one key; other firms keep their own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.records.names import firm_key, legal_form, same_firm


@pytest.mark.parametrize(
    "names",
    [
        (
            "(주)가나",
            "가나 주식회사",
            "㈜가나",
            "주식회사 가나",
            "가나(주)",
            "가나",
            "( 주 ) 가나".replace(" ", ""),
            "（주） 가나",
        ),
        (
            "Gana Co., Ltd.",
            "GANA CO.,LTD",
            "Gana Co Ltd",
            "gana",
            "Gana Corporation",
            "GANA Inc.",
            "Gana, LLC",
        ),
        ("유한회사 다라", "(유)다라", "다라 유한회사"),
        ("재단법인 마바", "(재)마바"),
        ("Muster GmbH & Co. KG", "Muster GmbH", "MUSTER"),
        ("Sample Pte. Ltd.", "Sample Pty Ltd", "sample"),
        ("A&B Sample", "A & B  Sample", "a&b-sample"),
        ("가나 산업(주)", "가나산업 주식회사", "㈜가나·산업"),
    ],
)
def test_spellings_of_one_firm(names: tuple[str, ...]) -> None:
    """Legal form, case, spaces and signs make no difference."""
    assert len({same_firm(name) for name in names}) == 1


@pytest.mark.parametrize(
    "names",
    [
        ("가나산업", "가나전자", "가나", "주가나", "가나주"),
        ("Incheon Tools", "Co-Design", "Corpus Systems", "Limited Brands"),
        ("가나(부산)", "가나(서울)"),
    ],
)
def test_other_firms(names: tuple[str, ...]) -> None:
    """A form in the middle of a name, or letters that only look like one, belong to the name."""
    assert len({same_firm(name) for name in names}) == len(names)


def test_a_name_that_is_only_a_form_stays() -> None:
    """Nothing is taken away where nothing would be left."""
    assert same_firm("주식회사") != same_firm("유한회사")
    assert same_firm("Co., Ltd.")


def test_legal_forms() -> None:
    """The form stated before or behind the name, none where none stands."""
    assert [legal_form(name) for name in ("㈜가나", "가나 유한회사", "(재)가나", "가나")] == [
        "stock",
        "limited",
        "foundation",
        "",
    ]


@given(st.text("가나다라AB ", min_size=1).filter(str.strip))
def test_a_form_never_changes_the_key(name: str) -> None:
    """Whatever the name, a form before or behind it leaves the key as it is."""
    assert same_firm(f"(주){name}") == same_firm(f"{name} 주식회사") == same_firm(name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("(주)가나", "가나 주식회사", True),
        ("㈜ 가나 산업", "가나산업(주)", True),
        ("Gana Co., Ltd", "GANA CO.,LTD", True),
        ("(주)가나", "가나", False),
        ("(주)가나", "(유)가나", False),
        ("Gana GmbH", "Gana AG", False),
    ],
)
def test_what_cannot_be_two_firms(one: str, other: str, same: bool) -> None:
    """Spellings are joined without asking only where name and legal form leave no other firm."""
    assert (firm_key(one) == firm_key(other)) is same
