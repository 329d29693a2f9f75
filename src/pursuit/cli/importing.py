"""``pursuit import``: show what new files change, then publish them, and the history of what was published."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from pursuit.cli.screen import show_faults
from pursuit.cli.session import Session
from pursuit.cli.watching import N
from pursuit.errors import Fault, InputError

if TYPE_CHECKING:
    from pursuit.intake.binder.manifest import DateOrder, DecimalMark, Version
    from pursuit.intake.staging import Staged
    from pursuit.intake.staging.changes import Change
    from pursuit.intake.staging.matching import Step

MOST_SHOWN = 10
"""Records shown of each kind where not all are asked for."""

_STEPS = {
    "new": N("{name}: new"),
    "replaces": N("{name}: replaces {earlier}"),
    "renewed": N("{name}: new content"),
    "renamed": N("{name}: replaces {earlier} and is called {slot} below"),
    "already": N("{name}: already imported"),
    "dropped": N("{name}: left out from now on"),
}
_COUNTS = {"added": N("added {count}"), "changed": N("changed {count}"), "removed": N("removed {count}")}


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be imported, as told on the command line."""

    files: tuple[Path, ...]
    into: Path
    mapping: Path | None = None
    as_of: date | None = None
    dates: DateOrder = ""
    decimals: DecimalMark = ""
    replaces: tuple[str, ...] = ()
    beside: bool | frozenset[str] = False
    drop: tuple[str, ...] = ()
    undo: bool = False
    restore: int = 0
    publish: bool = False
    every: bool = False

    @property
    def is_return(self) -> bool:
        """Whether an earlier version is to come back."""
        return self.undo or bool(self.restore)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be imported."""
        return not (self.files or self.mapping or self.drop)


def run_import(request: Request, it: Session) -> None:
    """Stage, report, ask where that can be asked, publish.

    Raises
    ------
    InputError
        When the request contradicts itself, or the binder cannot be published to.
    """
    _refuse_nonsense(request, it)
    staged = _stage(request, it)
    if staged.doubts and _can_ask(it):
        request = _settle(request, staged, it)
        staged = _stage(request, it)
    _report(staged, request.every, it, told=not request.is_return)
    if staged.errors:
        raise typer.Exit(1)
    if staged.is_unchanged:
        it.screen.say(it.words("Nothing changes; nothing was written."), "bold")
    elif request.publish or (_can_ask(it) and typer.confirm(it.words("Publish this?"), err=True)):
        version = staged.publish(datetime.now().astimezone())
        told = {"number": version.number, "folder": request.into}
        it.screen.say(it.words("Published to {folder} as version {number}.", **told), "bold")
    else:
        it.screen.say(it.words("Not published; add --publish to do it."), "bold")


def show_history(folder: Path, it: Session) -> None:
    """Every version of a binder, the newest first.

    Raises
    ------
    InputError
        When the folder is no binder, or one of its versions was changed by hand.
    """
    from pursuit.intake.binder.binder import Binder, is_binder
    from pursuit.intake.findings import Findings

    if not is_binder(folder):
        problem = it.words("Nothing was imported into this folder.")
        mend = it.words("Import files with: pursuit import FILE --into {folder} --publish", folder=folder)
        raise InputError([Fault(str(folder), "", 0, "", "", problem, mend)])
    findings = Findings(it.words.lang)
    for version in Binder(folder).history(findings):
        _show_version(version, it)
    if findings.errors:
        raise InputError(findings.errors)


def _stage(request: Request, it: Session) -> Staged:
    text = it.words("Reading {name}", name=", ".join(map(str, request.files)) or request.into)
    if not it.screen.err.is_terminal:
        it.screen.tell(text)
        return _staged(request, it)
    with it.screen.err.status(text):
        return _staged(request, it)


def _staged(request: Request, it: Session) -> Staged:
    from pursuit.intake.cells.habits import Habits
    from pursuit.intake.staging import stage, stage_version

    if request.is_return:
        return stage_version(request.into, request.restore, lang=it.words.lang)
    return stage(
        request.files,
        request.into,
        mapping=request.mapping,
        as_of=request.as_of,
        habits=Habits(dates=request.dates, decimals=request.decimals),
        replaces=_replaces(request, it),
        beside=request.beside,
        drop=request.drop,
        lang=it.words.lang,
    )


def _refuse_nonsense(request: Request, it: Session) -> None:
    if request.is_return == (not request.is_empty) or (request.undo and request.restore):
        problem = it.words("It is not said what to import.")
        mend = it.words(
            "Name files, or say --undo, --restore or --drop, and only one of these ways at a time."
        )
        raise InputError([Fault("", "", 0, "", "", problem, mend)])


def _replaces(request: Request, it: Session) -> dict[str, str]:
    """New name -> name replaced; where only one file is imported, the latter alone says it."""
    told = {}
    for text in request.replaces:
        new, colon, old = text.rpartition(":")
        if not colon and len(request.files) == 1:
            new = request.files[0].name
        if not new:
            problem = it.words("It is not clear which file replaces it.")
            mend = it.words("Write --replaces NEW:OLD, with the names of both files.")
            raise InputError([Fault("", "", 0, "--replaces", text, problem, mend)])
        told[new] = old
    return told


def _can_ask(it: Session) -> bool:
    return it.screen.err.is_terminal and sys.stdin.isatty()


def _settle(request: Request, staged: Staged, it: Session) -> Request:
    """Ask of each doubtful file what it is; an answer of 0 leaves it in doubt."""
    replaces, beside = list(request.replaces), set()
    for doubt in staged.doubts:
        it.screen.tell(it.words("{name} is like a file imported earlier.", name=doubt.name))
        for number, name in enumerate(doubt.alike, start=1):
            it.screen.tell(f"  {number}  {it.words('It takes the place of {name}.', name=name)}")
        last = len(doubt.alike) + 1
        it.screen.tell(f"  {last}  {it.words('It stands beside; both count.')}")
        it.screen.tell(f"  0  {it.words('Neither; stop here.')}")
        answer = _number(it.words("Which is it"), last)
        if answer == last:
            beside.add(doubt.name)
        elif answer:
            replaces.append(f"{doubt.name}:{doubt.alike[answer - 1]}")
    return replace(request, replaces=tuple(replaces), beside=frozenset(beside))


def _number(question: str, last: int) -> int:
    """A number from 0 to ``last``; asked again until it is one."""
    while True:
        answer: int = typer.prompt(question, type=int, err=True)
        if 0 <= answer <= last:
            return answer


def _report(staged: Staged, every: bool, it: Session, *, told: bool) -> None:
    """Files, faults and changes, on the standard output; files that stay as they are only where they were ``told``."""
    for step in staged.steps:
        if step.action != "already" or told:
            it.screen.say(_step(step, it))
    show_faults((*staged.errors, *staged.warnings), it.words, it.screen, result=True)
    if staged.errors:
        count = f"{len(staged.errors):,}"
        it.screen.say(it.words("Errors: {errors}. Nothing was written.", errors=count), "bold")
        return
    if staged.changes:
        most = len(staged.changes) if every else MOST_SHOWN if staged.base else 0
        for _, changes in groupby(staged.changes, key=lambda change: change.sheet.name):
            _show_changes(list(changes), most, it)
    elif not staged.is_unchanged:
        it.screen.say(it.words("No record changes."))


def _step(step: Step, it: Session) -> str:
    kind: str = step.action
    if kind == "replaces":
        kind = "renamed" if step.slot else "renewed" if step.name == step.earlier else kind
    return it.words(_STEPS[kind], name=step.name, earlier=step.earlier, slot=step.slot)


def _show_changes(changes: Sequence[Change], most: int, it: Session) -> None:
    """The changes of one sheet: how many, and ``most`` of each kind one by one; 0 leaves it at their number."""
    from pursuit.intake.staging.telling import tell_change

    counts = [
        it.words(text, count=f"{count:,}")
        for action, text in _COUNTS.items()
        if (count := sum(change.action == action for change in changes))
    ]
    it.screen.say(f"{changes[0].sheet.title(it.words.lang)}: {', '.join(counts)}", "bold")
    for _, alike in groupby(changes, key=lambda change: change.action):
        group = list(alike)
        for change in group[:most]:
            it.screen.say(f"  {tell_change(change, it.words)}")
        if 0 < most < len(group):
            more = it.words("... and {count} more; --all shows every one.", count=f"{len(group) - most:,}")
            it.screen.say(f"  {more}")


def _show_version(version: Version, it: Session) -> None:
    it.screen.say(
        it.words(
            "Version {number}, {time}", number=version.number, time=f"{version.published:%Y-%m-%d %H:%M}"
        ),
        "bold",
    )
    if version.restores:
        it.screen.say(f"  {it.words('brings back version {number}', number=version.restores)}")
    for source in version.sources:
        mark = "*" if source.since == version.number else " "
        it.screen.say(f"  {mark} {source.name}  SHA-256 {source.sha256[:12]}  {_size(source.size)}")
    it.screen.say(f"    {', '.join(_counts(version, it))}")
    if version.warnings:
        it.screen.say(f"  {it.words('Warnings: {count}', count=f'{len(version.warnings):,}')}")


def _counts(version: Version, it: Session) -> Iterable[str]:
    from pursuit.intake.sheets.catalogue import SHEETS

    for sheet in SHEETS:
        if count := version.counts.get(sheet.name):
            yield f"{sheet.title(it.words.lang)} {count:,}"


def _size(size: int) -> str:
    return f"{size / 2**20:,.1f} MB" if size >= 2**20 else f"{size / 2**10:,.1f} KB"
