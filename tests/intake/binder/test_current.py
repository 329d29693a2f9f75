"""What a binder holds now: laid out under the users' own names, and refused where it was changed by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pursuit.errors import InputError
from pursuit.intake import read_company
from pursuit.intake.binder.binder import POINTER, Binder, is_binder
from pursuit.intake.binder.current import current_files
from pursuit.intake.binder.manifest import ManifestError, Source, Version, read_manifest, write_manifest
from pursuit.intake.findings import Findings
from pursuit.intake.staging import stage, stage_version

NOW = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)


@pytest.fixture
def source(folder: Callable[..., Path], sound: dict[str, str]) -> Path:
    """The sound firm's files."""
    return folder(sound)


@pytest.fixture
def binder(source: Path, tmp_path: Path) -> Path:
    """A binder that holds them."""
    stage([source], tmp_path / "binder", as_of=date(2026, 3, 30)).publish(NOW)
    return tmp_path / "binder"


def original(binder: Path, name: str) -> Path:
    version = Binder(binder).current(Findings("en"))
    assert version is not None
    found = version.find(name)
    assert found is not None
    return Binder(binder).original(found)


def test_files_keep_their_names(binder: Path, sound: dict[str, str]) -> None:
    """The folder laid out is called as the binder, holds the files as they were named, and goes away again."""
    findings = Findings("en")
    with current_files(binder, findings) as now:
        assert now is not None
        assert (now.folder.name, now.mapping, now.as_of) == ("binder", None, date(2026, 3, 30))
        assert {path.stem: path.read_text("utf-8") for path in now.folder.iterdir()} == sound
        (now.folder / "accounts.csv").write_text("harm")  # a copy: the original is none the worse
    assert not now.folder.exists()
    assert findings.errors == []
    assert read_company(binder).sources.keys() == {f"{name}.csv" for name in sound}


def test_a_folder_is_no_binder(source: Path, tmp_path: Path) -> None:
    """A folder of files is none, nor is what is not there."""
    assert not is_binder(source)
    assert not is_binder(tmp_path / "nowhere")


@pytest.mark.parametrize("harm", ["changed", "same size", "gone"])
def test_an_original_changed_by_hand_is_refused(
    binder: Path, source: Path, sound: dict[str, str], harm: str
) -> None:
    """A spoiled original is named as its user knows it, and importing the file once more puts it back."""
    path = original(binder, "opportunities.csv")
    if harm == "gone":
        path.unlink()
    else:
        path.write_text(sound["opportunities"].replace("30,000", "30,001" if harm == "same size" else "1"))
    with pytest.raises(InputError) as refusal:
        read_company(binder)
    (fault,) = refusal.value.faults
    assert fault.file == "opportunities.csv"
    assert "originals/" in fault.problem
    other = stage([source / "accounts.csv"], binder)
    assert [found.file for found in other.errors] == ["opportunities.csv"]
    mended = stage([source / "opportunities.csv"], binder)
    assert (mended.errors, mended.is_unchanged) == ((), False)
    assert mended.publish(NOW).number == 1
    assert read_company(binder).company.as_of == date(2026, 3, 30)


def test_a_spoiled_original_may_be_replaced(binder: Path, source: Path, sound: dict[str, str]) -> None:
    """A new file in its place goes in, with a warning that what changes can no longer be told."""
    original(binder, "opportunities.csv").write_text("spoiled")
    (source / "opportunities.csv").write_text(sound["opportunities"].replace("30,000,000", "31,000,000"))
    staged = stage([source / "opportunities.csv"], binder)
    assert staged.errors == ()
    assert any("no longer be read" in fault.problem for fault in staged.warnings)
    assert staged.publish(NOW).number == 2


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"format": 99, "version": 1, "sha256": ""}', "\0"])
def test_a_pointer_nobody_wrote(binder: Path, source: Path, text: str) -> None:
    """A spoiled pointer is a fault, not a guess at the newest version."""
    (binder / POINTER).write_text(text)
    with pytest.raises(InputError, match="not the file Pursuit wrote"):
        read_company(binder)
    assert stage([source], binder).errors
    assert stage_version(binder).errors


def test_a_version_changed_by_hand(binder: Path, source: Path, sound: dict[str, str]) -> None:
    """Each version vouches for the one before it: a count changed by hand in an old one is found."""
    (source / "accounts.csv").write_text(sound["accounts"] + "A3,마바,기계\n")
    stage([source], binder).publish(NOW)
    old = binder / "versions" / "0001.json"
    content = json.loads(old.read_text("utf-8"))
    content["counts"]["accounts"] = 99
    old.write_text(json.dumps(content), "utf-8")
    assert read_company(binder).company.account_by_id.keys() == {"A1", "A2", "A3"}
    findings = Findings("en")
    assert [version.number for version in Binder(binder).history(findings)] == [2]
    assert "0001.json" in findings.errors[0].file
    assert stage_version(binder, 1).errors


def test_a_manifest_is_read_as_written() -> None:
    """Writing and reading give the same version; what is no manifest is refused."""
    source = Source(
        "거래.xlsx", "ab" * 32, 12, "data", 3, "거래.xlsx", (("", ("a", "b")), ("accounts", ("id",)))
    )
    version = Version(4, NOW, (source,), date(2026, 3, 1), {"accounts": 2}, ("w",), "cd", 2, "ef", "0.1")
    assert read_manifest(write_manifest(version)) == version
    for data in (
        b"",
        b"[]",
        b"{}",
        b'{"format": 1}',
        write_manifest(version).replace(b'"format": 1', b'"format": 2'),
    ):
        with pytest.raises(ManifestError):
            read_manifest(data)


@pytest.mark.parametrize(
    "lie",
    [
        {"slot": "../../outside.csv"},
        {"slot": "/outside.csv"},
        {"slot": ".."},
        {"name": ""},
        {"name": "a\0.csv"},
        {"sha256": "../../outside"},
        {"role": "program"},
    ],
)
def test_a_manifest_whose_names_lead_out(lie: dict[str, str], binder: Path, tmp_path: Path) -> None:
    """A binder that came from somebody else writes and reads nothing outside of itself, whatever it says."""
    pointer = json.loads((binder / POINTER).read_text("utf-8"))
    path = binder / "versions" / f"{pointer['version']:04}.json"
    content = json.loads(path.read_text("utf-8"))
    content["sources"][0] |= lie
    path.write_text(json.dumps(content), "utf-8")
    pointer["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (binder / POINTER).write_text(json.dumps(pointer), "utf-8")
    findings = Findings("en")
    with current_files(binder, findings) as now:
        assert now is None
    assert [fault.problem for fault in findings.errors] == ["This is not the file Pursuit wrote."]
    assert not (tmp_path / "outside.csv").exists()


def test_a_file_name_that_is_no_text() -> None:
    """A name in bytes that are no letters is kept as it is."""
    source = Source("a\udcff.csv", "0" * 64, 1, "data", 1, "a\udcff.csv")
    version = Version(1, NOW, (source,))
    assert read_manifest(write_manifest(version)) == version
