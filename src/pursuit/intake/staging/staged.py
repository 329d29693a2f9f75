"""What an import would do, and the one step that does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pursuit.domain import Company
from pursuit.errors import Fault, InputError
from pursuit.intake.binder.binder import Binder, LockedError, StaleError
from pursuit.intake.binder.manifest import Source, Version
from pursuit.intake.findings import Findings, Place
from pursuit.intake.staging.changes import Change
from pursuit.intake.staging.matching import Doubt, Step


@dataclass(frozen=True)
class Staged:
    """What an import would do; nothing is written until `publish`.

    Parameters
    ----------
    steps
        What happens to each file.
    doubts
        Files of which only the user can say what they are.
    errors, warnings
        Of the files and of the reading; errors forbid publishing.
    changes
        Records that would come, change or go.
    base
        The version it was staged against; None for a new binder.
    version
        What would be published; None where there are errors.
    company
        The firm as it would be read; None where there are errors or nothing changes.
    """

    binder: Binder
    steps: tuple[Step, ...]
    doubts: tuple[Doubt, ...]
    errors: tuple[Fault, ...]
    warnings: tuple[Fault, ...]
    changes: tuple[Change, ...]
    base: Version | None
    version: Version | None
    company: Company | None
    lang: str
    _incoming: Mapping[str, Path]
    _lost: tuple[Source, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether the binder holds exactly this already, so that publishing writes nothing."""
        if self.base is None or self.version is None or self._lost:
            return False
        return self.base.content == self.version.content

    def publish(self, now: datetime) -> Version:
        """Make it the current version and give that; where nothing changes, the current one as it is.

        A crash at any moment leaves either the version before or this one, whole.

        Parameters
        ----------
        now
            The time to write down.

        Raises
        ------
        InputError
            With the staged errors; or when the binder was changed meanwhile, is being published to by another, or
            cannot be written. The version before then stands.
        """
        if self.errors or self.version is None:
            raise InputError(self.errors)
        findings = Findings(self.lang)
        place = Place(self.binder.name)
        try:
            if self._lost:
                self.binder.mend(self._lost, self._incoming)
            if self.base is not None and self.base.content == self.version.content:
                return self.base
            fingerprint = self.company.content_hash if self.company else ""
            version = replace(self.version, published=now, company=fingerprint)
            return self.binder.publish(version, self.base.number if self.base else 0, self._incoming)
        except StaleError:
            problem, mend = "The binder was changed since this was staged.", "Import once more."
            findings.error(place, "", problem, mend)
        except LockedError:
            problem, mend = "Somebody else is publishing to this binder now.", "Import again in a moment."
            findings.error(place, "", problem, mend)
        except OSError as error:
            problem, mend = (
                "The binder cannot be written; what it held before still stands.",
                "Make room or get the right to write there, then import again.",
            )
            findings.error(place, error.strerror or str(error), problem, mend)
        raise InputError(findings.errors)
