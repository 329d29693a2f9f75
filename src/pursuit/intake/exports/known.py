"""The library of known exports: each description says what it was verified against."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, Field, model_validator

from pursuit.intake.exports.fieldspec import STRICT
from pursuit.intake.exports.records import key
from pursuit.intake.exports.spec import BlockSpec, check_blocks
from pursuit.intake.exports.tablespec import ExportFileSpec, TableSpec


class ExportHead(BaseModel):
    """Whose export it is and where its columns were looked up.

    Parameters
    ----------
    version
        Of this description.
    verified
        Addresses of the vendor's documentation or of real exports in public repositories.
    latest
        Columns, written ``file.column``, whose latest day is that of the data where nothing says it.
    """

    model_config = STRICT

    name: str
    version: int
    verified: list[str] = Field(min_length=1)
    latest: list[str] = []


class ExportSpec(BaseModel):
    """One known export; any of its files may be missing."""

    model_config = STRICT

    export: ExportHead
    files: dict[str, ExportFileSpec]
    sheets: dict[str, list[BlockSpec]]

    @model_validator(mode="after")
    def _known(self) -> ExportSpec:
        check_blocks(dict(self.files), self.sheets)
        return self

    def tables(self) -> dict[str, TableSpec]:
        """The files by the description's own names."""
        return dict(self.files)


@cache
def used_columns(name: str, file: str) -> frozenset[str]:
    """The declared columns of a file that anything in its description looks at."""
    spec = library()[name]
    looked: set[tuple[str, str]] = set()

    def look(at: str, references: Iterable[str]) -> None:
        for reference in references:
            alias, _, rest = reference.partition(".")
            if alias in spec.files[at].join and rest:
                look(spec.files[at].join[alias].file, [rest])
            looked.add((at, reference))

    for own, table in spec.files.items():
        look(own, (name for fields in table.make.values() for field in fields for name in field.references()))
        look(own, [*table.when, *table.unless])
        for join in table.join.values():
            look(own, filter(None, [join.on]))
            look(join.file, [join.key])
    for block in (block for blocks in spec.sheets.values() for block in blocks if block.source):
        look(block.source, [*block.when, *block.unless, block.order])
        look(
            block.source,
            (name for fields in block.fields.values() for field in fields for name in field.references()),
        )
    look_latest = (reference.partition(".") for reference in spec.export.latest)
    for own, _, column in look_latest:
        look(own, [column])
    return frozenset(column for own, column in looked if own == file)


@cache
def library() -> dict[str, ExportSpec]:
    """Every known export by the name of its description, read once."""
    folder = files("pursuit.intake.exports").joinpath("library")
    found = sorted(
        (item for item in folder.iterdir() if item.name.endswith(".toml")), key=lambda item: item.name
    )
    return {
        item.name.removesuffix(".toml"): ExportSpec.model_validate(tomllib.loads(item.read_text("utf-8")))
        for item in found
    }


@cache
def _headers() -> frozenset[str]:
    specs = [file for spec in library().values() for file in spec.files.values()]
    return frozenset(key(header) for file in specs for headers in file.columns.values() for header in headers)


def is_export_header(text: str) -> bool:
    """Whether a column of any known export is called so."""
    return key(text) in _headers()
