"""Each part of the mapping language does what its one sentence says, and tells what it leaves out."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pursuit.intake.cells.cell_error import CellError
from pursuit.intake.exports.durations import read_duration
from pursuit.intake.exports.mapping import map_tables
from pursuit.intake.exports.records import fold
from pursuit.intake.exports.spec import MappingSpec
from pursuit.intake.files.raw import RawTable
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid


def made(
    lines: str | dict[str, str], blocks: dict[str, Any], file: dict[str, Any] | None = None, **more: Any
) -> tuple[dict[str, list[dict[str, Any]]], Findings]:
    """Rows by sheet that a mapping makes of lines of cells parted by commas, and what was found."""
    texts = {"a": lines} if isinstance(lines, str) else lines
    files = {name: {"file": f"{name}.csv"} for name in texts}
    files["a"] |= file or {}
    company = {"name": "Firm", "currency": "USD", "vat_rate": 0}
    spec = MappingSpec.model_validate({"company": company, "files": files, "sheets": blocks} | more)
    raws = [
        RawTable(
            f"{name}.csv", name, tuple(enumerate((tuple(line.split(",")) for line in text.split("\n")), 1))
        )
        for name, text in texts.items()
    ]
    findings = Findings("en")
    rows: dict[str, list[dict[str, Any]]] = {}
    for grid in map_tables(raws, spec, "mapping.toml", findings):
        rows.setdefault(grid.title, []).extend(
            dict(zip(grid.header, cells, strict=True)) | {"row": number} for number, cells in grid.rows
        )
    return rows, findings


def deals(lines: str, fields: dict[str, Any], **more: Any) -> tuple[list[dict[str, Any]], Findings]:
    """The opportunities of one block with these fields."""
    rows, findings = made(lines, {"opportunities": [{"from": "a"} | fields]}, **more)
    return rows.get("opportunities", []), findings


def problems(findings: Findings) -> list[str]:
    return [fault.problem for fault in (*findings.errors, *findings.warnings)]


@pytest.mark.parametrize("header", ["Deal No", "deal_no", " DEAL-NO ", "영업 번호", "번호(No)"])
def test_a_column_has_many_names(header: str) -> None:
    """Any alias of a column will do, however it is spaced or capitalised."""
    rows, findings = deals(
        f"{header},x\nD1,1",
        {"id": "number"},
        file={"columns": {"number": ["Deal No", "영업번호", "번호(No)"]}},
    )
    assert (rows, findings.errors) == ([{"id": "D1", "row": 2}], [])


def test_the_first_alias_counts() -> None:
    """Where two aliases are there, the one named first is read."""
    rows, _ = deals("Name,Id\nn,i", {"id": "k"}, file={"columns": {"k": ["Id", "Name"]}})
    assert rows[0]["id"] == "i"


def test_a_needed_column_that_is_missing_is_told() -> None:
    """A declared column is a fault where it is missing, unless ``needs`` leaves it out: then it is blank."""
    columns = {"k": ["Id"], "sum": ["Amount", "금액"]}
    _, findings = deals("Id\n1", {"id": "k", "amount": "sum"}, file={"columns": columns})
    assert [(f.column, f.mend) for f in findings.errors] == [("Amount", "Export it too: Amount / 금액.")]
    rows, findings = deals("Id\n1", {"id": "k", "amount": "sum"}, file={"columns": columns, "needs": ["k"]})
    assert (rows, findings.errors) == ([{"id": "1", "amount": None, "row": 2}], [])


def test_a_doubled_column_is_told() -> None:
    """A header that stands twice is a fault where it is read."""
    _, findings = deals("Id,ID\n1,2", {"id": "k"}, file={"columns": {"k": "id"}})
    assert problems(findings) == ["This column stands twice."]


def test_the_first_that_gives_something_fills_the_cell() -> None:
    """Alternatives are tried in order; conditions and blanks make room for the next."""
    rows, _ = deals(
        "k,a,b,s\n1,,x,y\n2,z,x,y\n3,,,n",
        {"id": "k", "name": ["a", {"column": "b", "when": {"s": ["Y"]}}, {"value": "none"}]},
    )
    assert [row["name"] for row in rows] == ["x", "z", "none"]


def test_when_and_unless() -> None:
    """A row counts when every word of ``when`` and none of ``unless`` is there; case and spaces do not matter."""
    block = {"id": "k", "when": {"s": ["in  work", ""]}, "unless": {"t": ["no"]}}
    rows, _ = deals("k,s,t\n1,In Work,yes\n2,,No\n3,,\n4,done,", block)
    assert [row["id"] for row in rows] == ["1", "3"]


def test_words_and_all_others() -> None:
    """Listed words are translated, one with a star by its beginning; all others mean ``other`` and are told."""
    words = {"Closed Won*": "won", "lost": "lost"}
    rows, findings = deals(
        "k,s\n1,closed won (EU)\n2,LOST\n3,new\n4,old",
        {"id": "k", "outcome": {"column": "s", "words": words, "other": "open"}},
    )
    assert [row["outcome"] for row in rows] == ["won", "lost", "open", "open"]
    assert [(w.value, w.problem) for w in findings.warnings] == [
        ("new, old", "Words that are not known are read as open.")
    ]
    _, findings = deals("k,s\n1,new", {"id": "k", "outcome": {"column": "s", "words": words}})
    assert problems(findings) == ["The mapping does not know this word."]


def test_split_strip_and_percent() -> None:
    """A list is split at its own sign, texts come off the ends, a bare figure may be per cent."""
    rows, _ = deals(
        "k,c,m,p\n1,x|y; z|,$ 12 net,60\n2,,7,60%",
        {
            "id": "k",
            "competitors": {"column": "c", "split": "|"},
            "amount": {"column": "m", "strip": ["$", "net"]},
            "win_probability": {"column": "p", "percent": True},
        },
    )
    assert [(r["competitors"], r["amount"]) for r in rows] == [("x; y\\; z", "12"), (None, "7")]
    assert [r["win_probability"] for r in rows] == [Decimal("0.6"), "60%"]


def test_shares_in_a_column_of_per_cent() -> None:
    """Figures of which none is above 1 are shares, as a spreadsheet keeps 40%, and that is told; 1 alone is 1%."""
    field = {"id": "k", "win_probability": {"column": "p", "percent": True}}
    rows, findings = deals("k,p\n1,0.4\n2,1", field)
    assert [row["win_probability"] for row in rows] == [Decimal("0.4"), Decimal(1)]
    assert "read as shares" in problems(findings)[0]
    rows, findings = deals("k,p\n1,0.4\n2,40", field)
    assert [row["win_probability"] for row in rows] == [Decimal("0.004"), Decimal("0.4")]
    assert problems(findings) == []
    rows, _ = deals("k,p\n1,1\n2,0", field)
    assert [row["win_probability"] for row in rows] == [Decimal("0.01"), 0]


def test_a_made_id_is_unique_and_told() -> None:
    """An id made of a name carries its number where the name stands again."""
    rows, findings = deals("n\nx\ny\nx", {"id": {"text": "{n}", "unique": True}})
    assert [row["id"] for row in rows] == ["x", "y", "x (2)"]
    assert "3 rows" in problems(findings)[0]


def test_lines_left_out_are_told() -> None:
    """Lines that begin as declared, or do not meet the file's conditions, are told once with their number."""
    rows, findings = deals(
        "k,s\n1,a\n2,b\n3,b\n#Draft 4,a",
        {"id": "k"},
        file={"skip": ["#draft"], "when": {"s": ["a"]}},
    )
    assert [row["id"] for row in rows] == ["1"]
    assert [(w.row, w.problem) for w in findings.warnings] == [
        (5, "Lines that are no records were not read (1)."),
        (3, "Lines (2) were left out by what s say."),
    ]


ORDER_LINES = """no,day,what,sum,who,note
A,2026-01-02,p,10,x,u
B,2026-01-05,q,5,y,v
A,2026-01-01,r,20,x,w
A,2026-01-03,p,9,x,w"""


def test_lines_become_one_row() -> None:
    """Lines of one order become one row where its first line stands, each column by its own rule."""
    group = {
        "by": ["no"],
        "sum": ["sum"],
        "earliest": ["day"],
        "main": {"what": "sum"},
        "join": ["note"],
        "count": "lines",
    }
    rows, findings = deals(
        ORDER_LINES,
        {
            "id": "no",
            "created": "day",
            "product": "what",
            "amount": "sum",
            "owner": "who",
            "competitors": {"column": "note", "split": "|"},
            "quantity": "lines",
        },
        file={"group": group},
    )
    assert findings.errors == []
    assert [
        (r["id"], str(r["created"]), r["product"], r["amount"], r["owner"], r["quantity"]) for r in rows
    ] == [
        ("A", "2026-01-01", "r", Decimal(39), "x", 3),
        ("B", "2026-01-05", "q", Decimal(5), "y", 1),
    ]
    assert [(r["row"], r["competitors"]) for r in rows] == [(2, "u; w"), (3, "v")]


def test_what_lines_say_differently_is_left_blank_and_told() -> None:
    """A column of which ``group`` says nothing keeps only what all lines agree on."""
    rows, findings = deals(ORDER_LINES, {"id": "no", "owner": "who", "name": "what"}, file={"group": "no"})
    assert [(r["owner"], r["name"]) for r in rows] == [("x", None), ("y", "q")]
    told = {w.column for w in findings.warnings if "different things" in w.problem}
    assert told == {"day", "what", "sum", "note"}


def test_a_column_that_a_group_does_not_keep_cannot_be_asked_for() -> None:
    """Where columns are declared, lines keep only those; another one is a fault, never a silent blank."""
    file = {"columns": {"no": "no", "who": "who"}, "group": "no"}
    rows, findings = deals(ORDER_LINES, {"id": "no", "owner": "who"}, file=file)
    assert ([row["owner"] for row in rows], findings.warnings) == (["x", "y"], ())
    _, findings = deals(ORDER_LINES, {"id": "no", "name": "what"}, file=file)
    assert [(f.column, f.value) for f in findings.errors] == [("sheets.opportunities[1].name", "what")]


def test_first_last_latest() -> None:
    """First and last are those of the file, latest that of the calendar."""
    group = {"by": ["no"], "first": ["what"], "last": ["note"], "latest": ["day"], "sum": ["sum"]}
    rows, _ = deals(
        ORDER_LINES, {"id": "no", "name": "what", "stage": "note", "closed": "day"}, file={"group": group}
    )
    assert (rows[0]["name"], rows[0]["stage"], str(rows[0]["closed"])) == ("p", "w", "2026-01-03")


def test_faults_in_lines_name_the_line() -> None:
    """A figure that cannot be summed is a fault at its own line; a line without a key is told."""
    group = {"by": ["no"], "sum": ["sum"]}
    _, findings = deals("no,sum\nA,1\nA,x\n,3", {"id": "no", "amount": "sum"}, file={"group": group})
    assert [(f.row, f.column, f.value) for f in findings.errors] == [(3, "sum", "x")]
    _, findings = deals("no,sum\nA,1\n,3", {"id": "no", "amount": "sum"}, file={"group": group})
    told = "A line without no belongs to no record made of that column."
    assert [(f.row, f.problem) for f in findings.warnings] == [(3, told)]


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.integers(-999, 999)), min_size=1, max_size=30))
def test_no_money_is_lost_in_a_group(lines: list[tuple[str, int]]) -> None:
    """The sums of the rows add up to the sum of the lines, and each key stands once."""
    text = "no,sum\n" + "\n".join(f"{key},{amount}" for key, amount in lines)
    rows, findings = deals(
        text, {"id": "no", "amount": "sum"}, file={"group": {"by": ["no"], "sum": ["sum"]}}
    )
    assert findings.errors == []
    assert [row["id"] for row in rows] == list(dict.fromkeys(key for key, _ in lines))
    assert sum(row["amount"] for row in rows) == sum(amount for _, amount in lines)


def test_a_blank_line_of_a_sum() -> None:
    """A line without its sum is told where others of the row have one; a row without any stays blank."""
    rows, findings = deals(
        "no,sum\nA,100\nA,\nB,",
        {"id": "no", "amount": "sum"},
        file={"group": {"by": ["no"], "sum": ["sum"]}},
    )
    assert rows[0]["amount"] == 100
    (told,) = [w for w in findings.warnings if "blank line of a sum" in w.problem]
    assert (told.row, told.column) == (3, "sum")


def test_columns_are_made_line_by_line_before_lines_are_grouped() -> None:
    """A made column may be summed; truths count as 1 and 0."""
    rows, _ = deals(
        "no,n,price,ok\nA,2,3.5,True\nA,1,4,false",
        {"id": "no", "amount": "worth"},
        file={
            "make": {"worth": {"formula": "{n} * {price} * {ok}"}},
            "group": {"by": ["no"], "sum": ["worth"], "first": ["n", "price", "ok"]},
        },
    )
    assert rows[0]["amount"] == Decimal(7)


@pytest.mark.parametrize(
    ("raw", "hours"),
    [
        ("P1DT2H", 26),
        ("pt90m", 1.5),
        ("P2W", 336),
        ("PT0.5H", 0.5),
        ("2:30", 2.5),
        ("02:30:36", 2.51),
        ("1 02:00:00", 26),
        ("2 days, 1:00:00", 49),
        ("5400", 1.5),
        (1800, 0.5),
        (time(7, 30), 7.5),
        (timedelta(days=1, minutes=6), 24.1),
    ],
)
def test_durations(raw: object, hours: float) -> None:
    """ISO 8601, clock times, seconds and time cells are hours."""
    assert read_duration(raw) == Decimal(str(hours))


@pytest.mark.parametrize("raw", ["P", "PT", "P1H", "1:75", "soon", "", None, "1h"])
def test_what_is_no_duration(raw: object) -> None:
    """Anything else is refused, never read as something near it."""
    with pytest.raises(CellError):
        read_duration(raw)


def test_a_duration_column_is_in_hours() -> None:
    """A declared duration comes to formulas in hours; a faulty one is told at its row."""
    rows, findings = deals("k,d\n1,PT30M\n2,soon", {"id": "k", "quantity": "d"}, file={"durations": ["d"]})
    assert [row["quantity"] for row in rows] == []
    assert [(f.row, f.column) for f in findings.errors] == [(3, "d")]
    rows, _ = deals(
        "k,d\n1,PT30M", {"id": "k", "quantity": {"formula": "{d} * 2"}}, file={"durations": ["d"]}
    )
    assert rows[0]["quantity"] == 1


JOINED = {"a": "k,p\n1,pump\n2,valve\n3,rod", "b": "p,step,hours,at\npump,s1,2,2\npump,s2,3,1\nvalve,s3,1,1"}


def test_each_goes_through_all_rows_a_join_finds() -> None:
    """A join with ``many`` and a block with ``each`` give a row for each row found, in the order asked for."""
    rows, findings = made(
        JOINED,
        {
            "project_work": [
                {
                    "from": "a",
                    "each": "work",
                    "order": "work.at",
                    "project": "k",
                    "resource": "work.step",
                    "hours": "work.hours",
                }
            ]
        },
        {"join": {"work": {"file": "b", "key": "p", "on": "p", "many": True, "optional": True}}},
    )
    assert findings.errors == []
    assert [(r["project"], r["resource"]) for r in rows["project_work"]] == [
        ("1", "s2"),
        ("2", "s3"),
        ("1", "s1"),
    ]


def test_least_picks_one_of_several() -> None:
    """Of several rows a join finds, the one with the smallest figure counts; without ``least`` it is a fault."""
    join = {"file": "b", "key": "p", "on": "p", "optional": True}
    block = {"opportunities": [{"from": "a", "id": "k", "name": "work.step"}]}
    rows, findings = made(JOINED, block, {"join": {"work": join | {"least": "at"}}})
    assert findings.errors == []
    assert [r["name"] for r in rows["opportunities"]] == ["s2", "s3", None]
    _, findings = made(JOINED, block, {"join": {"work": join}})
    assert [(f.file, f.row, f.value) for f in findings.errors] == [("b.csv", 3, "pump")]


def test_joins_reach_through_joins() -> None:
    """A joined row's own joined row is named by a second point, whichever file is described first."""
    texts = {"a": "k,p\n1,pump", "b": "p,maker\npump,m1", "c": "id,land\nm1,Freedonia"}
    files = {"join": {"thing": {"file": "b", "key": "p", "on": "p"}}}
    company = {"name": "Firm", "currency": "USD", "vat_rate": 0}
    spec = MappingSpec.model_validate(
        {
            "company": company,
            "files": {
                "a": {"file": "a.csv"} | files,
                "b": {"file": "b.csv", "join": {"maker": {"file": "c", "key": "id", "on": "maker"}}},
                "c": {"file": "c.csv"},
            },
            "sheets": {"opportunities": [{"from": "a", "id": "k", "source": "thing.maker.land"}]},
        }
    )
    raws = [
        RawTable(f"{n}.csv", n, tuple(enumerate((tuple(line.split(",")) for line in t.split("\n")), 1)))
        for n, t in texts.items()
    ]
    findings = Findings("en")
    grids: list[Grid] = map_tables(raws, spec, "m", findings)
    assert findings.errors == []
    assert grids[1].rows == ((2, ("1", "Freedonia")),)


def test_without_gives_way_to_a_file_that_is_there() -> None:
    """A block ``without`` a file counts only where that file is not there."""
    blocks = {"opportunities": [{"from": "a", "without": "b", "id": "k"}, {"from": "b", "id": "p"}]}
    rows, _ = made(JOINED, blocks)
    assert [r["id"] for r in rows["opportunities"]] == ["pump", "pump", "valve"]


def test_names_are_filled_in() -> None:
    """Accounts that rows name and no block gives are made of their names; a known name becomes its id."""
    rows, findings = made(
        {"a": "k,who\n1,Acorn\n2,acorn \n3,Birch\n4,B2", "b": "id,name\nB1,Birch\nB2,Beech"},
        {
            "opportunities": [{"from": "a", "id": "k", "account": "who"}],
            "accounts": [{"from": "b", "id": "id", "name": "name"}],
        },
        fill=["accounts"],
    )
    assert [r["account"] for r in rows["opportunities"]] == ["Acorn", "acorn", "B1", "B2"]
    assert [r["id"] for r in rows["accounts"]] == ["B1", "B2", "Acorn", "acorn"]
    assert [(w.column, w.value) for w in findings.warnings] == [("who", "Acorn")]


def test_a_name_of_two_records_is_a_fault() -> None:
    """A name that two accounts carry is not guessed at."""
    _, findings = made(
        {"a": "k,who\n1,Birch", "b": "id,name\nB1,Birch\nB2,Birch"},
        {
            "opportunities": [{"from": "a", "id": "k", "account": "who"}],
            "accounts": [{"from": "b", "id": "id", "name": "name"}],
        },
        fill=["accounts"],
    )
    assert [(f.row, f.value, f.problem) for f in findings.errors] == [
        (2, "Birch", "Several records carry this name: B1, B2.")
    ]


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"columns": {"k": ["Id"]}, "needs": ["z"]}, "not under columns"),
        ({"group": {"by": ["a"], "sum": ["a"]}}, "says two things"),
        ({"group": {"by": []}}, "at least 1"),
        ({"make": {"x": {"column": "k", "other": "y"}}}, "list the others"),
        ({"make": {"x": {"text": "{k}", "percent": True}}}, "go with column"),
        ({"dates": "mdyy"}, "'ymd', 'dmy' or 'mdy'"),
    ],
)
def test_what_the_language_refuses(change: dict[str, Any], word: str) -> None:
    """A description that contradicts itself is refused with the reason."""
    with pytest.raises(ValueError, match=word):
        deals("k\n1", {"id": "k"}, file=change)


@pytest.mark.parametrize("kind", ["mend", "durations", "when", "group"])
def test_columns_that_no_file_has_are_told(kind: str) -> None:
    """A column named anywhere in the description of a file must be there."""
    what: dict[str, Any] = {"mend": {"z": {"a": "b"}}, "durations": ["z"], "when": {"z": ["a"]}, "group": "z"}
    _, findings = deals("k\n1", {"id": "k"}, file={kind: what[kind]})
    assert [(f.value, f.mend) for f in findings.errors] == [("z", f"Correct {kind} in the mapping.")]


def test_words_are_compared_by_what_they_say() -> None:
    """Case, spaces and a trailing .0 of a whole number do not make another word."""
    assert [fold(x) for x in (" Closed  WON ", 1.0, True, None, "1.0")] == [
        "closed won",
        "1",
        "true",
        "",
        "1.0",
    ]


def test_the_example_of_the_page_stands(tmp_path: Path) -> None:
    """A declared order of day and month counts for the columns that are filled from the file."""
    (tmp_path / "x").mkdir()
    rows, findings = made(
        "k,d\n1,03/04/2026", {"opportunities": [{"from": "a", "id": "k", "created": "d"}]}, {"dates": "dmy"}
    )
    assert findings.errors == []
    assert rows["opportunities"][0]["created"] == "03/04/2026"
