"""Stage: read new files together with those a binder holds, and tell every fault and every change."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from pursuit import __version__
from pursuit.domain import Company
from pursuit.intake.binder.binder import Binder, is_binder
from pursuit.intake.binder.current import Current, are_kept, current_files, lay_out
from pursuit.intake.binder.manifest import Source, Version, contents_of
from pursuit.intake.cells.habits import UNKNOWN, DateOrder, DecimalMark, Habits
from pursuit.intake.findings import Findings, Place
from pursuit.intake.reading import Intake, read_into
from pursuit.intake.staging.changes import Change, Rows, count_rows, find_changes, rows_of
from pursuit.intake.staging.incoming import take_in
from pursuit.intake.staging.matching import Doubt, Matching, Step, Wish
from pursuit.intake.staging.staged import Staged

MOST_VANISHING = 0.5
"""Where a larger share of a sheet's records would go, the report asks whether the file is a whole one."""
_NOT_YET = datetime(1, 1, 1, tzinfo=UTC)


def stage(
    paths: Sequence[str | Path],
    folder: str | Path,
    *,
    mapping: str | Path | None = None,
    as_of: date | None = None,
    habits: Habits = UNKNOWN,
    replaces: Mapping[str, str] | None = None,
    beside: bool | Collection[str] = False,
    drop: Sequence[str] = (),
    lang: str = "en",
) -> Staged:
    """Read new files together with those a binder holds and say what publishing them would change.

    Parameters
    ----------
    paths
        Files, or folders of files.
    folder
        The binder; one that is not there yet is made when it is published.
    mapping
        How to read them, where they are another program's; kept in the binder from then on. One that ``pursuit map``
        left beside a file is found.
    as_of
        The day the data describes; goes before what the files say, until another is told.
    habits
        How the files write days and decimals, where their columns can be read in two ways; kept as the day is.
    replaces
        New name -> name of the file in the binder whose place it takes.
    beside
        Whether files with the columns of an earlier one stand beside it, or the names of those that do.
    drop
        Names of files in the binder to leave out from now on.
    lang
        Language of the report.
    """
    wish = Wish(replaces or {}, beside, tuple(drop))

    def make(base: Version | None, place: Path, findings: Findings) -> _Draft:
        aside = Path(mapping) if mapping else None
        held = next((s.name for s in (base.sources if base else ()) if s.role == "mapping"), "")
        incoming = take_in([Path(path) for path in paths], aside, held, place, findings)
        match = Matching(base, incoming, wish, findings)
        before = _Told.of(base)
        told = _Told(as_of or before.as_of, habits.dates or before.dates, habits.decimals or before.decimals)
        copies = {new.sha256: new.path for new in incoming}
        if base and base.as_of and not as_of and match.sources != base.sources:
            problem, mend = (
                "The day told at an earlier import, {day}, still goes before what the files say.",
                "Tell the day of these files with --as-of.",
            )
            findings.warn(Place(Path(folder).name), "", problem, mend, day=base.as_of)
        return _Draft(match.sources, told, tuple(match.steps), tuple(match.doubts), copies)

    return _stage(Path(folder), lang, make)


def stage_version(folder: str | Path, number: int = 0, *, lang: str = "en") -> Staged:
    """An earlier version as if it came in anew; nothing that came after it is lost.

    Parameters
    ----------
    folder
        The binder.
    number
        Number of the version; 0 for the one before the files now held.
    lang
        Language of the report.
    """

    def make(base: Version | None, place: Path, findings: Findings) -> _Draft:
        sought = number or (base.origin - 1 if base else 0)
        versions = {version.number: version for version in Binder(Path(folder)).history(findings)}
        wanted = versions.get(sought)
        if wanted is None:
            if not findings.errors:
                problem = "There is no such version." if number else "There is no version before these files."
                mend = "See pursuit import --into {name} --history."
                findings.error(Place(Path(folder).name), number or "", problem, mend, name=str(folder))
            return _Draft()
        return _Draft(wanted.sources, _Told.of(wanted), _steps(base, wanted), (), {}, wanted.origin)

    return _stage(Path(folder), lang, make)


class _Told(NamedTuple):
    """What was said of the files beside what they say themselves."""

    as_of: date | None = None
    dates: DateOrder = ""
    decimals: DecimalMark = ""

    @classmethod
    def of(cls, kept: Version | Current | None) -> _Told:
        """What was told of the files of a version."""
        if kept is None:
            return cls()
        return cls(kept.as_of, kept.dates, kept.decimals)

    def read(self, findings: Findings, folder: Path, mapping: Path | None) -> Intake | None:
        """The firm in a folder."""
        return read_into(
            findings, folder, mapping, self.as_of, Habits(dates=self.dates, decimals=self.decimals)
        )


_NOTHING_TOLD = _Told()


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a binder would hold."""

    sources: tuple[Source, ...] = ()
    told: _Told = _NOTHING_TOLD
    steps: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    incoming: Mapping[str, Path] = field(default_factory=dict)
    restores: int = 0


def _stage(folder: Path, lang: str, make: Callable[[Version | None, Path, Findings], _Draft]) -> Staged:
    """As `_staged`; the copies it works on live as long as what it gives."""
    place = Path(tempfile.mkdtemp(prefix="pursuit-"))
    try:
        staged = _staged(folder, lang, make, place)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    weakref.finalize(staged, shutil.rmtree, place, ignore_errors=True)
    return staged


def _staged(
    folder: Path, lang: str, make: Callable[[Version | None, Path, Findings], _Draft], place: Path
) -> Staged:
    findings, binder = Findings(lang), Binder(folder)
    base = _base(binder, findings)
    draft = _Draft()
    if not findings.errors:
        (place / "incoming").mkdir()
        draft = make(base, place / "incoming", findings)
    again = (source for source in draft.sources if source.sha256 in draft.incoming)
    lost = tuple(source for source in again if _is_lost(binder, base, source))
    read = _Read()
    kept = (source for source in draft.sources if source.sha256 not in draft.incoming)
    if not findings.errors and are_kept(binder, kept, findings):
        if base and contents_of(draft.sources, *draft.told) == base.content:
            read = _Read(base)
        else:
            read = _read(binder, base, draft, place, findings)
    return Staged(
        binder=binder,
        steps=draft.steps,
        doubts=draft.doubts,
        errors=tuple(sorted(findings.errors)),
        warnings=findings.warnings,
        changes=read.changes,
        base=base,
        version=read.version,
        company=read.company,
        lang=lang,
        _incoming=draft.incoming,
        _lost=lost,
    )


def _base(binder: Binder, findings: Findings) -> Version | None:
    """The version now current; a fault where the folder is something else than a binder."""
    folder = binder.folder
    if is_binder(folder):
        return binder.current(findings)
    ours = {".lock", "originals", "versions"}  # of a first import that a crash cut short
    if folder.exists() and not (folder.is_dir() and {path.name for path in folder.iterdir()} <= ours):
        problem, mend = (
            "This holds something else than what Pursuit imported.",
            "Name a new folder after --into; the files themselves go before it.",
        )
        findings.error(Place(binder.name), "", problem, mend)
    return None


def _is_lost(binder: Binder, base: Version | None, source: Source) -> bool:
    """Whether a file that is imported again is one whose kept bytes were spoiled."""
    return base is not None and base.find(source.name) == source and not binder.is_kept(source)


@dataclass(frozen=True, slots=True)
class _Read:
    """What reading a draft gave: nothing where it has faults."""

    version: Version | None = None
    changes: tuple[Change, ...] = ()
    company: Company | None = None


def _read(binder: Binder, base: Version | None, draft: _Draft, place: Path, findings: Findings) -> _Read:
    """The version a draft makes, what it changes, and the firm it is; empty, with faults, where it cannot be read."""

    def bytes_of(source: Source) -> Path:
        return draft.incoming.get(source.sha256) or binder.original(source)

    folder, mapping = lay_out(binder.name, draft.sources, bytes_of, place / "staged")
    intake = draft.told.read(findings, folder, mapping)
    if intake is None:
        return _Read()
    after = rows_of(intake.company)
    before = _before(binder, findings) if base else None
    changes = find_changes(before, after)
    if before:
        _warn_of_vanishing(before, changes, findings)
    version = Version(
        number=base.number + 1 if base else 1,
        published=_NOT_YET,
        sources=draft.sources,
        **draft.told._asdict(),
        counts=count_rows(after),
        warnings=tuple(str(fault) for fault in findings.warnings),
        restores=draft.restores,
        program=__version__,
    )
    return _Read(version, changes, intake.company)


def _before(binder: Binder, findings: Findings) -> Rows | None:
    """The firm as the current version has it; a warning where that can no longer be told."""
    unheard = Findings(findings.words.lang)
    with current_files(binder.folder, unheard) as now:
        intake = _Told.of(now).read(unheard, now.folder, now.mapping) if now else None
    if intake is None:
        problem, mend = (
            "What was published before can no longer be read, so every record counts as added.",
            "Look through the whole list before publishing.",
        )
        findings.warn(Place(binder.name), "", problem, mend)
        return None
    return rows_of(intake.company)


def _warn_of_vanishing(before: Rows, changes: Sequence[Change], findings: Findings) -> None:
    for name, count in count_rows(before).items():
        gone = [change for change in changes if change.sheet.name == name and change.action == "removed"]
        if len(gone) > max(1, MOST_VANISHING * count):
            problem, mend = (
                "Of {count} records {gone} would go.",
                "Make sure that the new file is a whole one and not only what is new.",
            )
            title = gone[0].sheet.title(findings.words.lang)
            findings.warn(Place("", title), "", problem, mend, count=f"{count:,}", gone=f"{len(gone):,}")


def _steps(base: Version | None, wanted: Version) -> tuple[Step, ...]:
    """How the files of an earlier version differ from those held now."""
    steps: list[Step] = []
    for source in wanted.sources:
        now = base.find(source.name) if base else None
        if now is None:
            steps.append(Step(source.name, "new"))
        else:
            steps.append(
                Step(source.name, "already" if now.sha256 == source.sha256 else "replaces", now.name)
            )
    gone = (s for s in (base.sources if base else ()) if not wanted.find(s.name))
    return (*steps, *(Step(source.name, "dropped") for source in gone))
