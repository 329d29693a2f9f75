"""A proposal written reads back, and means what was proposed."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pursuit.intake import check, read_company
from pursuit.intake.exports.propose.answering import answer_column
from pursuit.intake.exports.propose.proposing import propose
from pursuit.intake.exports.propose.toml import key, remark, value
from pursuit.intake.exports.propose.writing import write_mapping
from pursuit.intake.exports.spec import MappingSpec, load_mapping
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid
from tests.intake.exports.propose.conftest import MakeGrid

TEXT = st.text(st.characters(blacklist_categories=("Cs",)))


def saved(folder: Path, columns: Mapping[str, Sequence[Any]], name: str = "deals.csv") -> Path:
    """The columns as a CSV file."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))
    return path


def written(folder: Path, proposal: Any, own: Sequence[str] = ()) -> tuple[Path, MappingSpec]:
    """The proposal's mapping, loaded without a fault."""
    path = folder / "m.toml"
    write_mapping(proposal, path, own)
    findings = Findings("en")
    spec = load_mapping(path, findings)
    assert findings.errors == []
    assert spec is not None
    return path, spec


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_it_reads_back(make_grid: MakeGrid, korean: dict[str, list[Any]], tmp_path: Path, lang: str) -> None:
    """The file with its mapping lacks only what it cannot hold: resources. All else arrives as it stands."""
    mapping, _ = written(tmp_path, propose([make_grid()], lang))
    path = saved(tmp_path, korean)
    faults = [fault for fault in check(path, mapping=mapping, lang="en") if fault.severity == "error"]
    assert [fault.problem for fault in faults] == ["This sheet must be there."]
    (tmp_path / "firm.csv").write_text("")
    folder = tmp_path / "firm"
    folder.mkdir()
    saved(folder, korean)
    (folder / "resources.csv").write_text("id,name,hours per week\nW,Work,40\n")
    text = mapping.read_text("utf-8")
    extra = (
        '[files.res]\nfile = "resources.csv"\n[[sheets.resources]]\nfrom = "res"\nid = "id"\nname = "name"\n'
    )
    mapping.write_text(text + extra + 'hours_per_week = "hours per week"\n', "utf-8")
    company = read_company(folder, mapping=mapping, lang="en").company
    deals = company.opportunities
    assert [deal.outcome for deal in deals[:4]] == ["won", "lost", "open", "open"]
    assert [deal.amount.amount if deal.amount else 0 for deal in deals[:2]] == [1_500_000, 3_000_000]
    assert deals[2].win_probability == 0.5
    assert {account.name for account in company.accounts} == {"가온", "나래", "다온", "라움"}
    assert {product.name for product in company.products} == {"하우징", "기어"}
    assert company.as_of.isoformat() == "2026-03-15"


def test_what_is_open_is_a_question(
    make_grid: MakeGrid, korean: dict[str, list[Any]], tmp_path: Path
) -> None:
    """An open column and an unknown word stand as comments; the mapping is valid without them."""
    korean["수주금액"] = list(korean["견적금액"])
    korean["상태"] = ["수주", "실주", "진행", "검토요"] * 2
    proposal = propose([make_grid(korean)], "en")
    path, spec = written(tmp_path, proposal)
    (block,) = spec.sheets["opportunities"]
    assert "amount" not in block.fields
    text = path.read_text("utf-8")
    assert '# amount = "견적금액"' in text
    assert '# amount = "수주금액"' in text
    assert '# "검토요" = ""' in text
    settled = answer_column(proposal, 0, "수주금액", ("opportunities", "amount"))
    _, spec = written(tmp_path, settled)
    assert spec.sheets["opportunities"][0].fields["amount"][0].column == "수주금액"


def test_customers_with_more_than_a_name(
    make_grid: MakeGrid, korean: dict[str, list[Any]], tmp_path: Path
) -> None:
    """What each line says of its customer becomes one row per customer."""
    korean["업종"] = ["기계", "전자", "기계", "자동차"] * 2
    _, spec = written(tmp_path, propose([make_grid(korean)]))
    (block,) = spec.sheets["accounts"]
    assert set(block.fields) == {"id", "name", "sector"}
    group = spec.files[block.source].group
    assert group is not None
    assert group.by == ["id"]


def test_deals_without_a_number(make_grid: MakeGrid, korean: dict[str, list[Any]], tmp_path: Path) -> None:
    """Without a number of its own a deal is named by what is filled everywhere, made unique."""
    del korean["No"]
    _, spec = written(tmp_path, propose([make_grid(korean)]))
    (field,) = spec.sheets["opportunities"][0].fields["id"]
    assert field.unique
    assert field.text == "{거래처명} {품명} {접수일}"


def test_a_firms_own_workbook(make_grid: MakeGrid, korean: dict[str, list[Any]], tmp_path: Path) -> None:
    """With a workbook beside it the mapping names it, and deals of no product sell the one product there."""
    del korean["품명"]
    _, spec = written(tmp_path, propose([make_grid(korean)]), ["deals-firm.xlsx"])
    assert spec.own == ["deals-firm.xlsx"]
    assert spec.sheets["opportunities"][0].fields["product"][0].value == "STANDARD"


def test_two_tables_of_one_workbook(make_grid: MakeGrid, tmp_path: Path) -> None:
    """Each sheet of a workbook is a file of its own in the mapping, found by its sheet and header row."""
    grids = [make_grid(title=title, file="book.xlsx") for title in ("1월 영업현황", "2월 영업현황")]
    _, spec = written(tmp_path, propose(grids, "ko"))
    assert sorted(file.sheet for file in spec.files.values()) == ["1월 영업현황", "2월 영업현황"]
    assert len(spec.sheets["opportunities"]) == 2


@given(TEXT, st.dictionaries(TEXT, st.one_of(TEXT, st.booleans(), st.integers(), st.lists(TEXT)), max_size=3))
def test_any_text_is_written_as_toml(text: str, table: dict[str, Any]) -> None:
    """Keys, values and remarks of any text are read back as they were."""
    lines = f"{key(text)} = {value(table)} {remark(text)}\n"
    assert tomllib.loads(lines) == {text: table}


HEADERS = st.one_of(
    TEXT.filter(str.strip),
    st.sampled_from(
        [
            "거래처",
            "금액",
            "Status",
            "Close Date",
            "확도",
            "No",
            "품명",
            "일자",
            "담당자",
            "합계",
            "a.b",
            "{x}",
        ]
    ),
)
WORDS = st.one_of(
    TEXT, st.sampled_from(["수주", "실주", "진행", "Won", "Lost", "1,200", "2026-03-31", "03/04/2026", "50%"])
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(HEADERS, min_size=2, max_size=7, unique_by=str.strip),
    st.lists(st.lists(WORDS, min_size=7, max_size=7), min_size=1, max_size=6),
    TEXT,
)
def test_whatever_is_proposed_loads(
    tmp_path: Path, header: list[str], rows: list[list[str]], name: str
) -> None:
    """A mapping written of any headers, words and names is well-formed and says only what a mapping can."""
    cells = tuple((at + 2, tuple(row[: len(header)])) for at, row in enumerate(rows))
    grid = Grid("d.csv", "영업현황", tuple(text.strip() for text in header), cells, top=3)
    proposal = propose([grid], "ko", name)
    if proposal.known:
        _, spec = written(tmp_path, proposal, ["firm.xlsx"])
        assert spec.company.name == (name or "d.csv")
