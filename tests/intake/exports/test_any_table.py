"""Whatever stands under the headers of a known export, it ends in a firm or in faults, never in a traceback."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.exports.durations import read_duration
from pursuit.intake.exports.known import library
from pursuit.intake.exports.recognise import recognise
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid
from pursuit.intake.records.company import make_company
from pursuit.intake.records.rows import read_tables

FILES = [(name, file, spec.files[file]) for name, spec in library().items() for file in spec.files]
WORDS = [
    "",
    " ",
    "Won",
    "lost",
    "Closed Won",
    "true",
    "0",
    "1",
    "12%",
    "2026-03-31",
    "31/12/2026",
    "PT2H",
    "a;b",
    "{x}",
    "=1",
]
CELLS = st.one_of(
    st.none(),
    st.sampled_from(WORDS),
    st.text(max_size=6),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
)


@st.composite
def tables(draw: st.DrawFn) -> list[Grid]:
    """One to three tables with the headers of some known export, in any order, some missing, some doubled."""
    name = draw(st.sampled_from(sorted(library())))
    grids = []
    for number in range(draw(st.integers(1, 3))):
        _, _, spec = draw(st.sampled_from([entry for entry in FILES if entry[0] == name]))
        headers = list(draw(st.sampled_from(spec.signature)))
        others = [header for aliases in spec.columns.values() for header in aliases]
        headers += draw(st.lists(st.sampled_from(others), max_size=8))
        headers = draw(st.permutations(headers))
        rows: list[tuple[int, tuple[Any, ...]]] = [
            (at, tuple(draw(st.lists(CELLS, max_size=len(headers) + 1))))
            for at in range(2, draw(st.integers(2, 6)))
        ]
        title = draw(st.sampled_from([*spec.titles, "accounts"])) if spec.titles else f"t{number}"
        grids.append(Grid(f"{title}.csv", title, tuple(headers), tuple(rows)))
    return grids


@settings(max_examples=150, deadline=None)
@given(tables())
def test_any_table_is_borne(grids: list[Grid]) -> None:
    """Recognising and reading it raises nothing; where no firm comes out, a fault says why."""
    findings = Findings("ko")
    found = recognise(grids, findings)
    assert len(found.rest) < len(grids) or found.read_as == {}
    typed = read_tables([*found.rest, *found.made], findings)
    company = make_company(typed, "x", "x", date(2026, 3, 31), findings)
    assert company is not None or findings.errors


@given(st.one_of(st.text(max_size=12), st.integers(), st.floats(), st.times(), st.none()))
def test_any_duration_is_borne(raw: object) -> None:
    """A cell is a duration or is refused."""
    try:
        assert read_duration(raw) is not None
    except CellError:
        assert not isinstance(raw, time | datetime)
