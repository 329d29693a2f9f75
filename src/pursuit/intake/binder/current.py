"""What a binder holds now, as a folder of files under the names their users gave them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pursuit.intake.binder.binder import Binder
from pursuit.intake.binder.manifest import DateOrder, DecimalMark, Source
from pursuit.intake.findings import Findings, Place


@dataclass(frozen=True, slots=True)
class Current:
    """Files laid out to be read: ``folder`` holds the data, ``mapping`` how to read it if that needs saying.

    ``as_of`` is the day told when they were imported, ``dates`` and ``decimals`` how they are told to write what can be
    read in two ways, if any.
    """

    folder: Path
    mapping: Path | None = None
    as_of: date | None = None
    dates: DateOrder = ""
    decimals: DecimalMark = ""


@contextmanager
def current_files(path: Path, findings: Findings) -> Iterator[Current | None]:
    """The current version of the binder at ``path``, for as long as the context lasts.

    Gives None, with a fault for each, where a file inside the binder was changed or is gone. The folder it gives is a
    copy with the binder's own name, so that nothing a reader does can harm the originals and every fault names the
    files as their users know them.
    """
    binder = Binder(path)
    version = binder.current(findings)
    if version is None or not are_kept(binder, version.sources, findings):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="pursuit-") as place:
        folder, mapping = lay_out(binder.name, version.sources, binder.original, Path(place))
        yield Current(folder, mapping, version.as_of, version.dates, version.decimals)


def are_kept(binder: Binder, sources: Iterable[Source], findings: Findings) -> bool:
    """Whether every file is still what came in; a fault for each that is not."""
    lost = [source for source in sources if not binder.is_kept(source)]
    for source in lost:
        path = binder.original(source).relative_to(binder.folder)
        problem, mend = (
            "This file was changed or deleted inside the binder, at {path}.",
            "Import the file as it was once more; to change it, change your own copy and import that.",
        )
        findings.error(Place(source.name), "", problem, mend, path=path.as_posix())
    return not lost


def lay_out(
    name: str, sources: Iterable[Source], bytes_of: Callable[[Source], Path], place: Path
) -> tuple[Path, Path | None]:
    """Copies of files in ``place``: the data in a folder called ``name``, the mapping, if there is one, beside it."""
    folder, aside = place / "data" / name, place / "mapping"
    folder.mkdir(parents=True)
    aside.mkdir()
    mapping = None
    for source in sources:
        is_mapping = source.role == "mapping"
        copy = shutil.copyfile(bytes_of(source), (aside if is_mapping else folder) / source.slot)
        mapping = copy if is_mapping else mapping
    return folder, mapping
