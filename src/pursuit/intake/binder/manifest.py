"""What one version of a binder says: which files it holds, as of which day, what was made of them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

FORMAT = 1
"""Goes up when an older program could no longer read what a newer one wrote."""

DateOrder = Literal["", "ymd", "dmy", "mdy"]
DecimalMark = Literal["", "point", "comma"]
_HASH = re.compile(r"[0-9a-f]{64}")
Shape = tuple[tuple[str, tuple[str, ...]], ...]
"""Of each table in a file: the sheet of ours it is (empty for none) and the names of its columns, in order of name."""


class ManifestError(Exception):
    """A manifest that nobody here wrote."""


@dataclass(frozen=True, slots=True)
class Source:
    """One original file.

    Parameters
    ----------
    name
        As the user named it.
    sha256, size
        Of its bytes.
    role
        ``data``, or ``mapping`` for a mapping.toml.
    since
        Version it came with.
    slot
        Name it is read under: that of the file it replaced where a mapping knows the file by that name.
    shape
        By which a later file with another name is seen to be of the same kind.
    """

    name: str
    sha256: str
    size: int
    role: str
    since: int
    slot: str
    shape: Shape = ()

    def is_called(self, name: str) -> bool:
        """Whether this is the file of that name; letters of one look and either case are equal."""
        return same_name(name) in (same_name(self.name), same_name(self.slot))


def same_name(name: str) -> str:
    """A file name as systems compare them: some take Hangul apart, some do not tell A from a."""
    return unicodedata.normalize("NFC", name).casefold()


@dataclass(frozen=True, slots=True)
class Version:
    """One published state of a binder.

    ``as_of`` is the day told when it was staged, ``dates`` and ``decimals`` how the files write what can be read in two
    ways, if that was told.
    ``restores`` is the number of the earlier version this one brings back, 0 for none; ``before`` the SHA-256 of the
    manifest of the version before, by which each version vouches for all earlier ones. ``company`` is the content
    hash of the Company that was read from the files, ``counts`` its rows by sheet.
    """

    number: int
    published: datetime
    sources: tuple[Source, ...]
    as_of: date | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    company: str = ""
    restores: int = 0
    before: str = ""
    program: str = ""
    dates: DateOrder = ""
    decimals: DecimalMark = ""

    @property
    def origin(self) -> int:
        """Number of the version that first held these files."""
        return self.restores or self.number

    @property
    def content(self) -> frozenset[object]:
        """What a reader sees: the files by name, and what was told of them; not when each came."""
        return contents_of(self.sources, self.as_of, self.dates, self.decimals)

    def find(self, name: str) -> Source | None:
        """The file of that name."""
        return next((source for source in self.sources if source.is_called(name)), None)


def contents_of(sources: Iterable[Source], *told: object) -> frozenset[object]:
    """What makes two states of a binder the same to a reader."""
    return frozenset([told, *((s.name, s.slot, s.role, s.sha256) for s in sources)])


def write_manifest(version: Version) -> bytes:
    """The manifest as JSON; equal versions are equal bytes."""
    content = {
        "format": FORMAT,
        **asdict(version),
        "published": version.published.isoformat(),
        "as_of": version.as_of.isoformat() if version.as_of else None,
        "counts": dict(version.counts),
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "surrogatepass")  # a file name need not be text; `json` reads it so, too


def read_manifest(data: bytes) -> Version:
    """The version in a manifest.

    Raises
    ------
    ManifestError
        When this is none, or one of a newer program.
    """
    try:
        content: dict[str, Any] = json.loads(data)
        if content.pop("format") != FORMAT:
            raise ManifestError
        content["published"] = datetime.fromisoformat(content["published"])
        content["as_of"] = date.fromisoformat(content["as_of"]) if content["as_of"] else None
        content["warnings"] = tuple(content["warnings"])
        content["sources"] = tuple(map(_source, content["sources"]))
        return Version(**content)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise ManifestError from None


def _source(content: dict[str, Any]) -> Source:
    """A file as a manifest tells it; its names must not lead out of the folders they stand in."""
    shape = tuple((kind, tuple(names)) for kind, names in content["shape"])
    source = Source(**content | {"shape": shape})
    if (
        not (_is_plain(source.name) and _is_plain(source.slot))
        or not _HASH.fullmatch(source.sha256)
        or source.role not in ("data", "mapping")
    ):
        raise ManifestError
    return source


def _is_plain(name: str) -> bool:
    """Whether it is the name of a file and no path."""
    return name not in ("", "..") and "\0" not in name and Path(name).name == name
