"""The part of the mapping language that speaks of one file: its columns, its lines, and files joined to it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from pursuit.intake.cells.habits import DateOrder, DecimalMark, Habits
from pursuit.intake.exports.fieldspec import STRICT, Alternatives, Words


class JoinSpec(BaseModel):
    """Rows of another file: those whose ``key`` is what stands in our column ``on`` (or is ``value``).

    Parameters
    ----------
    optional
        A row that is not found joins nothing and is no fault.
    many
        Several rows may be found; a block says ``each`` to go through them.
    least
        Of several rows the first with the smallest figure in this column counts.
    """

    model_config = STRICT

    file: str
    key: str
    on: str = ""
    value: str = ""
    optional: bool = False
    many: bool = False
    least: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> JoinSpec:
        if bool(self.on) == bool(self.value):
            raise ValueError("a join has either on (a column) or value (a constant)")
        return self


class GroupSpec(BaseModel):
    """How several lines become one row: those alike in ``by``.

    A column named nowhere keeps its value where all lines say the same; else it is left blank, and told.

    Parameters
    ----------
    main
        Column -> the column of figures that decides: the value with the largest total stays.
    count
        Name of a new column with the number of lines.
    """

    model_config = STRICT

    by: list[str] = Field(min_length=1)
    sum: list[str] = []
    first: list[str] = []
    last: list[str] = []
    earliest: list[str] = []
    latest: list[str] = []
    join: list[str] = []
    main: dict[str, str] = {}
    count: str = ""

    @model_validator(mode="after")
    def _once(self) -> GroupSpec:
        named = [name for names in self.rules().values() for name in names]
        if twice := [name for name in dict.fromkeys(named) if named.count(name) > 1]:
            raise ValueError(f"group says two things about {', '.join(twice)}")
        return self

    def rules(self) -> dict[str, list[str]]:
        """Columns by what becomes of them."""
        kinds = ("by", "sum", "first", "last", "earliest", "latest", "join")
        return {kind: getattr(self, kind) for kind in kinds} | {"main": list(self.main)}


def _group(raw: Any) -> Any:
    if isinstance(raw, str):
        raw = [raw]
    return {"by": raw} if isinstance(raw, list) else raw


def _aliases(raw: Any) -> Any:
    return {name: [names] if isinstance(names, str) else names for name, names in raw.items()}


class TableSpec(BaseModel):
    """One file of an export, wherever it comes from.

    Parameters
    ----------
    columns
        Name of ours -> headers it may carry, however spaced or capitalised; the first that is there counts.
    needs
        Which of them must be there; all if left out.
    dates, decimals, date_format
        How the file writes dates and decimals; see `Habits`.
    skip
        Lines whose first filled cell begins with one of these are not read.
    when, unless
        Only these lines are read.
    mend
        Column -> spellings put right.
    durations
        Columns read as durations, in hours.
    make
        New columns, reckoned line by line before lines are grouped.
    """

    model_config = STRICT

    columns: Annotated[dict[str, list[str]], BeforeValidator(_aliases)] = {}
    needs: list[str] | None = None
    dates: DateOrder = ""
    decimals: DecimalMark = ""
    date_format: str = ""
    skip: list[str] = []
    when: Words = {}
    unless: Words = {}
    mend: dict[str, dict[str, str]] = {}
    durations: list[str] = []
    make: dict[str, Alternatives] = {}
    group: Annotated[GroupSpec | None, BeforeValidator(_group)] = None
    join: dict[str, JoinSpec] = {}

    @model_validator(mode="after")
    def _declared(self) -> TableSpec:
        if unknown := set(self.needs or ()) - set(self.columns):
            raise ValueError(f"needs names {', '.join(sorted(unknown))}, which is not under columns")
        return self

    def needed(self) -> list[str]:
        """The declared columns that must be there."""
        return list(self.columns) if self.needs is None else self.needs

    @cached_property
    def habits(self) -> Habits:
        """How this file writes what can be written in several ways."""
        return Habits(dates=self.dates, date_format=self.date_format, decimals=self.decimals)

    def told(self, habits: Habits) -> Self:
        """The same with what the user says of all files, where this one does not say it of itself."""
        said = {
            "dates": self.dates or ("" if self.date_format else habits.dates),
            "decimals": self.decimals or habits.decimals,
        }
        same = self.model_copy(update=said)
        same.__dict__.pop("habits", None)  # reckoned before
        return same


class FileSpec(TableSpec):
    """One file that a mapping names.

    Parameters
    ----------
    headers
        The file's columns when the mapping was made; by them another month's file is known again.
    """

    file: str
    sheet: str = ""
    delimiter: str = Field("", max_length=1)
    header_row: int = Field(0, ge=0)
    headers: list[str] = []

    @model_validator(mode="after")
    def _inside(self) -> FileSpec:
        zipped = PurePosixPath(self.file).parts[0].lower().endswith(".zip") if "/" in self.file else False
        if Path(self.file).name != self.file and not zipped:
            raise ValueError("a file stands in the folder itself, or in a zip there: export.zip/deals.csv")
        return self


class ExportFileSpec(TableSpec):
    """One file of a known export, recognised by its columns.

    Parameters
    ----------
    label
        What people call it: ``opportunity report``.
    signature
        Sets of headers, each of which tells it from every other file.
    titles
        Names the file or its sheet carries, where columns alone do not tell it; empty for any.
    useful
        Columns whose absence is told, since much depends on them.
    """

    label: str
    signature: list[list[str]] = Field(min_length=1)
    titles: list[str] = []
    useful: list[str] = []

    @model_validator(mode="after")
    def _known(self) -> ExportFileSpec:
        if unknown := set(self.useful) - set(self.columns):
            raise ValueError(f"{', '.join(sorted(unknown))} is not under columns")
        headers = {header for names in self.columns.values() for header in names}
        if unknown := {header for headers_ in self.signature for header in headers_} - headers:
            raise ValueError(f"the signature's {', '.join(sorted(unknown))} is not under columns")
        return self

    def needed(self) -> list[str]:
        """Columns without which the file cannot be read."""
        return self.needs or []
