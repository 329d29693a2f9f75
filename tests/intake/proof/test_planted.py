"""Five hundred files with planted faults: each fault is told, nothing changes in silence, clean files are clean."""

from __future__ import annotations

import random
from copy import deepcopy
from dataclasses import fields
from pathlib import Path

import pytest

from pursuit.domain import Company
from pursuit.errors import Fault
from pursuit.intake import check, read_company
from tests.intake.proof.clean import CONTAINERS, Files, clean_company, files_of
from tests.intake.proof.faults import ALONE, FAULTS, NOISE, Planted

FILES = 520  # a few kinds cannot stand in every kind of file; 500 are left
CLEAN = 70


@pytest.mark.parametrize("container", CONTAINERS)
def test_clean_files_are_clean(tmp_path: Path, container: str) -> None:
    """A sound firm is read without a fault or a warning, and every value is its own, in every kind of file."""
    for seed in range(CLEAN // len(CONTAINERS)):
        company = clean_company(seed)
        folder = tmp_path / str(seed)
        folder.mkdir()
        path = files_of(company, container).save(folder)
        assert [str(fault) for fault in check(path)] == []
        assert read_company(path).company.content_hash == company.content_hash


@pytest.mark.parametrize("container", CONTAINERS)
@pytest.mark.parametrize("kind", NOISE)
def test_noise_is_no_fault(tmp_path: Path, container: str, kind: str) -> None:
    """What means the same however it is written reads the same, without a false alarm."""
    company = clean_company(3)
    files = files_of(company, container)
    NOISE[kind](files, random.Random(3))
    path = files.save(tmp_path)
    assert [str(fault) for fault in check(path)] == []
    assert read_company(path).company.content_hash == company.content_hash


def test_every_kind_is_planted() -> None:
    """Each kind of fault is planted at least five times among the files, and few files get none."""
    kinds = list(FAULTS)
    assert FILES // len(kinds) >= 5
    assert len(kinds) > 55


@pytest.mark.parametrize("part", range(10))
def test_every_planted_fault_is_told(tmp_path: Path, part: int) -> None:
    """Each of the faults planted in a file is named by its place, and only what was touched reads otherwise."""
    failures = []
    for seed in range(part, FILES, 10):
        folder = tmp_path / str(seed)
        folder.mkdir()
        failures += [f"{seed}: {problem}" for problem in problems(seed, folder)]
    assert failures == []


def problems(seed: int, folder: Path) -> list[str]:
    """What a file with planted faults shows to be wrong with the reading."""
    rng = random.Random(seed)
    company, container = clean_company(seed % 40), CONTAINERS[seed % len(CONTAINERS)]
    files = files_of(company, container)
    kinds = list(FAULTS)
    first = kinds[seed % len(kinds)]  # every kind comes up in turn, by itself or with others
    others = [] if first in ALONE else [k for k in rng.sample(kinds, seed % 3) if k not in ALONE]
    planted: list[Planted] = []
    for kind in dict.fromkeys([first, *others]):
        trial = deepcopy(files)
        made = FAULTS[kind](trial, rng)
        if made is not None and not _collide(made, planted):  # of two faults in a row one may hide the other
            files = trial
            planted.append(made)
    if not planted:  # formulas, in files that have none
        return []
    path = files.save(folder)
    found = check(path)
    told = [
        f"{made.kind} ({container}) at {made.places} is not among {_brief(found, made, files)}"
        for made in planted
        if not any(_names(fault, place, files) for fault in found for place in made.places)
    ]
    if any(fault.severity == "error" for fault in found):
        return told
    return told + _silent(company, read_company(path).company, planted)


def _collide(made: Planted, others: list[Planted]) -> bool:
    rows = {(sheet, row) for other in others for sheet, row, _ in other.places}
    whole = {sheet for other in others for sheet, row, _ in other.places if row < 1}
    return any(
        (sheet, row) in rows or sheet in whole or (row < 1 and sheet in {s for s, _ in rows})
        for sheet, row, _ in made.places
    )


def _names(fault: Fault, place: tuple[str, int, str], files: Files) -> bool:
    """Whether a fault speaks of a place."""
    sheet, row, column = place
    here = fault.sheet.split(" · ")[0] == files.names[sheet]
    same_row = row == -1 or fault.row in (row + 1, 0)
    header = files.headers[sheet].get(column, column).strip()
    return here and same_row and (not column or fault.column.strip() in (header, ""))


def _brief(found: tuple[Fault, ...], made: Planted, files: Files) -> list[str]:
    sheets = {files.names[place[0]] for place in made.places}
    return [str(fault) for fault in found if fault.sheet.split(" · ")[0] in sheets][:4]


def _silent(clean: Company, read: Company, planted: list[Planted]) -> list[str]:
    """Records that read otherwise than they were written though no fault was planted in them."""
    touched = {name for made in planted for name in made.touched}
    if "*" in touched:
        return []
    changed = []
    for f in fields(Company):
        before, after = getattr(clean, f.name), getattr(read, f.name)
        if f.name == "notes" or not isinstance(before, tuple):
            continue
        keyed = [{_key(record): record for record in records} for records in (before, after)]
        for name in keyed[0].keys() | keyed[1].keys():
            if keyed[0].get(name) != keyed[1].get(name) and name not in touched:
                changed.append(f"{f.name} {name} changed in silence")
    return changed


def _key(record: object) -> str:
    return str(getattr(record, "id", getattr(record, "opportunity", getattr(record, "account", record))))
