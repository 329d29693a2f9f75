"""Any sequence of imports, undos, restorations and failures leaves a binder that reads as its originals do."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pursuit.errors import InputError
from pursuit.intake import read_company
from pursuit.intake.binder.binder import Binder
from pursuit.intake.findings import Findings
from pursuit.intake.staging import stage, stage_version
from tests.intake.conftest import SOUND
from tests.intake.staging.conftest import NOW, tree
from tests.intake.staging.test_crash import Interrupted, Saboteur, full_disk, interrupted

AMOUNTS = st.integers(1, 4).map(lambda million: f"{million}000000")


def opportunities(amounts: list[str]) -> str:
    rows = "".join(f"N{n},A1,P1,1,{amount},open,2026-01-05,\n" for n, amount in enumerate(amounts))
    return SOUND["opportunities"] + rows


def accounts(count: int) -> str:
    return SOUND["accounts"] + "".join(f"B{n},상사{n},전자\n" for n in range(count))


FILES = st.fixed_dictionaries(
    {},
    optional={
        "opportunities.csv": st.lists(AMOUNTS, max_size=3).map(opportunities),
        "accounts.csv": st.integers(0, 2).map(accounts),
    },
).filter(bool)


class Imports(RuleBasedStateMachine):
    """The binder beside a plain list of what each version should hold."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp())
        self.firm = self.place / "firm"
        self.versions: list[dict[str, str]] = []
        self.now = NOW

    def teardown(self) -> None:
        shutil.rmtree(self.place)

    def staged(self, files: dict[str, str]) -> Any:
        folder = self.place / "new"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        return stage([folder], self.firm)

    def held(self, files: dict[str, str]) -> str:
        """The hash of the company that the files make when they simply lie in a folder."""
        folder = self.place / "direct"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        return read_company(folder).company.content_hash

    @initialize()
    def begin(self) -> None:
        files = {f"{name}.csv": text for name, text in SOUND.items()}
        self.staged(files).publish(self.now)
        self.versions.append(files)

    @rule(files=FILES)
    def publish(self, files: dict[str, str]) -> None:
        after = self.versions[-1] | files
        staged = self.staged(files)
        assert staged.is_unchanged == (after == self.versions[-1])
        assert staged.publish(self.now).number == len(self.versions) + (not staged.is_unchanged)
        if after != self.versions[-1]:
            self.versions.append(after)

    @rule()
    def publish_again(self) -> None:
        before = tree(self.firm)
        self.staged(self.versions[-1]).publish(datetime(2031, 1, 1, tzinfo=UTC))
        assert tree(self.firm) == before

    @rule(back=st.integers(0, 5))
    def restore(self, back: int) -> None:
        number = max(1, len(self.versions) - back)
        stage_version(self.firm, number).publish(self.now)
        if self.versions[number - 1] != self.versions[-1]:
            self.versions.append(self.versions[number - 1])

    @precondition(lambda self: len(self.versions) > 1)
    @rule(
        files=FILES,
        at=st.integers(1, 30),
        harm=st.sampled_from([full_disk, interrupted]),
        after=st.booleans(),
    )
    def fail(self, files: dict[str, str], at: int, harm: Any, after: bool) -> None:
        staged = self.staged(files)
        done = True
        with pytest.MonkeyPatch.context() as patch:
            Saboteur(at, harm, after).install(patch)
            try:
                staged.publish(self.now)
            except (InputError, Interrupted):
                current = Binder(self.firm).current(Findings("en"))
                done = current is not None and current.number > len(self.versions)
        if done and not staged.is_unchanged:
            self.versions.append(self.versions[-1] | files)

    @invariant()
    def reads_as_its_originals(self) -> None:
        if not self.versions:
            return
        assert read_company(self.firm).company.content_hash == self.held(self.versions[-1])

    @invariant()
    def forgets_nothing(self) -> None:
        findings = Findings("en")
        binder = Binder(self.firm)
        kept = list(binder.history(findings))
        assert findings.errors == []
        assert [version.number for version in kept] == list(range(len(self.versions), 0, -1))
        for version, files in zip(kept, reversed(self.versions), strict=True):
            held = {source.name: binder.original(source).read_text("utf-8") for source in version.sources}
            assert held == files


Imports.TestCase.settings = settings(max_examples=8, stateful_step_count=7, deadline=None)
TestImports = Imports.TestCase


def test_undo_goes_back_step_by_step(bring: Any, first: Any, sound: dict[str, str], tmp_path: Path) -> None:
    """Undo twice is two versions back, an undo can be undone by number, and before the first there is nothing."""
    firm = tmp_path / "firm"
    second = bring({"accounts": accounts(1)}).publish(NOW)
    bring({"accounts": accounts(2)}).publish(NOW)
    assert stage_version(firm).publish(NOW).company == second.company
    assert stage_version(firm).publish(NOW).company == first.company
    assert "before" in stage_version(firm).errors[0].problem
    back = stage_version(firm, 3).publish(NOW)
    assert (back.number, back.restores, back.counts["accounts"]) == (6, 3, 4)
    assert stage_version(firm, 9).errors[0].value == "9"


def test_when_a_file_came_does_not_count(
    bring: Any, first: Any, sound: dict[str, str], tmp_path: Path
) -> None:
    """Bringing back a version whose files the binder holds again by another way changes nothing."""
    bring({"accounts": accounts(1)}).publish(NOW)
    bring({"accounts": sound["accounts"]}).publish(NOW)
    staged = stage_version(tmp_path / "firm", 1)
    assert staged.is_unchanged
    assert staged.publish(NOW).number == 3
