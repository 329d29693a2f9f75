"""Which earlier file a new one takes the place of: told by its name, else asked, never guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from pursuit.intake.binder.manifest import Source, Version, same_name
from pursuit.intake.findings import Findings, Place
from pursuit.intake.staging.incoming import Incoming
from pursuit.intake.staging.shapes import is_ours, sheets_of


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to one file.

    ``earlier`` is the file it replaces or is the same as; ``slot`` the name it is read by, where that is not its own.
    """

    name: str
    action: Literal["new", "replaces", "already", "dropped"]
    earlier: str = ""
    slot: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """A new file with columns or sheets of earlier ones: does it take the place of one, or stand beside them?"""

    name: str
    alike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What the user said: new name -> name replaced, new names that stand beside (or all), names to leave out."""

    replaces: Mapping[str, str]
    beside: bool | Collection[str] = False
    drop: tuple[str, ...] = ()

    def stands_beside(self, name: str) -> bool:
        """Whether a new file is told to stand beside those like it."""
        return self.beside if isinstance(self.beside, bool) else name in self.beside


class Matching:
    """New files matched with the earlier ones: ``sources`` is what the binder would hold, ``steps`` how it comes."""

    def __init__(
        self, base: Version | None, incoming: Sequence[Incoming], wish: Wish, findings: Findings
    ) -> None:
        self.wish, self.findings = wish, findings
        self.earlier = base.sources if base else ()
        dropped = [found for name in wish.drop if (found := self._named(name, "--drop"))]
        self.earlier = tuple(source for source in self.earlier if source not in dropped)
        self.number = base.number + 1 if base else 1
        self.steps: list[Step] = []
        self.doubts: list[Doubt] = []
        self._taken: dict[str, Source] = {}
        added = [source for new in incoming if (source := self._place(new))]
        self.steps += [Step(source.name, "dropped") for source in dropped]
        self.sources = (*(self._taken.get(source.name, source) for source in self.earlier), *added)
        self._refuse_twins()
        for name in wish.replaces:
            if not any(same.name == name for same in incoming):
                problem, mend = "This file is not among those imported.", "Correct --replaces."
                findings.error(Place(name), "", problem, mend)

    def _place(self, new: Incoming) -> Source | None:
        """The source a new file makes beside the others; None where it takes the place of one or changes nothing."""
        called = next((source for source in self.earlier if source.is_called(new.name)), None)
        same = next((source for source in self.earlier if source.sha256 == new.sha256), None)
        if same is not None and called in (None, same):
            self.steps.append(Step(new.name, "already", same.name))
            return None
        shape = new.shape()
        source = Source(new.name, new.sha256, new.size, new.role, self.number, new.name, shape)
        target = self._target(source)
        if target is None:
            self.steps.append(Step(new.name, "new"))
            return source
        if target.name in self._taken:
            problem, mend = "Two files would replace {name}.", "Import only one of them."
            self.findings.error(Place(new.name), "", problem, mend, name=target.name)
        source = replace(source, slot=_slot(target, source))
        self._taken[target.name] = source
        read_as = source.slot if source.slot != source.name else ""
        self.steps.append(Step(new.name, "replaces", target.name, read_as))
        return None

    def _target(self, new: Source) -> Source | None:
        if new.role == "mapping":
            return next((source for source in self.earlier if source.role == "mapping"), None)
        if told := self.wish.replaces.get(new.name):
            return self._named(told, "--replaces")
        if called := next((source for source in self.earlier if source.is_called(new.name)), None):
            return called
        alike = [source for source in self.earlier if new.shape and source.shape == new.shape]
        if len(alike) == 1 and is_ours(new.shape):
            return alike[0]
        if self.wish.stands_beside(new.name):
            return None
        if alike:
            problem, mend = (
                "This file has the same columns as one imported earlier: {names}.",
                "Say what it is: --replaces {name} if it takes its place, --beside if both count.",
            )
        else:
            alike = [source for source in self.earlier if sheets_of(new.shape) & sheets_of(source.shape)]
            problem, mend = (
                "This file holds sheets that the binder has already, in {names}.",
                "Say --replaces {name} if it takes its place; else leave out the sheets that stand twice.",
            )
        if alike:
            names = tuple(source.name for source in alike)
            self.doubts.append(Doubt(new.name, names))
            self.findings.error(Place(new.name), "", problem, mend, names=", ".join(names), name=names[0])
        return None

    def _named(self, name: str, option: str) -> Source | None:
        found = next((source for source in self.earlier if source.is_called(name)), None)
        if found is None:
            problem, mend = "The binder holds no file of this name.", "Correct {option}; it holds: {names}."
            names = ", ".join(source.name for source in self.earlier) or "-"
            self.findings.error(Place(name), "", problem, mend, option=option, names=names)
        return found

    def _refuse_twins(self) -> None:
        """No two files of one name, and none of one content, whose records would all stand twice."""
        first: dict[str, Source] = {}
        for source in self.sources:
            if first.setdefault(same_name(source.slot), source) is not source:
                problem, mend = "Two files of this name are imported.", "Rename one of them."
                self.findings.error(Place(source.name), "", problem, mend)
            other = first.setdefault(source.sha256, source)
            if other is not source:
                problem, mend = (
                    "This file is the same, byte for byte, as {other}.",
                    "Import only one of them.",
                )
                self.findings.error(Place(source.name), "", problem, mend, other=other.name)


def _slot(old: Source, new: Source) -> str:
    """The name a file is read by that takes the place of another: the old one, which says what is in it.

    A mapping knows a file by its name, and a CSV file of ours tells by it which sheet it is. So the new name counts
    only where it says as much, or where the file is of another type.
    """
    if old.role == "mapping" or same_name(old.slot) == same_name(new.name):
        return new.name if old.role == "mapping" else old.slot
    if is_ours(new.shape) or Path(old.slot).suffix.lower() != Path(new.name).suffix.lower():
        return new.name
    return old.slot
