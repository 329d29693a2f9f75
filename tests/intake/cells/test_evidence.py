"""How a file writes dates and decimals is told from all its columns, and left open where they allow two ways."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.cells.cell_error import UnsettledError
from pursuit.intake.cells.evidence import mark_of, settle
from pursuit.intake.cells.figures import read_amount
from pursuit.intake.cells.habits import Habits

TODAY = Habits(today=date(2026, 3, 31))


def orders(*columns: list[str], declared: Habits = TODAY, korean: bool = False) -> list[str]:
    return [h.dates for h in settle([("date", values) for values in columns], declared, korean=korean)]


def marks(*columns: list[str], kind: str = "number", own: bool = False) -> list[str]:
    return [h.decimals for h in settle([(kind, values) for values in columns], own=own)]


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/2026", "31/03/2026"], "dmy"),
        (["03/04/2026", "03/31/2026"], "mdy"),
        (["26.03.04", "26.3.4"], "ymd"),
        (["26.03.04", "26.03.31"], ""),
        (["01.02.26", "31.12.25"], ""),
        (["01.02.26", "31.12.98"], "dmy"),
        (["03/04/2026", "05/06/2026"], ""),
        (["03/04/2026", "soon", "40/40/2026", "31/03/2026"], "dmy"),
        (["31/03/2026", "03/31/2026"], ""),
        (["26.03.04", "2026-03-05"], "ymd"),
        (["03/04/2026", "2026-03-05"], ""),
    ],
)
def test_one_column_of_dates(values: list[str], order: str) -> None:
    """A column settles its order by the values that allow only one, and stays open where none or two remain."""
    assert orders(values) == [order]


def test_order_does_not_matter() -> None:
    """03/03/2026 is one day in either order, so such a column is read."""
    assert orders(["03/03/2026", "05/05/2026"])[0] in ("dmy", "mdy")


def test_other_columns_count() -> None:
    """A column that allows two orders takes the one that another column of the file proves, if it is one of them."""
    assert orders(["03/04/2026"], ["31/03/2026"]) == ["dmy", "dmy"]
    assert orders(["26.03.04"], ["2026-03-31"]) == ["ymd", "ymd"]
    assert orders(["03/04/2026"], ["2026-03-31"])[0] == ""
    assert orders(["03/04/2026"], ["31/03/2026"], ["03/31/2026"]) == ["", "dmy", "mdy"]


def test_korean_headers_speak_for_year_first() -> None:
    """Under Korean headers 26.03.04 is year first where that puts every day near today, and open where it does not."""
    assert orders(["26.03.04", "25.12.30"], korean=True) == ["ymd"]
    assert orders(["26.03.04", "25.12.30"]) == [""]
    assert orders(["03/04/26", "05/06/26"], korean=True) == [""]


def test_declared_order_goes_first() -> None:
    """What is declared is not weighed against what stands there."""
    assert orders(["03/31/2026"], declared=Habits(dates="dmy")) == ["dmy"]


@given(
    st.lists(st.dates(date(2020, 1, 1), date(2030, 12, 31)), min_size=1, max_size=30),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d.%m.%y", "%y.%m.%d", "%m-%d-%y"]),
)
def test_never_the_wrong_order(days: list[date], shape: str) -> None:
    """Whatever the days, the order is the one they were written in, or open, or makes no difference."""
    found = orders([day.strftime(shape) for day in days])[0]
    true = {"d": "dmy", "m": "mdy", "y": "ymd"}[shape[1]]
    same = all(day.day == day.month for day in days)
    assert found in ("", true) or same or all(_alike(day, found, true) for day in days)


def _alike(day: date, one: str, other: str) -> bool:
    """Whether a day of two-digit numbers reads the same in two orders."""
    parts = {"y": day.year % 100, "m": day.month, "d": day.day}
    return [parts[sign] for sign in one] == [parts[sign] for sign in other]


@pytest.mark.parametrize(
    ("columns", "found"),
    [
        ([["1,234.5", "1,234"]], ["point"]),
        ([["1.234,5", "1.234"]], ["comma"]),
        ([["1,234"], ["12.5"]], ["point", "point"]),
        ([["1.234"], ["1 234,50"]], ["comma", "comma"]),
        ([["1,234"]], [""]),
        ([["1,234,567"]], ["point"]),
        ([["1.234.567"]], ["comma"]),
        ([["1\u00a0234,50"], ["1.234"]], ["comma", "comma"]),
        ([["1’234.50"], ["1,234"]], ["point", "point"]),
        ([["3억 2,000만", "1.2억"]], ["point"]),
        ([["12"], ["7"]], ["", ""]),
        ([["12.5"], ["12,5"], ["1,234"]], ["point", "comma", ""]),
        ([["1,234.5", "2,345.6", "1.234,5"]], ["point"]),
    ],
)
def test_decimal_marks(columns: list[list[str]], found: list[str]) -> None:
    """One proof settles the whole file; two that differ settle their own columns; none leaves it open."""
    for order in permutations(range(len(columns))):
        assert marks(*(columns[at] for at in order)) == [found[at] for at in order]


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["1.234,50", "name", None, 12.5], "comma"),
        (["1,234", "€ 12.50", "2026.3.4"], "point"),
        (["1,234", "3,500"], ""),
        (["12,5", "12.5"], ""),
        (["1.2.3", "a, b", "v1.5", "Nr. 7,5"], ""),
    ],
)
def test_the_mark_of_a_whole_file(cells: list[object], mark: str) -> None:
    """Where nobody knows yet which columns hold numbers, every text that is one at first sight counts."""
    assert mark_of([cells]) == mark
    assert mark_of([[cell] for cell in cells]) in (mark, "")


def test_no_column_decides_against_another() -> None:
    """A column of versions (2,1) does not turn sums such as 1,234 into decimals; true decimals do not mind."""
    assert mark_of([["2,1", "2,5"], ["1,234", "2,500"]]) == ""
    assert mark_of([["2.1", "2.5"], ["1,234", "2,500"]]) == "point"
    assert mark_of([["2,1", "2,5"], ["1.234", "2.500"]]) == "comma"


def test_our_own_sheets_write_a_point() -> None:
    """In our own sheets an open number has a decimal point, but a sum with one mark keeps its thousands."""
    assert marks(["1,234"], own=True) == ["point"]
    assert marks(["1.234"], kind="money", own=True) == [""]
    assert settle([("money", ["1.234"])], own=True)[0].thousands
    (dinars,) = settle([("money", ["1.234"])], own=True, three_decimals=True)
    assert (dinars.decimals, dinars.thousands) == ("point", False)


@pytest.mark.parametrize(
    ("sums", "decimals"),
    [
        (["1.234.567", "1,234"], ""),
        (["1,234,567", "1.234"], ""),
        (["12,34", "1,234", "2,345", "3,456"], ""),
        (["2024.99", "419.4589", "2024.994"], "point"),
        (["1,234.50", "1,234"], "point"),
        (["1.234.567", "1.234"], "comma"),
    ],
)
def test_thousands_that_would_become_decimals(sums: list[str], decimals: str) -> None:
    """One odd cell does not turn a column's thousands into decimals: what contradicts itself is asked, not read."""
    (habits,) = settle([("money", sums)], own=True)
    assert habits.decimals == decimals
    if not decimals:
        open_ones = [text for text in sums if len(text) == 5 and text[1] in ".,"]
        for text in open_ones:
            with pytest.raises(UnsettledError):
                read_amount(text, habits)
    (told,) = settle([("money", sums)], Habits(decimals="comma"), own=True)
    assert told.decimals == "comma"


def test_a_mark_from_another_column_is_no_proof_of_thousandths() -> None:
    """Quantities with a decimal comma do not make 1,234 won of a sum a little more than one won."""
    _, amount = settle([("number", ["12,5"]), ("money", ["1,234"])], own=True)
    with pytest.raises(UnsettledError):
        read_amount("1,234", amount)


def test_serials_are_a_whole_column() -> None:
    """Day numbers are dates only where every value of the column is one."""
    first = date(2026, 3, 31) - date(1899, 12, 30)
    numbers: list[object] = [first / timedelta(days=1), "46113", "", None, 46114]
    assert settle([("date", numbers)])[0].serials
    assert not settle([("date", [*numbers, "2026-03-31"])])[0].serials
    assert not settle([("date", [20260331])])[0].serials
    assert not settle([("date", ["", None])])[0].serials
