"""Publishing: whatever happens at whatever step, the binder holds the version before or the new one, whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pursuit.errors import InputError
from pursuit.intake import read_company
from pursuit.intake.binder import disk
from pursuit.intake.binder.binder import Binder
from pursuit.intake.findings import Findings

STEPS = ("replace", "fsync", "open")
MORE = "O3,A2,P1,2,9000000,open,2026-02-01,\n"


class Saboteur:
    """Stands between the disk room and the system; at one of its steps it does ``harm``, before or after it."""

    def __init__(self, at: int, harm: Callable[[], None], after: bool) -> None:
        self.count, self.at, self.harm, self.after = 0, at, harm, after

    def install(self, patch: pytest.MonkeyPatch) -> None:
        system = {name: getattr(os, name) for name in ("name", "getpid", "close", "O_RDONLY", *STEPS)}
        system["fsync"] = lambda handle: None  # a step like any other, but nobody cuts the power here
        watched = {name: self._watched(system[name]) for name in STEPS}
        patch.setattr(disk, "os", SimpleNamespace(**system | watched))

    def _watched(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            self.count += 1
            if self.count == self.at and not self.after:
                self.harm()
            result = step(*arguments)
            if self.count == self.at and self.after:
                self.harm()
            return result

        return run


def full_disk() -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def no_right() -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def killed() -> None:
    os._exit(9)


class Interrupted(BaseException):
    """As Ctrl-C at the worst moment."""


def interrupted() -> None:
    raise Interrupted


def content(firm: Path) -> str:
    return read_company(firm).company.content_hash


def assert_whole(firm: Path) -> None:
    """Every version is there, and the next import may go in."""
    findings = Findings("en")
    numbers = [version.number for version in Binder(firm).history(findings)]
    assert numbers == list(range(len(numbers), 0, -1))
    assert findings.errors == []


def steps_of(staged: Any, now: datetime, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many steps publishing takes."""
    with monkeypatch.context() as patch:
        counter = Saboteur(0, killed, after=False)
        counter.install(patch)
        staged.publish(now)
    return counter.count


@pytest.mark.parametrize(
    ("harm", "after"),
    [(full_disk, False), (no_right, True), (interrupted, True), (killed, False), (killed, True)],
)
def test_at_every_step(
    bring: Any,
    sound: dict[str, str],
    now: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[[], None],
    after: bool,
) -> None:
    """A full disk, a lost right, an interrupt and a kill at each step of a second publishing do no harm."""
    if harm is killed and os.name != "posix":
        pytest.skip("killing a copy of this process needs fork")
    firm = tmp_path / "firm"
    bring(sound).publish(now)
    extra = {"options": sound["options"].replace("12", "9"), "new.csv": "a,b\n1,2\n"}
    steps = steps_of(bring(extra), now, monkeypatch)
    assert steps > 8
    old, moved = content(firm), 0
    for at in range(1, steps + 1):
        staged = bring({"opportunities": sound["opportunities"] + MORE.replace("9000000", str(at))})
        assert staged.errors == ()
        _harm(staged, now, Saboteur(at, harm, after), monkeypatch)
        found = content(firm)
        assert found in {old, staged.company.content_hash}
        moved += found != old
        assert_whole(firm)
        old = found
    assert 0 < moved < steps
    bring(extra | {"options": sound["options"]}).publish(now)
    assert not list(firm.rglob(f"*{disk.PART}"))


def _harm(staged: Any, now: datetime, saboteur: Saboteur, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        saboteur.install(patch)
        if saboteur.harm is killed:
            child = os.fork()
            if child == 0:
                staged.publish(now)
                os._exit(0)
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in (0, 9)
            return
        with suppress(Interrupted, InputError):
            staged.publish(now)


@pytest.mark.skipif(os.name != "posix", reason="killing a copy of this process needs fork")
def test_a_first_import_cut_short(
    bring: Any, sound: dict[str, str], now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill at any step of the very first publishing leaves a folder that the next import can go into."""
    at = 0
    while not (tmp_path / "firm" / "pursuit-binder.json").exists():
        at += 1
        staged = bring(sound)
        assert staged.errors == ()
        _harm(staged, now, Saboteur(at, killed, after=False), monkeypatch)
    assert at > 5
    assert content(tmp_path / "firm") == read_company(tmp_path / "incoming").company.content_hash


def test_one_at_a_time(bring: Any, first: Any, sound: dict[str, str], now: datetime, tmp_path: Path) -> None:
    """Who publishes while another does is refused and can do so afterwards."""
    staged = bring({"opportunities": sound["opportunities"] + MORE})
    with disk.locked(tmp_path / "firm" / ".lock"), pytest.raises(InputError, match="Somebody else"):
        staged.publish(now)
    assert staged.publish(now).number == 2


@pytest.mark.parametrize("harm", [full_disk, no_right])
def test_what_cannot_be_written_is_told(
    bring: Any,
    first: Any,
    sound: dict[str, str],
    now: datetime,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    harm: Callable[[], None],
) -> None:
    """A full disk or a folder nobody may write to is told in the user's language, and nothing has changed."""
    staged = bring({"opportunities": sound["opportunities"] + MORE}, lang="ko")
    with monkeypatch.context() as patch:
        Saboteur(3, harm, after=False).install(patch)
        with pytest.raises(InputError, match="이전 내용은 그대로"):
            staged.publish(now)
    assert content(tmp_path / "firm") == first.company
    assert staged.publish(now).number == 2
