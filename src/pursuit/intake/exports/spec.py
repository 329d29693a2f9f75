"""The language of ``mapping.toml``: how another program's files become the sheets of the input."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from pursuit.intake.findings import Findings, Place
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, find_column

REFERENCE = re.compile(r"\{([^{}]+)\}")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class JoinSpec(_Strict):
    """A row of another file: the one whose ``key`` is what stands in our column ``on`` (or is ``value``)."""

    file: str
    key: str
    on: str = ""
    value: str = ""

    @model_validator(mode="after")
    def _one_way(self) -> JoinSpec:
        if bool(self.on) == bool(self.value):
            raise ValueError("a join has either on (a column) or value (a constant)")
        return self


class FileSpec(_Strict):
    """One file of the export."""

    file: str
    sheet: str = ""
    delimiter: str = Field(",", min_length=1, max_length=1)
    header_row: int = Field(0, ge=0)
    date_format: str = ""
    mend: dict[str, dict[str, str]] = {}
    join: dict[str, JoinSpec] = {}

    @model_validator(mode="after")
    def _inside(self) -> FileSpec:
        if Path(self.file).name != self.file:
            raise ValueError("a file stands in the folder itself")
        return self


class FieldSpec(_Strict):
    """What fills one column: a source column, a constant, a text or a formula, with its conditions."""

    column: str = ""
    value: str | int | float | bool | date | None = None
    text: str | list[str] = ""
    formula: str = ""
    when: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    blank: str = ""
    clip: tuple[float, float] | None = None

    @model_validator(mode="after")
    def _one_source(self) -> FieldSpec:
        if sum((bool(self.column), self.value is not None, bool(self.text), bool(self.formula))) != 1:
            raise ValueError("a field has exactly one of column, value, text, formula")
        return self

    def references(self) -> tuple[str, ...]:
        """The source columns it draws on."""
        texts = [self.text] if isinstance(self.text, str) else self.text
        drawn = [name.strip() for text in (*texts, self.formula) for name in REFERENCE.findall(text)]
        return tuple(dict.fromkeys([*filter(None, [self.column]), *drawn]))


def _field(raw: Any) -> Any:
    return {"column": raw} if isinstance(raw, str) else raw


class BlockSpec(_Strict):
    """One file feeding one sheet, a row for a row; without ``from`` a single row of constants."""

    source: str = Field("", alias="from")
    when: dict[str, list[str]] = {}
    fields: dict[str, Annotated[FieldSpec, BeforeValidator(_field)]]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, raw: Any) -> Any:
        """Every key but ``from`` and ``when`` is a column of the sheet."""
        if not isinstance(raw, dict):
            return raw
        own = {key: value for key, value in raw.items() if key in ("from", "when")}
        return own | {"fields": {key: value for key, value in raw.items() if key not in own}}


class LatestSpec(_Strict):
    """The latest day in some columns, written ``file.column``."""

    latest: list[str]


class CompanySpec(_Strict):
    """The frame of the snapshot."""

    name: str
    currency: str
    vat_rate: float
    as_of: date | LatestSpec | None = None


class MappingSpec(_Strict):
    """A whole mapping."""

    company: CompanySpec
    files: dict[str, FileSpec]
    sheets: dict[str, list[BlockSpec]]
    ignore: list[str] = []

    @model_validator(mode="after")
    def _known(self) -> MappingSpec:
        for name, blocks in self.sheets.items():
            if name not in SHEET_BY_NAME:
                raise ValueError(f"there is no sheet {name}")
            for block in blocks:
                unknown = [field for field in block.fields if find_column(SHEET_BY_NAME[name], field) is None]
                if unknown:
                    raise ValueError(f"the sheet {name} has no column {', '.join(unknown)}")
                if block.source and block.source not in self.files:
                    raise ValueError(f"sheets.{name} reads from {block.source}, which is not under files")
        for name, spec in self.files.items():
            for alias, join in spec.join.items():
                if join.file not in self.files:
                    raise ValueError(f"files.{name}.join.{alias} names {join.file}, which is not under files")
        return self


def load_mapping(path: Path, findings: Findings) -> MappingSpec | None:
    """The mapping in a file; None, with its faults, when it cannot be used."""
    try:
        return MappingSpec.model_validate(tomllib.loads(path.read_text("utf-8-sig")))
    except OSError:
        findings.error(Place(path.name), "", "There is no such file or folder.", "Check the path.")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        findings.error(
            Place(path.name), str(error), "The mapping is not well-formed TOML.", "Correct it there."
        )
    except ValidationError as error:
        for fault in error.errors():
            where = ".".join(str(part) for part in fault["loc"] if part != "fields")
            findings.error(
                Place(path.name, "", 0, where),
                fault["msg"],
                "The mapping says something it cannot.",
                "See docs/input-format.md.",
            )
    return None
