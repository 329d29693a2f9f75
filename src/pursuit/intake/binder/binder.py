"""The folder of a binder: originals by their hash, versions by their number, and the pointer to the current one.

::

    FIRM/pursuit-binder.json       the pointer; replacing it in one step is what publishing means
    FIRM/versions/0003.json        what version 3 holds; never changed
    FIRM/originals/ab/abcd....csv  the bytes of a file, named after their SHA-256; kept for good
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from pursuit.intake.binder.disk import PART, LockedError, locked, whole_file
from pursuit.intake.binder.manifest import (
    FORMAT,
    ManifestError,
    Source,
    Version,
    read_manifest,
    write_manifest,
)
from pursuit.intake.findings import Findings, Place

POINTER = "pursuit-binder.json"
_CHUNK = 2**20
_ENDING = re.compile(r"\.[A-Za-z0-9]{1,8}")


def is_binder(path: Path) -> bool:
    """Whether a folder is a binder: something was published to it."""
    return (path / POINTER).is_file()


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class StaleError(Exception):
    """Something was published since the version that was looked at."""


class Binder:
    """A binder on the disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def name(self) -> str:
        """The folder's own name."""
        return self.folder.resolve().name

    def original(self, source: Source) -> Path:
        """Where the bytes of a file are kept."""
        ending = Path(source.name).suffix.lower()
        ending = ending if _ENDING.fullmatch(ending) else ""
        return self.folder / "originals" / source.sha256[:2] / f"{source.sha256}{ending}"

    def is_kept(self, source: Source) -> bool:
        """Whether the bytes of a file are there and are still those that came in."""
        path = self.original(source)
        with suppress(OSError):
            return path.stat().st_size == source.size and hash_file(path) == source.sha256
        return False

    def current(self, findings: Findings) -> Version | None:
        """The current version; None where nothing was published or, with a fault, where it cannot be trusted."""
        if not is_binder(self.folder):
            return None
        try:
            number, sha256 = self._pointer()
        except (OSError, ManifestError):
            problem, mend = (
                "This is not the file Pursuit wrote.",
                "Put it back from a backup, or import the files into a new folder.",
            )
            findings.error(Place(f"{self.name}/{POINTER}"), "", problem, mend)
            return None
        return self._version(number, sha256, findings)

    def history(self, findings: Findings) -> Iterator[Version]:
        """Every version, the newest first, each vouched for by the one after it."""
        version = self.current(findings)
        while version is not None:
            yield version
            number, before = version.number - 1, version.before
            version = self._version(number, before, findings) if number else None

    def _pointer(self) -> tuple[int, str]:
        try:
            content = json.loads((self.folder / POINTER).read_bytes())
            if content["format"] != FORMAT:
                raise ManifestError
            return int(content["version"]), str(content["sha256"])
        except (ValueError, KeyError, TypeError, RecursionError):
            raise ManifestError from None

    def _manifest(self, number: int) -> Path:
        return self.folder / "versions" / f"{number:04}.json"

    def _version(self, number: int, sha256: str, findings: Findings) -> Version | None:
        path = self._manifest(number)
        try:
            data = path.read_bytes()
            if hashlib.sha256(data).hexdigest() == sha256:
                return read_manifest(data)
        except (OSError, ManifestError):
            pass
        problem, mend = (
            "This is not the file Pursuit wrote.",
            "Put it back from a backup, or import the files into a new folder.",
        )
        findings.error(Place(f"{self.name}/versions/{path.name}"), "", problem, mend)
        return None

    def put(self, source: Source, bytes_of: Path) -> None:
        """Keep the bytes of a file; nothing is written where they are kept already.

        Raises
        ------
        StaleError
            When the file at ``bytes_of`` is no longer what was looked at.
        """
        if self.is_kept(source):
            return
        with bytes_of.open("rb") as stream, whole_file(self.original(source)) as out:
            if _copy(stream, out) != source.sha256:
                raise StaleError

    def publish(self, version: Version, base: int, incoming: Mapping[str, Path]) -> Version:
        """Make ``version`` the current one, in one step after all it needs is on the disk; as it was written.

        Parameters
        ----------
        version
            Its number is ``base`` + 1; ``before`` is filled in here.
        base
            Number of the version it was staged against, 0 for none.
        incoming
            By SHA-256: files whose bytes are to be kept.

        Raises
        ------
        StaleError
            When another version was published since ``base``.
        LockedError
            When somebody else is publishing at this moment.
        """
        with locked(self.folder / ".lock"):
            number, before = self._pointer() if is_binder(self.folder) else (0, "")
            if number != base:
                raise StaleError
            self._sweep()
            for source in version.sources:
                if source.sha256 in incoming:
                    self.put(source, incoming[source.sha256])
            version = replace(version, before=before)
            self._point(version)
            return version

    def mend(self, sources: tuple[Source, ...], incoming: Mapping[str, Path]) -> None:
        """Put back the bytes of files that were changed or lost inside the binder; makes no new version."""
        with locked(self.folder / ".lock"):
            for source in sources:
                self.put(source, incoming[source.sha256])

    def _point(self, version: Version) -> None:
        data = write_manifest(version)
        with whole_file(self._manifest(version.number)) as stream:
            stream.write(data)
        pointer = {
            "format": FORMAT,
            "version": version.number,
            "sha256": hashlib.sha256(data).hexdigest(),
        }
        with whole_file(self.folder / POINTER) as stream:
            stream.write((json.dumps(pointer, indent=1) + "\n").encode())

    def _sweep(self) -> None:
        """Delete what a crash left half-written; under the lock nobody else is writing."""
        for part in self.folder.rglob(f"*{PART}"):
            part.unlink(missing_ok=True)


def _copy(stream: BinaryIO, out: BinaryIO) -> str:
    """Copy a stream; its SHA-256."""
    digest = hashlib.sha256()
    while chunk := stream.read(_CHUNK):
        digest.update(chunk)
        out.write(chunk)
    return digest.hexdigest()


__all__ = ["POINTER", "Binder", "LockedError", "StaleError", "hash_file", "is_binder"]
