"""The language of ``mapping.toml``: how another program's files become the sheets of the input."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, Field, ValidationError, model_validator

from pursuit.intake.exports.fieldspec import STRICT, Alternatives, Words
from pursuit.intake.exports.tablespec import FileSpec, TableSpec
from pursuit.intake.findings import Findings, Place
from pursuit.intake.sheets.catalogue import SHEET_BY_NAME, find_column

_OWN = ("from", "each", "when", "unless", "without", "order")
Fillable = Literal["accounts", "products"]


class BlockSpec(BaseModel):
    """One file feeding one sheet, a row for a row; without ``from`` a single row of constants.

    Parameters
    ----------
    each
        A join with ``many``: a row for each row it finds.
    without
        The block counts only where this file is not there.
    order
        Rows go by the figures in this column.
    """

    model_config = STRICT

    source: str = Field("", alias="from")
    each: str = ""
    when: Words = {}
    unless: Words = {}
    without: str = ""
    order: str = ""
    fields: dict[str, Alternatives]

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, raw: Any) -> Any:
        """Every key but the block's own is a column of the sheet."""
        if not isinstance(raw, dict):
            return raw
        own = {key: value for key, value in raw.items() if key in _OWN}
        return own | {"fields": {key: value for key, value in raw.items() if key not in own}}


class LatestSpec(BaseModel):
    """The latest day in some columns, written ``file.column``."""

    model_config = STRICT

    latest: list[str]


class CompanySpec(BaseModel):
    """The frame of the snapshot."""

    model_config = STRICT

    name: str
    currency: str
    vat_rate: float
    as_of: date | LatestSpec | None = None


def check_blocks(files: dict[str, Any], sheets: dict[str, list[BlockSpec]]) -> None:
    """Every sheet, column, file and join that is named, exists.

    Raises
    ------
    ValueError
        Naming the first that does not.
    """
    for name, blocks in sheets.items():
        if name not in SHEET_BY_NAME:
            raise ValueError(f"there is no sheet {name}")
        for block in blocks:
            unknown = [field for field in block.fields if find_column(SHEET_BY_NAME[name], field) is None]
            if unknown:
                raise ValueError(f"the sheet {name} has no column {', '.join(unknown)}")
            for file in filter(None, (block.source, block.without)):
                if file not in files:
                    raise ValueError(f"sheets.{name} reads from {file}, which is not under files")
            joins = files[block.source].join if block.source else {}
            if block.each and (block.each not in joins or not joins[block.each].many):
                raise ValueError(f"sheets.{name} goes through {block.each}, which is no join with many")
    for name, spec in files.items():
        for alias, join in spec.join.items():
            if join.file not in files:
                raise ValueError(f"files.{name}.join.{alias} names {join.file}, which is not under files")


class MappingSpec(BaseModel):
    """A whole mapping.

    Parameters
    ----------
    fill
        Sheets whose rows, where other rows name them and no block gives them, are made of those names.
    own
        Workbooks in our own form that stand beside the files; what they say of a record goes first.
    """

    model_config = STRICT

    company: CompanySpec
    files: dict[str, FileSpec]
    sheets: dict[str, list[BlockSpec]]
    ignore: list[str] = []
    fill: list[Fillable] = []
    own: list[str] = []

    @model_validator(mode="after")
    def _known(self) -> MappingSpec:
        check_blocks(dict(self.files), self.sheets)
        return self

    def tables(self) -> dict[str, TableSpec]:
        """The files by the mapping's own names."""
        return dict(self.files)


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
            parts = [str(part) for part in fault["loc"] if part != "fields"]
            where = ".".join(parts[:-1] if parts and parts[-1] == "0" else parts)
            findings.error(
                Place(path.name, "", 0, where),
                fault["msg"],
                "The mapping says something it cannot.",
                "See docs/input-format.md.",
            )
    return None
