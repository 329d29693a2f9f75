"""Tables to proposals."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.intake.exports.propose.answering import (
    answer_column,
    answer_currency,
    answer_habit,
    answer_word,
)
from pursuit.intake.exports.propose.proposal import SURE, TableProposal
from pursuit.intake.exports.propose.proposing import propose
from pursuit.intake.layout.grids import Grid
from tests.intake.exports.propose.conftest import MakeGrid


def found(table: TableProposal) -> dict[str, str]:
    """Header -> column of ours, of what is proposed without asking."""
    return {c.header: ".".join(c.target) for c in table.columns if c.target and not c.open}


def test_a_korean_list_of_deals(make_grid: MakeGrid) -> None:
    """Names and values together say what each column is, and that Korean headers mean won."""
    proposal = propose([make_grid()], "ko")
    (table,) = proposal.tables
    assert table.sheet == "opportunities"
    assert found(table) == {
        "No": "opportunities.id",
        "접수일": "opportunities.created",
        "거래처명": "accounts.name",
        "품명": "products.name",
        "수량": "opportunities.quantity",
        "견적금액": "opportunities.amount",
        "상태": "opportunities.outcome",
        "확도": "opportunities.win_probability",
        "담당자": "opportunities.owner",
    }
    assert (table.words, table.unknown_words) == ({"수주": "won", "실주": "lost", "진행": "open"}, ())
    assert proposal.currency == "KRW"
    assert all(column.reason for column in table.columns)


def test_values_decide_what_a_word_means(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """``상태`` with steps of a sale is the stage; ``No`` that repeats is no id."""
    korean["상태"] = ["상담", "견적제출", "협상", "상담"] * 2
    korean["No"] = [1, 1, 2, 2, 3, 3, 4, 4]
    (table,) = propose([make_grid(korean)]).tables
    assert found(table)["상태"] == "opportunities.stage"
    assert "No" not in found(table)
    assert table.outcome == ""


def test_an_unknown_word_is_left_to_the_user(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """A word nobody knows is listed, not guessed; an answer settles it."""
    korean["상태"] = ["수주", "실주", "진행", "검토요"] * 2
    proposal = propose([make_grid(korean)])
    assert proposal.tables[0].unknown_words == ("검토요",)
    settled = answer_word(proposal, 0, "검토요", "open").tables[0]
    assert (settled.words["검토요"], settled.unknown_words) == ("open", ())


def test_two_that_come_close_are_asked_about(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """Two columns of sums are both open until one is chosen; then the other is left out."""
    korean["수주금액"] = list(korean["견적금액"])
    proposal = propose([make_grid(korean)])
    (table,) = proposal.tables
    assert {column.header for column in table.questions} >= {"견적금액"}
    assert "opportunities.amount" not in found(table).values()
    settled = answer_column(proposal, 0, "수주금액", ("opportunities", "amount")).tables[0]
    assert found(settled)["수주금액"] == "opportunities.amount"
    assert "견적금액" not in found(settled)
    assert settled.questions == ()


def test_a_day_of_two_meanings_is_asked_about(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """A column called just ``일자`` may be when a deal came or when it ended."""
    korean["일자"] = korean.pop("접수일")
    (table,) = propose([make_grid(korean)]).tables
    (question,) = table.questions
    assert question.header == "일자"
    assert {question.target, *(r.target for r in question.rivals)} == {
        ("opportunities", "created"),
        ("opportunities", "closed"),
    }


def test_a_close_date_is_split_by_the_outcome(make_grid: MakeGrid) -> None:
    """A close date is expected while a deal is open and final afterwards, where the outcome is known."""
    columns = {
        "Opportunity": [f"Lot {at}" for at in range(6)],
        "Account": ["A", "B", "C"] * 2,
        "Stage": ["Proposal", "Negotiation", "Closed Won", "Closed Lost"] + ["Proposal"] * 2,
        "Amount": [1000.0] * 6,
        "Close Date": ["2026-03-31"] * 6,
    }
    (table,) = propose([make_grid(columns, "Opportunities")]).tables
    assert table.split == {"Close Date"}
    assert table.outcome == "Stage"
    assert table.questions == ()


def test_habits_are_asked_about(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """Days and figures that can be read two ways are open with an example, until they are declared."""
    english = {
        "Deal Name": [f"Lot {at}" for at in range(8)],
        "Created": ["03/04/2026", "05/06/2026"] * 4,
        "Amount": [1000.0] * 8,
        "Stage": ["Won", "Lost"] * 4,
    }
    proposal = propose([make_grid(english, "deals")], today=date(2026, 6, 1))
    assert dict(proposal.tables[0].unclear) == {"dates": "03/04/2026"}
    settled = answer_habit(proposal, 0, dates="dmy").tables[0]
    assert (settled.dates, dict(settled.unclear)) == ("dmy", {})
    korean["접수일"] = ["26.03.04", "26.04.05"] * 4
    (table,) = propose([make_grid(korean)], today=date(2026, 6, 1)).tables
    assert (table.dates, dict(table.unclear)) == ("ymd", {})


def test_shares_without_a_sign(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """Probabilities written 0 to 100 are marked as per cent, those from 0 to 1 are not."""
    korean["확도"] = [0, 50, 70, 100] * 2
    assert propose([make_grid(korean)]).tables[0].percent == {"확도"}
    korean["확도"] = [0, 0.5, 0.7, 1] * 2
    assert propose([make_grid(korean)]).tables[0].percent == frozenset()


def test_spellings_of_another_table_are_mended(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """A product spelt with a space less than in its own table is put right; another name is not."""
    korean["품명"] = ["GTXPro", "GTX Pro", "GTX Por", "GTX Pro"] * 2
    products = {"품명": ["GTX Pro", "Bracket"], "품목군": ["GTX", "B"], "정가": [5000, 300]}
    proposal = propose([make_grid(korean), make_grid(products, "품목마스터", "items.csv")])
    assert proposal.tables[0].mends == {"품명": {"GTXPro": "GTX Pro"}}


def test_nothing_is_said_of_what_nobody_names(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """An industry without a customer to have it is left out."""
    korean["업종"] = ["기계"] * 8
    assert "업종" in found(propose([make_grid(korean)]).tables[0])
    del korean["거래처명"]
    assert "업종" not in found(propose([make_grid(korean)]).tables[0])


def test_a_table_of_something_else(make_grid: MakeGrid) -> None:
    """A table of nothing we know feeds no sheet."""
    (table,) = propose([make_grid({"Song": ["a"], "Singer": ["b"]}, "charts")]).tables
    assert table.sheet == ""
    assert found(table) == {}


def test_the_currency(make_grid: MakeGrid, korean: dict[str, list[Any]]) -> None:
    """It is told by a column, by what stands beside the figures, or left open; an answer settles it."""
    english = {"Deal Name": ["a", "b"], "Deal size (EUR)": ["5,000", "6,000"], "Stage": ["Won", "Lost"]}
    assert propose([make_grid(english, "deals")]).currency == "EUR"
    english["Deal size"] = english.pop("Deal size (EUR)")
    proposal = propose([make_grid(english, "deals")])
    assert proposal.currency == ""
    assert answer_currency(proposal, "USD").currency == "USD"
    korean["통화"] = ["USD"] * 8
    assert propose([make_grid(korean)]).currency == "USD"


_CELLS = st.one_of(
    st.none(), st.text(max_size=12), st.integers(-(10**9), 10**9), st.floats(allow_nan=False), st.dates()
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=12), st.sampled_from(["거래처", "금액", "Status", "Close Date", "확도", "No"])
        ),
        min_size=1,
        max_size=7,
    ),
    st.lists(st.lists(_CELLS, max_size=8), max_size=8),
)
def test_any_table_is_borne(header: list[str], rows: list[list[Any]]) -> None:
    """Whatever stands in a table, a proposal comes of it; what is sure is sure of one column only."""
    grid = Grid("t.csv", "t", tuple(header), tuple((at + 2, tuple(row)) for at, row in enumerate(rows)))
    for table in propose([grid], "ko").tables:
        sure = [c.target for c in table.columns if c.target and not c.open]
        assert len({c.header for c in table.columns if c.target}) <= len(table.columns)
        assert all(c.confidence >= SURE for c in table.columns if c.target and not c.open)
        assert len(sure) == len(set(sure)) or len(set(header)) < len(header)


def test_penalties_as_contracts_write_them() -> None:
    """A column of 지체상금율 is known whether its shares are fractions or per cents."""
    rows = [
        ("1", "가온", "1000", "1/1000"),
        ("2", "나래", "2000", "0.1%"),
        ("3", "다온", "3000", "1000분의 1.5"),
    ]
    grid = Grid("a.csv", "a", ("수주번호", "거래처명", "금액", "지체상금율"), tuple(enumerate(rows, 2)))
    (table,) = propose([grid], "ko").tables
    assert found(table)["지체상금율"] == "opportunities.late_penalty_rate"


def test_a_known_name_over_other_values() -> None:
    """A column called like ours whose values cannot be that is left out for its values, not for its name."""
    rows = [("1", "가온", "1000", "꽃"), ("2", "나래", "2000", "나무"), ("3", "다온", "3000", "풀")]
    grid = Grid("a.csv", "a", ("수주번호", "거래처명", "금액", "수주확률"), tuple(enumerate(rows, 2)))
    (table,) = propose([grid], "en").tables
    (column,) = (column for column in table.columns if column.header == "수주확률")
    assert column.target is None
    assert (
        column.reason == "It is called like opportunities · Win probability, but its values do not suit it."
    )
