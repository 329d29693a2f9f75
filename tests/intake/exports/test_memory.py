"""Mappings are found again."""

from __future__ import annotations

from pathlib import Path

from pursuit.intake.exports.memory import mapping_path, rebound, remembered
from pursuit.intake.exports.spec import MappingSpec, load_mapping
from pursuit.intake.findings import Findings
from pursuit.intake.layout.grids import Grid

MAPPING = """
[company]
name = "F"
currency = "KRW"
vat_rate = 0.1
[files.deals]
file = "march.csv"
headers = ["No", "거래처", "금액"]
[[sheets.opportunities]]
from = "deals"
id = "No"
"""


def grid(file: str, *header: str) -> Grid:
    return Grid(file, "deals", header, ())


def spec(path: Path) -> MappingSpec:
    found = load_mapping(path, Findings("en"))
    assert found is not None
    return found


def test_by_name(tmp_path: Path) -> None:
    """A file's own mapping is found without a look at its columns; a folder's is ``mapping.toml`` in it."""
    path = tmp_path / "march.csv"
    assert remembered(path, ()) is None
    mapping_path(path).write_text(MAPPING)
    assert remembered(path, ()) == tmp_path / "march.mapping.toml"
    assert remembered(tmp_path, ()) is None
    mapping_path(tmp_path).write_text(MAPPING)
    assert remembered(tmp_path, ()) == tmp_path / "mapping.toml"


def test_by_columns(tmp_path: Path) -> None:
    """Another month's file with the same columns, in any order, is found; one column more, and it is not."""
    (tmp_path / "march.mapping.toml").write_text(MAPPING)
    april = tmp_path / "april.csv"
    assert (
        remembered(april, [grid("april.csv", "금 액", "No", "거래처", "")]) == tmp_path / "march.mapping.toml"
    )
    assert remembered(april, [grid("april.csv", "금액", "No", "거래처", "비고")]) is None
    assert remembered(april, [grid("april.csv", "금액", "No")]) is None


def test_the_latest_of_several(tmp_path: Path) -> None:
    """Of mappings that fit, the last by name counts; one that cannot be read is passed over."""
    for name in ("2026-02", "2026-03"):
        (tmp_path / f"{name}.mapping.toml").write_text(MAPPING)
    (tmp_path / "2026-04.mapping.toml").write_text("[company")
    found = remembered(tmp_path / "x.csv", [grid("x.csv", "No", "거래처", "금액")])
    assert found == tmp_path / "2026-03.mapping.toml"


def test_names_are_replaced(tmp_path: Path) -> None:
    """The mapping then speaks of the file that is there; one that is there keeps its name."""
    path = tmp_path / "march.mapping.toml"
    path.write_text(MAPPING)
    april = grid("april.csv", "No", "거래처", "금액")
    assert rebound(spec(path), [april]).files["deals"].file == "april.csv"
    march = grid("march.csv", "No", "other")
    assert rebound(spec(path), [april, march]).files["deals"].file == "march.csv"
    assert rebound(spec(path), [grid("april.csv", "No")]).files["deals"].file == "march.csv"
